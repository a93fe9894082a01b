"""Layouts of exports: kept, shared, used; they hold choices and never widen what someone may take out (art. 4.5)."""

import csv
from datetime import timedelta
from io import BytesIO, StringIO

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook
from post_office.models import Email

from intake import jobs
from intake.excel.columns import COLUMNS, columns_for
from intake.models import Case, Export, ExportLayout, actor_for
from intake.policy.exports import may_delete_layout, may_share_layouts
from intake.policy.roles import Actor, Role
from intake.policy.vocabulary import Kind
from intake.process import NotVisible, Refused
from intake.process.export_layouts import Draft, delete_layout, rename_layout, replace_layout, save_layout
from intake.queue.export_choice import COLUMN, address_of_layout
from snippets.message_codes import MESSAGE_CODES
from tests.factories import DepartmentFactory, DesignationFactory, NatureFactory, a_case, a_contact, user_with

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("private_files")]

CHOOSE = "/admin/exportations/nouvelle/"
NEW = "/admin/exportations/presentations/nouvelle/"


def logged_in(client, *roles, **extra):
    user = user_with(*roles, **extra)
    client.force_login(user)
    return user


def a_layout(user, name="Suivi du lundi", *, shared=False, **changes):
    draft = {"columns": ["reference", "status"], "query": "vue=toutes"} | changes
    return save_layout(draft=Draft(**draft), name=name, shared=shared, by=actor_for(user), now=timezone.now())


def page_of(layout):
    return f"/admin/exportations/presentations/{layout.pk}/"


def body(response):
    assert response.status_code == 200, response
    return b"".join(response.streaming_content)


def book(response):
    return load_workbook(BytesIO(body(response)))


def text_rows(response):
    return list(csv.reader(StringIO(body(response).decode("utf-8-sig"), newline=""), delimiter=";"))


def lives():
    """One file still open, one completed, one withdrawn, in two services."""
    works = NatureFactory(department=DepartmentFactory(name="Travaux publics : voirie / égouts, eau [réseau]"))
    parks = NatureFactory(department=DepartmentFactory(name="Parcs"))
    opened, done, withdrawn = a_case(works), a_case(parks), a_case(works)
    moment = timezone.now()
    hers = DesignationFactory(department=done.department)
    Case.objects.filter(pk=done.pk).update(status="completed", completed_at=moment, designation=hers)
    Case.objects.filter(pk=withdrawn.pk).update(status="withdrawn", closed_at=moment)
    return opened, done, withdrawn


# The order of the columns


@pytest.mark.parametrize(
    ("ranks", "expected"),
    [
        ({}, ["reference", "kind", "status", "priority"]),
        ({"priority": "1"}, ["priority", "reference", "kind", "status"]),
        ({"priority": "2"}, ["reference", "priority", "kind", "status"]),
        ({"reference": "3"}, ["kind", "status", "reference", "priority"]),
        ({"kind": "4", "priority": "2"}, ["reference", "priority", "status", "kind"]),
        ({"kind": ""}, ["reference", "kind", "status", "priority"]),
    ],
)
def test_a_column_when_given_a_place_goes_there_and_the_others_keep_their_order(client, ranks, expected):
    logged_in(client, Role.TECHNICIAN)
    shown = ["reference", "kind", "status", "priority"]
    numbers = {f"rang-{key}": str(place) for place, key in enumerate(shown, start=1)}
    numbers |= {f"rang-{key}": rank for key, rank in ranks.items()}
    response = client.post(CHOOSE, {"c": shown, "ordre": ",".join(shown), "garder": "1", **numbers})
    assert [line.column.key for line in client.get(response.url).context["lines"] if line.picked] == expected


def test_a_column_when_newly_ticked_comes_last_and_the_workbook_has_the_order_of_the_screen(client):
    logged_in(client, Role.TECHNICIAN)
    a_case()
    shown = client.get(f"{CHOOSE}?vue=toutes&c=status&c=reference&c=kind").context["shown"]
    assert shown.startswith("status,reference,kind,")
    numbers = {"rang-status": "1", "rang-reference": "2", "rang-kind": "3"}
    response = client.post(
        f"{CHOOSE}?vue=toutes", {"c": ["status", "reference", "kind", "phone"], "ordre": shown, **numbers}
    )
    (heading, _row) = book(response).active.iter_rows(values_only=True)
    assert heading == ("État", "Numéro", "Sorte", "Téléphone")
    assert Export.objects.get().columns == ["status", "reference", "kind", "phone"]


