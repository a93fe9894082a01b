"""One screen for a citizen at the counter or on the telephone, for a letter and for an e-mail (art. 4.1, 4.3)."""

import copy
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from intake.forms import fields, questions
from intake.forms.demand import InquiryForm
from intake.forms.legal import DETAILS, AccessForm, ClaimForm
from intake.models.choices import CHANNEL_LABELS, KIND_LABELS
from intake.policy.clocks import TOWN_ZONE
from intake.policy.counter import COUNTER_CHANNELS, missing_contact, needs_letter
from intake.policy.vocabulary import Channel, InquiryType, Kind
from intake.process import Filing, GivenAnswer
from snippets.models import TownSettings

from .complaint_letter import letter_details, letter_fields
from .contact import CONTACT_FIELDS, ContactFields
from .natures import Found, find, offered, questions_of
from .papers import as_given

# What each kind asks beside the contact and the facts: the fields of the citizens' own form, with its words.
KIND_FORMS = {
    Kind.INQUIRY: InquiryForm,
    Kind.CLAIM: ClaimForm,
    Kind.ACCESS_REQUEST: AccessForm,
}
# The paper says when it arrived, not at what hour.
NOON = time(12)
QUESTIONS_OF = "questions_de"


@dataclass(frozen=True)
class Group:
    """Fields under one heading, and the kinds that they are for (all of them when empty)."""

    title: str
    names: tuple[str, ...]
    kinds: tuple[Kind, ...] = ()


GROUPS = (
    Group(_("Le demandeur"), CONTACT_FIELDS),
    Group(_("La nature"), ("nature",), (Kind.REQUEST,)),
    Group(_("Le message"), tuple(InquiryForm.ANSWERS), (Kind.INQUIRY,)),
    Group(_("La plainte"), tuple(letter_fields()), (Kind.COMPLAINT,)),
    Group(_("Le dommage"), tuple(ClaimForm.ANSWERS), (Kind.CLAIM,)),
    Group(_("Les documents"), tuple(AccessForm.ANSWERS), (Kind.ACCESS_REQUEST,)),
)


