"""The demands that go to the clerk: a notice of claim (art. 4.1) and a request for access to documents (art. 4.6)."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from intake.models.claim import DAMAGE_LABELS
from intake.policy.claim import DamageType
from intake.policy.vocabulary import Kind
from intake.process.access_requests import AccessDetails
from intake.process.claims import ClaimDetails
from snippets.models import QuestionType

from . import fields
from .demand import DemandForm, facts_field, location_field

MOST_DOLLARS = 9_999_999_999


class ClaimForm(DemandForm):
    """A claim for damage; received for the clerk and the insurer, admitting nothing (art. 4.1, réclamation)."""

    title = gettext_lazy("Votre réclamation")
    ANSWERS = {
        "event_on": QuestionType.DATE,
        "event_time": QuestionType.SHORT_TEXT,
        "damage_type": QuestionType.ONE_CHOICE,
        "damage": QuestionType.LONG_TEXT,
        "amount": QuestionType.NUMBER,
        "insurer": QuestionType.SHORT_TEXT,
        "policy_number": QuestionType.SHORT_TEXT,
        "witnesses": QuestionType.LONG_TEXT,
    }
    event_on = fields.DayField(
        label=gettext_lazy("Date de l'événement"),
        past=True,
        required_message=gettext_lazy("Indiquez la date de l'événement."),
    )
    event_time = fields.LineField(
        label=gettext_lazy("Heure de l'événement"),
        required=False,
        max_length=60,
        help_text=gettext_lazy("Même approximative : vers 8 h, pendant la nuit."),
    )
    location = location_field(label=gettext_lazy("Où est-ce arrivé?"))
    facts = facts_field(
        label=gettext_lazy("Que s'est-il passé?"),
        minimum=None,
        help_text=gettext_lazy("Racontez l'événement, dans l'ordre."),
    )
    damage_type = fields.OneChoiceField(
        label=gettext_lazy("Quel dommage réclamez-vous?"),
        choices=list(DAMAGE_LABELS.items()),
        required_message=gettext_lazy("Choisissez la sorte de dommage."),
    )
    damage = fields.TextField(
        label=gettext_lazy("Décrivez le dommage ou la blessure"),
        rows=4,
        required_message=gettext_lazy("Décrivez ce qui a été endommagé, ou la blessure."),
    )
    amount = fields.QuantityField(
        label=gettext_lazy("Montant estimé, en dollars"), required=False, positive=True, max_length=30
    )
    insurer = fields.LineField(label=gettext_lazy("Votre assureur"), required=False)
    policy_number = fields.LineField(
        label=gettext_lazy("Numéro de votre police ou de votre dossier chez l'assureur"),
        required=False,
        max_length=120,
    )
    witnesses = fields.TextField(
        label=gettext_lazy("Témoins"),
        required=False,
        rows=3,
        max_length=1000,
        help_text=gettext_lazy("Leur nom et une façon de les joindre, s'ils sont d'accord."),
    )

    def clean_amount(self) -> object:
        """Refuse an amount that no account holds."""
        amount = self.cleaned_data["amount"]
        if amount is not None and amount > MOST_DOLLARS:
            self.add_error("amount", _("Vérifiez ce montant : il est trop grand."))
        return amount

    def details(self) -> ClaimDetails:
        """What the clerk's record begins with."""
        return claim_details(self.cleaned_data)


class AccessForm(DemandForm):
    """A request for access to documents (art. 4.6); described well enough to be found."""

    title = gettext_lazy("Les documents demandés")
    ANSWERS = {
        "about": QuestionType.ONE_CHOICE,
        "period": QuestionType.SHORT_TEXT,
        "delivery": QuestionType.ONE_CHOICE,
    }
    facts = facts_field(
        label=gettext_lazy("Quels documents souhaitez-vous obtenir?"),
        minimum=None,
        help_text=gettext_lazy("Décrivez-les le plus précisément possible : sujet, lieu, service, numéro de dossier."),
    )
    period = fields.LineField(
        label=gettext_lazy("Période visée"),
        required=False,
        help_text=gettext_lazy("Par exemple : de janvier à juin 2026."),
    )
    about = fields.OneChoiceField(
        label=gettext_lazy("Ces documents contiennent-ils des renseignements sur une personne?"),
        help_text=gettext_lazy(
            "Pour vos propres renseignements, une preuve d'identité vous sera demandée avant l'envoi; pour ceux d'une "
            "personne que vous représentez, une preuve de votre droit. Ne les joignez pas ici."
        ),
        choices=[
            ("none", gettext_lazy("Non, ou je ne sais pas")),
            ("own", gettext_lazy("Oui, sur moi")),
            ("represented", gettext_lazy("Oui, sur une personne que je représente")),
        ],
        required_message=gettext_lazy("Dites si les documents portent sur vous, sur une autre personne, ou non."),
    )
    delivery = fields.OneChoiceField(
        label=gettext_lazy("Comment souhaitez-vous les recevoir?"),
        choices=[
            ("email", gettext_lazy("Par courriel")),
            ("post", gettext_lazy("Par la poste")),
            ("counter", gettext_lazy("Sur place, à l'hôtel de ville")),
        ],
        required_message=gettext_lazy("Choisissez une façon de recevoir les documents."),
    )

    def details(self) -> AccessDetails:
        """What the clerk looks for at first."""
        return access_details(self.cleaned_data)


def claim_details(given: Mapping[str, Any]) -> ClaimDetails:
    """Read what a form gave; at the counter the citizen may not know everything."""
    amount, kind = given.get("amount"), given.get("damage_type")
    words = ("event_time", "damage", "insurer", "policy_number", "witnesses")
    return ClaimDetails(
        event_on=given.get("event_on"),
        event_place=given.get("location", ""),
        damage_type=DamageType(kind) if kind else None,
        amount=round(amount, 2) if amount is not None else None,
        **{name: given.get(name, "") for name in words},
    )


def access_details(given: Mapping[str, Any]) -> AccessDetails:
    """Read what a form gave: the documents and, beside them, the period."""
    period = _("Période visée : %(period)s") % {"period": given["period"]} if given.get("period") else ""
    return AccessDetails(wanted="\n".join(part for part in (given["facts"], period) if part))


# By kind, for whoever asks with these fields: the citizens' form, and the counter.
DETAILS = {Kind.CLAIM: claim_details, Kind.ACCESS_REQUEST: access_details}
