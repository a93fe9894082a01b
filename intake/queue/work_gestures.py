"""A request at work (art. 4.2): who executes, when; what is noted and flagged (art. 4.1, 3)."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from intake.models import Case
from intake.policy.process_schemas import Execution
from intake.policy.roles import GROUP_NAMES, Actor, Role
from intake.policy.vocabulary import Verb
from intake.process import assign, flag, note, plan
from intake.process.conditions import rules_of
from snippets.models import Employee

from .form_parts import ActionForm, day, internal, text
from .gesture import Gesture

# Whoever is named sees the file if his account holds one of these (policy/roles.SIGHTS, « assigned »).
_SEEING_GROUPS = {GROUP_NAMES[Role.EXECUTOR], GROUP_NAMES[Role.RECIPIENT]}


def has_access(employee: Employee) -> bool:
    """Say whether this person can open the files that he executes."""
    user = employee.user
    return bool(user and user.is_active and _SEEING_GROUPS & {group.name for group in user.groups.all()})


class ExecutorField(forms.ModelChoiceField):
    """Someone of the service, with his function and whether he opens Guichet."""

    def label_from_instance(self, obj: Employee) -> str:
        """Write name, function, and what he will receive."""
        words = f"{obj} – {obj.job_title}" if obj.job_title else str(obj)
        return words if has_access(obj) else now_("%(person)s (courriel seulement)") % {"person": words}


class AssignForm(ActionForm):
    """Art. 4.2, note: the secretary receives, the Surintendant or the chief engineer executes."""

    verb = Verb.ASSIGN
    executor = ExecutorField(Employee.objects.none(), label=_("Qui exécute?"), required=False)
    internal_note = internal(_("Note pour cette personne"))

    def __init__(self, data: Any = None, *, case: Case, actor: Actor) -> None:
        super().__init__(data, case=case, actor=actor)
        people = Employee.objects.filter(department_id=case.department_id, is_active=True).select_related("user")
        self.fields["executor"].queryset = people.prefetch_related("user__groups")
        may_take_back = case.executor_id and rules_of(case).execution is Execution.OPTIONAL
        self.fields["executor"].empty_label = _("Personne : le Responsable agit") if may_take_back else _("Choisir")

    def starting_values(self, case: Case, actor: Actor) -> dict[str, Any]:
        """Who executes now, else who usually does."""
        return {"executor": case.executor_id or case.department.default_executor_id}

    @property
    def done(self) -> str:
        """Say what the person named will see."""
        chosen = self.cleaned_data["executor"]
        if chosen is None or has_access(chosen):
            return ""
        return now_(
            "La personne nommée à la demande %(reference)s est avisée par courriel. Elle n'ouvre pas Guichet : "
            "inscrivez pour elle ce qui est fait."
        )

    def act(self, *, by: Actor, now: datetime) -> Case:
        """Name."""
        data = self.cleaned_data
        return assign(**self._common(by, now), executor=data["executor"], internal_note=data["internal_note"])


class PlanForm(ActionForm):
    """Art. 4.2: « action à venir »."""

    verb = Verb.PLAN
    planned_on = day(_("Date prévue"), _("Le citoyen la lira dans un courriel et dans son suivi."))
    internal_note = internal()

    def starting_values(self, case: Case, actor: Actor) -> dict[str, Any]:
        """The day planned so far."""
        return {"planned_on": case.planned_on}

    def act(self, *, by: Actor, now: datetime) -> Case:
        """Plan."""
        data = self.cleaned_data
        return plan(**self._common(by, now), planned_on=data["planned_on"], internal_note=data["internal_note"])


class WriteNoteForm(ActionForm):
    """Art. 4.1: what the next person must know."""

    verb = Verb.NOTE
    internal_note = internal()

    def act(self, *, by: Actor, now: datetime) -> Case:
        """Write it."""
        return note(**self._common(by, now), internal_note=self.cleaned_data["internal_note"])


class FlagForm(ActionForm):
    """Art. 4.1: « gestion des cas complexes »; art. 3: « retourner les appels »."""

    verb = Verb.FLAG
    is_complex = forms.BooleanField(
        label=_("Cas complexe"), required=False, help_text=_("La direction le voit en premier dans sa liste.")
    )
    call_back_on = day(
        _("À rappeler le"), _("Ce jour-là, la demande est en haut de la liste. Videz la case après l'appel.")
    )
    internal_note = text(_("Raison, ou ce qui a été dit"), _("Visible du personnel seulement."), rows=3)

    def starting_values(self, case: Case, actor: Actor) -> dict[str, Any]:
        """What is flagged now."""
        return {"is_complex": case.is_complex, "call_back_on": case.call_back_on}

    def act(self, *, by: Actor, now: datetime) -> Case:
        """Flag."""
        data = self.cleaned_data
        return flag(
            **self._common(by, now),
            is_complex=data["is_complex"],
            call_back_on=data["call_back_on"],
            internal_note=data["internal_note"],
        )


ASSIGN = Gesture(
    AssignForm,
    _("Nommer qui exécute"),
    _("Confier l'exécution"),
    _("L'exécution de la demande %(reference)s est à jour."),
    _("La personne nommée reçoit un courriel et voit la demande. Le citoyen n'est pas avisé."),
)
PLAN = Gesture(
    PlanForm,
    _("Planifier"),
    _("Voir ce que le citoyen lira"),
    _("L'intervention de la demande %(reference)s est planifiée."),
    _("Vous verrez le message au citoyen avant de valider."),
    previewed=True,
)
NOTE = Gesture(
    WriteNoteForm,
    _("Ajouter une note interne"),
    _("Ajouter la note"),
    _("La note est ajoutée à la demande %(reference)s."),
    _("Aucun courriel ne part."),
)
FLAG = Gesture(
    FlagForm,
    _("Cas complexe, rappel"),
    _("Enregistrer"),
    _("La demande %(reference)s est à jour."),
    _("Aucun courriel ne part."),
)
