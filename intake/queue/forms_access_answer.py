"""What is typed to answer an access request (art. 4.6): the decision and its reasons, the post, the review by the CAI."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from intake.models import Case
from intake.models.access import ACCESS_OUTCOMES
from intake.policy.access import Provision
from intake.policy.roles import Actor
from intake.policy.vocabulary import Status, Verb
from intake.process import access_answer
from snippets.models import CompetentBody, LegalProvision

from .form_parts import ActionForm, day, internal, text
from .gesture import Gesture


class ProvisionsField(forms.ModelMultipleChoiceField):
    """The articles offered today; one whose text is missing says so."""

    def __init__(self) -> None:
        super().__init__(
            LegalProvision.objects.none(),
            label=_("Dispositions de la loi"),
            required=False,
            widget=forms.CheckboxSelectMultiple,
            help_text=_("Pour un refus, même partiel. La lettre cite leur texte au complet."),
        )

    def label_from_instance(self, obj: LegalProvision) -> str:
        """Write number and subject."""
        filled = Provision(obj.article, obj.text).is_filled
        return str(obj) if filled else _("%(article)s (texte à coller)") % {"article": obj}


class AccessDecideForm(ActionForm):
    """« Motiver tout refus ou tout refus partiel … et indiquer la disposition de loi » (art. 4.6)."""

    verb = Verb.DECIDE
    outcome = forms.ChoiceField(
        label=_("Décision"), required=False, choices=list(ACCESS_OUTCOMES.items()), widget=forms.RadioSelect
    )
    given = text(_("Documents remis"), _("Pour un accès accordé ou partiel. Joignez-les à la lettre."), rows=3)
    withheld = text(_("Documents ou renseignements refusés"), _("Pour un refus, même partiel."), rows=3)
    provisions = ProvisionsField()
    explanation = text(
        _("Explication en mots simples"),
        _("Obligatoire pour un refus, même partiel. Le citoyen lit ce texte."),
        rows=5,
    )
    body = forms.ModelChoiceField(
        CompetentBody.objects.none(),
        label=_("Organisme compétent"),
        required=False,
        empty_label=_("Aucun"),
        help_text=_("Pour une demande transmise (A-2.1, art. 48)."),
    )
    internal_note = internal()

    def __init__(self, data: Any = None, *, case: Case, actor: Actor) -> None:
        super().__init__(data, case=case, actor=actor)
        self.fields["provisions"].queryset = LegalProvision.objects.offered()
        self.fields["body"].queryset = CompetentBody.objects.offered()

    def act(self, *, by: Actor, now: datetime) -> Case:
        """Decide."""
        data = self.cleaned_data
        answer = access_answer.Answer(
            outcome=Status(data["outcome"]) if data["outcome"] else None,
            explanation=data["explanation"],
            given=data["given"],
            withheld=data["withheld"],
            provisions=list(data["provisions"]),
            body=data["body"],
        )
        return access_answer.decide(**self._common(by, now), answer=answer, internal_note=data["internal_note"])


class SendForm(ActionForm):
    """Art. 4.6: « Donner avis au requérant, par courrier »."""

    verb = Verb.SEND
    posted_on = day(_("Réponse postée le"), _("Le jour où la lettre et les documents sont partis."))
    internal_note = internal()

    def starting_values(self, case: Case, actor: Actor) -> dict[str, Any]:
        """Today."""
        return {"posted_on": timezone.localdate()}

    def act(self, *, by: Actor, now: datetime) -> Case:
        """Note that it left."""
        data = self.cleaned_data
        return access_answer.send(
            **self._common(by, now), posted_on=data["posted_on"], internal_note=data["internal_note"]
        )


class ReviewForm(ActionForm):
    """A-2.1 art. 135: the citizen asks the Commission."""

    verb = Verb.REVIEW
    asked_on = day(_("Révision demandée le"))
    internal_note = internal()

    def act(self, *, by: Actor, now: datetime) -> Case:
        """Note it."""
        data = self.cleaned_data
        return access_answer.review(
            **self._common(by, now), asked_on=data["asked_on"], internal_note=data["internal_note"]
        )


ACCESS_ANSWER = (
    Gesture(
        AccessDecideForm,
        _("Décider"),
        _("Voir la lettre"),
        _("La demande %(reference)s est décidée. La lettre est prête à imprimer."),
        _("Rien ne part encore : imprimez la lettre, postez-la, puis notez le jour de l'envoi."),
        previewed=True,
    ),
    Gesture(
        SendForm,
        _("Noter l'envoi de la réponse"),
        _("Noter l'envoi"),
        _("La réponse à la demande %(reference)s est notée comme envoyée."),
        _("Le citoyen la lit alors dans son suivi; un courriel lui dit qu'elle est partie, s'il en a un."),
    ),
    Gesture(
        ReviewForm,
        _("Noter une révision à la CAI"),
        _("Noter la révision"),
        _("La révision de la demande %(reference)s est notée."),
        _("Aucun courriel ne part."),
    ),
)
