"""The grid: services, employees, designations, natures and their questions (art. 4.1, Annexe C)."""

from typing import Any

from django.db import transaction

from snippets.models import CARRIED_OVER, Department, Designation, Employee, Question, RequestNature

from .files import read
from .ledger import Ledger


@transaction.atomic
def seed_grid(ledger: Ledger) -> None:
    """Put the whole grid in place, in the order its parts need each other."""
    _seed_departments(ledger)
    _seed_employees(ledger)
    _seed_heads(ledger)
    _seed_executors(ledger)
    _seed_designations(ledger)
    _seed_natures(ledger)


def _seed_departments(ledger: Ledger) -> None:
    rows = {row["code"]: row for row in read("departments")["department"]}
    new = ledger.all_new("department", rows)
    has_front_line = Department.objects.filter(is_front_line=True).exists()
    for position, (code, row) in enumerate(rows.items(), start=1):
        if code in new:
            Department.objects.get_or_create(
                code=code,
                defaults={
                    "name": row["name"],
                    "process_schema_id": row["schema"],
                    "phone": row["phone"],
                    "email": row["email"],
                    "address": row["address"],
                    "opening_hours": row["opening_hours"],
                    "is_front_line": row.get("front_line", False) and not has_front_line,
                    "sort_order": position * 10,
                },
            )


def _seed_employees(ledger: Ledger) -> None:
    departments = _departments()
    rows = {row["email"]: row for row in read("employees")["employee"]}
    for email in ledger.all_new("employee", rows):
        row = rows[email]
        if row["department"] in departments:
            Employee.objects.get_or_create(
                email=email,
                defaults={
                    "first_name": row["first_name"],
                    "last_name": row["last_name"],
                    "job_title": row["job_title"],
                    "phone_extension": row["extension"],
                    "department": departments[row["department"]],
                },
            )


def _seed_heads(ledger: Ledger) -> None:
    employees = _employees()
    rows = {row["code"]: row["head"] for row in read("departments")["department"]}
    for code in ledger.all_new("head", rows):
        Department.objects.filter(code=code, head__isnull=True).update(head=employees.get(rows[code]))


def _seed_executors(ledger: Ledger) -> None:
    """Art. 4.2, note: the Surintendant and the chief engineer."""
    employees = _employees()
    rows = {row["code"]: row["executor"] for row in read("departments")["department"] if "executor" in row}
    for code in ledger.all_new("executor", rows):
        department = Department.objects.filter(code=code, default_executor__isnull=True)
        department.update(default_executor=employees.get(rows[code]))


def _seed_designations(ledger: Ledger) -> None:
    departments, employees = _departments(), _employees()
    rows = {row["department"]: row for row in read("designations")["designation"]}
    for code in ledger.all_new("designation", rows):
        row = rows[code]
        department, employee = departments.get(code), employees.get(row["employee"])
        if department is None or employee is None or department.designations.exists():
            continue
        Designation.objects.create(
            department=department,
            employee=employee,
            position_email=row["position_email"],
            phone_extension=row["extension"],
            effective_from=row["from"],
            signed_by_recipient_on=row["signed_by_recipient"],
            signed_by_head_on=row["signed_by_head"],
            recipient_signature=CARRIED_OVER,
            head_signature=CARRIED_OVER,
        )


def _seed_natures(ledger: Ledger) -> None:
    departments = _departments()
    rows = {row["code"]: row for row in read("natures")["nature"]}
    existing = set(RequestNature.objects.values_list("code", flat=True))
    for code in ledger.all_new("nature", rows):
        department = departments.get(rows[code]["department"])
        if department is not None and code not in existing:
            nature_from(rows[code], department).save()


def nature_from(row: dict[str, Any], department: Department) -> RequestNature:
    """Build a nature with its questions, unsaved; saving it saves them."""
    nature = RequestNature(
        department=department,
        code=row["code"],
        name=row["name"],
        synonyms=", ".join(row["synonyms"]),
        priority=row["priority"],
        target_working_days=row["days"],
        asks_location=row.get("asks_location", True),
    )
    nature.questions.set(
        [
            Question(
                sort_order=position,
                label=question["label"],
                help_text=question.get("help", ""),
                question_type=question["type"],
                choices="\n".join(question.get("choices", ())),
                is_required=question.get("required", False),
                claim_choice=question.get("claim", ""),
            )
            for position, question in enumerate(row["questions"])
        ]
    )
    return nature


def _departments() -> dict[str, Department]:
    return {department.code: department for department in Department.objects.all()}


def _employees() -> dict[str, Employee]:
    return {employee.email: employee for employee in Employee.objects.all()}
