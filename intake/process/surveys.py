"""The survey of the citizens served (art. 4.1, « Expérience citoyen »): invite once, answer once, take the consent back.

No event of the file says any of it: whoever works on the file does not learn who was asked, nor who answered.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from intake.mail.surveys import take_back, write_survey
from intake.models import Case, SurveyAnswer, SurveyInvitation
from intake.policy.clocks import local_day, may_write_today, moments
from intake.policy.refusal import Refusal
from intake.policy.surveys import (
    ASKED_KINDS,
    ASKED_STATUSES,
    Completed,
    LinkState,
    Opinions,
    completed_to_ask,
    month_of,
    new_token,
    token_hash,
)

from .calendar import town_calendar
from .steps import NotVisible, Refused

SAID = {
    LinkState.USED: _("Vous avez déjà répondu à ce sondage."),
    LinkState.EXPIRED: _("Ce sondage est terminé : le lien était bon pendant soixante jours."),
}


def invite(*, now: datetime) -> int:
    """Ask those who accepted, once a file, whatever the number of runs and workers; return how many mails were written.

    From seven, local, on working days only. `now` is aware.
    """
    today, calendar = local_day(now), town_calendar()
    if not may_write_today(now, calendar):
        return 0
    when = completed_to_ask(today=today, calendar=calendar)
    ids = to_invite(when).order_by("completed_at", "pk").values_list("pk", flat=True)
    return sum(_invite(pk=pk, when=when, now=now) for pk in list(ids))


def to_invite(when: Completed) -> QuerySet[Case]:
    """The files to ask about: accepted by their author, done and not reopened, with an address, never asked about before.

    One whose answer is still being read over waits: the citizen has not been told yet (Annexe A, point 5).
    """
    start, end = moments(when.first, when.last)
    return Case.objects.filter(
        wants_survey=True,
        kind__in=[kind.value for kind in ASKED_KINDS],
        status__in=[status.value for status in ASKED_STATUSES],
        completed_at__gte=start,
        completed_at__lt=end,
        awaits_proofreading=False,
        requester__email__gt="",
        survey_invitation__isnull=True,
    )


@transaction.atomic
def _invite(*, pk: int, when: Completed, now: datetime) -> bool:
    """Write the invitation and its mail together, unless another worker did, or the person changed her mind."""
    case = Case.objects.select_for_update().get(pk=pk)
    if not to_invite(when).filter(pk=pk).exists():
        return False
    token = new_token()
    SurveyInvitation.objects.create(
        case=case, token_hash=token_hash(token), mail=write_survey(case, token=token), invited_on=local_day(now)
    )
    return True


def invitation_for(token: str) -> SurveyInvitation:
    """Return the invitation of a link. Raises NotVisible when there is none."""
    found = SurveyInvitation.objects.select_related("case").filter(token_hash=token_hash(token)).first()
    if found is None:
        raise NotVisible
    return found


@transaction.atomic
def answer(*, token: str, opinions: Opinions, now: datetime) -> None:
    """Keep three answers, once a link. Raises NotVisible for an unknown link, Refused for a used or an old one.

    The two rows are written together and nothing ties them afterwards: neither a key, nor a moment (art. 4.5).
    """
    invitation = SurveyInvitation.objects.select_for_update().filter(token_hash=token_hash(token)).first()
    if invitation is None:
        raise NotVisible
    state = invitation.state(today=local_day(now))
    if state is not LinkState.OPEN:
        raise Refused(Refusal("4.1", str(SAID[state])))
    SurveyAnswer.objects.create(
        month=month_of(local_day(now)),
        department=Case.objects.get(pk=invitation.case_id).department,
        is_clear=opinions.is_clear.value,
        is_timely=opinions.is_timely.value,
        is_satisfied=opinions.is_satisfied.value,
    )
    invitation.answered = True
    invitation.save(update_fields=["answered"])


@transaction.atomic
def withdraw_consent(*, token: str, now: datetime) -> None:
    """« Ne plus recevoir de sondage », at once, for every file of the same address; twice is once.

    However old the link is: a consent is taken back at any time (A-2.1, art. 53.1). A later file may consent again.
    Mails that have not left yet are taken back. Raises NotVisible for an unknown link.
    """
    invitation = invitation_for(token)
    requester = getattr(invitation.case, "requester", None)
    whose = Q(pk=invitation.case_id)
    if requester is not None and requester.email:
        whose |= Q(requester__email__iexact=requester.email)
    ids = list(Case.objects.filter(whose).values_list("pk", flat=True))
    Case.objects.filter(pk__in=ids).update(wants_survey=False)
    mails = SurveyInvitation.objects.filter(case_id__in=ids, mail__isnull=False).values_list("mail_id", flat=True)
    take_back(list(mails))
    SurveyInvitation.objects.filter(pk=invitation.pk, withdrawn_on__isnull=True).update(
        withdrawn_on=max(local_day(now), invitation.invited_on)
    )
