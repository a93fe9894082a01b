"""The filters beside the list: a form that reads the address and turns each choice into a condition."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import F, Q
from django.http import QueryDict
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from intake.models import overdue_q
from intake.models.choices import CHANNEL_LABELS, INQUIRY_TYPE_LABELS, KIND_LABELS, PRIORITY_LABELS, STATUS_LABELS
from intake.policy.clocks import moments
from intake.policy.performance import Standing
from intake.policy.roles import sights_of
from intake.policy.vocabulary import OPEN_STATUSES, Kind, Status
from intake.policy.working_days import FIRST_DAY, LAST_DAY
from intake.reports.performance import WITHOUT_NATURE, nature_q
from snippets.models import Department, Designation, Employee

from .desk import Desk
from .words import need_choices

WEEK, MONTH = "moins-7", "7-30"
KEPT, MISSED = "respecte", "depasse"
DUE_CHOICES = (
    (Standing.LATE.value, _("En retard")),
    (Standing.SOON.value, _("Bientôt")),
    (Standing.STOPPED.value, _("Suspendue : attend le citoyen")),
    (Standing.LATER.value, _("Plus tard")),
    (Standing.WITHOUT.value, _("Sans échéance")),
)
DELAY_CHOICES = ((KEPT, _("Faite dans le délai")), (MISSED, _("Faite après l'échéance")))
AGE_CHOICES = ((WEEK, _("Moins de 7 jours")), (MONTH, _("De 7 à 30 jours")), ("plus-30", _("Plus de 30 jours")))


class DayField(forms.DateField):
    """A day of the town's calendar, from 2000 to 2100; empty: any."""

    def __init__(self, label: str | Promise, **options: Any) -> None:
        super().__init__(
            label=label,
            required=False,
            input_formats=["%Y-%m-%d"],
            widget=forms.DateInput({"type": "date", "min": FIRST_DAY, "max": LAST_DAY}, format="%Y-%m-%d"),
            validators=[
                MinValueValidator(FIRST_DAY, _("Choisissez une année à partir de 2000.")),
                MaxValueValidator(LAST_DAY, _("Choisissez une année jusqu'à 2100.")),
            ],
            error_messages={"invalid": _("Cette date n'existe pas. Écrivez-la comme 2026-11-26.")},
            **options,
        )


def refuse_reversed(form: forms.Form, first: str, last: str) -> None:
    """Say beside the last day that it comes before the first."""
    days = form.cleaned_data.get(first), form.cleaned_data.get(last)
    if all(days) and days[1] < days[0]:
        form.add_error(last, _("La date de fin précède la date de début."))


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
    recue_du = DayField(_("Reçue du"))
    recue_au = DayField(_("Reçue jusqu'au"))
    completee_du = DayField(_("Complétée du"))
    completee_au = DayField(_("Complétée jusqu'au"))
    delai = forms.ChoiceField(label=_("Délai"), required=False)

    def __init__(self, data: QueryDict, *, desk: Desk) -> None:
        super().__init__(data, auto_id="filtre-%s")
        self.desk = desk
        self.fields["besoin"].choices = any_of(need_choices(desk))
        self.fields["etat"].choices = any_of(STATUS_LABELS.items())
        self.fields["echeance"].choices = any_of(DUE_CHOICES)
        self.fields["priorite"].choices = any_of(PRIORITY_LABELS.items())
        self.fields["sorte"].choices = any_of(_kinds(desk))
        self.fields["message"].choices = any_of(INQUIRY_TYPE_LABELS.items())
        departments, natures = grid_choices()
        self.fields["service"].choices = any_of(departments)
        self.fields["nature"].choices = any_of([(WITHOUT_NATURE, _("À classer")), *natures])
        self.fields["responsable"].choices = any_of(_recipients())
        self.fields["canal"].choices = any_of(CHANNEL_LABELS.items())
        self.fields["age"].choices = any_of(AGE_CHOICES)
        self.fields["delai"].choices = any_of(DELAY_CHOICES)

    def clean(self) -> None:
        """Refuse days in the wrong order."""
        refuse_reversed(self, "recue_du", "recue_au")
        refuse_reversed(self, "completee_du", "completee_au")

    @property
    def chosen(self) -> dict[str, str]:
        """The filters in force, as the address says them: what was chosen and is known."""
        self.is_valid()
        return {name: str(value) for name, value in self.cleaned_data.items() if value}

    def words_of(self, name: str) -> str:
        """Say a filter in force in words, « État : Reçue »."""
        field, value = self.fields[name], self.chosen[name]
        return f"{field.label} : {label_of(value, getattr(field, 'choices', ()))}"

    def ignored(self) -> list[Promise | str]:
        """Name the filters whose value in the address means nothing."""
        return [self.fields[name].label for name in self.errors]

    def condition(self) -> Q:
        """Build the filter of everything chosen."""
        found = Q()
        for name, value in self.chosen.items():
            found &= _CONDITIONS[name](value, self.desk)
        return found


