"""The mails about a monthly list (T17, T18): the workbook goes with the first, the page of the list answers too."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from post_office.models import Attachment, Email

from intake.models import OpenRequestsList
from intake.policy.clocks import local_day
from snippets.french_dates import date_format
from snippets.models import TownSettings

from .outbox import Attached, new_mail
from .texts import letter
from .values import absolute, day

WITHOUT_WORKBOOK = frozenset({"T18"})


def write(
    monthly: OpenRequestsList,
    code: str,
    *,
    recipient: str,
    town: TownSettings,
    left_to_answer: int,
    workbook: Attached | None = None,
) -> Email:
    """Put one mail about a list in the outbox; the workbook goes with the list, not with its reminder."""
    attachments = [workbook] if workbook and code not in WITHOUT_WORKBOOK else []
    words = letter(code, values(monthly, town, left_to_answer=left_to_answer))
    return new_mail(recipient=recipient, letter=words, town=town, attachments=attachments)


def file_name(monthly: OpenRequestsList) -> str:
    """`RNC-TP-2026-05.xlsx`."""
    return f"RNC-{monthly.department.code}-{monthly.month}.xlsx"


def month_words(monthly: OpenRequestsList) -> str:
    """« mai 2026 »."""
    return date_format(monthly.due_on, "F Y")


def values(monthly: OpenRequestsList, town: TownSettings, *, left_to_answer: int) -> dict[str, str]:
    """What fills the words in braces; `nombre` is what is still to be answered, `nombre_requetes` the same in words."""
    late = [line for line in monthly.lines.values_list("shown", flat=True) if line.get("late")]
    sent_late = _("Cette liste part en retard : elle devait partir le %(day)s. ") % {"day": day(monthly.list_on)}
    if monthly.sent_at and local_day(monthly.sent_at) > monthly.due_on:
        sent_late += _("Répondez dès que vous le pouvez. ")
    return {
        "prenom": monthly.designation.employee.first_name if monthly.designation else _("à vous"),
        "service": monthly.department.name,
        "mois": month_words(monthly),
        "nombre": str(left_to_answer),
        "nombre_requetes": ngettext("%(n)d requête", "%(n)d requêtes", left_to_answer) % {"n": left_to_answer},
        "nombre_retard": str(len(late)),
        "date_echeance": day(monthly.due_on),
        "lien_liste": absolute(reverse("intake_lists:list", args=[monthly.month, monthly.department.code])),
        "poste_technicien": town.phone or _("numéro de l'hôtel de ville"),
        "retard_envoi": sent_late if monthly.late else "",
        "ville": town.name,
    }


def attach_instead(before: str, after: str) -> None:
    """Let the mails that carry a stored workbook carry another; those that went out keep what was read."""
    Attachment.objects.filter(file=before).update(file=after)
