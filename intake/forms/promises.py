"""What a citizen may expect and by when, in words; the same on the confirmation, and while he follows his file."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from intake.models import AccessFile, Case
from intake.policy.clocks import local_day
from intake.policy.legal_clocks import told_answer_by
from intake.policy.vocabulary import Charge, Kind, Status
from snippets.french_dates import date_format


@dataclass(frozen=True)
class Expectation:
    """What happens next, and the day promised if there is one."""

    next_step: str
    promise: str = ""
    day: date | None = None


def expectation(case: Case) -> Expectation:
    """Return what whoever filed this may expect (texts T1, T9, T12, T13)."""
    return _MAKERS[case.kind_](case)


def _request(case: Case) -> Expectation:
    return Expectation(
        next_step=_("Le Service aux citoyens lit votre demande, puis la confie au service concerné."),
        promise=_("Notre objectif est d'intervenir d'ici le %(day)s.") % {"day": _in_words(case.due_on)},
        day=case.due_on,
    )


def _inquiry(case: Case) -> Expectation:
    return Expectation(
        next_step=_("Le Service aux citoyens lit votre message et le remet à la personne qui peut y répondre."),
        promise=_("Si vous souhaitez une réponse, notre objectif est de vous la donner d'ici le %(day)s.")
        % {"day": _in_words(case.due_on)},
        day=case.due_on,
    )


def _complaint(case: Case) -> Expectation:
    if case.status_ is Status.INCOMPLETE and not case.complaint.is_signed:
        return Expectation(
            next_step=_(
                "Votre plainte est enregistrée, mais elle n'est pas signée : elle ne peut pas encore être étudiée."
            ),
            promise=_("Signez-la d'ici le %(day)s.") % {"day": _in_words(case.complaint.complete_until)},
        )
    in_charge = (
        _("La direction générale")
        if case.charge == Charge.GENERAL_DIRECTOR.value
        else _("La direction du Service aux citoyens")
    )
    return Expectation(
        next_step=_(
            "%(who)s vérifie d'abord si votre plainte peut être traitée, puis communique "
            "avec vous. Votre identité et le contenu de votre plainte sont confidentiels."
        )
        % {"who": in_charge},
    )


def _claim(case: Case) -> Expectation:
    return Expectation(
        next_step=_(
            "Votre avis est remis au greffe. Conservez vos photos, vos factures et, si possible, les objets endommagés, "
            "et prévenez votre assureur. La réception de l'avis ne veut pas dire que la Ville se reconnaît responsable."
        ),
    )


def _access(case: Case) -> Expectation:
    record = AccessFile.objects.filter(case=case).first()
    day = record.told_on if record else told_answer_by(local_day(case.received_at))
    if record and (record.extension_days or record.third_party_notified_on):
        return Expectation(
            next_step=_("La personne responsable de l'accès à l'information étudie votre demande."),
            promise=_("Le délai a été prolongé : vous aurez notre réponse au plus tard le %(day)s.")
            % {"day": _in_words(day)},
            day=day,
        )
    return Expectation(
        next_step=_("Votre demande est remise à la personne responsable de l'accès à l'information."),
        promise=_(
            "La loi nous donne 20 jours pour répondre, soit jusqu'au %(day)s. Ce délai peut être prolongé d'au plus "
            "10 jours; vous en seriez avisé avant."
        )
        % {"day": _in_words(day)},
        day=day,
    )


_MAKERS = {
    Kind.REQUEST: _request,
    Kind.INQUIRY: _inquiry,
    Kind.COMPLAINT: _complaint,
    Kind.CLAIM: _claim,
    Kind.ACCESS_REQUEST: _access,
}


def _in_words(day: date | None) -> str:
    return date_format(day, "l j F Y") if day else ""
