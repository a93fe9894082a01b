"""What the figures are asked for: a form that reads the address, so that a page of figures is a link."""

from datetime import date

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from intake.models.choices import CHANNEL_LABELS
from intake.policy.periods import Period, Span, around, period_of
from intake.queue.filters import DayField, any_of, grid_choices, label_of, refuse_reversed
from intake.reports.performance import WITHOUT_NATURE, Asked


class PeriodForm(forms.Form):
    """A period by its word (`periode=2026-11`), or chosen days; and what narrows the figures."""

    periode = forms.CharField(required=False, widget=forms.HiddenInput)
    du = DayField(_("Du"), help_text=_("Videz les deux dates pour revenir au mois, au trimestre ou à l'année."))
    au = DayField(_("Au"), help_text=_("Sans date de fin : jusqu'à aujourd'hui."))
    service = forms.ChoiceField(label=_("Service"), required=False)
    nature = forms.ChoiceField(label=_("Nature"), required=False)
    canal = forms.ChoiceField(label=_("Canal"), required=False)

    def __init__(self, data: QueryDict, *, today: date) -> None:
        super().__init__(data, auto_id="suivi-%s")
        self.today = today
        departments, natures = grid_choices()
        self.fields["service"].choices = any_of(departments)
        self.fields["nature"].choices = any_of([(WITHOUT_NATURE, _("À classer")), *natures])
        self.fields["canal"].choices = any_of(CHANNEL_LABELS.items())

    def clean_periode(self) -> Period | None:
        """Read the word of the period. Refuse what is none."""
        word = self.cleaned_data["periode"]
        try:
            return period_of(word) if word else None
        except ValueError:
            raise forms.ValidationError(
                now_("L'adresse contient une période inconnue. Choisissez un mois, un trimestre ou une année.")
            ) from None

    def clean(self) -> None:
        """Refuse days in the wrong order, or an end without its beginning."""
        data = self.cleaned_data
        if "du" in data and data.get("au") and not data["du"]:
            self.add_error("du", now_("Écrivez aussi la date de début."))
        if data.get("du") and "au" in data and not data["au"]:
            if data["du"] > self.today:
                self.add_error("du", now_("Cette date n'est pas encore passée."))
            data["au"] = self.today
        refuse_reversed(self, "du", "au")

    def asked(self) -> Asked:
        """Return what is asked, once valid: chosen days, else the period, else this month."""
        data = self.cleaned_data
        if data["du"]:
            period = Period(Span.DAYS, data["du"], data["au"])
        else:
            period = data["periode"] or around(Span.MONTH, self.today)
        return Asked(period, data["service"], data["nature"], data["canal"])

    def narrowing(self) -> dict[str, str]:
        """What narrows the figures, as the address says it."""
        return {name: self.cleaned_data[name] for name in ("service", "nature", "canal") if self.cleaned_data.get(name)}

    def words_of(self, name: str) -> str:
        """Say what narrows the figures, « Service : Travaux publics »."""
        return f"{self.fields[name].label} : {label_of(self.cleaned_data[name], self.fields[name].choices)}"
