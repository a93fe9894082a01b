"""The room of complaints: who reads what, the gestures, the undertaking, the notice, « où en est ce dossier? » (art. 4.4, 4.5)."""

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils import timezone

from intake.models import AccessRecord, AccusedEmployee, Case, Investigator, actor_for
from intake.policy.complaint_target import Target
from intake.policy.investigation import Entry
from intake.policy.roles import Role
from intake.policy.vocabulary import Charge, Status
from intake.process import Refused
from intake.process.complaints import entrust
from intake.process.investigation import accept_undertaking, end_investigator, name_investigator
from tests.factories import DIRECTOR, EmployeeFactory, user_with
from tests.intake.queue.steps import words

from .steps import GENERAL_DIRECTOR, WORDS, a_complaint, accuse, add, end, hear, investigated, today, under_review

pytestmark = pytest.mark.django_db


@pytest.fixture
def director(roles):
    return user_with(Role.DIRECTOR, username="direction")


@pytest.fixture
def technician(roles):
    return user_with(Role.TECHNICIAN, username="technicienne")


def url(case, name="case", *more):
    return reverse(f"intake_queue:{name}", args=[case.reference, *more])


def send(client, case, verb, *, then="valider", **data):
    return client.post(url(case, "gesture", verb), {"seen_version": case.version, "etape": then, **data})


def test_art_4_4_the_technician_reads_until_he_hands_over(enter, technician, town):
    case, client = a_complaint(), enter(technician)
    assert WORDS in words(client.get(url(case)))

    done = send(
        client, case, "hand_over", is_written="yes", is_private_dispute="no", concerns_the_town="yes", endangers="no"
    )

    assert done.url == reverse("demandes_modeladmin_index")
    assert Case.objects.get(pk=case.pk).status == "under_review"
    assert client.get(url(case)).status_code == 404
    assert AccessRecord.objects.filter(case=case, allowed=False).count() == 1


def test_art_4_4_the_director_studies_from_the_receipt_to_the_end(enter, director, town):
    employee, client = EmployeeFactory(first_name="Ludivine", last_name="Papineau"), enter(director)
    case = under_review()
    seen = words(client.get(url(case)))
    for said in (WORDS, "Peut-elle être traitée?", "délai dit au citoyen", "Texte intact depuis la signature"):
        assert said in seen

    def now():
        return Case.objects.get(pk=case.pk)

    def do(verb, **data):
        response = send(client, now(), verb, **data)
        assert response.status_code == 302, words(response)

    do("admit", is_private_dispute="no", concerns_the_town="yes")
    unsaid = send(client, now(), "conclude", finding="unfounded", public_message="Merci.")
    assert "ou confirmez qu'elle ne nomme personne" in words(unsaid)
    do("log", what="accused", employee=employee.pk)
    refused = send(client, now(), "conclude", finding="founded", internal_reasons="x", public_message="Merci.")
    assert "Chaque personne visée doit d'abord être rencontrée et écoutée : personne 1." in words(refused)
    do("log", what="heard", person="1", held_on=today().isoformat(), note="Elle regrette.")
    assert "rencontrée et écoutée le" in words(client.get(url(case)))
    preview = send(
        client,
        now(),
        "conclude",
        then="apercu",
        finding="unfounded",
        internal_reasons="Rien.",
        public_message="Merci bien.",
    )
    assert "Le citoyen lira cette lettre avec son code de suivi" in words(preview)
    assert "Merci bien." in words(preview)
    assert now().status == "investigating"
    do("conclude", finding="unfounded", internal_reasons="Rien.", public_message="Merci bien.")
    page = words(client.get(url(case)))
    assert "Papineau" not in page
    assert "le lien a été effacé (art. 4.4.1)" in page
    do("close")
    assert now().status == "closed"


def test_art_4_1_the_letter_is_read_over_and_a_person_confirms(enter, director, town):
    case, client = under_review(days_ago=40), enter(director)
    refused = send(client, case, "reject", then="apercu", reason="late")
    assert "Confirmez : une personne décide, jamais le logiciel." in words(refused)
    preview = send(client, case, "reject", then="apercu", reason="late", confirmed="on")
    assert "le délai est de 15 jours" in words(preview)
    assert send(client, case, "reject", reason="late", confirmed="on").status_code == 302
    assert Case.objects.get(pk=case.pk).status == "inadmissible"


