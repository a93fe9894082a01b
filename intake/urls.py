"""Addresses of the citizens' door that are not pages (the forms themselves are pages of the tree), and the staff's feed."""

from django.urls import path, re_path

from intake.forms.signing_later import letter_to_sign, sign_later
from intake.forms.supplying import add, supplied
from intake.forms.survey import SurveyView, SurveyWithdrawalView, survey_thanks, survey_withdrawn
from intake.forms.tracking import follow
from intake.year.feed import calendar_feed

# 192 bits of a survey, as `new_token` writes them; shorter names are our own pages.
SURVEY = r"sondage/(?P<token>[A-Za-z0-9_-]{20,64})/"

urlpatterns = [
    # The secret is the only key: a calendar program can't log in.
    re_path(r"^calendrier/(?P<secret>[A-Za-z0-9_-]{20,100})\.ics$", calendar_feed, name="calendar_feed"),
    path("suivi/", follow, name="tracking"),
    path("suivi/ajouter/", add, name="supply"),
    path("suivi/signer/", sign_later, name="sign_later"),
    path("suivi/lettre/", letter_to_sign, name="letter_to_sign"),
    path("suivi/merci/", supplied, name="supplied"),
    path("sondage/merci/", survey_thanks, name="survey_thanks"),
    path("sondage/retire/", survey_withdrawn, name="survey_withdrawn"),
    re_path(rf"^{SURVEY}$", SurveyView.as_view(), name="survey"),
    re_path(rf"^{SURVEY}retrait/$", SurveyWithdrawalView.as_view(), name="survey_withdrawal"),
]
