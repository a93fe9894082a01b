"""The history of a file in words, newest first; what is internal and what the citizen reads never mix."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from post_office.models import STATUS

from intake.models import Case, CaseEvent, CaseMessage, Intervention, Requester
from intake.models.choices import CHANNEL_LABELS, CHARGE_LABELS, INQUIRY_TYPE_LABELS, KIND_LABELS
from intake.models.complaint import MISSING_LABELS, OBSTACLE_LABELS, SIGNATURE_LABELS
from intake.policy.vocabulary import Verb
from intake.policy.who_asks import OPEN, Veil
from snippets.french_dates import date_format
from snippets.message_codes import MESSAGE_CODES

from .history_legal import LEGAL_WORDS


@dataclass(frozen=True)
class Entry:
    """One event as people read it; `proposed` is a word to the citizen that was not read over yet."""

    event: CaseEvent
    changes: list[str]
    intervention: Intervention | None
    internal_note: str
    public_message: str
    proposed: str


@dataclass(frozen=True)
class Sent:
    """One message that an event caused; `body` is empty when the text holds a tracking code or is for staff."""

    message: CaseMessage
    title: str | Promise
    state: str | Promise
    tone: str
    body: str


def entries(case: Case, *, after: CaseEvent | None = None, veil: Veil = OPEN) -> list[Entry]:
    """Read the events of a file, newest first, with the intervention of each; `after` is a seal (seal.py).

    Under a `veil`, nothing says who asks (art. 4.5).
    """
    events = case.events.select_related("intervention__code").order_by("-at", "-pk")
    if after is not None:
        events = events.filter(pk__gt=after.pk)
    return [_entry(event, veil) for event in events]


def _entry(event: CaseEvent, veil: Veil) -> Entry:
    intervention = getattr(event, "intervention", None)
    return Entry(
        event=event,
        changes=change_words(event, veil=veil),
        intervention=intervention,
        internal_note=veil.staff(event.internal_note),
        public_message=veil.staff(event.public_message),
        proposed=veil.staff(intervention.public_message) if intervention and not event.public_message else "",
    )


def entries_since(case: Case, version: int, *, after: CaseEvent | None = None, veil: Veil = OPEN) -> list[Entry]:
    """Read what was done after a version: each event raises it by one, the receipt is version 1."""
    since = list(reversed(entries(case, veil=veil)))[version:]
    return [entry for entry in reversed(since) if after is None or entry.event.pk > after.pk]


def change_words(event: CaseEvent, *, veil: Veil = OPEN) -> list[str]:
    """Say what an event changed, one sentence a change; under a `veil`, nothing that says who asks."""
    if event.verb in (Verb.RECEIVE.value, Verb.IMPORT.value):
        return _receipt_words(event)
    changes = _veiled(event.changes, veil) if veil.drawn else event.changes
    return [words for key, value in changes.items() if (words := _WORDS.get(key, _unknown(key))(value))]


def _veiled(changes: dict[str, Any], veil: Veil) -> dict[str, Any]:
    """Take out who asks: of what he wrote, of the names of his files, and of who took the file back."""
    hidden = {
        "asked_by": lambda value: _("le citoyen"),
        "supplied": veil.citizen,
        "supplied_files": lambda names: [veil.citizen(name) for name in names],
    }
    return {key: hidden[key](value) if key in hidden else value for key, value in changes.items()}


def _receipt_words(event: CaseEvent) -> list[str]:
    channel = event.changes.get("channel")
    words = [_("Canal : %(channel)s") % {"channel": CHANNEL_LABELS.get(channel, channel)}] if channel else []
    if system := event.changes.get("system"):
        number = event.changes.get("old_reference", "")
        words.insert(0, _("Vient de %(system)s, numéro %(number)s") % {"system": system, "number": number})
    received = event.changes.get("received_at")
    if received and datetime.fromisoformat(received) != event.at:
        moment = timezone.localtime(datetime.fromisoformat(received))
        words.append(_("Reçue par la Ville le %(moment)s") % {"moment": date_format(moment, "DATETIME_FORMAT")})
    return words


def _pair(label: Promise, show: Callable[[str], str] = str) -> Callable[[list[str]], str]:
    def words(value: list[str]) -> str:
        before, after = (show(item) if item else "–" for item in value)
        return "" if before == after else f"{label} : {before} → {after}"

    return words


def _day(text: str) -> str:
    return date_format(date.fromisoformat(text), "DATE_FORMAT") if text and text != "None" else "–"


def _kinds(value: list[str]) -> str:
    before, after = (str(KIND_LABELS.get(kind, kind)) for kind in value)
    return f"{before} → {after}"


def _unknown(key: str) -> Callable[[Any], str]:
    return lambda value: f"{key} : {value}" if value else ""


def _contact(names: list[str]) -> str:
    labels = [str(Requester._meta.get_field(name).verbose_name) for name in names]
    return _("Coordonnées mises à jour : %(fields)s") % {"fields": ", ".join(labels)} if labels else ""


_WORDS: dict[str, Callable[[Any], str]] = {
    "nature": _pair(gettext_lazy("Nature")),
    "department": _pair(gettext_lazy("Service")),
    "due_on": _pair(gettext_lazy("Échéance"), _day),
    "redesignated": _pair(gettext_lazy("Responsable")),
    "recipient": lambda value: _("Responsable : %(name)s") % {"name": value},
    "waiting_reason": lambda value: _("Raison : %(reason)s") % {"reason": value},
    "executor": _pair(gettext_lazy("Exécution")),
    "is_complex": lambda value: _("Cas complexe") if value else _("N'est plus un cas complexe"),
    "call_back_on": _pair(gettext_lazy("À rappeler"), _day),
    "awaits_proofreading": lambda value: _("Relecture demandée au Service aux citoyens") if value else "",
    "planned_on": _pair(gettext_lazy("Date prévue"), _day),
    "kind": _kinds,
    "guide": lambda value: _("Guide joint : %(title)s (%(url)s)") % value,
    "inquiry_type": _pair(gettext_lazy("Sorte de message"), lambda value: str(INQUIRY_TYPE_LABELS.get(value, value))),
    "master": lambda value: _("Rattachée à la requête %(reference)s") % {"reference": value},
    "attached": lambda value: _("La requête %(reference)s y est rattachée") % {"reference": value},
    "succeeds": lambda value: _("Prend la suite de la requête %(reference)s") % {"reference": value},
    "successor": lambda value: _("La requête %(reference)s en prend la suite") % {"reference": value},
    "competent_body": lambda value: _("Organisme : %(name)s") % {"name": value},
    "asked_by": lambda value: _("Demandé par : %(name)s") % {"name": value},
    "in_writing": lambda value: _("Demandé par écrit") if value else "",
    "channel": lambda value: _("Canal : %(channel)s") % {"channel": CHANNEL_LABELS.get(value, value)},
    "supplied": lambda value: _("« %(text)s »") % {"text": value} if value else "",
    "supplied_files": lambda value: _("Fichiers : %(names)s") % {"names": ", ".join(value)} if value else "",
    "contact": _contact,
    "facts_on": lambda value: _("Date des faits : %(day)s") % {"day": _day(value)},
    "charge": lambda value: _("Confié à : %(who)s") % {"who": CHARGE_LABELS.get(value, value)},
    "missing": lambda value: _("Demandé : %(items)s") % {"items": ", ".join(str(MISSING_LABELS[i]) for i in value)},
    "complete_until": lambda value: _("À compléter jusqu'au %(day)s") % {"day": _day(value)},
    "reason": lambda value: _("Raison : %(reason)s") % {"reason": OBSTACLE_LABELS.get(value, value)},
    "linked": lambda value: _("Requête liée : %(reference)s") % {"reference": value},
    "investigator": lambda value: _("Personne nommée") if value == "named" else _("Mandat terminé"),
    "signature": lambda value: str(SIGNATURE_LABELS.get(value, value)),
    "names_nobody": lambda value: _("La plainte ne nomme personne") if value else "",
    # For the program alone; the log says the rest.
    "log": lambda value: "",
    "obstacles": lambda value: "",
    "submission_key": lambda value: "",
    "charge_then": lambda value: "",
    "next_action_on": lambda value: _("Prochaine action le %(day)s") % {"day": _day(value)} if value else "",
    **LEGAL_WORDS,
}

_STATES = {
    STATUS.sent: ("sent", gettext_lazy("Envoyé")),
    STATUS.failed: ("late", gettext_lazy("Échec : ce courriel n'est pas parti")),
    STATUS.queued: ("plain", gettext_lazy("En file d'envoi")),
    STATUS.requeued: ("soon", gettext_lazy("Nouvel essai prévu")),
}


def messages_of(case: Case, *, after: CaseEvent | None = None, veil: Veil = OPEN) -> list[Sent]:
    """List the messages of a file, newest first, and how each fared; `after` is a seal (seal.py).

    Under a `veil`, the citizen's name is taken out of the texts.
    """
    sent = case.messages.select_related("mail", "event").order_by("-pk")
    if after is not None:
        sent = sent.filter(event_id__gte=after.pk)
    return [_sent(message, veil) for message in sent]


def _sent(message: CaseMessage, veil: Veil) -> Sent:
    known = MESSAGE_CODES.get(message.code)
    tone, state = _STATES.get(message.mail.status, _STATES[STATUS.queued])
    # A text that may hold the tracking code is never shown: with it, anyone follows the file as the citizen.
    open_text = known is not None and known.audience == "citizen" and "code_suivi" not in known.variables
    return Sent(
        message=message,
        title=known.title if known else message.code,
        state=state,
        tone=tone,
        body=veil.staff(message.mail.message) if open_text else "",
    )
