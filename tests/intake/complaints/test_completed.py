"""A complaint that the citizen completes can be studied (art. 4.1, 4.4): contact details, date of the facts, writing."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from intake.forms.supplying import offer_of
from intake.models import Case
from intake.policy.complaint import Obstacle
from intake.policy.complaint_target import Target
from intake.policy.contact import Coordinates
from intake.policy.investigation import Missing
from intake.policy.references import new_tracking_code, tracking_hash
from intake.policy.roles import Role, citizen_of
from intake.policy.vocabulary import Kind, Status
from intake.process import Refused, correct_contact, reclassify, supply
from intake.process.complaint_filing import ComplaintDetails
from intake.process.complaint_signing import sign
from intake.process.complaints import Checklist, admit, ask, hand_over, verdict_on
from intake.queue.history import change_words
from tests.factories import DIRECTOR, TECHNICIAN, a_case, a_contact, user_with
from tests.intake.forms.citizen import errors_of, text_of
from tests.intake.forms.test_tracking import look
from tests.intake.queue.steps import words

from .steps import WORDS, a_complaint, signed, today, under_review

pytestmark = pytest.mark.django_db
NO_ADDRESS = {"address": "", "city": "", "postal_code": ""}
HOME = Coordinates(address="12, rue des Pins", city="Val-des-Érables", postal_code="J0R 1T0")


def fresh(case) -> Case:
    return Case.objects.get(pk=case.pk)


def asked_for(*missing, **changes) -> Case:
    """A complaint under review, of whose author something is asked."""
    return ask(pk=under_review(**changes).pk, missing=list(missing), by=DIRECTOR, now=timezone.now())


def undated(**changes) -> Case:
    """A signed complaint that bears no date."""
    details = ComplaintDetails(target=Target.EMPLOYEE, signature=signed(), **changes)
    case = a_case(kind=Kind.COMPLAINT, facts=WORDS, location="", details=details)
    return hand_over(pk=case.pk, checklist=Checklist(), by=TECHNICIAN, now=timezone.now())


def admitted(case, **more) -> Case:
    return admit(pk=case.pk, by=DIRECTOR, now=timezone.now(), **more)


@pytest.mark.parametrize("who", ["citizen", "director"])
def test_art_4_4_given_contact_details_completed_then_the_complaint_is_admitted(town, who):
    case = asked_for(Missing.CONTACT, contact=a_contact(**NO_ADDRESS))
    by = citizen_of(case.pk) if who == "citizen" else DIRECTOR

    back = supply(pk=case.pk, text="", contact=HOME, by=by, now=timezone.now())

    assert (back.status_, back.complaint.missing) == (Status.UNDER_REVIEW, [])
    assert (back.requester.address, back.requester.phone) == ("12, rue des Pins", "450 555-0123")
    assert verdict_on(fresh(case)).is_clear
    assert admitted(case).status_ is Status.INVESTIGATING


def test_art_4_5_the_history_names_the_fields_and_never_what_they_hold(town):
    case = asked_for(Missing.CONTACT, contact=a_contact(address="7, chemin Caché"))
    done = supply(pk=case.pk, text="", contact=HOME, by=DIRECTOR, now=timezone.now())

    event = done.events.get(verb="supply")
    assert event.changes["contact"] == ["address"]
    assert change_words(event) == ["Coordonnées mises à jour : adresse"]
    with connection.cursor() as cursor:
        for table in ("intake_caseevent", "intake_investigationentry"):
            cursor.execute(f"SELECT * FROM {table}")
            assert not any("Caché" in str(row) or "des Pins" in str(row) for row in cursor.fetchall())


@pytest.mark.parametrize(
    ("given", "names"),
    [
        (a_contact(**NO_ADDRESS), ["l'adresse"]),
        (a_contact(email="", phone=""), ["un téléphone ou un courriel"]),
        (a_contact(email="", phone="", **NO_ADDRESS), ["l'adresse", "un téléphone ou un courriel"]),
        (None, ["le nom de la personne"]),
    ],
)
def test_art_4_4_the_refusal_to_study_names_what_is_missing(given, names):
    with pytest.raises(Refused) as refused:
        admitted(under_review(contact=given))
    said = [refusal.reason for refusal in refused.value.refusals]
    assert len(said) == len(names)
    assert all(name in reason for name, reason in zip(names, said, strict=True))


def test_art_4_4_a_city_alone_is_no_address():
    assert Obstacle.INCOMPLETE_CONTACT in verdict_on(under_review(contact=a_contact(address=""))).obstacles


def test_art_4_4_the_director_corrects_the_details_and_the_complaint_is_read_again(town):
    case = asked_for(Missing.CONTACT, contact=a_contact(**NO_ADDRESS))
    known = Coordinates(phone="450 555-0123", email="marie@exemple.example")

    back = correct_contact(pk=case.pk, contact=replace(HOME, **_ways(known)), by=DIRECTOR, now=timezone.now())

    assert (back.status_, back.complaint.missing, back.clock_stopped_on) == (Status.UNDER_REVIEW, [], None)
    assert admitted(case).status_ is Status.INVESTIGATING


def _ways(known: Coordinates) -> dict[str, str]:
    return {"phone": known.phone, "email": known.email}


def test_art_4_4_what_else_is_asked_stays_asked_after_a_correction(town):
    case = asked_for(Missing.CONTACT, Missing.FACTS_DATE, contact=a_contact(**NO_ADDRESS))
    kept = correct_contact(pk=case.pk, contact=replace(HOME, phone="450 555-0123"), by=DIRECTOR, now=timezone.now())
    assert (kept.status_, kept.complaint.missing) == (Status.INCOMPLETE, ["facts_date"])


def test_art_4_4_an_anonymous_complaint_has_no_details_to_complete():
    case = asked_for(Missing.CONTACT, contact=None)
    with pytest.raises(Refused, match="Personne n'est inscrit"):
        supply(pk=case.pk, text="", contact=HOME, by=DIRECTOR, now=timezone.now())
    with pytest.raises(Refused, match="Personne n'est inscrit"):
        correct_contact(pk=case.pk, contact=HOME, by=DIRECTOR, now=timezone.now())


def test_art_4_4_given_no_date_of_the_facts_then_it_is_not_studied():
    with pytest.raises(Refused, match="la date des faits"):
        admitted(undated(), checklist=Checklist())


def test_art_4_4_the_date_that_the_citizen_gives_is_kept_and_judged_and_what_he_signed_stays_intact(town):
    case = ask(pk=undated().pk, missing=[Missing.FACTS_DATE], by=DIRECTOR, now=timezone.now())
    day = today() - timedelta(days=40)

    back = supply(pk=case.pk, text="", facts_on=day, by=citizen_of(case.pk), now=timezone.now())

    file = fresh(case).complaint
    assert (back.status_, file.last_facts_on, file.facts_on, file.missing) == (Status.UNDER_REVIEW, day, None, [])
    assert file.is_intact()
    assert Obstacle.LATE in verdict_on(fresh(case)).obstacles
    assert change_words(back.events.get(verb="supply"))[0].startswith("Date des faits : ")
    with pytest.raises(Refused, match="écrivez pourquoi"):
        admitted(case)


@pytest.mark.parametrize("verb", ["hand_over", "admit"])
def test_art_4_4_whoever_reads_it_writes_the_date_that_the_facts_show(verb):
    checklist = Checklist(facts_on=today() - timedelta(days=3))
    if verb == "admit":
        case = admitted(undated(), checklist=checklist)
    else:
        details = ComplaintDetails(target=Target.EMPLOYEE, signature=signed())
        case = a_case(kind=Kind.COMPLAINT, facts=WORDS, location="", details=details)
        hand_over(pk=case.pk, checklist=checklist, by=TECHNICIAN, now=timezone.now())
    assert fresh(case).complaint.last_facts_on == checklist.facts_on
    assert fresh(case).complaint.is_intact()


@pytest.mark.parametrize(
    ("day", "began"), [(today() + timedelta(days=1), None), (today() - timedelta(days=9), today() - timedelta(days=3))]
)
def test_art_4_4_a_date_that_can_not_be_is_refused(day, began):
    with pytest.raises(Refused) as refused:
        admitted(undated(facts_from=began), checklist=Checklist(facts_on=day))
    assert refused.value.refusals[0].field == "facts_on"


def test_art_4_4_a_date_that_the_citizen_wrote_is_not_replaced_unasked():
    case = under_review()
    with pytest.raises(Refused, match="déjà inscrite"):
        supply(pk=case.pk, text="", facts_on=today(), by=DIRECTOR, now=timezone.now())


def test_art_4_1_a_comment_that_was_a_complaint_is_completed_then_studied(town):
    """The form of comments asks neither the address nor the date."""
    bare = a_contact(**NO_ADDRESS, phone="")
    case = a_case(kind=Kind.INQUIRY, facts="L'employé du comptoir m'a insulté hier.", location="", contact=bare)
    reclassify(pk=case.pk, kind=Kind.COMPLAINT, reason="C'est une plainte.", by=TECHNICIAN, now=timezone.now())
    missing = [Missing.SIGNATURE, Missing.CONTACT, Missing.FACTS_DATE]
    ask(pk=case.pk, missing=missing, by=TECHNICIAN, now=timezone.now())
    citizen, now = citizen_of(case.pk), timezone.now()

    told = supply(pk=case.pk, text="", contact=HOME, facts_on=today(), by=citizen, now=now)
    assert (told.status_, told.complaint.missing) == (Status.INCOMPLETE, ["signature"])
    back = sign(pk=case.pk, signature=signed(), by=citizen, now=now)

    assert (back.status_, back.complaint.missing) == (Status.UNDER_REVIEW, [])
    assert fresh(case).complaint.is_intact()
    assert admitted(case, checklist=Checklist()).status_ is Status.INVESTIGATING


def field(form, name):
    return {"cle": form.initial["cle"], "envoi": str(form.initial["envoi"]), **name}


def test_art_4_4_the_tracking_page_asks_for_what_is_missing_and_shows_nothing_of_the_file(citizen, town):
    case = asked_for(Missing.CONTACT, contact=a_contact(**NO_ADDRESS, email=""))
    form = offer_of(fresh(case))
    assert [bound.name for bound in form.completing] == ["address", "city", "postal_code", "phone", "email"]
    assert not any(bound.value() for bound in form.completing)

    half = citizen.post("/suivi/ajouter/", field(form, {"phone": "450 555-0199"}))
    assert half.status_code == 422
    assert errors_of(half) == ["Écrivez votre adresse : numéro et rue."]
    assert 'value="450 555-0199"' in half.content.decode()
    given = {"address": "12, rue des Pins", "city": "Val-des-Érables", "postal_code": "j0r1t0", "phone": "4505550199"}
    done = citizen.post("/suivi/ajouter/", field(form, given))

    assert done.status_code == 303
    requester = fresh(case).requester
    assert (requester.address, requester.postal_code, requester.phone) == (
        "12, rue des Pins",
        "J0R 1T0",
        "450 555-0199",
    )
    assert requester.phone_digits == "4505550199"
    assert fresh(case).status_ is Status.UNDER_REVIEW
    assert "12, rue des Pins" not in text_of(done)


def test_art_4_4_the_tracking_page_asks_for_the_date_when_it_is_missing(citizen, town):
    case = ask(pk=undated().pk, missing=[Missing.FACTS_DATE], by=DIRECTOR, now=timezone.now())
    form = offer_of(fresh(case))
    assert [bound.name for bound in form.completing] == ["facts_on"]
    future = citizen.post("/suivi/ajouter/", field(form, {"facts_on": str(today() + timedelta(days=2))}))
    assert errors_of(future) == ["La date ne peut pas être dans le futur."]
    assert citizen.post("/suivi/ajouter/", field(form, {"facts_on": str(today())})).status_code == 303
    assert fresh(case).complaint.last_facts_on == today()


def test_art_4_1_a_known_e_mail_is_not_replaced_with_the_tracking_code(citizen, town):
    """It is where the code that signs is sent."""
    case = asked_for(Missing.CONTACT, contact=a_contact(**NO_ADDRESS))
    form = offer_of(fresh(case))
    assert "email" not in form.fields
    citizen.post("/suivi/ajouter/", field(form, {"address": "12, rue des Pins", "email": "autre@exemple.example"}))
    assert fresh(case).requester.email == "marie@exemple.example"
    with pytest.raises(Refused, match="Pour changer de courriel"):
        supply(
            pk=asked_for(Missing.CONTACT).pk,
            text="",
            contact=Coordinates(email="autre@exemple.example"),
            by=citizen_of(Case.objects.latest("pk").pk),
            now=timezone.now(),
        )


def test_a_file_that_asks_for_nothing_has_no_such_field(citizen, town):
    assert offer_of(fresh(under_review())).completing == []
    assert offer_of(a_case(kind=Kind.REQUEST)).completing == []


def send(client, case, verb, **data):
    data = {"seen_version": fresh(case).version, "etape": "valider", **data}
    return client.post(reverse("intake_queue:gesture", args=[case.reference, verb]), data)


def test_art_4_4_the_director_writes_on_the_screen_what_the_citizen_says(enter, roles, town):
    case = ask(
        pk=under_review(contact=a_contact(**NO_ADDRESS)).pk,
        missing=[Missing.CONTACT, Missing.WRITING],
        by=DIRECTOR,
        now=timezone.now(),
    )
    client = enter(user_with(Role.DIRECTOR, username="direction"))
    shown = client.get(reverse("intake_queue:case", args=[case.reference]))
    assert 'id="supply-address"' in shown.content.decode()
    assert 'id="correct-address"' in shown.content.decode()

    assert send(client, case, "supply", supplied="", phone="12").status_code == 422
    done = send(client, case, "supply", supplied="Il habite rue des Pins.", address="12, rue des Pins", city="Prévost")

    assert done.status_code == 302
    assert fresh(case).requester.address == "12, rue des Pins"
    assert "Coordonnées mises à jour : adresse, municipalité" in words(client.get(done.url))


def test_art_4_4_on_the_screen_admission_asks_for_the_date_and_says_what_is_missing(enter, roles, town):
    case, client = undated(), enter(user_with(Role.DIRECTOR, username="direction"))
    checked = {"is_private_dispute": "no", "concerns_the_town": "yes"}
    refused = send(client, case, "admit", **checked)
    assert refused.status_code == 422
    assert "Un élément obligatoire manque : la date des faits." in words(refused)
    assert send(client, case, "admit", **checked, facts_on=str(today())).status_code == 302
    assert "(dite après l'envoi de la plainte)" in words(
        client.get(reverse("intake_queue:case", args=[case.reference]))
    )


def test_art_4_1_a_complaint_written_since_is_admitted_by_whoever_read_it(enter, roles, town):
    case = a_complaint()
    hand_over(pk=case.pk, checklist=Checklist(is_written=False), by=TECHNICIAN, now=timezone.now())
    ask(pk=case.pk, missing=[Missing.WRITING], by=DIRECTOR, now=timezone.now())
    supply(pk=case.pk, text="Voici ma plainte, par écrit.", by=citizen_of(case.pk), now=timezone.now())
    client = enter(user_with(Role.DIRECTOR, username="direction"))
    checked = {"is_private_dispute": "no", "concerns_the_town": "yes"}
    assert "la plainte par écrit" in words(send(client, case, "admit", **checked, is_written="no"))
    assert send(client, case, "admit", **checked, is_written="yes").status_code == 302
    assert fresh(case).status_ is Status.INVESTIGATING


def test_art_2_3_no_two_fields_of_the_tracking_page_bear_the_same_name_for_a_screen_reader(citizen, town):
    """An unsigned complaint without e-mail asks for one twice: to sign, and to be reached."""
    bare = a_contact(**NO_ADDRESS, email="")
    case = ask(
        pk=under_review(signature=None, to_be_signed=False, contact=bare).pk,
        missing=[Missing.SIGNATURE, Missing.CONTACT],
        by=DIRECTOR,
        now=timezone.now(),
    )
    code = new_tracking_code()
    Case.objects.filter(pk=case.pk).update(tracking_hash=tracking_hash(case.reference, code))
    page = look(citizen, case.reference, code).content.decode()
    assert "Signer ma plainte" in page
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert sorted(ids) == sorted(set(ids))
    assert 'id="preciser-email"' in page


def test_art_4_4_an_e_mail_proved_by_the_signature_completes_the_details_and_is_told(town):
    bare = a_contact(phone="", email="")
    case = under_review(signature=None, to_be_signed=False, contact=bare)
    ask(pk=case.pk, missing=[Missing.SIGNATURE, Missing.CONTACT], by=DIRECTOR, now=timezone.now())
    mine = {"signature": signed(), "email": "marie@exemple.example"}
    done = sign(pk=case.pk, **mine, by=citizen_of(case.pk), now=timezone.now())
    assert (done.status_, done.complaint.missing) == (Status.UNDER_REVIEW, [])
    assert done.events.get(verb="supply").changes == {"signature": "email", "contact": ["email"]}
