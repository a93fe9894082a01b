"""What people type to lead an investigation, from the persons named to the conclusion (art. 4.4, 4.4.1, 4.5)."""

from datetime import datetime
from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.utils.translation import gettext_lazy as _

from intake.models import Case, Investigator
from intake.models.complaint import ENTRY_LABELS, FINDING_LABELS
from intake.policy.investigation import Entry
from intake.policy.roles import Actor
from intake.policy.vocabulary import Status, Verb
from intake.process import close
from intake.process.investigation import LogEntry, conclude, end_investigator, log, name_investigator
from snippets.models import Employee

from .form_parts import ActionForm, day, text

LONGEST_NAME = 160
# What the citizen may start from; the director writes it anew.
START_OF_CONCLUSION = _(
    "Votre message nous aide à mieux servir les citoyens. Nous en avons tenu compte et nous vous remercions de l'avoir écrit."
)


class InvestigatorForm(ActionForm):
    """Art. 4.5: only those whom the investigation needs."""

    verb = Verb.NAME_INVESTIGATOR
    investigator = forms.ModelChoiceField(
        Employee.objects.none(), label=_("Nommer"), required=False, empty_label=_("Choisir une personne")
    )
    ended = forms.ModelChoiceField(
        Investigator.objects.none(), label=_("Ou mettre fin au mandat de"), required=False, empty_label=_("Personne")
    )

    def __init__(self, data: Any = None, *, case: Case, actor: Actor) -> None:
        super().__init__(data, case=case, actor=actor)
        self.fields["investigator"].queryset = Employee.objects.filter(is_active=True, user__is_active=True)
        self.fields["ended"].queryset = case.investigators.filter(ended_at__isnull=True).select_related("user")
        self.fields["ended"].label_from_instance = lambda one: str(getattr(one.user, "employee", one.user))

    def act(self, *, by: Actor, now: datetime) -> Case:
        """Name, or end."""
        data = self.cleaned_data
        if data["ended"] and not data["investigator"]:
            return end_investigator(**self._common(by, now), investigator=data["ended"])
        employee = data["investigator"]
        user = get_user_model().objects.get(pk=employee.user_id) if employee else None
        return name_investigator(**self._common(by, now), user=user)


class LogForm(ActionForm):
    """Art. 4.4: « rencontrés et écoutés au cours de l'enquête »."""

    verb = Verb.LOG
    what = forms.ChoiceField(
        label=_("Quoi?"),
        choices=[(item.value, ENTRY_LABELS[item.value]) for item in Entry if item is not Entry.SUPPLIED],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez ce que vous inscrivez.")},
    )
    employee = forms.ModelChoiceField(
        Employee.objects.none(),
        label=_("Personne visée à inscrire"),
        required=False,
        empty_label=_("Choisir dans la liste du personnel"),
    )
    name = forms.CharField(label=_("Ou son nom, si elle n'y est pas"), required=False, max_length=LONGEST_NAME)
    person = forms.TypedChoiceField(label=_("Personne visée rencontrée"), required=False, coerce=int, empty_value=None)
    held_on = day(_("Date de la rencontre"))
    note = text(
        _("Ce qu'il faut retenir"),
        _("Écrivez « personne 1 » plutôt qu'un nom. Pour un élément de preuve : ce que c'est, et où il est gardé."),
    )

    def __init__(self, data: Any = None, *, case: Case, actor: Actor) -> None:
        super().__init__(data, case=case, actor=actor)
        self.fields["employee"].queryset = Employee.objects.filter(is_active=True)
        people = [(one.number, f"{one.number} – {one.name}") for one in case.accused.all()]
        self.fields["person"].choices = [("", _("Choisir")), *people]

    def act(self, *, by: Actor, now: datetime) -> Case:
        """Write in the log."""
        data = self.cleaned_data
        entry = LogEntry(
            what=Entry(data["what"]),
            note=data["note"],
            employee=data["employee"],
            name=data["name"],
            person=data["person"],
            held_on=data["held_on"],
        )
        return log(**self._common(by, now), entry=entry)


class ConcludeForm(ActionForm):
    """Art. 4.4.1: founded or not; the citizen reads a general conclusion."""

    verb = Verb.CONCLUDE
    finding = forms.ChoiceField(
        label=_("Conclusion"),
        required=False,
        choices=list(FINDING_LABELS.items()),
        widget=forms.RadioSelect,
        help_text=_(
            "« Non fondée » détruit aussitôt le nom des personnes visées et tout ce que le personnel a écrit : "
            "journal, notes, raisons. Cela ne se défait pas."
        ),
    )
    names_nobody = forms.BooleanField(
        label=_("La plainte ne nomme ni ne désigne personne que je puisse inscrire"),
        required=False,
        help_text=_("Sinon, inscrivez d'abord chaque personne visée au journal."),
    )
    internal_reasons = text(
        _("Raisons internes, si elle est fondée"),
        _("Jamais lues du citoyen. Aucune mesure disciplinaire ici. Si elle est non fondée, rien n'en est gardé."),
    )
    public_message = text(
        _("Conclusion générale pour le citoyen"),
        _("Le citoyen lit ce texte. Ne nommez personne, ne dites aucune mesure."),
    )

    def __init__(self, data: Any = None, *, case: Case, actor: Actor) -> None:
        super().__init__(data, case=case, actor=actor)
        if case.accused.exists():
            del self.fields["names_nobody"]

    def starting_values(self, case: Case, actor: Actor) -> dict[str, Any]:
        """A text to start from."""
        return {"public_message": START_OF_CONCLUSION}

    def act(self, *, by: Actor, now: datetime) -> Case:
        """Conclude."""
        data = self.cleaned_data
        return conclude(
            **self._common(by, now),
            finding=Status(data["finding"]) if data["finding"] else None,
            internal_reasons=data["internal_reasons"],
            conclusion=data["public_message"],
            names_nobody=data.get("names_nobody", False),
        )


class CloseComplaintForm(ActionForm):
    """Nothing more is done; no note, so that nothing ties a name again (art. 4.4.1)."""

    verb = Verb.CLOSE

    def act(self, *, by: Actor, now: datetime) -> Case:
        """Close."""
        return close(**self._common(by, now))
