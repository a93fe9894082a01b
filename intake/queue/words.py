"""The words of a row: why it is here, and where its due day stands; days are days of the town's calendar."""

from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from intake.models import Case
from snippets.french_dates import date_format

from .desk import Desk
from .needs import Need, need_rules

_NEED_WORDS = {
    Need.CALL_BACK: gettext_lazy("À rappeler aujourd'hui"),
    Need.COMPLEX: gettext_lazy("Cas complexe"),
    Need.DANGER_TO_ROUTE: gettext_lazy("Danger : à confier"),
    Need.DANGER_TO_TAKE: gettext_lazy("Danger : à prendre en charge"),
    Need.EXAMINE: gettext_lazy("À examiner"),
    Need.CLASSIFY: gettext_lazy("À classer"),
    Need.NO_RECIPIENT: gettext_lazy("Sans Responsable"),
    Need.ROUTE: gettext_lazy("À confier"),
    Need.ASSIGN: gettext_lazy("Exécution à confier"),
    Need.PROOFREAD: gettext_lazy("À relire"),
    Need.PLANNED: gettext_lazy("Intervention prévue"),
    Need.TAKE: gettext_lazy("À prendre en charge"),
    Need.ANSWER: gettext_lazy("À répondre"),
    Need.CLOSE: gettext_lazy("À fermer"),
    Need.OVERDUE: gettext_lazy("En retard"),
    Need.DUE_SOON: gettext_lazy("À faire bientôt"),
    Need.FOLLOW_UP: gettext_lazy("À relancer"),
    Need.AWAITED: gettext_lazy("Attend la réponse du citoyen"),
    Need.FINISH: gettext_lazy("À compléter"),
    Need.DEEMED_REFUSED: gettext_lazy("Réputée refusée : à répondre"),
    Need.POST_ANSWER: gettext_lazy("Réponse à poster"),
    Need.DECIDE: gettext_lazy("À décider"),
}


def need_choices(desk: Desk) -> list[tuple[str, Promise]]:
    """List the needs that the roles of a desk may meet, in their order, to filter by one."""
    needs = dict.fromkeys(rule.need for rule in need_rules(desk))
    return [(need.value, _NEED_WORDS[need]) for need in needs]


def need_words(case: Case, *, today: date) -> str:
    """Say in words why a file is on the list (`case.need` comes from `with_needs`); empty when nothing is needed."""
    if not case.need:
        return ""
    need = Need(case.need)
    if need is Need.OVERDUE:
        return _("En retard de %(days)s") % {"days": days((today - case.due_on).days)}
    if need is Need.DUE_SOON:
        return _("À faire : %(when)s") % {"when": when(case.due_on, today=today)}
    return str(_NEED_WORDS[need])


def days(count: int) -> str:
    """Write a number of calendar days, « 1 jour », « 3 jours »."""
    return ngettext("%(count)s jour", "%(count)s jours", count) % {"count": count}


def when(day: date, *, today: date) -> str:
    """Say a day as people say it: « aujourd'hui », « demain », « dans 3 jours », « en retard de 2 jours »."""
    distance = (day - today).days
    if distance < 0:
        return _("en retard de %(days)s") % {"days": days(-distance)}
    if distance == 0:
        return _("aujourd'hui")
    return _("demain") if distance == 1 else _("dans %(days)s") % {"days": days(distance)}


def due_words(case: Case, *, today: date) -> str:
    """Say where the due day stands: in how many days, late, stopped; empty when nothing is owed any more."""
    if case.due_on is None or not case.is_open:
        return ""
    return _("suspendue") if case.clock_stopped_on else when(case.due_on, today=today)


def due_tone(case: Case, *, today: date, soon: date) -> str:
    """Name the tone of a due day for the style sheet: late, soon, paused or plain."""
    if not case.is_open or case.due_on is None:
        return "plain"
    if case.clock_stopped_on:
        return "paused"
    if case.due_on < today:
        return "late"
    return "soon" if case.due_on <= soon else "plain"


def need_tone(case: Case) -> str:
    """Name the tone of a need for the style sheet: late, danger, soon or plain."""
    if case.need in (Need.OVERDUE.value, Need.DEEMED_REFUSED.value):
        return "late"
    if case.need in (Need.CALL_BACK.value, Need.COMPLEX.value, Need.PROOFREAD.value):
        return "soon"
    return "danger" if case.need in (Need.DANGER_TO_ROUTE.value, Need.DANGER_TO_TAKE.value) else "plain"


def short_day(day: date | None) -> str:
    """Write a day in a table, 2026-06-22; empty when there is none."""
    return date_format(day, "SHORT_DATE_FORMAT") if day else ""
