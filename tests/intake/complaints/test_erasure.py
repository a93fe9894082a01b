"""Art. 4.4.1: « aucun document concernant la plainte ne sera versé au dossier de l'auteur allégué du manquement »."""

import re

import pytest
from django.apps import apps
from django.db import connection
from django.http import QueryDict
from django.utils import timezone

from intake.models import AccusedEmployee, Case, ComplaintFile, InvestigationEntry, PostalLetter, private_storage
from intake.models.sealed import SealedTextField, unseal
from intake.policy.investigation import Entry
from intake.policy.redaction import plain, without_names
from intake.policy.roles import GROUP_NAMES, Role
from intake.policy.vocabulary import Status
from intake.process import GivenFile, Refused, close
from intake.process.complaints import reject
from intake.queue.listing import listing_for
from tests.factories import DIRECTOR, EmployeeFactory, user_with

from .steps import a_complaint, accuse, add, end, hear, investigated, under_review

pytestmark = pytest.mark.django_db

FIRST, LAST = "Zéphyrine", "Quévillon-Brûlé"
NAMED = re.compile("zephyrine|quevillon|brule", re.IGNORECASE)
CITIZEN_SAYS = "Zéphyrine Quévillon-Brûlé m'a raccroché au nez deux fois lundi matin."


@pytest.fixture
def employee():
    return EmployeeFactory(first_name=FIRST, last_name=LAST, email="zephyrine.quevillon@ville.example")


def every_text() -> set[tuple[str, str, str]]:
    """Every text of every table of the database, as it is stored."""
    found = set()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            columns = [column[0] for column in cursor.description]
            for row in cursor.fetchall():
                found |= {
                    (table, name, value if isinstance(value, str) else bytes(value).decode(errors="replace"))
                    for name, value in zip(columns, row, strict=True)
                    if isinstance(value, (str, bytes, memoryview))
                }
    return found


def naming(texts) -> set[tuple[str, str]]:
    return {(table, column) for table, column, text in texts if NAMED.search(plain(text))}


def unsealed_by_staff() -> str:
    """Everything that staff wrote about complaints, opened."""
    words = []
    for model in apps.get_app_config("intake").get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, SealedTextField) and (model, field.name) not in CITIZENS_OWN:
                words += list(model._base_manager.values_list(field.attname, flat=True))
    return "\n".join(words)


# What the complainant wrote stays (docs/decisions/0012): sealed, searched by nobody, led to by nothing.
CITIZENS_OWN = {(ComplaintFile, "words"), (ComplaintFile, "answers")}
# What the town answered him is kept too; it names nobody.
ANSWER = {(ComplaintFile, "letter"), (PostalLetter, "sealed_body")}


def words_of_staff_kept() -> set[tuple[str, str]]:
    """Where a word that staff wrote about a complaint is still sealed somewhere, its answer to the citizen apart."""
    kept = set()
    for model in apps.get_app_config("intake").get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, SealedTextField) and (model, field.name) not in CITIZENS_OWN | ANSWER:
                rows = model._base_manager.exclude(**{field.attname: ""})
                if model is InvestigationEntry:
                    rows = rows.exclude(what="supplied", by_label="Citoyen")
                kept |= {(model.__name__, field.name) for _row in rows}
    return kept


def a_file(name: str) -> GivenFile:
    from django.core.files.base import ContentFile

    stored = private_storage().save("citizens/2026/01/0123456789abcdef.pdf", ContentFile(b"%PDF-1.4 %%EOF"))
    return GivenFile(stored, name, "application/pdf", 14, "0" * 64)


def a_full_story(employee) -> Case:
    """A complaint in which everybody wrote the name wherever a person may write."""
    case = investigated(
        facts=CITIZEN_SAYS, concerned=f"{FIRST} {LAST}", files=(a_file(f"lettre sur {FIRST} {LAST}.pdf"),)
    )
    accuse(case, employee)
    hear(case, note=f"Rencontrée à 9 h; {LAST.upper()} nie. Courriel : {employee.email}.")
    add(case, Entry.WITNESS, held_on=timezone.localdate(), note="Collègue de Zephyrine Quevillon Brule.")
    add(case, Entry.EVIDENCE, note=f"Horaire de {FIRST.lower()}, classeur 3.")
    add(case, Entry.NOTE, note="Rappeler Mme Brûlé.")
    return case


def test_art_4_4_1_unfounded_leaves_the_name_in_no_table_and_no_file_name(town, employee):
    before = naming(every_text())
    case = a_full_story(employee)

    end(case, Status.UNFOUNDED, reasons=f"Rien ne prouve que {FIRST} {LAST} ait raccroché.")
    close(pk=case.pk, by=DIRECTOR, now=timezone.now())

    # The register of employees names her, as it names everyone; nothing else does.
    assert naming(every_text()) == before
    assert not NAMED.search(plain(unsealed_by_staff()))
    assert words_of_staff_kept() == set()
    names = [name for folder in _folders() for name in private_storage().listdir(folder)[1]]
    assert names
    assert not NAMED.search(plain(" ".join(names)))


def _folders(at: str = ""):
    yield at
    for folder in private_storage().listdir(at)[0]:
        yield from _folders(f"{at}/{folder}".strip("/"))


def test_even_while_it_is_investigated_no_table_names_the_employee(town, employee):
    before = naming(every_text())
    a_full_story(employee)
    assert naming(every_text()) == before


