"""The employee behind an account: the only one whose status the account may say (Annexe B: « votre statut »)."""

from typing import TYPE_CHECKING

from snippets.models import Employee

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser, AnonymousUser


def own_employee(user: "AbstractBaseUser | AnonymousUser") -> Employee | None:
    """Return the employee in office tied to this account, with his status; None when there is none.

    Remembered on the account for the length of a request: the header, the menu and the page ask the same.
    """
    if not user.is_authenticated or not user.is_active:
        return None
    if not hasattr(user, "_guichet_own_employee"):
        mine = Employee.objects.filter(user_id=user.pk, is_active=True).select_related("availability")
        user._guichet_own_employee = mine.first()
    return user._guichet_own_employee
