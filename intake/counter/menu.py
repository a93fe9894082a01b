"""The doors to « Nouvelle demande » and « Terrain » in the admin's menu."""

from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem

from intake.models import actor_for
from intake.models.actors import employee_of
from intake.policy.counter import may_note, may_register

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser


def notes(user: "AbstractBaseUser") -> bool:
    """Say whether this account sends notes from the field."""
    return may_note(actor_for(user), is_employee=employee_of(user) is not None)


def registers(user: "AbstractBaseUser") -> bool:
    """Say whether this account files for citizens."""
    return may_register(actor_for(user))


class RegisterMenuItem(MenuItem):
    """« Nouvelle demande »."""

    def __init__(self) -> None:
        super().__init__(
            _("Nouvelle demande"), reverse_lazy("intake_counter:register"), name="nouvelle", icon_name="plus", order=2
        )

    def is_shown(self, request: HttpRequest) -> bool:
        """Show it to the technician."""
        return registers(request.user)


class FieldMenuItem(MenuItem):
    """« Terrain »."""

    def __init__(self) -> None:
        super().__init__(
            _("Terrain"), reverse_lazy("intake_counter:field_note"), name="terrain", icon_name="form", order=3
        )

    def is_shown(self, request: HttpRequest) -> bool:
        """Show it to every employee (art. 4.3)."""
        return notes(request.user)