def test_the_walk_would_find_a_name_that_stayed(town, employee):
    before = naming(every_text())
    case = a_full_story(employee)
    Case.objects.filter(pk=case.pk).update(waiting_note=f"Voir {LAST}")
    assert naming(every_text()) - before == {("intake_case", "waiting_note")}


def test_art_4_4_1_no_row_and_no_key_leads_from_the_employee_to_a_complaint(town, employee):
    case = a_full_story(employee)
    assert AccusedEmployee.objects.get().employee_key == str(employee.pk)
    assert not [field for field in AccusedEmployee._meta.fields if field.is_relation and field.name != "case"]

    end(case, Status.UNFOUNDED)

    assert not AccusedEmployee.objects.exists()
    assert ComplaintFile.objects.get().target == ""


@pytest.mark.parametrize("role", list(GROUP_NAMES))
def test_art_4_4_1_the_name_searched_by_anyone_finds_no_case(town, employee, role):
    end(a_full_story(employee), Status.UNFOUNDED)
    user = user_with(role)
    for words in (FIRST, LAST, "quevillon", f"{FIRST} {LAST}"):
        assert not listing_for(user, QueryDict(f"q={words}&vue=toutes")).exists()


def test_art_4_4_1_the_citizens_own_words_stay_as_they_were_signed(town, employee):
    case = end(a_full_story(employee), Status.UNFOUNDED)
    file = ComplaintFile.objects.get(case=case)
    assert file.words == CITIZEN_SAYS
    assert file.concerned == ""
    assert file.is_intact()
    file.words += "."
    assert not file.is_intact()
    with connection.cursor() as cursor:
        cursor.execute("SELECT words FROM intake_complaintfile")
        (stored,) = cursor.fetchone()
    assert CITIZEN_SAYS not in stored
    assert unseal(stored) == CITIZEN_SAYS


def test_art_4_4_1_founded_keeps_who_was_heard(town, employee):
    before = naming(every_text())
    end(a_full_story(employee), Status.FOUNDED)
    assert AccusedEmployee.objects.get().was_heard
    assert naming(every_text()) == before


def test_art_4_4_1_a_rejected_complaint_is_attached_to_nobody_either(town, employee):
    case = under_review(days_ago=40)
    AccusedEmployee.objects.create(case=case, number=1, name=str(employee))
    from intake.policy.complaint import Obstacle

    reject(pk=case.pk, reason=Obstacle.LATE, by=DIRECTOR, now=timezone.now())
    assert not AccusedEmployee.objects.exists()


def test_art_4_4_1_after_the_end_no_note_ties_the_name_again(town, employee):
    case = end(a_full_story(employee), Status.UNFOUNDED)
    with pytest.raises(Refused, match="terminée sans suite"):
        close(pk=case.pk, internal_note=f"C'était {LAST}.", by=DIRECTOR, now=timezone.now())


def test_art_4_4_1_a_text_changed_before_the_end_is_not_sealed_as_intact(town, employee):
    case = a_full_story(employee)
    ComplaintFile.objects.filter(case=case).update(declaration="Autre chose.")
    end(Case.objects.get(pk=case.pk), Status.UNFOUNDED)
    assert not ComplaintFile.objects.get(case=case).is_intact()


def test_the_log_is_only_added_to_and_its_notes_only_destroyed(town):
    from django.db import IntegrityError, transaction

    case = investigated()
    add(case, Entry.NOTE, note="Un mot.")
    entry = InvestigationEntry.objects.get()
    for field, value in {"what": "evidence", "by_label": "x", "person": 3, "note": "Autre."}.items():
        setattr(entry, field, value)
        with pytest.raises(IntegrityError), transaction.atomic():
            entry.save(update_fields=[field])
    with pytest.raises(TypeError):
        InvestigationEntry.objects.all().delete()
    entry.note = ""
    entry.what = "note"
    entry.save(update_fields=["note"])
    assert InvestigationEntry.objects.get().note == ""


REDACTED = [
    ("Jean Côté a dit non.", ["Jean Côté"], "[personne visée] a dit non."),
    ("COTE, Jean-Marc", ["Jean-Marc Côté"], "[personne visée]"),
    ("M. O'Neil et Mme Roy", ["Sean O'Neil"], "M. O'[personne visée] et Mme Roy"),
    ("écrire à jcote@ville.example", ["jcote@ville.example"], "écrire à [personne visée]@ville.example"),
    ("rien ici", ["Jean Côté"], "rien ici"),
    ("les Quévillons, ZoeQuevillon", ["Zoé Quévillon"], "les [personne visée]"),
    ("il roule vers Royan", ["Anne Roy"], "il roule vers Royan"),
]


@pytest.mark.parametrize(("text", "names", "expected"), REDACTED)
def test_names_go_whatever_the_accents_and_the_order(text, names, expected):
    assert without_names(text, names) == expected


def test_role_of_the_general_director_is_the_only_one_to_see_a_complaint_about_the_director(town):
    from intake.policy.complaint_target import Target
    from intake.queue.desk import desk_for
    from intake.queue.listing import tab_counts

    director = user_with(Role.DIRECTOR)
    before = tab_counts(desk_for(director))
    case = a_complaint(target=Target.DIRECTOR)
    assert tab_counts(desk_for(director)) == before
    seen = {role for role in GROUP_NAMES if Case.objects.visible_to(user_with(role)).filter(pk=case.pk).exists()}
    assert seen == {Role.GENERAL_DIRECTOR}