@pytest.mark.parametrize("typed", ["abc", "0", "-1", "999", "1.5", "²"])
def test_a_place_that_is_none_is_said_beside_its_column_and_nothing_is_lost_nor_exported(client, typed):
    logged_in(client, Role.TECHNICIAN)
    a_case()
    sent = {"c": ["status", "phone"], "ordre": "reference,status,phone", "rang-status": typed, "rang-phone": "2"}
    response = client.post(f"{CHOOSE}?vue=toutes", sent)
    assert response.status_code == 422
    lines = {line.column.key: line for line in response.context["lines"]}
    assert lines["status"].error == f"Écrivez un nombre de 1 à {len(COLUMNS)}."
    assert (lines["status"].rank, lines["phone"].rank, lines["phone"].error) == (typed, "2", "")
    assert [key for key, line in lines.items() if line.picked] == ["reference", "status", "phone"]
    assert not Export.objects.exists()


# Several sheets, and the text file


def test_open_and_completed_when_asked_apart_are_on_their_own_sheets_in_the_order_of_the_screen(client):
    logged_in(client, Role.TECHNICIAN)
    opened, done, withdrawn = lives()
    later = a_case(opened.nature)
    made = book(client.post(f"{CHOOSE}?vue=toutes&tri=-numero", {"c": ["status"], "feuilles": "etat"}))
    found = {sheet.title: [row[0] for row in sheet.iter_rows(min_row=2, values_only=True)] for sheet in made}
    assert list(found) == ["Sommaire", "Ouvertes", "Complétées", "Terminées autrement"]
    assert found["Ouvertes"] == [later.reference, opened.reference]
    assert (found["Complétées"], found["Terminées autrement"]) == ([done.reference], [withdrawn.reference])
    assert found["Sommaire"][:4] == ["Ouvertes", "Complétées", "Terminées autrement", "Total"]
    assert Export.objects.get().sheets == "life"


def test_services_when_asked_apart_have_a_sheet_each_whose_name_excel_accepts(client):
    logged_in(client, Role.TECHNICIAN)
    lives()
    made = book(client.post(f"{CHOOSE}?vue=toutes", {"c": ["status"], "feuilles": "service"}))
    assert made.sheetnames == ["Sommaire", "Parcs", "Travaux publics voirie égouts,"]
    assert [sheet.max_row for sheet in made][1:] == [2, 3]


@pytest.mark.parametrize("sheets", ["etat", "service"])
def test_a_long_export_of_several_sheets_is_made_by_the_job_too(client, settings, sheets):
    settings.EXPORT_DIRECT_ROWS = 0
    logged_in(client, Role.TECHNICIAN)
    lives()
    address = client.post(f"{CHOOSE}?vue=toutes", {"c": ["status"], "feuilles": sheets}).url
    jobs.build_export(Export.objects.get().pk)
    made = book(client.get(f"{address}fichier/"))
    assert sum(sheet.max_row - 1 for sheet in made.worksheets[1:]) == 3


def test_the_text_file_when_several_sheets_are_asked_has_a_column_for_them_and_the_order_of_the_screen(client):
    logged_in(client, Role.TECHNICIAN)
    opened, done, withdrawn = lives()
    response = client.post(
        f"{CHOOSE}?vue=toutes&tri=numero", {"c": ["reference", "facts"], "feuilles": "etat", "format": "csv"}
    )
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"].endswith('.csv"')
    heading, *rows = text_rows(response)
    assert heading == ["Feuille", "Numéro", "Exposé des faits"]
    assert [row[:2] for row in rows] == [
        ["Ouvertes", opened.reference],
        ["Complétées", done.reference],
        ["Terminées autrement", withdrawn.reference],
    ]


