"""A town with one of each, every address of the admin filled with what is really there, and the words that tell on a leak."""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone
from openpyxl import Workbook
from post_office.models import Email
from wagtail.documents.models import Document
from wagtail.log_actions import log
from wagtail.models import APIToken, Page, Site
from wagtail.snippets.models import get_snippet_models

from intake.models import Answer, Attachment, Case, CaseEvent, CaseImport, CaseMessage, DocumentTask, TaskFile
from intake.policy.clocks import Clock
from intake.policy.roles import SYSTEM, Actor, Role
from intake.policy.vocabulary import Charge, Kind, Status
from intake.policy.working_days import WorkingCalendar
from intake.process.council import publish
from intake.process.import_files import bring
from intake.process.monthly_lists import month_on, plan_lists, send_list
from intake.reports.council import council_data
from snippets.models import Designation
from tests.factories import (
    DepartmentFactory,
    DesignationFactory,
    EmployeeFactory,
    NatureFactory,
    a_case,
    a_contact,
    user_with,
)

# A planted word: « Zorglu », the file it belongs to, and what it is (a name, a fact, a note…).
TELLTALE = re.compile(r"zorglu([a-z]+)_([a-z]+)")
ROOTS = ("admin/", "api/", "documents/")
# One ends the session, the other fails on purpose.
LEFT_OUT = ("wagtailadmin_logout", "wagtailadmin_error_test")
REFERENCE = "reference"


@dataclass
class Place:
    """One address pattern: its name, and its parameters by name in the order of the address."""

    name: str
    route: str
    parameters: tuple[str, ...]


@dataclass
class Town:
    """What the addresses are filled with."""

    cases: dict[str, Case]
    numbers: dict[str, int] = field(default_factory=dict)


# file → kind, state, service, who answers for it
FILES = {
    "rue": (Kind.REQUEST, Status.ROUTED, "TP", None),
    "pont": (Kind.REQUEST, Status.ROUTED, "TP", None),  # with its executor
    "parc": (Kind.REQUEST, Status.RECEIVED, "URB", None),
    "mot": (Kind.INQUIRY, Status.RECEIVED, "EXP", None),
    "grief": (Kind.COMPLAINT, Status.RECEIVED, "EXP", Charge.DIRECTOR),
    "griefremis": (Kind.COMPLAINT, Status.UNDER_REVIEW, "EXP", Charge.DIRECTOR),
    "griefdir": (Kind.COMPLAINT, Status.UNDER_REVIEW, "EXP", Charge.GENERAL_DIRECTOR),
    "dommage": (Kind.CLAIM, Status.TRANSMITTED, "EXP", None),
    "dommageneuf": (Kind.CLAIM, Status.RECEIVED, "EXP", None),
    "acces": (Kind.ACCESS_REQUEST, Status.SEARCHING, "EXP", None),
    "accesneuf": (Kind.ACCESS_REQUEST, Status.RECEIVED, "EXP", None),
}


def build_town(*, executor, recipient) -> Town:
    """Make the services, the files with a word planted in each place, and one row of everything the admin edits."""
    departments = {
        "EXP": DepartmentFactory(code="EXP", is_front_line=True),
        "TP": DepartmentFactory(code="TP"),
        "URB": DepartmentFactory(code="URB"),
    }
    natures = {code: NatureFactory(department=departments[code], code=f"{code}-01") for code in ("TP", "URB")}
    designation = DesignationFactory(department=departments["TP"], employee__user=recipient)
    surintendant = EmployeeFactory(user=executor, department=departments["TP"])
    cases = {}
    for key, (kind, status, code, charge) in FILES.items():
        case = _file(key, kind, natures.get(code), charge)
        Case.objects.filter(pk=case.pk).update(
            status=status.value,
            department=departments[code],
            designation=designation if status is Status.ROUTED else None,
            executor=surintendant if key == "pont" else None,
        )
        cases[key] = Case.objects.get(pk=case.pk)
    _lists_of_the_month()
    return Town(cases, _numbers() | {"intake_documents": _task(cases["acces"], departments["TP"]).pk})


def _task(case: Case, department) -> DocumentTask:
    """What the clerk asks of public works for an access request, and the document that they handed over."""
    now = timezone.now()
    task = DocumentTask.objects.create(
        case=case, department=department, wanted="Les plans.", due_on=now.date(), asked_at=now, asked_by="Greffe"
    )
    # Under the number that the walk gives to what it finds below a reference.
    number, name = case.attachments.first().pk, "zorgluacces_document.pdf"
    file = TaskFile(pk=number, task=task, original_name=name, content_type="application/pdf", size=3, added_at=now)
    file.file.save(name, ContentFile(b"abc"))
    return task


def _lists_of_the_month() -> None:
    """The list of each service and that of the officials, as they leave."""
    now = timezone.now()
    month = month_on(now.date())
    for monthly in plan_lists(month):
        send_list(pk=monthly.pk, by=SYSTEM, now=now)
    data = council_data(year=now.year, month=now.month, now=now, clock=Clock(WorkingCalendar()))
    publish(data, council_on=month.council_on, now=now)