def any_of(choices: Iterable[tuple[Any, Any]]) -> list[tuple[Any, Any]]:
    """Offer « Tous » before the choices."""
    return [("", _("Tous")), *choices]


def _kinds(desk: Desk) -> list[tuple[str, Promise]]:
    seen = {sight.kind.value for sight in sights_of(desk.actor)}
    return [item for item in KIND_LABELS.items() if desk.actor.everything or item[0] in seen]


def grid_choices() -> tuple[list[tuple[str, str]], list[tuple[str, list[tuple[str, str]]]]]:
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


def label_of(value: str, choices: Any) -> str:
    """Return the words of a choice, those in groups included."""
    for stored, label in choices:
        if isinstance(label, list | tuple):
            found = dict(label).get(value)
            if found is not None:
                return str(found)
        elif stored == value:
            return str(label)
    return value


def _due_q(value: str, desk: Desk) -> Q:
    """`policy.performance.standing`, for the database."""
    opened = Q(status__in=[status.value for status in OPEN_STATUSES])
    runs = opened & Q(clock_stopped_on__isnull=True)
    return {
        Standing.LATE: overdue_q(on=desk.today),
        Standing.SOON: runs & Q(due_on__range=(desk.today, desk.soon)),
        Standing.STOPPED: opened & Q(clock_stopped_on__isnull=False),
        Standing.LATER: runs & Q(due_on__gt=desk.soon),
        Standing.WITHOUT: runs & Q(due_on__isnull=True),
    }[Standing(value)]


def _from_q(name: str, value: str) -> Q:
    """From the first moment of a day of the town."""
    day = date.fromisoformat(value)
    return Q(**{f"{name}__gte": moments(day, day)[0]})


def _until_q(name: str, value: str) -> Q:
    """Up to the last moment of a day of the town."""
    day = date.fromisoformat(value)
    return Q(**{f"{name}__lt": moments(day, day)[1]})


def _delay_q(value: str, _desk: Desk) -> Q:
    """Done on the due day at the latest, or after it (policy/performance.py); of what was completed and had one."""
    due = F("due_on")
    if value == KEPT:
        done = Q(done_on__lte=due) | Q(done_on__isnull=True, completed_at__date__lte=due)
    else:
        done = Q(done_on__gt=due) | Q(done_on__isnull=True, completed_at__date__gt=due)
    return Q(completed_at__isnull=False) & done


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
    "nature": lambda value, desk: nature_q(value),
    "responsable": _recipient_q,
    "canal": lambda value, desk: Q(channel=value),
    "age": _age_q,
    "recue_du": lambda value, desk: _from_q("received_at", value),
    "recue_au": lambda value, desk: _until_q("received_at", value),
    "completee_du": lambda value, desk: _from_q("completed_at", value),
    "completee_au": lambda value, desk: _until_q("completed_at", value),
    "delai": _delay_q,
}