def test_the_text_file_of_a_long_export_is_made_by_the_job_and_what_a_citizen_typed_stays_text(client, settings):
    settings.EXPORT_DIRECT_ROWS = 0
    logged_in(client, Role.TECHNICIAN)
    a_case(facts="=1+1; « deux »\r\nà côté du parc, le soir")
    address = client.post(f"{CHOOSE}?vue=toutes", {"c": ["facts"], "format": "csv"}).url
    jobs.build_export(Export.objects.get().pk)
    response = client.get(f"{address}fichier/")
    assert response["Content-Disposition"].endswith('.csv"')
    assert text_rows(response)[1][1] == "'=1+1; « deux »\nà côté du parc, le soir"


@pytest.mark.parametrize("file_format", ["xlsx", "csv"])
def test_art_4_5_a_complaint_leaves_in_no_format(client, file_format):
    logged_in(client, Role.DIRECTOR)
    request, complaint = a_case(), a_case(kind=Kind.COMPLAINT)
    data = body(client.post(f"{CHOOSE}?vue=toutes", {"c": ["status"], "feuilles": "etat", "format": file_format}))
    assert complaint.reference not in data.decode("utf-8", errors="ignore")
    assert Export.objects.get().filters["cases"] == [request.pk]


# Who keeps, shares, uses and deletes


def test_matrix_who_shares_and_who_deletes():
    sharing = {role for role in Role if may_share_layouts(Actor("x", frozenset({role}), user_id=1))}
    assert sharing == {Role.TECHNICIAN, Role.DIRECTOR}
    deleting = {
        role for role in Role if may_delete_layout(Actor("x", frozenset({role}), user_id=1), owner_id=2, shared=True)
    }
    assert deleting == {Role.TECHNICIAN}
    technician = Actor("x", frozenset({Role.TECHNICIAN}), user_id=1)
    assert not may_delete_layout(technician, owner_id=2, shared=False)
    assert may_delete_layout(technician, owner_id=1, shared=False)


def test_a_choice_when_named_is_kept_and_used_again_whole(client):
    logged_in(client, Role.TECHNICIAN)
    lives()
    to_name = client.post(
        f"{CHOOSE}?vue=ouvertes&tri=-numero&p=2&inconnu=1",
        {"c": ["status", "reference"], "feuilles": "service", "format": "csv", "nommer": "1"},
    ).url
    assert to_name.startswith(NEW)
    assert "Colonnes, dans cet ordre" in client.get(to_name).content.decode()
    used = client.post(to_name, {"nom": "  Suivi   du lundi "}, follow=True)
    layout = ExportLayout.objects.get()
    assert (layout.name, layout.shared, layout.columns) == ("Suivi du lundi", False, ["status", "reference"])
    assert (layout.query, layout.sheets, layout.format) == ("vue=ouvertes&tri=-numero", "department", "csv")
    assert used.context["layout"] == layout
    page = client.get(CHOOSE).content.decode()
    assert address_of_layout(layout).replace("&", "&amp;") in page
    response = client.post(address_of_layout(layout))
    assert text_rows(response)[0] == ["Feuille", "État", "Numéro"]
    assert Export.objects.get().layout_name == "Suivi du lundi"


@pytest.mark.parametrize(
    ("name", "said"), [("  ", "Donnez un nom"), ("x" * 61, "trop long"), ("SUIVI du lundi", "déjà")]
)
def test_a_name_that_is_none_or_is_taken_is_refused_beside_its_field(client, name, said):
    user = logged_in(client, Role.TECHNICIAN)
    a_layout(user)
    response = client.post(f"{NEW}?c=status", {"nom": name, "partager": "1"})
    assert response.status_code == 422
    assert said in response.context["errors"]["name"]
    assert 'aria-invalid="true"' in response.content.decode()
    assert (response.context["name"], response.context["shared"]) == (name, True)
    assert ExportLayout.objects.count() == 1