class RegisterForm(ContactFields):
    """A demand of any kind, as told to the technician. What is missing is asked again; nothing that was typed is lost."""

    kind = fields.OneChoiceField(
        label=_("C'est"), choices=[(kind.value, KIND_LABELS[kind.value]) for kind in Kind], initial=Kind.REQUEST.value
    )
    channel = fields.OneChoiceField(
        label=_("Reçue par"),
        choices=[(channel.value, CHANNEL_LABELS[channel.value]) for channel in COUNTER_CHANNELS],
        initial=Channel.PHONE.value,
    )
    received_on = fields.DayField(
        label=_("Reçue le"),
        past=True,
        required=False,
        help_text=_("Comme 2026-09-01. Pour une lettre, le jour du timbre : les délais partent de ce jour."),
        # A text, not the browser's calendar: one key to pass over it, where the calendar takes four.
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"inputmode": "numeric", "autocomplete": "off", "size": 12}),
    )
    nature = fields.LineField(
        label=_("Nature"),
        required=False,
        max_length=140,
        autocomplete="off",
        help_text=_("Un code (TP-01) ou des mots. Vide, la demande reste à classer."),
    )
    location = fields.LineField(
        label=_("Où est-ce?"), required=False, help_text=_("Vide, c'est l'adresse du demandeur."), autocomplete="off"
    )
    facts = fields.TextField(
        label=_("Exposé des faits"),
        rows=5,
        required_message=_("Écrivez ce que la personne a dit, en quelques phrases."),
    )
    is_danger = forms.BooleanField(
        label=_("Danger pour des personnes ou des biens"),
        required=False,
        help_text=_("La demande devient P1 et le service est avisé tout de suite. Le nom n'est alors pas exigé."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = {name: form.base_fields[name] for form in KIND_FORMS.values() for name in form.ANSWERS}
        for name, field in {**asked, **letter_fields()}.items():
            # A caller does not know everything: what he could not say is left out, not invented.
            self.fields[name] = copy.deepcopy(field)
            self.fields[name].required = False
        self.fields["facts"].widget.attrs |= {"spellcheck": "true", "lang": "fr-CA"}
        self.fields["nature"].widget.attrs["list"] = "natures"
        if not self.is_bound:
            self.fields["city"].initial = TownSettings.load().letter_place
            self.fields["received_on"].initial = timezone.localdate()
        self.natures = offered()
        self.asked_kind = self._kind_typed()
        self.found: Found = find(str(self["nature"].value() or ""), self.natures)
        self.asked = questions_of(self.found.nature) if self.asked_kind is Kind.REQUEST else []
        for question in self.asked:
            self.fields[question.key] = questions.field_for(question)
            self.fields[question.key].required = False

    def _kind_typed(self) -> Kind | None:
        try:
            return Kind(str(self["kind"].value()))
        except ValueError:
            return None

    # --- Shown ---------------------------------------------------------------------------------------

    def first_fields(self) -> Iterator[forms.BoundField]:
        """What it is, how it came, and whether it can wait."""
        return (self[name] for name in ("kind", "channel", "received_on", "is_danger"))

    def groups(self) -> list[dict[str, Any]]:
        """The groups of fields with their headings, and for which kinds."""
        return [
            {
                "title": group.title,
                "fields": [self[name] for name in group.names],
                "kinds": " ".join(kind.value for kind in group.kinds),
                "asks_questions": "nature" in group.names,
            }
            for group in GROUPS
        ]

    def last_fields(self) -> Iterator[forms.BoundField]:
        """Where, what, and the papers."""
        return (self[name] for name in ("location", "facts", "files"))

    def question_fields(self) -> list[forms.BoundField]:
        """The questions of the nature that was found."""
        return [self[question.key] for question in self.asked]

    # --- Judged --------------------------------------------------------------------------------------

    def clean_nature(self) -> str:
        """Refuse words that name no nature, or several."""
        text = self.cleaned_data["nature"]
        if self.asked_kind is not Kind.REQUEST or not text or self.found.nature:
            return text
        if not self.found.candidates:
            raise forms.ValidationError(
                now_("Aucune nature ne correspond. Laissez la case vide pour classer plus tard.")
            )
        names = ", ".join(str(nature) for nature in self.found.candidates[:6])
        raise forms.ValidationError(now_("Plusieurs natures correspondent : %(names)s.") % {"names": names})

    def clean(self) -> dict[str, Any]:
        """Ask for what this kind needs, then for the questions of the nature if nobody has read them yet."""
        cleaned = super().clean()
        kind, is_danger = self.asked_kind, bool(cleaned.get("is_danger"))
        if kind is None:
            return cleaned
        self.ask_for(missing_contact(kind, set(self.given_contact()), is_danger=is_danger))
        if kind is Kind.REQUEST and self._needs_place() and not self._place():
            self.add_error("location", now_("Demandez le lieu : une adresse, une intersection ou un repère."))
        if kind is Kind.REQUEST and "facts" not in self.errors and len(cleaned["facts"]) < fields.FACTS_MINIMUM:
            self.add_error("facts", now_("Donnez plus de détails : quoi, où exactement, depuis quand (art. 4.3)."))
        if needs_letter(kind) and not self.kept_rows:
            self.add_error(
                "files", now_("Joignez la lettre signée, numérisée. Une plainte verbale n'ouvre pas de dossier.")
            )
        self._ask_questions()
        return cleaned

    def _ask_questions(self) -> None:
        if self.asked and self.data.get(QUESTIONS_OF) != self.found.nature.code:
            count = len(self.asked)
            self.add_error(
                None,
                ngettext(
                    "Cette nature a %(count)s question à poser : elle est affichée sous la nature.",
                    "Cette nature a %(count)s questions à poser : elles sont affichées sous la nature.",
                    count,
                )
                % {"count": count},
            )

    def first_to_mend(self) -> str:
        """The first field with something wrong, else the first question that nobody has read yet."""
        unread = self.asked[0].key if self.is_bound and self.asked and self.non_field_errors() else ""
        return super().first_to_mend() or unread

    def _needs_place(self) -> bool:
        return self.found.nature is None or self.found.nature.asks_location

    def _place(self) -> str:
        return self.cleaned_data.get("location") or self.cleaned_data.get("address", "")

    # --- Filed ---------------------------------------------------------------------------------------

    def filing(self, *, key: UUID) -> Filing:
        """Return what the verb receives."""
        kind, data = Kind(self.cleaned_data["kind"]), self.cleaned_data
        is_request, is_inquiry = kind is Kind.REQUEST, kind is Kind.INQUIRY
        return Filing(
            kind=kind,
            facts=data["facts"],
            contact=self.contact(),
            nature_id=self.found.nature.pk if is_request and self.found.nature else None,
            location=self._place() if is_request and self._needs_place() else data["location"],
            channel=Channel(data["channel"]),
            answers=tuple(self._answers(kind)),
            files=as_given(self.kept_rows),
            submission_key=key,
            received_at=moment_of(data.get("received_on")),
            is_danger=is_request and data["is_danger"],
            inquiry_type=InquiryType(data["inquiry_type"]) if is_inquiry and data["inquiry_type"] else None,
            details=self._details(kind),
        )

    def _details(self, kind: Kind) -> object | None:
        if kind is Kind.COMPLAINT:
            contact = self.contact()
            signer = f"{contact.first_name} {contact.last_name}".strip() if contact else ""
            return letter_details(self.cleaned_data, signer=signer, now=timezone.now())
        return DETAILS[kind](self.cleaned_data) if kind in DETAILS else None

    def _answers(self, kind: Kind) -> Iterator[GivenAnswer]:
        if kind in KIND_FORMS:
            for name, question_type in KIND_FORMS[kind].ANSWERS.items():
                yield from self._answer(name, question_type.value)
        for question in self.asked:
            given = questions.answer_to(question, self.cleaned_data.get(question.key))
            if given is not None:
                yield given

    def _answer(self, name: str, question_type: str) -> Iterator[GivenAnswer]:
        value, field = self.cleaned_data.get(name), self.fields[name]
        words = dict(getattr(field, "choices", ()))
        given = questions.answer(
            key=name,
            label=str(field.label),
            question_type=question_type,
            value=value,
            display=str(words[value]) if value in words else questions.shown(value),
        )
        if given is not None:
            yield given


def moment_of(day: date | None) -> datetime | None:
    """When the town got it: now for today, the middle of the day that the stamp gives."""
    if day is None or day == timezone.localdate():
        return None
    return datetime.combine(day, NOON, TOWN_ZONE)
