"""What people type to say their status: three buttons, and until when."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from snippets.models import AvailabilityStatus

from .standing import may_last_until

# Ends that need no keyboard, in minutes; the end of the day is the midnight that follows.
END_OF_DAY = "day"
SOON: dict[str, str | Promise] = {
    "": _("Sans heure de fin"),
    "30": _("30 minutes"),
    "60": _("1 heure"),
    "120": _("2 heures"),
    END_OF_DAY: _("Fin de la journée"),
}
TOO_LATE = _("Cette heure est déjà passée. Écrivez une heure à venir, ou indiquez aussi le jour.")


class OwnStatusForm(forms.Form):
    """A status and its end: a length chosen, or an hour and a day typed, which win."""

    status = forms.ChoiceField(
        choices=AvailabilityStatus.choices,
        error_messages={
            "required": _("Choisissez un des trois statuts."),
            "invalid_choice": _("Choisissez un des trois statuts."),
        },
    )
    length = forms.ChoiceField(
        label=_("Pour combien de temps?"),
        choices=list(SOON.items()),
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Choisissez une durée de la liste.")},
    )
    hour = forms.TimeField(
        label=_("Jusqu'à quelle heure?"),
        required=False,
        input_formats=["%H:%M", "%H:%M:%S", "%Hh%M", "%H h %M", "%Hh", "%H h"],
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        error_messages={"invalid": _("Écrivez une heure comme 15:00.")},
    )
    day = forms.DateField(
        label=_("Quel jour?"),
        required=False,
        help_text=_("Aujourd'hui si vous laissez vide. Un jour sans heure vaut jusqu'au soir."),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"invalid": _("Écrivez un jour comme 2026-08-12.")},
    )

    def __init__(self, data: Any = None, *, now: datetime, **kwargs: Any) -> None:
        """Read `now` in the town's zone."""
        super().__init__(data, initial={"length": ""}, **kwargs)
        self.now = now

    def clean(self) -> dict[str, Any]:
        """Work out `until`, or say beside the field what is wrong with it."""
        cleaned = super().clean()
        if self.errors.keys() & {"hour", "day", "length"}:
            return cleaned
        cleaned["until"] = self._until(cleaned)
        if not may_last_until(cleaned["until"], now=self.now):
            self._refuse(cleaned)
        return cleaned

    def _until(self, cleaned: dict[str, Any]) -> datetime | None:
        hour, day, length = cleaned.get("hour"), cleaned.get("day"), cleaned.get("length")
        if hour or day:
            return _moment(day or self.now.date(), hour)
        if length == END_OF_DAY:
            return _moment(self.now.date(), None)
        # To the minute: « jusqu'à 15 h 07 », and never a minute short.
        return (
            (self.now + timedelta(minutes=int(length), seconds=59)).replace(second=0, microsecond=0) if length else None
        )

    def _refuse(self, cleaned: dict[str, Any]) -> None:
        day = cleaned.get("day")
        if day is None:
            self.add_error("hour", TOO_LATE)
        elif day < self.now.date():
            self.add_error("day", _("Ce jour est déjà passé."))
        elif day == self.now.date():
            self.add_error("hour", TOO_LATE)
        else:
            self.add_error("day", _("Indiquez un jour dans l'année qui vient."))


def _moment(day: date, hour: time | None) -> datetime:
    """The hour of a day in the town, or the midnight that ends the day."""
    if hour is None and day < date.max:
        day, hour = day + timedelta(days=1), time(0)
    return timezone.make_aware(datetime.combine(day, hour or time(0)))
