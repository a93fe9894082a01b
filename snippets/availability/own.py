"""The employee behind an account: the only one whose status the account may say (Annexe B: « votre statut »)."""

from typing import TYPE_CHECKING

from snippets.models import Employee

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser, AnonymousUser


def tied_employee(user: "AbstractBaseUser | AnonymousUser") -> Employee | None:
    """Return the employee tied to this account, in office or not, with his status; None when there is none.

    Remembered on the account for the length of a request: the header, the menu and the page ask the same.
    """
    if user.pk is None:
        return None
    if not hasattr(user, "_guichet_employee"):
        user._guichet_employee = Employee.objects.filter(user_id=user.pk).select_related("availability").first()
    return user._guichet_employee


def own_employee(user: "AbstractBaseUser | AnonymousUser") -> Employee | None:
    """Return the employee in office whose status this account says; None when there is none."""
    employee = tied_employee(user) if user.is_active else None
    return employee if employee and employee.is_active else None