def _file(key: str, kind: Kind, nature, charge) -> Case:
    word, now = f"Zorglu{key}", timezone.now()
    more = {"nature": nature} if kind is Kind.REQUEST else {}
    contact = a_contact(last_name=f"{word}_nom", first_name=f"{word}_nom", email=f"{word}_nom@exemple.example".lower())
    case = a_case(
        **more,
        kind=kind,
        facts=f"{word}_faits, assez longs pour être compris.",
        location=f"{word}_lieu",
        contact=contact,
        charge=charge,
    )
    Answer.objects.create(
        case=case, position=9, key="zz", label="Question", question_type="short_text", display=f"{word}_reponse"
    )
    event = CaseEvent.objects.create(
        case=case, verb="note", at=now, by_label="Quelqu'un", to_status="received", internal_note=f"{word}_note"
    )
    attachment = Attachment(
        case=case, original_name=f"{word}_fichier.jpg", content_type="image/jpeg", size=3, sha256="x"
    )
    attachment.added_at = now
    attachment.file.save(f"{word}_fichier.jpg", ContentFile(b"abc"))
    mail = Email.objects.create(from_email="a@b.example", to=f"{word}_nom@exemple.example", subject=f"{word}_courriel")
    CaseMessage.objects.create(case=case, event=event, code="T5", audience="citizen", recipient=mail.to[0], mail=mail)
    # What another tool might write in Wagtail's own journal.
    log(case, "wagtail.edit", user=None, title=f"{word}_journal")
    return case


def _numbers() -> dict[str, int]:
    """The key of one row of each model, by the namespace of its addresses."""
    account = user_with(Role.EMPLOYEE, username="quelquun")
    employee = EmployeeFactory(user=account)
    document = Document.objects.create(title="Plan", file=ContentFile(b"x", name="plan.txt"))
    numbers = {
        "wagtailusers_users": account.pk,
        "wagtailusers_groups": Group.objects.first().pk,
        "wagtaildocs": document.pk,
        "wagtailadmin_api:documents": document.pk,
        "wagtailsites": Site.objects.first().pk,
        "page": Page.objects.filter(depth=2).first().pk,
        "intake_designations": Designation.objects.first().pk,
        "intake_imports": _brought().pk,
        "intake_rights:employee": employee.pk,
        "intake_rights:account": user_with(Role.COUNCIL, username="conseillere").pk,
    }
    for model in get_snippet_models():
        row = model._default_manager.first()
        if row is not None:
            numbers[f"wagtailsnippets_{model._meta.app_label}_{model._meta.model_name}"] = row.pk
    return numbers


def _brought() -> CaseImport:
    """A workbook of another system, mapped and ready to be imported."""
    workbook = Workbook()
    workbook.active.append(["No requête", "Date de réception"])
    workbook.active.append(["R-1", "2026-05-04"])
    content = io.BytesIO()
    workbook.save(content)
    file = SimpleUploadedFile("requetes.xlsx", content.getvalue())
    technician = Actor(label="Technicienne", roles=frozenset({Role.TECHNICIAN}))
    brought = bring(file=file, sheet="", by=technician, now=timezone.now())
    mapping = {"system": "Prioris", "columns": {"reference": "No requête", "received": "Date de réception"}}
    CaseImport.objects.filter(pk=brought.pk).update(content=mapping)
    return brought


def places(patterns=None, prefix: str = "", space: str = "") -> Iterator[Place]:
    """Every address pattern under the roots."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            if prefix or route.startswith(ROOTS):
                inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
                yield from places(pattern.url_patterns, route, inner)
        elif isinstance(pattern, URLPattern) and prefix:
            name = space + (pattern.name or route)
            if name not in LEFT_OUT:
                yield Place(name, route, tuple(pattern.pattern.regex.groupindex))


def addresses(place: Place, town: Town) -> Iterator[str]:
    """The addresses of a place: one for each file when it names a reference."""
    if REFERENCE not in place.parameters:
        yield _filled(place, town, None)
        return
    for case in town.cases.values():
        yield _filled(place, town, case)


def _filled(place: Place, town: Town, case: Case | None) -> str:
    space = place.name.rsplit(":", 1)[0]
    number = town.numbers.get(place.name) or town.numbers.get(space) or 1
    values = {"verb": "route", "app_label": "snippets", "model_name": "department", "page_id": town.numbers["page"]}
    values |= {"month": f"{timezone.localdate():%Y-%m}", "code": "TP", "kind": "pdf", "act": "envoyer", "part": "head"}
    if case is not None:
        values |= {REFERENCE: case.reference, "case_id": case.pk, "pk": case.attachments.first().pk}

    def value(match: re.Match) -> str:
        name = match["converter"] or match["regex"] or ""
        return str(values.get(name, number))

    route = re.sub(r"<(?:\w+:)?(?P<converter>\w+)>|\(\?P<(?P<regex>\w+)>(?:[^()]|\([^()]*\))*\)", value, place.route)
    route = re.sub(r"\([^()]*\)\??", "", route)
    return "/" + re.sub(r"[\^$?\\]", "", route)


def text_of(response) -> str:
    """What the answer holds, as a text in small letters."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return body.decode("utf-8", "replace").lower()


def told(text: str) -> set[tuple[str, str]]:
    """The planted words of a text: which file, which part."""
    return set(TELLTALE.findall(text))


def browser_of(user) -> Client:
    """A browser in which this person is logged in, with a key of the API of the site; None: nobody."""
    client = Client(raise_request_exception=False)
    if user is None:
        return client
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    token = APIToken.generate_token()
    APIToken.objects.create(user=user, name="Essai", key_hash=APIToken.hash_token(token), prefix=token[:16])
    client.key = {"authorization": f"Bearer {token}"}
    return client


def get(client: Client, address: str):
    """Read an address, with the key where only keys open."""
    headers = getattr(client, "key", None) if address.startswith("/api/") else None
    return client.get(address, headers=headers)
