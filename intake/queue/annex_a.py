"""The screen of Annexe A: an intervention and its code, what the citizen will read, and the reading over of his text."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from intake.models import Case
from intake.policy.clocks import local_day
from intake.policy.completion import is_before_receipt
from intake.policy.roles import Actor, Role
from intake.policy.vocabulary import COMPLETION_CODE, Verb
from intake.process import Completion, complete, intervene, proofread
from intake.process.completion import held_word
from snippets.french_dates import date_format
from snippets.models import InterventionCode

from .form_parts import ActionForm, day, internal, text
from .gesture import Gesture
from .reply_texts import WithReplyTexts

LONGEST_EXTENSION = 6
NOT_IN_THE_LIST = _("Choisissez un code de la liste. Le code 238, « Demande complétée », complète la requête.")


class CompleteForm(WithReplyTexts, ActionForm):
    """Annexe A, points 1 to 5, in its order; code 238 completes, the others only write what was done."""

    verb = Verb.COMPLETE
    code = forms.ModelChoiceField(
        InterventionCode.objects.none(),
        label=_("Code d'intervention"),
        required=False,
        empty_label=None,
        to_field_name="code",
        help_text=_("238 complète la requête. Un autre code inscrit l'intervention, et la requête reste ouverte."),
        error_messages={"invalid_choice": NOT_IN_THE_LIST},
    )
    planned_on = day(_("Date prévue"), _("Si vous la connaissez."))
    done_on = day(_("Date effectuée"), _("Le jour où le travail a été fait."))
    phone_extension = forms.CharField(
        label=_("Votre numéro de poste"),
        required=False,
        max_length=LONGEST_EXTENSION,
        widget=forms.TextInput(attrs={"size": 8, "inputmode": "numeric"}),
    )
    internal_note = text(
        _("Note interne"),
        _("Le plus de détails possible : ce qui a été fait, par qui. Visible du personnel seulement."),
        rows=5,
    )
    public_message = text(
        _("Information disponible pour le demandeur"),
        _("Le citoyen lit ce texte. Soignez le ton et l'orthographe; n'écrivez le nom d'aucun tiers."),
        rows=5,
    )
    asks_proofreading = forms.BooleanField(
        label=_("Demander une relecture au Service aux citoyens"),
        required=False,
        help_text=_("Vous n'êtes pas certain du ton ou de l'orthographe? Le courriel attend cette relecture."),
    )

    def __init__(self, data: Any = None, *, case: Case, actor: Actor) -> None:
        super().__init__(data, case=case, actor=actor)
        self.fields["code"].queryset = InterventionCode.objects.offered()
        if Role.TECHNICIAN in actor.roles:
            # Who reads over asks nobody.
            del self.fields["asks_proofreading"]

    def starting_values(self, case: Case, actor: Actor) -> dict[str, Any]:
        """Code 238, the day planned, and the extension of whoever completes (points 1 to 3)."""
        return {"code": COMPLETION_CODE, "phone_extension": actor.phone_extension, "planned_on": case.planned_on}

    @property
    def completes(self) -> bool:
        """Say whether the code is the one that completes; without any, the verb says that it is missing."""
        code = self.cleaned_data["code"]
        return code is None or code.code == COMPLETION_CODE

    @property
    def letter_waits(self) -> bool:
        """The letter waits when somebody is to read it over."""
        return self.completes and bool(self.cleaned_data.get("asks_proofreading"))

    @property
    def cautions(self) -> list[str]:
        """Done before the request came: allowed, it was already repaired (and counts for no delay)."""
        received_on, done_on = local_day(self.case.received_at), self.cleaned_data["done_on"]
        if done_on is None or not is_before_receipt(done_on=done_on, received_on=received_on):
            return []
        said = now_(
            "La date effectuée précède la réception de la demande, le %(day)s. Si c'était déjà réparé, validez."
        )
        return [said % {"day": date_format(received_on, "j F Y")}]

    @property
    def without_letter(self) -> str:
        """Another code tells the citizen nothing."""
        if self.completes:
            return super().without_letter
        return now_(
            "L'intervention s'inscrit dans l'historique; la requête reste ouverte et le citoyen n'est pas avisé."
        )

    @property
    def done(self) -> str:
        """Say what was done when it is not what the gesture's name says."""
        if not self.completes:
            return now_("L'intervention est inscrite à la demande %(reference)s, qui reste ouverte.")
        if self.letter_waits:
            return now_(
                "La demande %(reference)s est complétée. Le courriel attend la relecture du Service aux citoyens."
            )
        return ""

    def rehearse(self, *, by: Actor, now: datetime) -> Case:
        """Show the letter as it will leave once read over."""
        return self._act(by, now, asks_proofreading=False)

    def act(self, *, by: Actor, now: datetime) -> Case:
        """Complete, or write an intervention that does not."""
        return self._act(by, now, asks_proofreading=self.letter_waits)

    def _act(self, by: Actor, now: datetime, *, asks_proofreading: bool) -> Case:
        data = self.cleaned_data
        completion = Completion(
            done_on=data["done_on"],
            phone_extension=data["phone_extension"],
            internal_note=data["internal_note"],
            public_message=data["public_message"],
            planned_on=data["planned_on"],
            code=data["code"].code if data["code"] else "",
            asks_proofreading=asks_proofreading,
        )
        verb = complete if self.completes else intervene
        return verb(**self._common(by, now), completion=completion)


class ProofreadForm(WithReplyTexts, ActionForm):
    """Annexe A, point 5: the citizen service corrects the text and lets it go."""

    verb = Verb.PROOFREAD
    public_message = text(
        _("Information disponible pour le demandeur"),
        _("Corrigez le texte : le citoyen le lira tel quel. Vide, il lit une phrase courtoise avec la date."),
        rows=8,
    )
    internal_note = internal()

    def starting_values(self, case: Case, actor: Actor) -> dict[str, Any]:
        """The text as it was written."""
        return {"public_message": held_word(case)}

    def act(self, *, by: Actor, now: datetime) -> Case:
        """Read over, and send."""
        data = self.cleaned_data
        words = {"public_message": data["public_message"], "internal_note": data["internal_note"]}
        return proofread(**self._common(by, now), **words)


COMPLETE = Gesture(
    CompleteForm,
    _("Intervention : compléter (code 238)"),
    _("Voir ce que le citoyen lira"),
    _("La demande %(reference)s est complétée."),
    _("Vous verrez le message au citoyen avant de valider."),
    previewed=True,
)
PROOFREAD = Gesture(
    ProofreadForm,
    _("Relire et envoyer au citoyen"),
    _("Voir ce que le citoyen lira"),
    _("Le texte de la demande %(reference)s est relu et envoyé."),
    _("Le message « Requête complétée » attendait cette relecture."),
    previewed=True,
)
