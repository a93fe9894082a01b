"""« Exporter »: what is on the screen is what leaves, for whom it may, and it leaves a trace."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from intake import jobs
from intake.excel.columns import COLUMNS
from intake.excel.rows import rows_of
from intake.models import Case, Export
from intake.policy.roles import Role
from intake.policy.vocabulary import Kind
from intake.process.export import today_at
from intake.queue.desk import desk_for
from intake.queue.listing import listing_for
from intake.queue.rows import recipient_words
from tests.factories import (
    DepartmentFactory,
    DesignationFactory,
    NatureFactory,
    a_case,
    a_contact,
    town_time,
    user_with,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("private_files")]

CHOOSE = "/admin/exportations/nouvelle/"


def logged_in(client, *roles, **extra):
    user = user_with(*roles, **extra)
    client.force_login(user)
    return user


def rows_in(response):
    assert response.status_code == 200, response.headers
    return list(load_workbook(BytesIO(b"".join(response.streaming_content))).active.iter_rows(values_only=True))


def mixed_cases():
    """Cases of several services, natures and days, with words that make trouble."""
    natures = [NatureFactory(department__name=name, name=name) for name in ("Voirie", "Arbres, parcs")]
    return [
        a_case(
            natures[number % 2],
            now=town_time(f"2026-06-{number + 1:02d} 10:00"),
            facts=f'=1+1, « {number} »\r\n"ligne" <deux> & fin',
            contact=a_contact(last_name=f"Nom{number}"),
        )
        for number in range(6)
    ]


@pytest.mark.parametrize(
    "query",
    [
        "",
        "vue=toutes",
        "vue=toutes&tri=-numero",
        "vue=ouvertes&tri=nature",
        "vue=toutes&q=ligne",
        "vue=toutes&tri=demandeur",
    ],
)
def test_the_workbook_when_made_has_the_rows_and_the_order_of_the_screen(client, query):
    user = logged_in(client, Role.TECHNICIAN)
    mixed_cases()
    a_case(kind=Kind.INQUIRY)
    response = client.post(f"{CHOOSE}?{query}", {"c": ["facts"]})
    rows = rows_in(response)
    params = response.wsgi_request.GET
    on_screen = [case.reference for case in listing_for(user, params)]
    assert [row[0] for row in rows[1:]] == on_screen
    assert len(on_screen) >= 6


def test_a_filter_when_in_force_narrows_the_workbook_and_is_in_the_trace(client):
    logged_in(client, Role.TECHNICIAN)
    cases = mixed_cases()
    nature = cases[1].nature
    rows = rows_in(client.post(f"{CHOOSE}?vue=toutes&nature={nature.code}&p=3", {"c": ["status"]}))
    assert [row[0] for row in rows[1:]] == [cases[i].reference for i in (5, 3, 1)]
    trace = Export.objects.get()
    assert trace.filters["words"] == ["Vue : Toutes", f"Nature : {nature.code} {nature.name}"]
    assert trace.filters["query"] == f"vue=toutes&nature={nature.code}"
    assert trace.filters["cases"] == [cases[i].pk for i in (5, 3, 1)]
    assert (trace.columns, trace.rows_total, trace.state) == (["reference", "status"], 3, Export.State.DONE)


def test_text_that_a_citizen_typed_when_exported_is_text(client):
    logged_in(client, Role.TECHNICIAN)
    mixed_cases()
    response = client.post(f"{CHOOSE}?vue=toutes", {"c": ["facts"]})
    sheet = load_workbook(BytesIO(b"".join(response.streaming_content))).active
    assert {cell.data_type for cell in sheet["B"][1:]} == {"s"}
    assert sheet["B2"].value == '=1+1, « 5 »\n"ligne" <deux> & fin'


def test_the_file_when_downloaded_has_the_day_and_hour_in_its_name_and_no_cache_keeps_it(client):
    logged_in(client, Role.TECHNICIAN)
    a_case()
    response = client.post(CHOOSE + "?vue=toutes")
    moment = timezone.localtime(Export.objects.get().requested_at)
    assert response["Content-Disposition"] == f'attachment; filename="demandes-{moment:%Y-%m-%d-%H%M}.xlsx"'
    assert response["Content-Type"] == "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    assert "no-store" in response["Cache-Control"]
    assert len(rows_in(response)) == 2


def test_a_complaint_on_the_screen_when_exporting_is_announced_as_left_out_and_never_leaves(client):
    logged_in(client, Role.DIRECTOR)
    request, _complaint = a_case(), a_case(kind=Kind.COMPLAINT)
    page = client.get(f"{CHOOSE}?vue=toutes").content.decode()
    assert "La liste montre aussi 1 plainte." in page
    assert "<strong>1 demande</strong>" in page
    rows = rows_in(client.post(f"{CHOOSE}?vue=toutes", {"c": ["status"]}))
    assert [row[0] for row in rows[1:]] == [request.reference]


def test_a_responsable_when_exporting_gets_his_requests_without_any_identity(client):
    department = DepartmentFactory()
    logged_in(client, Role.RECIPIENT, department=department)
    mine = a_case(NatureFactory(department=department), contact=a_contact(last_name="Introuvable"))
    a_case()
    page = client.get(f"{CHOOSE}?vue=toutes").content.decode()
    assert "Téléphone" not in page
    assert "sans le nom ni les coordonnées" in page
    rows = rows_in(client.post(f"{CHOOSE}?vue=toutes", {"c": ["status", "requester", "phone", "email", "address"]}))
    assert rows == [("Numéro", "État"), (mine.reference, "Reçue")]
    assert Export.objects.get().columns == ["reference", "status"]


@pytest.mark.parametrize("role", [Role.COMMUNICATIONS, Role.EXPERIENCE, Role.COUNCIL, Role.EMPLOYEE])
def test_the_screens_for_another_role_do_not_exist(client, role):
    logged_in(client, role)
    a_case()
    for address in (CHOOSE, "/admin/exportations/", "/admin/exportations/1/", "/admin/exportations/1/fichier/"):
        assert client.get(address).status_code == 404
    assert client.post(CHOOSE).status_code == 404
    assert not Export.objects.exists()


def test_the_screens_for_nobody_ask_to_log_in(client):
    for address in (CHOOSE, "/admin/exportations/"):
        assert client.get(address).url.startswith("/admin/login/")


def test_the_columns_when_kept_are_in_the_address_beside_the_filter(client):
    logged_in(client, Role.TECHNICIAN)
    response = client.post(f"{CHOOSE}?vue=toutes&q=trou&c=phone", {"c": ["status", "facts"], "garder": "1"})
    assert response.status_code == 302
    assert response.url == f"{CHOOSE}?vue=toutes&q=trou&c=reference&c=status&c=facts&feuilles=une&format=xlsx"
    assert checked(client.get(response.url)) == ["reference", "status", "facts"]
    assert not Export.objects.exists()


def test_the_columns_of_the_last_export_when_nothing_is_said_are_proposed(client):
    logged_in(client, Role.TECHNICIAN)
    a_case()
    assert checked(client.get(CHOOSE)) == [c.key for c in COLUMNS if c.by_default]
    rows_in(client.post(f"{CHOOSE}?vue=toutes", {"c": ["location"]}))
    assert checked(client.get(CHOOSE)) == ["reference", "location"]


def checked(response):
    return [line.column.key for line in response.context["lines"] if line.picked]


def test_an_empty_list_when_exported_says_so_and_leaves_no_trace(client):
    logged_in(client, Role.TECHNICIAN)
    response = client.post(CHOOSE, {"c": ["status"]}, follow=True)
    assert "aucune demande à exporter" in response.content.decode()
    assert not Export.objects.exists()


def test_a_long_export_when_asked_is_made_by_a_job_and_followed_to_its_link(client, settings):
    settings.EXPORT_DIRECT_ROWS = 2
    logged_in(client, Role.TECHNICIAN)
    cases = mixed_cases()
    response = client.post(f"{CHOOSE}?vue=toutes&tri=numero", {"c": ["status"]})
    export = Export.objects.get()
    assert response.url == f"/admin/exportations/{export.pk}/"
    page = client.get(response.url)
    assert page["Refresh"] == "2"
    assert "0 lignes sur 6" in page.content.decode()
    assert client.get(f"{response.url}fichier/").status_code == 302
    # It would now sort and filter otherwise.
    Case.objects.filter(pk=cases[0].pk).update(kind="inquiry", inquiry_type="comment")
    jobs.build_export(export.pk)
    page = client.get(response.url)
    assert "Refresh" not in page
    assert "Votre fichier est prêt : 6 lignes." in page.content.decode()
    rows = rows_in(client.get(f"{response.url}fichier/"))
    assert [row[0] for row in rows[1:]] == [case.reference for case in cases]


def test_a_long_export_of_more_than_a_thousand_when_shown_has_plain_numbers_for_the_browser(client):
    user = logged_in(client, Role.TECHNICIAN)
    export = Export.objects.create(
        user=user,
        by_label="x",
        requested_at=timezone.now(),
        filters={"query": "", "words": [], "cases": []},
        rows_total=100_000,
        rows_done=42_000,
    )
    page = client.get(f"/admin/exportations/{export.pk}/").content.decode()
    assert 'value="42000" max="100000"' in page


def test_the_progress_of_an_export_when_asked_again_and_again_does_not_read_its_long_list_of_rows(client, settings):
    settings.EXPORT_DIRECT_ROWS = 0
    logged_in(client, Role.TECHNICIAN)
    a_case()
    address = client.post(f"{CHOOSE}?vue=toutes").url
    for url in (address, "/admin/exportations/"):
        with CaptureQueriesContext(connection) as captured:
            assert "Vue : Toutes" in client.get(url).content.decode()
        (sql,) = [query["sql"] for query in captured.captured_queries if 'FROM "intake_export"' in query["sql"]]
        assert '"intake_export"."filters", "intake_export"."columns"' not in sql


def test_the_link_of_an_export_when_someone_else_follows_it_does_not_exist(client, settings):
    settings.EXPORT_DIRECT_ROWS = 0
    logged_in(client, Role.TECHNICIAN)
    a_case()
    address = client.post(f"{CHOOSE}?vue=toutes").url
    jobs.build_export(Export.objects.get().pk)
    logged_in(client, Role.DIRECTOR)
    assert client.get(address).status_code == 404
    assert client.get(f"{address}fichier/").status_code == 404
    assert "Vous n'avez encore rien exporté" in client.get("/admin/exportations/").content.decode().replace(
        "&#x27;", "'"
    )


def test_the_link_of_an_export_when_a_day_has_passed_says_that_it_is_gone(client, settings):
    settings.EXPORT_DIRECT_ROWS = 0
    logged_in(client, Role.TECHNICIAN)
    a_case()
    address = client.post(f"{CHOOSE}?vue=toutes").url
    export = Export.objects.get()
    jobs.build_export(export.pk)
    Export.objects.update(finished_at=timezone.now() - timedelta(hours=24, seconds=1))
    response = client.get(f"{address}fichier/", follow=True)
    assert response.redirect_chain == [(address, 302)]
    assert "plus gardé ici" in response.content.decode()


def test_a_failed_export_when_followed_says_so_and_offers_to_begin_again(client):
    user = logged_in(client, Role.TECHNICIAN)
    export = Export.objects.create(
        user=user,
        by_label="x",
        requested_at=timezone.now(),
        state=Export.State.FAILED,
        filters={"query": "vue=toutes&q=trou", "words": [], "cases": []},
        rows_total=3,
    )
    response = client.get(f"/admin/exportations/{export.pk}/")
    assert "Refresh" not in response
    assert f"{CHOOSE}?vue=toutes&amp;q=trou" in response.content.decode()


def test_the_list_of_the_queue_when_shown_leads_to_its_own_export(client):
    logged_in(client, Role.TECHNICIAN)
    a_case()
    page = client.get(reverse("demandes_modeladmin_index") + "?vue=toutes&q=trou").content.decode()
    assert f"{CHOOSE}?vue=toutes&amp;q=trou" in page


@pytest.mark.parametrize("status", ["received", "routed", "waiting", "completed", "closed"])
@pytest.mark.parametrize("kind", ["request", "inquiry"])
@pytest.mark.parametrize("designated", [True, False])
def test_the_responsable_when_exported_is_named_in_the_words_of_the_screen(kind, status, designated):
    case = a_case()
    past = DesignationFactory(department=case.department, effective_until="2021-01-01", employee__first_name="Avant")
    if designated:
        DesignationFactory(department=case.department, effective_from="2022-01-01", employee__first_name="Maintenant")
    moment = case.received_at
    Case.objects.filter(pk=case.pk).update(
        kind=kind,
        inquiry_type="comment" if kind == "inquiry" else "",
        status=status,
        designation=past,
        completed_at=moment,
        closed_at=moment,
        waiting_reason_id="weather" if status == "waiting" else None,
    )
    case.refresh_from_db()
    (row,) = rows_of(Case.objects.filter(pk=case.pk), COLUMNS, today=today_at(timezone.now()))
    exported = row[[column.key for column in COLUMNS].index("recipient")]
    assert exported == recipient_words(case, desk_for(user_with(Role.TECHNICIAN)))


def test_queries_of_the_choice_and_of_the_workbook_are_as_many_for_one_row_as_for_many(client):
    logged_in(client, Role.TECHNICIAN)
    nature = NatureFactory()
    counts = []
    for more in (1, 30):
        for _ in range(more):
            a_case(nature)
        with CaptureQueriesContext(connection) as page:
            client.get(f"{CHOOSE}?vue=toutes")
        with CaptureQueriesContext(connection) as workbook:
            rows_in(client.post(f"{CHOOSE}?vue=toutes"))
        counts.append((len(page), len(workbook)))
    assert counts[0] == counts[1]