def test_art_4_5_who_opened_the_file_and_who_tried_is_shown_to_whoever_is_in_charge(enter, director, roles, town):
    case = investigated()
    curious = user_with(Role.RECIPIENT, username="curieux")
    enter(curious).get(url(case))
    page = words(enter(director).get(url(case)))
    assert "curieux a ouvert le dossier refusé" in page
    assert "direction a ouvert le dossier" in page


@pytest.fixture
def investigator(roles):
    user = user_with(Role.EMPLOYEE, username="enquete")
    EmployeeFactory(user=user, first_name="Inès", last_name="Caron")
    return user


def test_art_4_5_given_a_new_investigator_the_undertaking_comes_first_and_is_logged(enter, investigator, town):
    case = name_investigator(pk=investigated().pk, user=investigator, by=DIRECTOR, now=timezone.now())
    client = enter(investigator)

    mail = case.messages.get(code="R51").mail
    assert case.reference in mail.message
    assert WORDS not in mail.message
    assert not Case.objects.visible_to(investigator).exists()
    assert client.get(url(case)).url == url(case, "undertaking")
    assert WORDS not in words(client.get(url(case, "undertaking")))
    assert client.post(url(case, "undertaking")).url == url(case)
    investigator = get_user_model().objects.get(pk=investigator.pk)
    assert WORDS in words(enter(investigator).get(url(case)))
    assert AccessRecord.objects.filter(case=case, what="undertaking", user=investigator).exists()
    assert Investigator.objects.get().accepted_at is not None
    end_investigator(pk=case.pk, investigator=Investigator.objects.get(), by=DIRECTOR, now=timezone.now())
    assert not Case.objects.visible_to(get_user_model().objects.get(pk=investigator.pk)).exists()


def test_art_4_5_nobody_investigates_himself(roles, investigator, town):
    case = investigated()
    accuse(case, investigator.employee)
    with pytest.raises(Refused, match="visée par la plainte"):
        name_investigator(pk=case.pk, user=investigator, by=DIRECTOR, now=timezone.now())
    other = name_investigator(pk=investigated().pk, user=investigator, by=DIRECTOR, now=timezone.now())
    with pytest.raises(Refused, match="mène l'enquête"):
        accuse(other, investigator.employee)


@pytest.mark.parametrize(
    ("target", "role", "by"),
    [
        (Target.DIRECTOR, Role.DIRECTOR, GENERAL_DIRECTOR),
        (Target.DIRECTOR, Role.TECHNICIAN, GENERAL_DIRECTOR),
        (Target.TECHNICIAN, Role.TECHNICIAN, DIRECTOR),
        (Target.CITIZEN_SERVICE, Role.TECHNICIAN, DIRECTOR),
    ],
)
def test_art_4_5_a_complaint_about_a_post_is_never_given_to_who_holds_it(roles, town, target, role, by):
    holder = user_with(role)
    case = a_complaint(target=target)
    with pytest.raises(Refused, match="vise le poste"):
        name_investigator(pk=case.pk, user=holder, by=by, now=timezone.now())
    assert not Case.objects.visible_to(holder).filter(pk=case.pk).exists()


def test_domain_case_7_a_complaint_about_the_director_stays_with_the_general_director(roles, town):
    case = a_complaint(target=Target.DIRECTOR)
    with pytest.raises(Refused, match="vise cette direction"):
        entrust(pk=case.pk, charge=Charge.DIRECTOR, reason="Par erreur.", by=GENERAL_DIRECTOR, now=timezone.now())


def test_domain_case_7_entrusted_to_the_general_director_it_leaves_the_director_who_was_named(roles, town):
    other = user_with(Role.DIRECTOR, username="adjoint")
    case = name_investigator(pk=investigated().pk, user=other, by=DIRECTOR, now=timezone.now())
    accept_undertaking(pk=case.pk, by=actor_for(other), now=timezone.now())

    entrust(pk=case.pk, charge=Charge.GENERAL_DIRECTOR, reason="Me vise.", by=DIRECTOR, now=timezone.now())

    assert not case.investigators.filter(ended_at__isnull=True).exists()
    assert not Case.objects.visible_to(get_user_model().objects.get(pk=other.pk)).exists()
    with pytest.raises(Refused, match="vise le poste"):
        name_investigator(pk=case.pk, user=other, by=GENERAL_DIRECTOR, now=timezone.now())


