"""What a person reads first on the home of the admin: counts that lead to the list, and what is out of order."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Max, Min, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django_q.models import Task
from django_q.status import Stat
from post_office.models import STATUS, Email
from wagtail.admin.ui.components import Component

from intake.models import Case
from intake.policy.roles import Role
from snippets.models import Department, TownSettings

from .addresses import missing_addresses
from .desk import Desk, desk_for, has_sight
from .listing import tab_counts
from .needs import Need, with_needs
from .postal import count_to_post
from .tabs import NOT_CLOSED, ORPHANS, OVERDUE, TO_DO

# A mail waits a minute at most when all is well; a worker that is alive does something every minute.
LATE_MAIL, SILENT_WORKER = timedelta(minutes=15), timedelta(minutes=10)
COUNTED = (
    (Need.CALL_BACK, gettext_lazy("à rappeler aujourd'hui")),
    (Need.COMPLEX, gettext_lazy("cas complexes")),
    (Need.PROOFREAD, gettext_lazy("à relire")),
    (Need.DANGER_TO_ROUTE, gettext_lazy("danger à confier")),
    (Need.DANGER_TO_TAKE, gettext_lazy("danger à prendre en charge")),
    (Need.EXAMINE, gettext_lazy("à examiner")),
    (Need.CLASSIFY, gettext_lazy("à classer")),
    (Need.ROUTE, gettext_lazy("à confier")),
    (Need.ASSIGN, gettext_lazy("exécution à confier")),
    (Need.PLANNED, gettext_lazy("prévues aujourd'hui")),
    (Need.TAKE, gettext_lazy("à prendre en charge")),
    (Need.ANSWER, gettext_lazy("à répondre")),
    (Need.CLOSE, gettext_lazy("à fermer")),
    (Need.FOLLOW_UP, gettext_lazy("à relancer")),
    (Need.DUE_SOON, gettext_lazy("à faire bientôt")),
    (Need.DEEMED_REFUSED, gettext_lazy("réputée refusée")),
    (Need.POST_ANSWER, gettext_lazy("réponse à poster")),
    (Need.DECIDE, gettext_lazy("à décider")),
)
ALARMS = ((OVERDUE, gettext_lazy("en retard")), (ORPHANS, gettext_lazy("sans Responsable")))
WATCHING_ROLES = frozenset({Role.TECHNICIAN, Role.DIRECTOR})


@dataclass(frozen=True)
class Figure:
    """One count and where it leads."""

    number: int
    words: str | Promise
    url: str


def add_panel(request: HttpRequest, panels: list[Component]) -> None:
    """Put the panel first for those who see files; others have none."""
    if has_sight(request.user):
        panels.insert(0, QueuePanel())


class QueuePanel(Component):
    """« Vos demandes » on the home page."""

    name = "queue"
    template_name = "intake_queue/home_panel.html"
    order = 10

    def get_context_data(self, parent_context: Mapping[str, Any]) -> Mapping[str, Any]:
        """Count for the account that looks."""
        desk = desk_for(parent_context["request"].user)
        watches = desk.actor.has_any(WATCHING_ROLES)
        return {
            "figures": figures(desk),
            "orphans": departments_without_recipient(desk) if watches else [],
            "troubles": outbox_troubles(timezone.now()) if watches else [],
            "missing": missing_addresses(TownSettings.load()) if watches else [],
        }


def figures(desk: Desk) -> list[Figure]:
    """Count what waits, by what is to be done; what is at zero is left out, save « à traiter »."""
    tabs, needs = tab_counts(desk), _needs(desk)
    figures = [_figure(tabs[TO_DO], _("à traiter"), vue=TO_DO)]
    figures += [_figure(needs[need], words, vue=TO_DO, besoin=need.value) for need, words in COUNTED if needs[need]]
    figures += [_figure(tabs[key], words, vue=key) for key, words in ALARMS if tabs[key]]
    letters = count_to_post(desk)
    if letters:
        words = ngettext("lettre à poster", "lettres à poster", letters)
        figures.append(Figure(letters, words, reverse("intake_queue:letters")))
    return figures


def _figure(number: int, words: str | Promise, **params: str) -> Figure:
    return Figure(number, words, f"{reverse('demandes_modeladmin_index')}?{urlencode(params)}")


def _needs(desk: Desk) -> dict[Need, int]:
    cases = with_needs(Case.objects.visible_to_actor(desk.actor).filter(NOT_CLOSED), desk)
    counts = dict(cases.order_by().values_list("need").annotate(Count("pk")))
    return {need: counts.get(need.value, 0) for need in Need}


def departments_without_recipient(desk: Desk) -> list[Department]:
    """Services that offer natures and that nobody receives for today (Annexe C)."""
    offering = Department.objects.active().filter(natures__is_active=True).distinct()
    return list(offering.exclude(pk__in=list(desk.recipients)).order_by("sort_order", "name"))


def outbox_troubles(now: datetime) -> list[str]:
    """Say what is wrong with the mail and the worker; nothing when all is well."""
    waiting = [STATUS.queued, STATUS.requeued]
    mail = Email.objects.aggregate(
        failed=Count("pk", filter=Q(status=STATUS.failed)),
        late=Count("pk", filter=Q(status__in=waiting, created__lt=now - LATE_MAIL)),
        oldest=Min("created", filter=Q(status__in=waiting)),
    )
    troubles = []
    if mail["failed"]:
        troubles.append(
            ngettext("%(count)s courriel n'est pas parti.", "%(count)s courriels ne sont pas partis.", mail["failed"])
            % {"count": mail["failed"]}
        )
    if mail["late"]:
        troubles.append(
            ngettext(
                "%(count)s courriel attend depuis plus de 15 minutes.",
                "%(count)s courriels attendent depuis plus de 15 minutes.",
                mail["late"],
            )
            % {"count": mail["late"]}
        )
    return troubles + worker_troubles(now, mail["oldest"])


def worker_troubles(now: datetime, oldest_mail: datetime | None) -> list[str]:
    """Say whether the worker is silent; one that has just started is given the time to work.

    `oldest_mail` is the moment since which a mail waits, if any does.
    """
    last = Task.objects.aggregate(last=Max("stopped"))["last"]
    silent_since = last or oldest_mail
    if silent_since is None or now - silent_since <= SILENT_WORKER or Stat.get_all():
        return []
    if last is None:
        return [_("Le service d'envoi n'a encore rien fait. Est-il démarré?")]
    minutes = int((now - last).total_seconds() // 60)
    return [_("Le service d'envoi ne travaille plus depuis %(minutes)s minutes.") % {"minutes": minutes}]
