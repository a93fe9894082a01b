"""The management of rights (art. 4.1): roles given and taken, accounts made and tied; each try is written, allowed or not."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser, Group
from django.contrib.auth.tokens import default_token_generator
from django.db import transaction
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from intake.mail.outbox import new_mail
from intake.mail.texts import letter
from intake.mail.values import absolute
from intake.models import RightsRecord, account_of, fold, signs_annex_c
from intake.policy.clocks import local_day
from intake.policy.refusal import Refusal
from intake.policy.rights import Account, grant_refusal, signer_refusal, touch_refusal
from intake.policy.roles import GROUP_NAMES, Actor, Role
from snippets.models import Employee, TownSettings

from .steps import Refused

GRANT, REVOKE, INVITE, TIE, UNTIE = "grant", "revoke", "invite", "tie", "untie"
SECONDS_A_DAY = 86_400


@dataclass(frozen=True)
class RightsGesture:
    """One try: who does what, to whom, which role."""

    what: str
    by: Actor
    now: datetime
    whom: str
    account: AbstractBaseUser | None = None
    role: Role | None = None

    def write(self, refusal: Refusal | None) -> None:
        """Add the try to the log of rights, with the reason when it is refused."""
        RightsRecord.objects.create(
            at=self.now,
            by_id=self.by.user_id,
            by_label=self.by.label,
            account=self.account,
            whom=self.whom,
            what=self.what,
            role=self.role.value if self.role else "",
            allowed=refusal is None,
            reason=refusal.reason if refusal else "",
        )


def carry_out(gesture: RightsGesture, *, judge: Callable[[], Refusal | None], do: Callable[[], None]) -> None:
    """Judge with the account locked, write the try, and do it if it is allowed; raise Refused once the trace is safe."""
    with transaction.atomic():
        if gesture.account is not None:
            get_user_model().objects.select_for_update().get(pk=gesture.account.pk)
        refusal = judge()
        gesture.write(refusal)
        if refusal is None:
            do()
    if refusal is not None:
        raise Refused(refusal)


def name_of(account: AbstractBaseUser) -> str:
    """How an account is called: the person's name and what it is opened with."""
    full_name = account.get_full_name()
    return f"{full_name} ({account.get_username()})" if full_name else account.get_username()


def grant(*, account: AbstractBaseUser, role: Role, by: Actor, now: datetime) -> None:
    """Give a role to someone else. Raises Refused; the try is written either way."""
    gesture = RightsGesture(GRANT, by, now, name_of(account), account, role)
    carry_out(gesture, judge=lambda: _role_refusal(gesture), do=lambda: account.groups.add(_group(role)))


def revoke(*, account: AbstractBaseUser, role: Role, by: Actor, now: datetime) -> None:
    """Take a role away from someone else. Raises Refused; the try is written either way."""
    gesture = RightsGesture(REVOKE, by, now, name_of(account), account, role)
    carry_out(gesture, judge=lambda: _role_refusal(gesture), do=lambda: account.groups.remove(_group(role)))


def _role_refusal(gesture: RightsGesture) -> Refusal | None:
    fresh = get_user_model().objects.get(pk=gesture.account.pk)
    refusal = grant_refusal(gesture.by, gesture.role, account_of(fresh))
    if refusal is None and gesture.what == GRANT and not fresh.is_active:
        return Refusal("4.1", "Ce compte est désactivé. Réactivez-le d'abord.")
    return refusal


def _group(role: Role) -> Group:
    return Group.objects.get_or_create(name=GROUP_NAMES[role])[0]


def invite(*, employee: Employee, by: Actor, now: datetime) -> None:
    """Make the account of an employee, or invite again to the one he has; a mail lets him choose his password.

    A new account holds the role of every employee (field note, telephone status). An account that exists is written to
    at its own address, never at one that somebody typed on the employee's form since (art. 4.5). Raises Refused.
    """
    gesture = RightsGesture(INVITE, by, now, str(employee), employee.user)
    carry_out(gesture, judge=lambda: _invitation_refusal(employee, by, now), do=lambda: _invite(employee))


def _invite(employee: Employee) -> None:
    _write_invitation(employee.user or _new_account(employee), employee)


def _invitation_refusal(employee: Employee, by: Actor, now: datetime) -> Refusal | None:
    refusal = touch_refusal(by, account_of(employee.user) if employee.user else NEW_ACCOUNT)
    if refusal is not None:
        return refusal
    if not employee.is_active:
        return Refusal("4.1", "Cette personne n'est plus en fonction.")
    if employee.user is None:
        return account_refusal(employee, by, now) or _taken_address(employee)
    if not employee.user.is_active:
        return Refusal("4.1", "Ce compte est désactivé. Réactivez-le d'abord.")
    return _other_address(employee)


