"""The filters beside the list: a form that reads the address and turns each choice into a condition."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django import forms
from django.db.models import Q
from django.http import QueryDict
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from intake.models import overdue_q
from intake.models.choices import CHANNEL_LABELS, INQUIRY_TYPE_LABELS, KIND_LABELS, PRIORITY_LABELS, STATUS_LABELS
from intake.policy.roles import sights_of
from intake.policy.vocabulary import OPEN_STATUSES, Kind, Status
from snippets.models import Department, Designation, Employee

from .desk import Desk
from .words import need_choices

LATE, SOON = "retard", "bientot"
WEEK, MONTH = "moins-7", "7-30"
DUE_CHOICES = ((LATE, _("En retard")), (SOON, _("Bientôt")))
AGE_CHOICES = ((WEEK, _("Moins de 7 jours")), (MONTH, _("De 7 à 30 jours")), ("plus-30", _("Plus de 30 jours")))


class FilterForm(forms.Form):
    """What the list can be narrowed by; an unknown value in the address is ignored and said."""

    besoin = forms.ChoiceField(label=_("À faire"), required=False)
    etat = forms.ChoiceField(label=_("État"), required=False)
    echeance = forms.ChoiceField(label=_("Échéance"), required=False)
    priorite = forms.ChoiceField(label=_("Priorité"), required=False)
    sorte = forms.ChoiceField(label=_("Sorte"), required=False)
    message = forms.ChoiceField(label=_("Sorte de message"), required=False)
    service = forms.ChoiceField(label=_("Service"), required=False)
    nature = forms.ChoiceField(label=_("Nature"), required=False)
    responsable = forms.ChoiceField(label=_("Responsable"), required=False)
    canal = forms.ChoiceField(label=_("Canal"), required=False)
    age = forms.ChoiceField(label=_("Reçue depuis"), required=False)

    def __init__(self, data: QueryDict, *, desk: Desk) -> None:
        super().__init__(data, auto_id="filtre-%s")
        self.desk = desk
        self.fields["besoin"].choices = _any(need_choices(desk))
        self.fields["etat"].choices = _any(STATUS_LABELS.items())
        self.fields["echeance"].choices = _any(DUE_CHOICES)
        self.fields["priorite"].choices = _any(PRIORITY_LABELS.items())
        self.fields["sorte"].choices = _any(_kinds(desk))
        self.fields["message"].choices = _any(INQUIRY_TYPE_LABELS.items())
        departments, natures = _grid()
        self.fields["service"].choices = _any(departments)
        self.fields["nature"].choices = _any(natures)
        self.fields["responsable"].choices = _any(_recipients())
        self.fields["canal"].choices = _any(CHANNEL_LABELS.items())
        self.fields["age"].choices = _any(AGE_CHOICES)

    @property
    def chosen(self) -> dict[str, str]:
        """The filters in force: what was chosen and is known."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    def ignored(self) -> list[Promise | str]:
        """Name the filters whose value in the address means nothing."""
        return [self.fields[name].label for name in self.errors]

    def condition(self) -> Q:
        """Build the filter of everything chosen."""
        found = Q()
        for name, value in self.chosen.items():
            found &= _CONDITIONS[name](value, self.desk)
        return found


def _any(choices: Iterable[tuple[Any, Any]]) -> list[tuple[Any, Any]]:
    return [("", _("Tous")), *choices]


def _kinds(desk: Desk) -> list[tuple[str, Promise]]:
    seen = {sight.kind.value for sight in sights_of(desk.actor)}
    return [item for item in KIND_LABELS.items() if desk.actor.everything or item[0] in seen]


def _grid() -> tuple[list[tuple[str, str]], list[tuple[str, list[tuple[str, str]]]]]:
    """Services, and natures by service, retired ones included: old files have them. One query for both."""
    lines = Department.objects.order_by("sort_order", "name", "natures__code")
    natures: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for code, name, nature_code, nature_name in lines.values_list("code", "name", "natures__code", "natures__name"):
        of_service = natures.setdefault((code, name), [])
        if nature_code:
            of_service.append((nature_code, f"{nature_code} {nature_name}"))
    return list(natures), [(name, found) for (_code, name), found in natures.items() if found]


def _recipients() -> list[tuple[str, str]]:
    people = Employee.objects.filter(designations__isnull=False).distinct().order_by("last_name", "first_name", "pk")
    return [(str(person.pk), str(person)) for person in people]


def _due_q(value: str, desk: Desk) -> Q:
    if value == LATE:
        return overdue_q(on=desk.today)
    opened = [status.value for status in OPEN_STATUSES]
    return Q(status__in=opened, due_on__range=(desk.today, desk.soon), clock_stopped_on__isnull=True)


def _age_q(value: str, _desk: Desk) -> Q:
    now = timezone.now()
    week, month = now - timedelta(days=7), now - timedelta(days=30)
    if value == WEEK:
        return Q(received_at__gt=week)
    return Q(received_at__lte=week, received_at__gt=month) if value == MONTH else Q(received_at__lte=month)


def _recipient_q(value: str, desk: Desk) -> Q:
    """Open files follow the designation of the day, others keep the one they had (as the column shows)."""
    now = [pk for pk, designation in desk.recipients.items() if designation.employee_id == int(value)]
    at_work = [status.value for status in OPEN_STATUSES if status is not Status.RECEIVED]
    had = Designation.objects.filter(employee_id=int(value)).values("pk")
    return Q(status__in=at_work, department_id__in=now) | (~Q(status__in=at_work) & Q(designation_id__in=had))


_CONDITIONS = {
    "besoin": lambda value, desk: Q(need=value),
    "etat": lambda value, desk: Q(status=value),
    "echeance": _due_q,
    "priorite": lambda value, desk: Q(priority=value, kind=Kind.REQUEST.value),
    "sorte": lambda value, desk: Q(kind=value),
    "message": lambda value, desk: Q(inquiry_type=value),
    "service": lambda value, desk: Q(department__code=value),
    "nature": lambda value, desk: Q(nature__code=value),
    "responsable": _recipient_q,
    "canal": lambda value, desk: Q(channel=value),
    "age": _age_q,
}
