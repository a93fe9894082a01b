"""Addresses of the citizens' door that are not pages; the forms themselves are pages of the tree."""

from django.urls import path

from intake.forms.signing_later import letter_to_sign, sign_later
from intake.forms.supplying import add, supplied
from intake.forms.tracking import follow

urlpatterns = [
    path("suivi/", follow, name="tracking"),
    path("suivi/ajouter/", add, name="supply"),
    path("suivi/signer/", sign_later, name="sign_later"),
    path("suivi/lettre/", letter_to_sign, name="letter_to_sign"),
    path("suivi/merci/", supplied, name="supplied"),
]