def test_two_people_may_use_one_name_but_not_both_share_it():
    first, second = user_with(Role.TECHNICIAN), user_with(Role.DIRECTOR)
    a_layout(first, shared=True)
    mine = a_layout(second)
    with pytest.raises(Refused, match="partagée porte déjà ce nom"):
        rename_layout(pk=mine.pk, name="suivi du LUNDI", shared=True, by=actor_for(second), now=timezone.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        ExportLayout.objects.filter(pk=mine.pk).update(shared=True)


@pytest.mark.parametrize("role", [Role.RECIPIENT, Role.CLERK])
def test_a_role_that_may_not_share_is_neither_offered_nor_allowed_to(client, role):
    logged_in(client, role)
    assert 'name="partager"' not in client.get(NEW).content.decode()
    response = client.post(NEW, {"nom": "À tous", "partager": "1"})
    assert response.status_code == 422
    assert not ExportLayout.objects.exists()


@pytest.mark.parametrize("role", [Role.EXECUTOR, Role.COUNCIL, Role.EMPLOYEE, Role.GENERAL_DIRECTOR])
def test_the_screens_for_a_role_that_does_not_export_do_not_exist(client, role):
    layout = a_layout(user_with(Role.TECHNICIAN), shared=True)
    user = logged_in(client, role)
    for address in (NEW, page_of(layout)):
        assert client.get(address).status_code == 404
        assert client.post(address, {"nom": "x"}).status_code == 404
    with pytest.raises(Refused):
        a_layout(user, "x")


def test_a_private_layout_of_someone_else_does_not_exist(client):
    theirs = a_layout(user_with(Role.DIRECTOR), "Ma liste secrète")
    me = logged_in(client, Role.TECHNICIAN)
    assert client.get(page_of(theirs)).status_code == 404
    assert client.post(page_of(theirs), {"supprimer": "1"}).status_code == 404
    page = client.get(f"{CHOOSE}?presentation={theirs.pk}").content.decode()
    assert "secrète" not in page
    assert "Cette présentation n'existe plus, ou n'est plus partagée." in page
    for act in (
        lambda by: delete_layout(pk=theirs.pk, by=by),
        lambda by: rename_layout(pk=theirs.pk, name="x", shared=False, by=by, now=timezone.now()),
        lambda by: replace_layout(pk=theirs.pk, draft=Draft([], ""), by=by, now=timezone.now()),
    ):
        with pytest.raises(NotVisible):
            act(actor_for(me))
    assert ExportLayout.objects.get() == theirs


def test_art_4_5_a_shared_layout_gives_a_responsable_his_requests_and_no_identity(client):
    owner = user_with(Role.TECHNICIAN)
    columns = ["requester", "status", "phone", "reference", "email", "address"]
    layout = a_layout(owner, shared=True, columns=columns, query="vue=toutes&sorte=request")
    department = DepartmentFactory()
    mine = a_case(NatureFactory(department=department), contact=a_contact(last_name="Introuvable"))
    a_case()
    logged_in(client, Role.RECIPIENT, department=department)
    page = client.get(address_of_layout(layout)).content.decode()
    assert "Colonnes réservées à d&#x27;autres rôles : Demandeur, Téléphone, Courriel, Adresse du demandeur." in page
    rows = list(book(client.post(address_of_layout(layout))).active.iter_rows(values_only=True))
    assert rows == [("État", "Numéro"), ("Reçue", mine.reference)]
    assert client.get(page_of(layout)).status_code == 404


def test_what_a_layout_asks_for_and_exists_no_more_is_left_out_and_said(client):
    user = logged_in(client, Role.TECHNICIAN)
    case = a_case()
    query = f"vue=disparue&nature={case.nature.code}&service=ZZZ&tri=humeur"
    layout = a_layout(user, columns=["status", "colonne_d_hier"], query=query)
    response = client.get(address_of_layout(layout))
    assert response.context["not_read"] == [
        "Une colonne n'existe plus.",
        "La vue demandée n'existe pas pour vous. Voici « À traiter ».",
        "Le tri demandé n'existe pas pour vous.",
        "Filtre inconnu : Service.",
    ]
    assert [line.column.key for line in response.context["lines"] if line.picked] == ["reference", "status"]
    assert response.context["rows"] == 1


def test_art_4_5_a_shared_layout_keeps_no_searched_words(client):
    user = logged_in(client, Role.TECHNICIAN)
    page = client.post(f"{NEW}?vue=toutes&q=Tremblay&c=status", {"nom": "Partagée", "partager": "1"}, follow=True)
    assert "Les mots cherchés n" in page.content.decode()
    private = a_layout(user, "À moi", search="Tremblay")
    assert "Tremblay" in address_of_layout(private)
    client.post(page_of(private), {"nom": "À moi", "partager": "1"})
    assert set(ExportLayout.objects.values_list("search", "shared")) == {("", True)}
    with pytest.raises(IntegrityError), transaction.atomic():
        ExportLayout.objects.filter(pk=private.pk).update(search="Tremblay")


def test_a_layout_when_renamed_by_its_owner_has_its_new_name_and_the_trace_keeps_the_old(client):
    user = logged_in(client, Role.TECHNICIAN)
    a_case()
    layout = a_layout(user)
    body(client.post(address_of_layout(layout)))
    page = client.post(page_of(layout), {"nom": "Suivi du mardi"}, follow=True).content.decode()
    assert "est modifiée" in page
    assert "Suivi du mardi" in page
    assert Export.objects.get().layout_name == "Suivi du lundi"


def test_a_layout_in_use_when_replaced_keeps_its_name_and_takes_the_new_choice(client):
    user = logged_in(client, Role.TECHNICIAN)
    layout = a_layout(user, search="trou")
    to_name = client.post(address_of_layout(layout), {"c": ["facts"], "format": "csv", "nommer": "1"}).url
    assert "Remplacer « Suivi du lundi »" in client.get(to_name).content.decode()
    client.post(to_name, {"nom": "", "remplacer": "1"})
    layout.refresh_from_db()
    assert (layout.name, layout.columns, layout.format) == ("Suivi du lundi", ["reference", "facts"], "csv")
    assert layout.search == "trou"


def test_someone_elses_shared_layout_in_use_is_not_replaced_but_copied(client):
    theirs = a_layout(user_with(Role.DIRECTOR), shared=True)
    logged_in(client, Role.TECHNICIAN)
    to_name = client.post(address_of_layout(theirs), {"c": ["facts"], "nommer": "1"}).url
    assert "Remplacer" not in client.get(to_name).content.decode()
    client.post(to_name, {"nom": "Ma copie", "remplacer": "1"})
    theirs.refresh_from_db()
    assert theirs.columns == ["reference", "status"]
    assert ExportLayout.objects.get(name="Ma copie").columns == ["reference", "facts"]


def test_a_shared_layout_is_deleted_by_its_owner_or_by_the_technician_only(client):
    director = user_with(Role.DIRECTOR)
    first, second = a_layout(director, "Une", shared=True), a_layout(director, "Deux", shared=True)
    logged_in(client, Role.RECIPIENT)
    assert client.post(page_of(first), {"supprimer": "1"}).status_code == 404
    logged_in(client, Role.TECHNICIAN)
    page = client.get(page_of(first)).content.decode()
    assert 'name="nom"' not in page
    assert client.post(page_of(first), {"nom": "Volée"}).status_code == 404
    assert client.post(page_of(first), {"supprimer": "1"}).status_code == 302
    client.force_login(director)
    client.post(page_of(second), {"supprimer": "1"})
    assert not ExportLayout.objects.exists()


def test_the_last_choice_when_nothing_is_said_is_proposed_with_its_order_sheets_and_format(client):
    user = logged_in(client, Role.TECHNICIAN)
    a_case()
    body(client.post(f"{CHOOSE}?vue=toutes", {"c": ["status", "reference"], "feuilles": "etat", "format": "csv"}))
    context = client.get(CHOOSE).context
    assert [line.column.key for line in context["lines"] if line.picked] == ["status", "reference"]
    assert [item["word"] for item in (*context["sheets"], *context["formats"]) if item["picked"]] == ["etat", "csv"]
    assert len(context["lines"]) == len(columns_for(actor_for(user)))


@pytest.mark.parametrize(
    "query", ["feuilles=mille", "format=exe", "presentation=abc", "presentation=9" + "9" * 30, "c=x&c=y"]
)
def test_an_address_that_says_nonsense_is_read_as_far_as_it_goes(client, query):
    logged_in(client, Role.TECHNICIAN)
    assert client.get(f"{CHOOSE}?{query}").status_code == 200
    assert client.get(f"{NEW}?{query}").status_code == 200


@pytest.mark.parametrize("sheets", ["one", "life", "department"])
def test_a_constraint_refuses_what_no_screen_offers(sheets):
    layout = a_layout(user_with(Role.TECHNICIAN))
    ExportLayout.objects.filter(pk=layout.pk).update(sheets=sheets)
    for change in ({"sheets": "mille"}, {"format": "exe"}, {"name": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            ExportLayout.objects.filter(pk=layout.pk).update(**change)


# The link that expires


def test_the_page_of_a_long_export_says_until_when_its_link_works_and_how_to_ask_again(client, settings):
    settings.EXPORT_DIRECT_ROWS = 0
    logged_in(client, Role.TECHNICIAN)
    a_case()
    choice = {"c": ["status"], "feuilles": "etat", "format": "csv"}
    address = client.post(f"{CHOOSE}?vue=toutes", choice).url
    export = Export.objects.get()
    jobs.build_export(export.pk)
    export.refresh_from_db()
    until = timezone.localtime(export.finished_at + timedelta(hours=24))
    assert f"à {until.hour} h {until:%M}." in client.get(address).content.decode()
    Export.objects.update(finished_at=timezone.now() - timedelta(hours=25))
    page = client.get(f"{address}fichier/", follow=True).content.decode()
    again = f"{CHOOSE}?vue=toutes&c=reference&c=status&feuilles=etat&format=csv"
    assert again.replace("&", "&amp;") in page
    assert COLUMN in client.get(again).wsgi_request.GET


def test_the_owner_of_a_long_export_is_told_once_by_a_mail_that_holds_the_link_alone(client, settings):
    settings.EXPORT_DIRECT_ROWS = 0
    logged_in(client, Role.TECHNICIAN, email="val@ville.example", first_name="Val")
    case = a_case(contact=a_contact(email="", last_name="Introuvable"), facts="Un trou profond devant chez moi.")
    address = client.post(f"{CHOOSE}?vue=toutes").url
    assert "val@ville.example" in client.get(address).content.decode()
    export = Export.objects.get()
    for _run in range(2):
        jobs.build_export(export.pk)
    mail = Email.objects.get(to="val@ville.example")
    assert f"{settings.BASE_URL.rstrip('/')}{address}" in mail.message
    for word in (case.reference, "Introuvable", "trou", "Toutes"):
        assert word not in mail.subject + mail.message
    assert MESSAGE_CODES["R72"].audience == "staff"


def test_an_account_without_an_address_and_an_export_taken_at_once_send_no_mail(client, settings):
    logged_in(client, Role.TECHNICIAN, email="val@ville.example")
    a_case(contact=a_contact(email=""))
    before = Email.objects.count()
    body(client.post(f"{CHOOSE}?vue=toutes"))
    settings.EXPORT_DIRECT_ROWS = 0
    logged_in(client, Role.DIRECTOR, email="")
    client.post(f"{CHOOSE}?vue=toutes")
    jobs.build_export(Export.objects.get(state="pending").pk)
    assert Email.objects.count() == before


# Cost


def test_queries_are_as_many_for_one_layout_and_one_service_as_for_many(client):
    user = logged_in(client, Role.TECHNICIAN)
    counts = []
    for more in (1, 12):
        for _ in range(more):
            a_case(NatureFactory())
            a_layout(user, f"Liste {ExportLayout.objects.count()}")
        with CaptureQueriesContext(connection) as page:
            client.get(f"{CHOOSE}?vue=toutes")
        with CaptureQueriesContext(connection) as made:
            body(client.post(f"{CHOOSE}?vue=toutes", {"c": ["status"], "feuilles": "service"}))
        counts.append((len(page), len(made)))
    assert counts[0] == counts[1]
    assert counts[0][0] <= 35
    assert counts[0][1] <= 30
