"""The survey behind the link of a mail (art. 4.1): three questions, a thank-you, and « Ne plus recevoir de sondage ».

Reading the page changes nothing, so that what opens the links of a mail by itself answers for nobody.
"""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from intake.models.choices import OPINION_LABELS, choices
from intake.policy.clocks import local_day
from intake.policy.surveys import LinkState, Opinion, Opinions
from intake.process import NotVisible, Refused
from intake.process.surveys import answer, invitation_for, withdraw_consent

from .fields import OneChoiceField
from .screens import GONE, UNPROCESSABLE, private, redirect

NOT_FOUND = 404
UNKNOWN = "unknown"


class SurveyForm(forms.Form):
    """The questions of T20; no place for words, where a name could slip in."""

    is_clear = OneChoiceField(
        label=gettext_lazy("La réponse était-elle claire?"),
        choices=choices(OPINION_LABELS),
        required_message=gettext_lazy("Dites si la réponse était claire."),
    )
    is_timely = OneChoiceField(
        label=gettext_lazy("Le délai vous convenait-il?"),
        choices=choices(OPINION_LABELS),
        required_message=gettext_lazy("Dites si le délai vous convenait."),
    )
    is_satisfied = OneChoiceField(
        label=gettext_lazy("Êtes-vous satisfait du résultat?"),
        choices=choices(OPINION_LABELS),
        required_message=gettext_lazy("Dites si vous êtes satisfait du résultat."),
    )

    def opinions(self) -> Opinions:
        """The answers as the policy's words."""
        return Opinions(**{name: Opinion(value) for name, value in self.cleaned_data.items()})


def hushed(response: HttpResponse) -> HttpResponse:
    """Keep the address of the page, which holds the token, from whatever is asked next.

    Not « no-referrer »: browsers would then send a form without saying from where, and the form would be refused.
    """
    response["Referrer-Policy"] = "strict-origin"
    return private(response)


class SurveyView(View):
    """`/sondage/<token>/`."""

    http_method_names = ["get", "head", "post"]

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        """Show the questions."""
        return self._open(request, token) or self._show(request, token, SurveyForm())

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        """Keep the answers, then lead to a page without the token."""
        closed = self._open(request, token)
        if closed is not None:
            return closed
        form = SurveyForm(request.POST)
        if not form.is_valid():
            return self._show(request, token, form, status=UNPROCESSABLE)
        try:
            answer(token=token, opinions=form.opinions(), now=timezone.now())
        except Refused:  # answered in another tab meanwhile
            return closed_page(request, LinkState.USED.value, token)
        return hushed(redirect(reverse("survey_thanks")))

    def _open(self, request: HttpRequest, token: str) -> HttpResponse | None:
        """None when the link opens the questions, else the page that says why not."""
        try:
            state = invitation_for(token).state(today=local_day(timezone.now()))
        except NotVisible:
            return closed_page(request, UNKNOWN, token)
        return None if state is LinkState.OPEN else closed_page(request, state.value, token)

    def _show(self, request: HttpRequest, token: str, form: SurveyForm, **more: Any) -> HttpResponse:
        context = {"form": form, "token": token}
        return hushed(TemplateResponse(request, "intake_forms/survey.html", context, **more))


class SurveyWithdrawalView(View):
    """`/sondage/<token>/retrait/`: the page holds a button, the button withdraws."""

    http_method_names = ["get", "head", "post"]

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        """Show the button."""
        try:
            invitation_for(token)
        except NotVisible:
            return closed_page(request, UNKNOWN, token)
        return hushed(TemplateResponse(request, "intake_forms/survey_withdrawal.html", {"token": token}))

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        """Take the consent back."""
        try:
            withdraw_consent(token=token, now=timezone.now())
        except NotVisible:
            return closed_page(request, UNKNOWN, token)
        return hushed(redirect(reverse("survey_withdrawn")))


def closed_page(request: HttpRequest, why: str, token: str) -> HttpResponse:
    """Say why a link opens nothing: unknown, used, or too old."""
    title, words = {
        UNKNOWN: (
            _("Ce lien de sondage n'existe pas"),
            _("Il est peut-être coupé. Copiez l'adresse au complet dans votre navigateur, telle qu'elle est écrite."),
        ),
        LinkState.USED.value: (
            _("Vous avez déjà répondu. Merci!"),
            _("Chaque lien sert une seule fois : vos réponses sont reçues."),
        ),
        LinkState.EXPIRED.value: (
            _("Ce sondage est terminé"),
            _("Le lien était bon pendant soixante jours. Merci de votre intérêt."),
        ),
    }[why]
    context = {"title": title, "words": words, "token": "" if why == UNKNOWN else token}
    status = NOT_FOUND if why == UNKNOWN else GONE
    return hushed(TemplateResponse(request, "intake_forms/survey_closed.html", context, status=status))


def survey_thanks(request: HttpRequest) -> HttpResponse:
    """« Merci »: the same page for everyone."""
    return hushed(TemplateResponse(request, "intake_forms/survey_thanks.html"))


def survey_withdrawn(request: HttpRequest) -> HttpResponse:
    """« C'est fait »: the same page for everyone."""
    return hushed(TemplateResponse(request, "intake_forms/survey_withdrawn.html"))
