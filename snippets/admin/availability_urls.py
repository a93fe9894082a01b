"""Addresses of Annexe B under /admin/."""

from django.urls import path

from snippets.availability.screens import availability_board, quick_status

from .telephone_keys import revoke_telephone_key, telephone_keys

urlpatterns = [
    path("disponibilites/", availability_board, name="availability_board"),
    path("disponibilites/mon-statut/", quick_status, name="quick_status"),
    path("cles-telephonie/", telephone_keys, name="telephone_keys"),
    path("cles-telephonie/<int:pk>/revoquer/", revoke_telephone_key, name="revoke_telephone_key"),
]
