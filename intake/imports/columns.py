"""The second step: which column says what. Guessed from the headings, shown with three values of each, remembered by name."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from intake.excel.staged import Staged
from intake.policy.import_cells import clean
from intake.policy.import_mapping import GATHERED, LONGEST_NAME, REQUIRED, BadMapping, DateOrder, Target
from intake.process import Refused
from intake.process.import_files import map_columns, proposed_columns, rows_of

from .room import UNPROCESSABLE, StepView

SAMPLES, LONGEST_SAMPLE, LONGEST_CHOICE = 3, 40, 60
LABELS = {
    Target.REFERENCE: gettext_lazy("Numéro dans l'ancien système"),
    Target.RECEIVED: gettext_lazy("Date de réception"),
    Target.RECEIVED_TIME: gettext_lazy("Heure de réception"),
    Target.KIND: gettext_lazy("Sorte (requête ou question)"),
    Target.NATURE: gettext_lazy("Nature"),
    Target.DEPARTMENT: gettext_lazy("Service"),
    Target.STATUS: gettext_lazy("État"),
    Target.DONE: gettext_lazy("Date de la fin"),
    Target.CHANNEL: gettext_lazy("Canal"),
    Target.FACTS: gettext_lazy("Exposé des faits"),
    Target.LOCATION: gettext_lazy("Lieu"),
    Target.NAME: gettext_lazy("Nom du demandeur (ou nom complet)"),
    Target.FIRST_NAME: gettext_lazy("Prénom du demandeur"),
    Target.PHONE: gettext_lazy("Téléphone"),
    Target.EMAIL: gettext_lazy("Courriel"),
    Target.ADDRESS: gettext_lazy("Adresse du demandeur"),
    Target.CITY: gettext_lazy("Municipalité"),
    Target.POSTAL_CODE: gettext_lazy("Code postal"),
}
HELP = {
    Target.REFERENCE: gettext_lazy("Chaque numéro est importé une seule fois. Il reste au dossier et se cherche."),
    Target.KIND: gettext_lazy("Sans colonne : tout est une requête."),
    Target.STATUS: gettext_lazy("Sans colonne : tout est ouvert."),
    Target.DONE: gettext_lazy("Nécessaire pour ce qui est complété, fermé ou retiré."),
    Target.CHANNEL: gettext_lazy("Sans colonne : téléphone."),
}
ORDERS = {
    DateOrder.SAID: gettext_lazy("Refuser une date qui peut se lire de deux façons"),
    DateOrder.DAY_FIRST: gettext_lazy("Jour, mois, année : 03/04/2026 est le 3 avril"),
    DateOrder.MONTH_FIRST: gettext_lazy("Mois, jour, année : 03/04/2026 est le 4 mars"),
}


class ColumnsForm(forms.Form):
    """A column for each thing that a request says, and the name under which the choice is remembered."""

    system = forms.CharField(
        label=gettext_lazy("Nom de l'ancien système"),
        max_length=LONGEST_NAME,
        error_messages={"required": gettext_lazy("Écrivez le nom de l'ancien système.")},
    )
    saved_as = forms.CharField(
        label=gettext_lazy("Retenir cette correspondance sous le nom"),
        help_text=gettext_lazy("Le prochain classeur aux mêmes colonnes la reprend."),
        max_length=LONGEST_NAME,
        error_messages={"required": gettext_lazy("Donnez un nom à cette correspondance.")},
    )

    def __init__(self, *args: Any, staged: Staged, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        columns = [(heading, _choice(heading, values)) for heading, values in samples(staged)]
        for target, label in LABELS.items():
            needed = target in REQUIRED
            empty = [("", _("Choisissez une colonne") if needed else _("Aucune colonne"))]
            self.fields[target.value] = forms.ChoiceField(
                label=label,
                help_text=HELP.get(target, ""),
                choices=empty + columns,
                required=needed,
                error_messages={"required": _("Choisissez la colonne.")},
            )
        self.fields["dates"] = forms.ChoiceField(
            label=_("Dates écrites en chiffres"),
            choices=[(order.value, label) for order, label in ORDERS.items()],
            required=False,
        )
        self.fields[GATHERED.value] = forms.MultipleChoiceField(
            label=_("Colonnes gardées dans la note interne"),
            help_text=_("Jamais un nom ni des coordonnées : la note est lue par la personne qui exécute (art. 4.5)."),
            choices=columns,
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )

    def content(self) -> dict[str, Any]:
        """What was chosen, as `mapping_of` reads it."""
        data = self.cleaned_data
        return {
            "system": data["system"],
            "columns": {target.value: data[target.value] for target in LABELS if data[target.value]},
            "note": data[GATHERED.value],
            "dates": data["dates"],
        }


def samples(staged: Staged) -> list[tuple[str, list[str]]]:
    """Return each heading with its first three different values, shortened."""
    found = []
    for index, heading in enumerate(staged.headings):
        values: dict[str, None] = {}
        for row in staged.rows:
            if text := " ".join(clean(row.values[index]).split()):
                values[_short(text, LONGEST_SAMPLE)] = None
            if len(values) == SAMPLES:
                break
        found.append((heading, list(values)))
    return found


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"


def _choice(heading: str, values: Sequence[str]) -> str:
    shown = _short(", ".join(values), LONGEST_CHOICE)
    return f"{_short(heading, LONGEST_CHOICE)} ({shown})" if shown else _short(heading, LONGEST_CHOICE)


class ColumnsView(StepView):
    """Choose the columns; nothing is imported here."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show what was said, remembered or guessed."""
        proposed = proposed_columns(self.brought, self.staged)
        mapping = self.brought.mapping
        initial = {
            **proposed.get("columns", {}),
            "note": proposed.get("note", []),
            "dates": proposed.get("dates", ""),
            "system": proposed.get("system", ""),
            "saved_as": mapping.name if mapping else "",
        }
        return self._show(request, ColumnsForm(initial=initial, staged=self.staged))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Remember the choice and go on to the words."""
        form = ColumnsForm(request.POST, staged=self.staged)
        if not form.is_valid():
            return self._show(request, form, status=UNPROCESSABLE)
        name = " ".join(form.cleaned_data["saved_as"].split())
        try:
            map_columns(brought=self.brought, name=name, content=form.content(), by=self.actor, now=timezone.now())
        except (BadMapping, Refused) as refused:
            form.add_error(None, str(refused))
            return self._show(request, form, status=UNPROCESSABLE)
        return redirect("intake_imports:words", self.brought.pk)

    @cached_property
    def staged(self) -> Staged:
        """What was read in the workbook."""
        return rows_of(self.brought)

    def _show(self, request: HttpRequest, form: ColumnsForm, *, status: int = 200) -> HttpResponse:
        context = {
            **self.step_context("columns"),
            "form": form,
            "staged": self.staged,
            "samples": samples(self.staged),
        }
        return render(request, "intake_imports/columns.html", context, status=status)
