"""Filters, sorting and search: what the list and the export ask."""

from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.db.models import Q
from django.http import QueryDict
from django.utils import timezone

from intake.models import Case
from intake.policy.roles import Role
from intake.policy.vocabulary import Channel, Kind
from intake.queue.desk import desk_for
from intake.queue.listing import listing_for, read_listing
from intake.queue.searching import search_q
from tests.factories import DesignationFactory, EmployeeFactory, NatureFactory, a_contact, user_with
from tests.intake.queue.steps import closed, received, routed, taken, waiting

pytestmark = pytest.mark.django_db


def found(user, query: str) -> set[str]:
    return {case.reference for case in listing_for(user, QueryDict(query))}


@pytest.fixture
def town_files(technician, recipient, nature):
    """One file for each filter."""
    other = NatureFactory(code="URB-01", priority="p1")
    patient = NatureFactory(department=nature.department, target_working_days=100)
    return {
        "late": taken(nature, days=60),
        "waiting": waiting(nature),
        "phone": received(patient, channel=Channel.PHONE, days=10),
        "danger": received(other),
        "question": received(kind=Kind.INQUIRY),
    }


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("etat=waiting", {"waiting"}),
        ("echeance=retard", {"late"}),
        ("priorite=p1", {"danger"}),
        ("sorte=inquiry", {"question"}),
        ("service=TP", {"late", "waiting", "phone"}),
        ("nature=URB-01", {"danger"}),
        ("canal=phone", {"phone"}),
        ("age=plus-30", {"late"}),
        ("age=7-30", {"phone"}),
        ("age=moins-7", {"waiting", "danger", "question"}),
        ("service=TP&canal=phone&etat=received", {"phone"}),
        ("service=TP&canal=phone&etat=waiting", set()),
        ("etat=nimporte&service=TP", {"late", "waiting", "phone"}),
    ],
)
def test_filter_when_chosen_keeps_its_files(technician, town_files, query, expected):
    assert found(technician, f"vue=toutes&{query}") == {town_files[name].reference for name in expected}


def test_filter_by_recipient_when_the_designation_changed_follows_open_files_and_keeps_past_ones(
    technician, recipient, nature
):
    past, present = closed(nature), taken(nature)
    former = past.designation
    former.effective_until = timezone.localdate() - timedelta(days=1)
    former.save()
    new = DesignationFactory(department=nature.department, effective_from=timezone.localdate())

    assert found(technician, f"vue=toutes&responsable={former.employee_id}") == {past.reference}
    assert found(technician, f"vue=toutes&responsable={new.employee_id}") == {present.reference}


def test_due_soon_filter_when_chosen_counts_working_days_of_the_town(technician, recipient, nature):
    desk = desk_for(technician)
    tomorrow = NatureFactory(department=nature.department, target_working_days=1)
    soon, later = received(tomorrow), received(NatureFactory(department=nature.department, target_working_days=50))

    assert soon.due_on <= desk.soon < later.due_on
    assert found(technician, "vue=ouvertes&echeance=bientot") == {soon.reference}


def test_unknown_value_when_in_the_address_is_named_and_ignored(technician, town_files):
    listing = read_listing(desk_for(technician), QueryDict("vue=rien&etat=zzz&responsable=abc&tri=--x&p=-3"))

    assert [str(label) for label in listing.filters.ignored()] == ["État", "Responsable"]
    assert listing.tab.key == "a-traiter"
    assert listing.rows.count() > 0


@pytest.mark.parametrize(
    "sort",
    ["numero", "recue", "sorte", "nature", "lieu", "demandeur", "service", "etat", "echeance", "priorite", "besoin"],
)
def test_sort_when_reversed_reads_the_same_rows_backwards(technician, town_files, sort):
    up = [case.pk for case in listing_for(technician, QueryDict(f"vue=toutes&tri={sort}"))]
    down = [case.pk for case in listing_for(technician, QueryDict(f"vue=toutes&tri=-{sort}"))]

    assert up == down[::-1]
    assert len(up) == len(town_files)


