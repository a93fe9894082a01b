"""What can be done to a file from its page: the words of each gesture, and which ones the policy allows now."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.utils.translation import gettext_lazy as _

from intake.models import Case
from intake.policy.refusal import Refusal
from intake.policy.roles import Actor
from intake.policy.transitions import TRANSITIONS, verbs_from
from intake.policy.vocabulary import Kind, Verb
from intake.process.conditions import refusal_now

from .action_forms import (
    AnswerForm,
    ClassifyForm,
    CloseForm,
    ReopenForm,
    ResumeForm,
    RouteForm,
    TakeForm,
    WaitForm,
)
from .annex_a import COMPLETE, PROOFREAD
from .form_parts import ActionForm
from .forms_access import ACCESS
from .forms_access_answer import ACCESS_ANSWER
from .forms_claim import CLAIM
from .forms_complaints import COMPLAINT
from .forms_contact import CORRECT
from .forms_sorting import SORTING
from .gesture import Gesture
from .work_gestures import ASSIGN, FLAG, NOTE, PLAN

GESTURES = {
    gesture.verb: gesture
    for gesture in (
        Gesture(
            RouteForm,
            _("Confier, avec une note ou une autre nature"),
            _("Confier au service"),
            _("La demande %(reference)s est confiée au service."),
            _("Le Responsable est avisé. Le citoyen reçoit le message « Requête confiée à un service »."),
        ),
        Gesture(
            ClassifyForm,
            _("Classer"),
            _("Enregistrer le classement"),
            _("La demande %(reference)s est classée."),
            _("Aucun courriel ne part."),
        ),
        Gesture(
            TakeForm,
            _("Prendre en charge"),
            _("Prendre en charge"),
            _("Vous avez pris en charge la demande %(reference)s."),
            _("Aucun courriel ne part."),
        ),
        COMPLETE,
        PLAN,
        ASSIGN,
        Gesture(
            WaitForm,
            _("Mettre en attente"),
            _("Continuer"),
            _("La demande %(reference)s est en attente."),
            _("Un courriel part seulement si vous attendez le citoyen; vous le verrez avant de valider."),
            previewed=True,
        ),
        Gesture(
            ResumeForm,
            _("Reprendre"),
            _("Reprendre"),
            _("La demande %(reference)s est reprise."),
            _("L'échéance avance des jours passés à attendre le citoyen. Aucun courriel ne part."),
        ),
        Gesture(
            AnswerForm,
            _("Répondre et fermer"),
            _("Voir ce que le citoyen lira"),
            _("La demande %(reference)s a sa réponse et elle est fermée."),
            _("Vous verrez le message au citoyen avant de valider."),
            previewed=True,
        ),
        PROOFREAD,
        Gesture(
            CloseForm,
            _("Fermer"),
            _("Fermer la demande"),
            _("La demande %(reference)s est fermée."),
            _("Aucun courriel ne part : le citoyen a été avisé quand elle a été complétée."),
        ),
        Gesture(
            ReopenForm,
            _("Rouvrir"),
            _("Rouvrir la demande"),
            _("La demande %(reference)s est rouverte."),
            _("Le Responsable est avisé, avec votre raison."),
        ),
        *SORTING,
        FLAG,
        NOTE,
        CORRECT,
    )
}


# Where a kind says a verb in words or fields of its own (a claim is not decided as an access request is).
OF_KIND: dict[tuple[Kind, Verb], Gesture] = {
    (kind, gesture.verb): gesture
    for kind, gestures in (
        (Kind.CLAIM, CLAIM),
        (Kind.ACCESS_REQUEST, (*ACCESS, *ACCESS_ANSWER)),
        (Kind.COMPLAINT, COMPLAINT),
    )
    for gesture in gestures
}


def gesture_for(kind: Kind, verb: Verb) -> Gesture | None:
    """Return the gesture of a verb for this kind of file: its own, else the common one; None if there is none."""
    return OF_KIND.get((kind, verb)) or GESTURES.get(verb)


def gestures_of(kind: Kind) -> Iterable[Gesture]:
    """List the gestures that exist for this kind, its own first."""
    own = [gesture for (of, _verb), gesture in OF_KIND.items() if of is kind]
    named = {gesture.verb for gesture in own}
    exists = {transition.verb for transition in TRANSITIONS if transition.kind is kind}
    return [*own, *(gesture for verb, gesture in GESTURES.items() if verb in exists - named)]


@dataclass(frozen=True)
class Offered:
    """A gesture on the page of a file: its form when it may be done now, else why not."""

    gesture: Gesture
    form: ActionForm | None
    refusal: Refusal | None = None

    def with_form(self, form: ActionForm) -> "Offered":
        """Return the same gesture with a form that was sent back."""
        return replace(self, form=form)


def offered(case: Case, actor: Actor) -> list[Offered]:
    """List the gestures of this kind of file: those allowed now, then those that are not and why (art. 4.1)."""
    at_this_step = verbs_from(case.kind_, case.status_)
    all_of_them = [_offer(gesture, case, actor) for gesture in gestures_of(case.kind_)]
    return sorted(all_of_them, key=lambda item: (item.form is None, item.gesture.verb not in at_this_step))


def _offer(gesture: Gesture, case: Case, actor: Actor) -> Offered:
    reason = refusal_now(case, gesture.verb, actor)
    return Offered(gesture, gesture.form(case=case, actor=actor) if reason is None else None, reason)
