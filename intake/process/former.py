"""What a confidential file said, kept sealed when it becomes of another kind (art. 4.5)."""

import json
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from intake.mail.values import day
from intake.models import AccessFile, Answer, Case, CaseEvent, ClaimFile, ComplaintFile, FormerWords
from intake.policy.roles import CONFIDENTIAL_KINDS
from intake.policy.vocabulary import Kind

# What of each record is someone's words; the rest is the program's.
CLAIM_FIELDS = (
    "event_on",
    "event_time",
    "event_place",
    "damage_type",
    "damage",
    "amount",
    "insurer",
    "policy_number",
    "witnesses",
)
# Whom the citizen designated, and the names that his files came with, are kept by no complaint that ended (4.4.1).
COMPLAINT_FIELDS = ("facts_from", "facts_on", "signature", "signer_name", "declaration", "text_hash")


def words_of(case: Case) -> FormerWords | None:
    """Gather what a confidential file says, before it is left; None for the kinds that services read."""
    if case.kind_ not in CONFIDENTIAL_KINDS:
        return None
    facts, details = case.facts, _answers_of(case)
    if case.kind_ is Kind.COMPLAINT:
        facts = case.complaint.words
        details = [*case.complaint.answers_given, *_fields_of(case.complaint, COMPLAINT_FIELDS)]
    elif case.kind_ is Kind.CLAIM:
        details += _fields_of(ClaimFile.objects.filter(case=case).first(), CLAIM_FIELDS)
    else:
        details += _fields_of(AccessFile.objects.filter(case=case).first(), ("wanted",))
    return FormerWords(case=case, facts=facts, location=case.location, details=json.dumps(details, ensure_ascii=False))


def keep_words(former: FormerWords | None, event: CaseEvent) -> None:
    """Keep them, with the event that says who could read them until then."""
    if former is not None:
        former.event = event
        former.save()


def forget_answers(case: Case) -> None:
    """Take the answers out of the table in clear, which workbooks read; they are kept with the words."""
    models.QuerySet(Answer).filter(case=case).delete()


def _answers_of(case: Case) -> list[list[str]]:
    answers = Answer.objects.filter(case=case).order_by("position")
    return [[answer.label, answer.display] for answer in answers]


def _fields_of(record: ClaimFile | ComplaintFile | AccessFile | None, names: tuple[str, ...]) -> list[list[str]]:
    if record is None:
        return []
    fields = [record._meta.get_field(name) for name in names]
    return [[_capital(field), _shown(record, field)] for field in fields if getattr(record, field.attname)]


def _capital(field: models.Field) -> str:
    label = str(field.verbose_name)
    return label[:1].upper() + label[1:]


def _shown(record: models.Model, field: models.Field) -> str:
    if field.choices:
        return str(getattr(record, f"get_{field.attname}_display")())
    value: Any = getattr(record, field.attname)
    if isinstance(field, models.DecimalField):
        return _("%(amount)s $") % {"amount": str(value).replace(".", ",")}
    return day(value) if isinstance(field, models.DateField) else str(value)
