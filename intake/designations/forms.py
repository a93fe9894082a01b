"""What the technician types about a designation: a replacement for some days, or the form signed on paper."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from intake.forms.uploads import Checked, Unacceptable, check
from intake.queue.form_parts import PLAUSIBLE_DAY
from snippets.models import Designation, Employee


def _day(label: Any) -> forms.DateField:
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(label=label, required=False, widget=widget, validators=PLAUSIBLE_DAY)


class ReplacementForm(forms.Form):
    """A temporary replacement."""

    employee = forms.ModelChoiceField(Employee.objects.none(), label=_("Qui remplace?"))
    first = _day(_("Premier jour"))
    last = _day(_("Dernier jour, compris"))

    def __init__(self, data: Any = None, *, designation: Designation) -> None:
        super().__init__(data, auto_id="remplacement-%s")
        employees = Employee.objects.filter(is_active=True).exclude(pk=designation.employee_id)
        self.fields["employee"].queryset = employees.order_by("last_name", "first_name")


class PaperForm(forms.Form):
    """The printed form, signed by both."""

    file = forms.FileField(label=_("Formulaire signé, numérisé (PDF ou photo)"))
    signed_on = _day(_("Date des signatures"))

    def __init__(self, data: Any = None, files: Any = None) -> None:
        super().__init__(data, files, auto_id="papier-%s")

    def clean_file(self) -> Checked:
        """Refuse what is neither a PDF nor a photo, by its content."""
        try:
            return check(self.cleaned_data["file"])
        except Unacceptable as refused:
            raise forms.ValidationError(str(refused)) from refused
