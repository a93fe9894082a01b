"""What the clerk types on a claim (art. 4.1): take it, look into it, complete it, have it repaired, decide."""

import re
from datetime import datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from intake.models import Case, ClaimFile
from intake.models.claim import CLAIM_OUTCOMES, DAMAGE_LABELS
from intake.policy.claim import DamageType
from intake.policy.roles import Actor
from intake.policy.vocabulary import Status, Verb
from intake.process import claims

from .form_parts import ActionForm, NatureField, NoteForm, day, internal, text
from .gesture import Gesture

LONGEST_LINE, LONGEST_TIME, LONGEST_POLICY = 250, 60, 120
LONGEST_PRECISION = 4000


def line(label: Any, help_text: Any = "", *, longest: int = LONGEST_LINE) -> forms.CharField:
    """One line of text, optional."""
    return forms.CharField(label=label, help_text=help_text, required=False, max_length=longest)


class AmountField(forms.DecimalField):
    """An amount as people write it here: `1 234,50`, `1234.5`, `12 $`."""

    def to_python(self, value: Any) -> Decimal | None:
        """Read it whatever its spaces, comma or sign."""
        bare = re.sub(r"[\s$]", "", value).replace(",", ".") if isinstance(value, str) else value
        return super().to_python(bare)


class TransmitForm(NoteForm):
    """Art. 4.1: a claim belongs to the clerk."""

    verb = Verb.TRANSMIT
    does = staticmethod(claims.transmit)


class InvestigateForm(NoteForm):
    """The clerk looks into it, with the insurer if need be."""

    verb = Verb.INVESTIGATE
    does = staticmethod(claims.investigate)


class ClaimSupplyForm(ActionForm):
    """What the citizen makes known after his notice: « photos and invoices may follow »."""

    verb = Verb.SUPPLY
    supplied = text(_("Ce que le citoyen précise"), _("Dans ses mots."), longest=LONGEST_PRECISION)
    event_on = day(_("Date de l'événement"))
    event_time = line(_("Heure de l'événement"), longest=LONGEST_TIME)
    event_place = line(_("Lieu de l'événement"))
    damage_type = forms.ChoiceField(
        label=_("Sorte de dommage"), required=False, choices=[("", _("Inconnue")), *DAMAGE_LABELS.items()]
    )
    damage = text(_("Description du dommage"), rows=3)
    amount = AmountField(
        label=_("Montant réclamé, en dollars"),
        required=False,
        min_value=0,
        max_digits=12,
        decimal_places=2,
        widget=forms.TextInput(attrs={"size": 12, "inputmode": "decimal"}),
    )
    insurer = line(_("Assureur"))
    policy_number = line(_("Numéro de police ou de dossier"), longest=LONGEST_POLICY)
    witnesses = text(_("Témoins"), rows=2)
    internal_note = internal()

    def starting_values(self, case: Case, actor: Actor) -> dict[str, Any]:
        """What the record holds."""
        record = ClaimFile.objects.filter(case=case).first()
        names = claims.ClaimDetails.__dataclass_fields__
        return {name: getattr(record, name) for name in names} if record else {}

    def act(self, *, by: Actor, now: datetime) -> Case:
        """Write it down."""
        data = self.cleaned_data
        kind = data["damage_type"]
        given = {name: data[name] for name in claims.ClaimDetails.__dataclass_fields__}
        return claims.supply_details(
            **self._common(by, now),
            details=claims.ClaimDetails(**given | {"damage_type": DamageType(kind) if kind else None}),
            supplied=data["supplied"],
            internal_note=data["internal_note"],
        )


class RepairForm(ActionForm):
    """Art. 4.1: the service repairs, and learns nothing of the claim."""

    verb = Verb.OPEN_LINKED
    nature = NatureField(empty_label=_("Laisser le Service aux citoyens choisir"))
    location = line(_("Lieu de la réparation"))
    facts = text(
        _("Ce qu'il faut réparer"),
        _("N'écrivez ni le nom de la personne, ni le montant : le service ne sait rien de la réclamation."),
    )

    def starting_values(self, case: Case, actor: Actor) -> dict[str, Any]:
        """The place, which the service needs."""
        return {"location": case.location}

    def act(self, *, by: Actor, now: datetime) -> Case:
        """Open the request."""
        data = self.cleaned_data
        return claims.open_repair(
            **self._common(by, now), facts=data["facts"], location=data["location"], nature=data["nature"]
        )


class ClaimDecideForm(ActionForm):
    """The clerk's answer."""

    verb = Verb.DECIDE
    outcome = forms.ChoiceField(
        label=_("Décision"), required=False, choices=list(CLAIM_OUTCOMES.items()), widget=forms.RadioSelect
    )
    reply = text(
        _("Décision et raisons, pour le citoyen"),
        _("La lettre ajoute d'elle-même que la Ville n'admet aucune responsabilité."),
        rows=8,
    )
    internal_note = internal(_("Note sur la décision"))

    def act(self, *, by: Actor, now: datetime) -> Case:
        """Decide."""
        data = self.cleaned_data
        return claims.decide(
            **self._common(by, now),
            outcome=Status(data["outcome"]) if data["outcome"] else None,
            reply=data["reply"],
            internal_note=data["internal_note"],
        )


CLAIM = (
    Gesture(
        TransmitForm,
        _("Remettre au greffe"),
        _("Remettre au greffe"),
        _("La réclamation %(reference)s est au greffe."),
        _("Seul le greffe y travaille ensuite; la direction générale peut la lire. Aucun courriel ne part."),
    ),
    Gesture(
        InvestigateForm,
        _("Commencer l'étude"),
        _("Commencer l'étude"),
        _("L'étude de la réclamation %(reference)s est commencée."),
        _("Aucun courriel ne part."),
    ),
    Gesture(
        ClaimDecideForm,
        _("Décider"),
        _("Voir ce que le citoyen lira"),
        _("La réclamation %(reference)s est décidée."),
        _("Une lettre est prête à poster; les mêmes mots partent par courriel si la personne en a un."),
        previewed=True,
    ),
    Gesture(
        ClaimSupplyForm,
        _("Compléter l'avis"),
        _("Enregistrer"),
        _("L'avis %(reference)s est complété."),
        _("Ce que le citoyen a envoyé reste tel quel. Aucun courriel ne part."),
    ),
    Gesture(
        RepairForm,
        _("Faire réparer par un service"),
        _("Ouvrir une requête liée"),
        _("Une requête liée à la réclamation %(reference)s est ouverte."),
        _("Le service reçoit une requête sans nom ni montant. Le citoyen ne reçoit rien."),
    ),
)