def test_art_4_5_whoever_answers_for_a_complaint_is_not_inscribed_in_it(roles, town):
    head = EmployeeFactory(user=user_with(Role.DIRECTOR))
    with pytest.raises(Refused, match="confiez d'abord le dossier"):
        accuse(investigated(), head)
    case = investigated()
    entrust(pk=case.pk, charge=Charge.GENERAL_DIRECTOR, reason="Me vise.", by=DIRECTOR, now=timezone.now())
    add(case, Entry.ACCUSED, employee=head, by=GENERAL_DIRECTOR)
    with pytest.raises(Refused, match="vise cette direction"):
        entrust(pk=case.pk, charge=Charge.DIRECTOR, reason="Non.", by=GENERAL_DIRECTOR, now=timezone.now())


def test_undertaking_of_a_file_one_is_not_named_to_does_not_exist(enter, technician, investigator, town):
    case = investigated()
    for user in (technician, investigator):
        assert enter(user).get(url(case, "undertaking")).status_code == 404
        assert enter(user).post(url(case, "undertaking")).status_code == 404


@pytest.mark.parametrize(("paper", "begins"), [("pdf", b"%PDF"), ("docx", b"PK")])
def test_art_4_4_1_the_notice_is_printed_and_only_who_and_when_is_kept(enter, director, town, paper, begins):
    from .test_erasure import every_text

    case, client = investigated(), enter(director)
    accuse(case, EmployeeFactory(first_name="Ludivine", last_name="Papineau"))
    hear(case)
    end(case, Status.FOUNDED)
    incident = "Un incident zorglubien au comptoir."

    asked = client.get(url(case, "notice"))
    response = client.post(
        url(case, "notice"), {"person": AccusedEmployee.objects.get().pk, "incident": incident, "paper": paper}
    )

    assert "La mesure s'écrit à la main" in words(asked)
    assert response.content.startswith(begins)
    assert "apineau" not in response["Content-Disposition"]
    assert AccessRecord.objects.filter(case=case, what="notice", user=director).count() == 1
    assert not [place for place in every_text() if "zorglub" in place[2]]
    assert "a imprimé l'avis pour le dossier du personnel" in words(client.get(url(case)))


def test_notice_of_an_unfounded_complaint_does_not_exist(enter, director, town):
    case = end(investigated(), Status.UNFOUNDED)
    assert enter(director).get(url(case, "notice")).status_code == 404


WHERE = [
    # target, step, what the technician is told
    (Target.EMPLOYEE, a_complaint, "Reçu : pas encore remis."),
    (Target.EMPLOYEE, under_review, "À l'étude."),
    (Target.TECHNICIAN, under_review, None),
    (Target.CITIZEN_SERVICE, under_review, None),
    (Target.DIRECTOR, a_complaint, None),
]


@pytest.mark.parametrize(("target", "step", "told"), WHERE)
def test_art_4_5_the_technician_answers_the_telephone_with_the_state_and_the_dates(
    enter, technician, town, target, step, told
):
    case = step(target=target)
    page = words(enter(technician).get(reverse("intake_queue:where_is_it"), {"numero": case.reference}))
    assert (told or "Aucun dossier confidentiel") in page
    for secret in (WORDS, "Tremblay", "taxation"):
        assert secret not in page
    assert AccessRecord.objects.filter(case=case, what="metadata").exists() is (told is not None)


def test_where_is_it_says_nothing_of_how_it_ends(enter, technician, town):
    founded = end(investigated(target=Target.SERVICE), Status.FOUNDED)
    unfounded = end(investigated(target=Target.SERVICE), Status.UNFOUNDED)
    client = enter(technician)
    pages = [
        words(client.get(reverse("intake_queue:where_is_it"), {"numero": case.reference})).replace(case.reference, "")
        for case in (founded, unfounded)
    ]
    assert pages[0] == pages[1]
    assert "ondée" not in pages[0]


@pytest.mark.parametrize("role", [Role.RECIPIENT, Role.DIRECTOR, Role.COUNCIL, Role.EMPLOYEE, Role.COMMUNICATIONS])
def test_where_is_it_exists_for_the_technician_only(enter, roles, role):
    assert enter(user_with(role)).get(reverse("intake_queue:where_is_it")).status_code == 404


def test_page_of_a_complaint_asks_few_questions_of_the_database(enter, director, town, django_assert_max_num_queries):
    case = investigated()
    for _ in range(4):
        accuse(case, EmployeeFactory())
    hear(case, 1)
    client = enter(director)
    client.get(url(case))
    with django_assert_max_num_queries(75):
        client.get(url(case))