# An account that does not exist yet holds nothing.
NEW_ACCOUNT = Account(user_id=0)


def account_refusal(employee: Employee, by: Actor, now: datetime) -> Refusal | None:
    """Say why the actor may not make, tie or untie the account of this employee (Annexe C), or None when he may."""
    return signer_refusal(by, signs=signs_annex_c(employee, on=local_day(now)))


def _other_address(employee: Employee) -> Refusal | None:
    address = get_user_model().objects.values_list("email", flat=True).get(pk=employee.user_id)
    if address and address.casefold() == employee.email.casefold():
        return None
    return Refusal(
        "4.5",
        f"La fiche dit {employee.email}, le compte {address or 'aucune adresse'} : l'invitation ne part qu'à l'adresse du "
        "compte. Corrigez la fiche, ou demandez à la personne d'écrire sa nouvelle adresse (« Compte », dans son menu). "
        "Si elle n'entre plus, son compte est délié, puis elle est invitée de nouveau.",
    )


def _taken_address(employee: Employee) -> Refusal | None:
    other = get_user_model().objects.filter(email__iexact=employee.email).first()
    if other is None:
        return None
    return Refusal("4.1", f"Le compte {other.get_username()} a déjà l'adresse {employee.email}. Liez-le plutôt.")


def _new_account(employee: Employee) -> AbstractBaseUser:
    account = get_user_model().objects.create_user(
        username=_free_username(employee),
        email=employee.email,
        first_name=employee.first_name,
        last_name=employee.last_name,
    )
    account.groups.add(_group(Role.EMPLOYEE))
    _set_account(employee, account)
    return account


def _free_username(employee: Employee) -> str:
    """`camille.gagnon`, then `camille.gagnon2`: what people can say over the telephone."""
    parts = (re.sub(r"[^a-z0-9]+", "", fold(name)) for name in (employee.first_name, employee.last_name))
    base = ".".join(part for part in parts if part)[:100] or "employe"
    taken = set(get_user_model().objects.filter(username__startswith=base).values_list("username", flat=True))
    number = 2
    name = base
    while name in taken:
        name, number = f"{base}{number}", number + 1
    return name


def _write_invitation(account: AbstractBaseUser, employee: Employee) -> None:
    town = TownSettings.load()
    token = default_token_generator.make_token(account)
    uid = urlsafe_base64_encode(force_bytes(account.pk))
    values = {
        "prenom": employee.first_name,
        "nom_compte": account.get_username(),
        "lien_mot_de_passe": absolute(reverse("wagtailadmin_password_reset_confirm", args=[uid, token])),
        "jours_invitation": str(settings.PASSWORD_RESET_TIMEOUT // SECONDS_A_DAY),
        "telephone_service": town.phone or "numéro de l'hôtel de ville",
        "ville": town.name,
    }
    new_mail(recipient=account.email, letter=letter("R20", values), town=town)


def tie(*, account: AbstractBaseUser, employee: Employee, by: Actor, now: datetime) -> None:
    """Say that an account is an employee's: his service and his designations then decide what he receives. Raises Refused."""
    gesture = RightsGesture(TIE, by, now, f"{employee} – {name_of(account)}", account)
    carry_out(
        gesture,
        judge=lambda: (
            touch_refusal(by, account_of(account))
            or account_refusal(employee, by, now)
            or _tie_refusal(account, employee)
        ),
        do=lambda: _set_account(employee, account),
    )


def _set_account(employee: Employee, account: AbstractBaseUser | None) -> None:
    employee.user = account
    employee.save(update_fields=["user"])


def _tie_refusal(account: AbstractBaseUser, employee: Employee) -> Refusal | None:
    if not employee.is_active:
        return Refusal("4.1", f"{employee} n'est plus en fonction.", "employee")
    if employee.user_id is not None:
        return Refusal("4.1", f"{employee} a déjà un compte.", "employee")
    other = Employee.objects.filter(user=account).first()
    return Refusal("4.1", f"Ce compte est déjà celui de {other}.", "employee") if other else None


def untie(*, employee: Employee, by: Actor, now: datetime) -> None:
    """Say that an account is no longer this employee's. Raises Refused."""
    account = employee.user
    if account is None:
        return
    gesture = RightsGesture(UNTIE, by, now, f"{employee} – {name_of(account)}", account)
    carry_out(
        gesture,
        judge=lambda: touch_refusal(by, account_of(account)) or account_refusal(employee, by, now),
        do=lambda: _set_account(employee, None),
    )