def test_sort_by_state_when_asked_follows_the_life_of_a_file(technician, recipient, nature):
    shut, new, at_work = closed(nature), received(nature), taken(nature)

    rows = listing_for(technician, QueryDict("vue=toutes&tri=etat"))

    assert [case.pk for case in rows] == [new.pk, at_work.pk, shut.pk]


@pytest.fixture
def helene(technician, nature):
    contact = a_contact(
        first_name="Hélène", last_name="Lévesque-Côté", phone="(450) 555-0199", address="12, chemin de l’Érablière"
    )
    return received(nature, contact=contact, facts="Un ÉNORME trou près de l’école.", location="Parc des Bouleaux")


@pytest.mark.parametrize(
    "text",
    [
        "2026-{number}",
        "{reference}",
        " {reference} ",
        "helene",
        "HÉLÈNE levesque",
        "cote",
        "l'erabliere",
        "énorme TROU",
        "bouleaux",
        "parc hélène école",
        "450 555-0199",
        "(450) 555-0199",
        "4505550199",
        "+1 450.555.0199",
        "555-0199",
        "5550199",
        "450 555-0199, poste 12",
        "marie@exemple.example",
        "J0R 1T0",
    ],
)
def test_search_when_words_or_numbers_match_finds_the_file(technician, helene, text):
    year = helene.year
    text = text.replace("2026", str(year)).format(number=helene.number, reference=helene.reference)

    assert found(technician, urlencode({"q": text})) == {helene.reference}


@pytest.mark.parametrize("text", ["henri", "450 555-0100", "5550198", "trou absent", "2019-0005", "%", "_"])
def test_search_when_nothing_matches_finds_nothing(technician, helene, text):
    assert found(technician, urlencode({"q": text})) == set()


def test_search_without_view_when_the_file_is_closed_still_finds_it(technician, recipient, nature):
    case = closed(nature)

    assert found(technician, "q=tremblay") == {case.reference}
    assert found(technician, "q=tremblay&vue=ouvertes") == set()


def test_reference_when_searched_ignores_the_view_and_the_filters(technician, recipient, nature):
    case = closed(nature)

    assert found(technician, f"q={case.reference}&vue=ouvertes&etat=waiting&canal=social") == {case.reference}


def test_search_of_a_recipient_when_the_file_is_elsewhere_finds_nothing(recipient, helene):
    elsewhere = received(facts="Zorglub")

    assert found(recipient, "q=helene") == {helene.reference}
    assert found(recipient, "q=zorglub") == set()
    assert found(recipient, f"q={elsewhere.reference}") == set()


def test_search_without_identity_when_a_name_or_a_telephone_is_typed_finds_nothing(helene):
    for text in ("helene", "450 555-0199", "l'erabliere"):
        assert Case.objects.filter(search_q(text, identity=Q())).count() == 1
        assert Case.objects.filter(search_q(text)).count() == 0
    assert Case.objects.filter(search_q("bouleaux")).count() == 1


def test_search_when_the_identity_is_destroyed_finds_the_person_no_more(technician, helene):
    helene.requester.delete()

    assert found(technician, "q=helene") == set()


def test_recipient_filter_lists_only_people_who_receive_or_received(technician, recipient, nature):
    EmployeeFactory(last_name="Jamais")

    names = [
        str(label)
        for _, label in read_listing(desk_for(technician), QueryDict("")).filters.fields["responsable"].choices
    ]

    assert names == ["Tous", str(recipient.employee)]


def test_confidential_view_when_the_role_sees_none_falls_back_to_what_needs_doing(recipient, nature):
    routed(nature)
    listing = read_listing(desk_for(recipient), QueryDict("vue=confidentielles"))

    assert listing.tab.key == "a-traiter"
    assert read_listing(desk_for(user_with(Role.CLERK)), QueryDict("vue=confidentielles")).tab.key == "confidentielles"
