"""The steps of a complaint (art. 4.1, 4.4): whom it targets, what happened, who complains, and the signature."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from intake.models.complaint import TARGET_LABELS
from intake.policy.complaint_target import WITHOUT_FILE, Target
from intake.process import GivenAnswer

from . import fields
from .contact import CheckForm, ContactForm
from .demand import DemandForm, facts_field
from .step_form import TARGET, StepForm

COMPLAIN, REPAIR = "complain", "repair"
DECLARATION = gettext_lazy(
    "Je déclare que les faits rapportés sont vrais, à ma connaissance, et je signe cette plainte"
)


class TargetForm(StepForm):
    """Before anything is written: a repair or a complaint, and about whom; each answer has its way."""

    slug, title = TARGET, gettext_lazy("Que souhaitez-vous?")
    wish = fields.OneChoiceField(
        label=gettext_lazy("Voulez-vous qu'on répare quelque chose, ou vous plaindre d'un service?"),
        choices=[
            (COMPLAIN, gettext_lazy("Me plaindre d'un service ou de la conduite de quelqu'un")),
            (REPAIR, gettext_lazy("Faire réparer, nettoyer ou vérifier quelque chose")),
        ],
        required_message=gettext_lazy("Dites ce que vous souhaitez."),
    )
    target = fields.OneChoiceField(
        label=gettext_lazy("Qui est visé par votre plainte?"),
        help_text=gettext_lazy("Ce choix décide qui la lira : jamais la personne visée, ni son équipe."),
        choices=list(TARGET_LABELS.items()),
        required=False,
        widget=forms.RadioSelect(),
    )
    target.says_optional = False
    endangers = fields.OneChoiceField(
        label=gettext_lazy("Une personne ou un bien est-il en danger en ce moment?"),
        choices=[("no", gettext_lazy("Non")), ("yes", gettext_lazy("Oui"))],
        required=False,
    )
    endangers.says_optional = False

    wants_repair = False
    other_recourse: Target | None = None

    def clean(self) -> dict[str, Any]:
        """Ask who is targeted only of those who complain."""
        cleaned = super().clean()
        if cleaned.get("wish") == COMPLAIN and not cleaned.get("target") and "target" not in self.errors:
            self.add_error("target", _("Choisissez qui est visé."))
        self.wants_repair = cleaned.get("wish") == REPAIR
        given = cleaned.get("target") if cleaned.get("wish") == COMPLAIN else ""
        self.other_recourse = Target(given) if given and Target(given) in WITHOUT_FILE else None
        # Neither leads to the next step: ways_out.py leads elsewhere.
        if self.wants_repair:
            self.add_error("wish", _("Pour faire réparer quelque chose, faites une requête."))
        if self.other_recourse is not None:
            self.add_error("target", _("Cette plainte relève d'un autre recours."))
        return cleaned


class ComplaintForm(DemandForm):
    """A complaint: written, dated, about a service or a person of the town (art. 4.1, 4.4)."""

    title = gettext_lazy("Votre plainte")
    concerned = fields.LineField(
        label=gettext_lazy("Quel service ou quelle personne est visé?"),
        help_text=gettext_lazy("Si vous ne connaissez pas le nom, décrivez la personne ou le service."),
        required_message=gettext_lazy("Indiquez le service ou la personne visé."),
    )
    facts_on = fields.DayField(
        label=gettext_lazy("Date des faits"),
        help_text=gettext_lazy("S'il y a plusieurs dates, indiquez ici la dernière : c'est elle qui compte."),
        past=True,
        required_message=gettext_lazy("Indiquez la date des faits."),
    )
    facts_from = fields.DayField(
        label=gettext_lazy("Date des premiers faits, s'ils se sont répétés"),
        past=True,
        required=False,
    )
    facts = facts_field(
        label=gettext_lazy("Exposé des faits"),
        help_text=gettext_lazy("Ce qui s'est passé, dans l'ordre, et ce que vous souhaitez."),
    )

    def clean(self) -> dict[str, Any]:
        """The first facts come before the last."""
        cleaned = super().clean()
        first, last = cleaned.get("facts_from"), cleaned.get("facts_on")
        if first and last and first > last:
            self.add_error("facts_from", _("La première date doit précéder la dernière."))
        return cleaned


class ComplaintContactForm(ContactForm):
    """« Coordonnées complètes » (art. 4.4); without e-mail, one signs on paper."""

    OPTIONAL = ("email",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].help_text = _(
            "Pour signer votre plainte ici même, avec un code. Sans courriel, vous la signerez sur papier."
        )


class SignatureForm(CheckForm):
    """« Par écrit et signée » (art. 4.1, 4.4): a declaration, the full name and a code received by e-mail.

    Nothing is required here: a complaint may be sent unsigned, and signed later. `signature_errors` judges a signature.
    """

    title = gettext_lazy("Vérifiez et signez")
    signature_declared = forms.BooleanField(label=DECLARATION, required=False)
    signature_declared.says_optional = False
    signature_name = fields.LineField(
        label=gettext_lazy("Signature : écrivez votre prénom et votre nom"),
        max_length=160,
        autocomplete="name",
        required=False,
    )
    signature_name.says_optional = False
    code = fields.LineField(
        label=gettext_lazy("Code reçu par courriel"),
        help_text=gettext_lazy("Six chiffres. Il peut prendre une minute à arriver; regardez aussi vos indésirables."),
        required=False,
        max_length=20,
        autocomplete="one-time-code",
        inputmode="numeric",
    )
    code.says_optional = False

    @property
    def kept_names(self) -> list[str]:
        """A draft never keeps a code."""
        return [name for name in super().kept_names if name != "code"]

    def answers(self) -> Iterator[GivenAnswer | None]:
        """The signature is no answer: it is kept as such."""
        yield from ()

    def refuse_unsigned(self, *, code_too: bool) -> bool:
        """Add what a signature lacks to the errors; say whether it lacks something."""
        if not self.cleaned_data.get("signature_declared"):
            self.add_error("signature_declared", _("Cochez la déclaration : une plainte doit être signée."))
        if not self.cleaned_data.get("signature_name"):
            self.add_error("signature_name", _("Signez : écrivez votre prénom et votre nom."))
        if code_too and not self.cleaned_data.get("code"):
            self.add_error("code", _("Écrivez le code reçu par courriel."))
        return bool(self.errors)
