"""What the technician types about a designation: what it says, its end, a replacement, or the form signed on paper."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from intake.forms.uploads import Checked, Unacceptable, check
from intake.process.designating import CONTACT_FIELDS, SIGNED_FIELDS, Wording
from intake.queue.form_parts import PLAUSIBLE_DAY
from snippets.models import Department, Designation, Employee


def _day(label: Any) -> forms.DateField:
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(label=label, required=False, widget=widget, validators=PLAUSIBLE_DAY)


class WordingForm(forms.ModelForm):
    """What a designation says while nobody has signed it."""

    class Meta:
        model = Designation
        fields = ["department", "employee", "position_email", "phone_extension", "effective_from", "effective_until"]
        widgets = {
            name: forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
            for name in ("effective_from", "effective_until")
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="designation-%s", **kwargs)
        if "department" in self.fields:
            self.fields["department"].queryset = Department.objects.active().order_by("sort_order", "name")
            self.fields["employee"].queryset = Employee.objects.filter(is_active=True).order_by(
                "last_name", "first_name"
            )
        for name in self.Meta.widgets:
            self.fields[name].validators.extend(PLAUSIBLE_DAY)

    def wording(self) -> Wording:
        """What was typed, the rest as it is."""
        return Wording(**{name: getattr(self.instance, name) for name in (*SIGNED_FIELDS, *CONTACT_FIELDS)})


class ContactForm(WordingForm):
    """What may still change in a designation that is signed."""

    class Meta(WordingForm.Meta):
        fields = list(CONTACT_FIELDS)
        widgets: ClassVar[dict[str, forms.Widget]] = {}


class EndForm(forms.Form):
    """The last day."""

    last = _day(_("Dernier jour, compris"))

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="fin-%s")


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

    def ask_file_again(self) -> None:
        """Say that a good file must be chosen anew: a form shown again can't hold it."""
        if self.cleaned_data.get("file"):
            self.add_error("file", now_("Choisissez de nouveau le fichier : il n'a pas été gardé."))
