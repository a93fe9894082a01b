"""The lists used while working on a request: codes and texts to start from (Annexe A)."""

from django.db import transaction

from snippets.models import Department, InterventionCode, ReplyText

from .files import read
from .ledger import Ledger


@transaction.atomic
def seed_work_lists(ledger: Ledger) -> None:
    """Add the demonstration's codes and texts; what a person changed or deleted stays so."""
    lists = read("work_lists")
    codes = {row["code"]: row["label"] for row in lists["intervention_code"]}
    for code in ledger.all_new("intervention_code", codes):
        InterventionCode.objects.get_or_create(code=code, defaults={"label": codes[code]})
    departments = {department.code: department for department in Department.objects.all()}
    texts = {row["title"]: row for row in lists["reply_text"]}
    for title in ledger.all_new("reply_text", texts):
        row = texts[title]
        department = departments.get(row.get("department"))
        if department is None and "department" in row:
            continue
        ReplyText.objects.get_or_create(title=title, defaults={"body": row["body"].strip(), "department": department})
