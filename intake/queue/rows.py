"""A row of the list as people read it, and the columns of the list; modeladmin asks for each cell by name."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.admin import display
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from intake.models import Case
from intake.policy.roles import CONFIDENTIAL_KINDS
from intake.policy.vocabulary import Kind, Priority, Status
from snippets.availability.words import Said
from snippets.french_dates import date_format

from .desk import Desk
from .words import due_tone, due_words, need_tone, need_words, short_day


@dataclass(frozen=True)
class Shown:
    """What a row says beyond the fields of its file."""

    need: str
    need_tone: str
    due: str
    due_tone: str
    recipient: str
    recipient_said: Said | None  # whether that person can be reached, while the file is alive (Annexe B)
    executor: str
    confidential: bool


def show(cases: Iterable[Case], desk: Desk) -> None:
    """Give each file the words of its row, as `case.shown`; asks the database nothing."""
    for case in cases:
        case.shown = Shown(
            need=need_words(case, today=desk.today),
            need_tone=need_tone(case),
            due=due_words(case, today=desk.today),
            due_tone=due_tone(case, today=desk.today, soon=desk.soon),
            recipient=recipient_words(case, desk),
            recipient_said=desk.statuses.get(case.department_id) if _names_current(case) else None,
            executor=_("exécution : %(name)s") % {"name": case.executor} if case.executor_id else "",
            confidential=case.kind_ in CONFIDENTIAL_KINDS,
        )


def recipient_words(case: Case, desk: Desk) -> str:
    """Name who receives a request: today's designation while it is open, the one it had once it is done."""
    if case.kind_ is not Kind.REQUEST:
        return ""
    current = desk.recipients.get(case.department_id)
    if case.status_ is Status.RECEIVED:
        return _("%(name)s (proposé)") % {"name": current.employee} if current and case.nature_id else ""
    if not case.is_open:
        return str(case.designation.employee) if case.designation else ""
    return str(current.employee) if current else _("Aucun Responsable désigné")


def _names_current(case: Case) -> bool:
    """Say whether `recipient_words` names who receives today, rather than who received, or nobody."""
    return case.kind_ is Kind.REQUEST and case.is_open and (case.status_ is not Status.RECEIVED or bool(case.nature_id))


def _lines(first: object, second: object) -> SafeString | str:
    if not second:
        return str(first)
    return format_html('{}<span class="guichet-queue__second">{}</span>', first, second)


def _tag(tone: str, words: object) -> SafeString | str:
    return format_html('<span class="guichet-tag guichet-tag--{}">{}</span>', tone, words) if words else ""


class CaseColumns:
    """The columns of the list, one method each; what they show is in `case.shown` or in the file itself."""

    @display(description=gettext_lazy("Choisir"))
    def action_checkbox(self, case: Case) -> SafeString:
        """Choose the row for a gesture on several files; works without JavaScript."""
        label = _("Choisir la demande %(reference)s") % {"reference": case.reference}
        return format_html('<input type="checkbox" name="demande" value="{}" aria-label="{}">', case.reference, label)

    @display(description=gettext_lazy("Numéro"))
    def number_cell(self, case: Case) -> SafeString:
        """Lead to the file."""
        url = reverse("intake_queue:case", args=[case.reference])
        link = format_html('<a href="{}">{}</a>', url, case.reference)
        if case.shown.confidential:
            return _lines(link, _tag("confidential", _("Confidentiel")))
        return _lines(link, _tag("soon", _("Cas complexe")) if case.is_complex else "")

    @display(description=gettext_lazy("À faire"))
    def need_cell(self, case: Case) -> SafeString | str:
        """Say why the file is here."""
        return _tag(case.shown.need_tone, case.shown.need)

    @display(description=gettext_lazy("Reçue le"))
    def received_cell(self, case: Case) -> SafeString:
        """Day and hour of the town."""
        moment = timezone.localtime(case.received_at)
        return _lines(short_day(moment.date()), date_format(moment, "TIME_FORMAT"))

    @display(description=gettext_lazy("Nature"))
    def nature_cell(self, case: Case) -> SafeString:
        """The nature as the citizen read it, or what an inquiry is, over the kind."""
        return _lines(case.nature_name or case.get_inquiry_type_display() or "–", case.get_kind_display())

    @display(description=gettext_lazy("Lieu"))
    def place_cell(self, case: Case) -> str:
        """Where it is."""
        return case.location

    @display(description=gettext_lazy("Demandeur"))
    def requester_cell(self, case: Case) -> str:
        """Who asks, where this person reads it; the column exists only for those who read some names."""
        if not case.shows_identity:
            return _("Non montré")
        requester = getattr(case, "requester", None)
        return requester.full_name if requester else _("Sans identité")

    @display(description=gettext_lazy("Service"))
    def department_cell(self, case: Case) -> SafeString:
        """The service, over its Responsable, whether that person can be reached, and who executes."""
        said = case.shown.recipient_said
        recipient = f"{case.shown.recipient} – {said.short}" if said and said.short else case.shown.recipient
        return _lines(_lines(case.department.name, recipient), case.shown.executor)

    @display(description=gettext_lazy("État"))
    def status_cell(self, case: Case) -> SafeString:
        """Where the file stands, over what is awaited."""
        return _lines(_tag(case.status, case.get_status_display()), str(case.waiting_reason or ""))

    @display(description=gettext_lazy("Échéance"))
    def due_cell(self, case: Case) -> SafeString | str:
        """In how many days, over the day."""
        if not case.shown.due:
            return ""
        return _lines(_tag(case.shown.due_tone, case.shown.due), short_day(case.due_on))

    @display(description=gettext_lazy("Priorité"))
    def priority_cell(self, case: Case) -> SafeString | str:
        """The priority of a request; the other kinds have none."""
        if case.kind_ is not Kind.REQUEST:
            return ""
        tone = "danger" if case.priority == Priority.P1.value else "plain"
        short, _dash, meaning = str(case.get_priority_display()).partition(" – ")
        return _tag(tone, format_html('{}<span class="w-sr-only"> – {}</span>', short, meaning))


# The column's cell and the word that sorts by it (listing.SORTS).
SORT_OF = {
    "number_cell": "numero",
    "need_cell": "besoin",
    "received_cell": "recue",
    "nature_cell": "nature",
    "place_cell": "lieu",
    "requester_cell": "demandeur",
    "department_cell": "service",
    "status_cell": "etat",
    "due_cell": "echeance",
    "priority_cell": "priorite",
}
