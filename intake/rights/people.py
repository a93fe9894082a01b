"""Everyone the screen of rights lists: each employee with his account, and the accounts that are no employee's."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.contrib.auth import get_user_model
from django.db.models import Prefetch
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from intake.models import fold
from intake.models.actors import roles_of
from intake.policy.roles import GROUP_NAMES, Role
from snippets.models import Department, Designation, Employee

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser

WITH_ACCOUNT, WITHOUT_ACCOUNT, GONE = "avec", "sans", "partis"
STATES: dict[str, Promise] = {
    WITH_ACCOUNT: _("Avec un compte"),
    WITHOUT_ACCOUNT: _("Sans compte"),
    GONE: _("Parties ou désactivées"),
}
LONGEST_SEARCH = 100


@dataclass(frozen=True)
class Person:
    """One line: an employee, an account, or both."""

    employee: Employee | None
    account: "AbstractBaseUser | None"
    roles: tuple[str, ...]
    receives: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The person's name, else what the account is opened with."""
        if self.employee:
            return str(self.employee)
        return self.account.get_full_name() or self.account.get_username()

    @property
    def url(self) -> str:
        """The page of this person."""
        if self.employee:
            return reverse("intake_rights:employee", args=[self.employee.pk])
        return reverse("intake_rights:account", args=[self.account.pk])

    @property
    def is_here(self) -> bool:
        """Say whether the person works here and may enter, if there is an account."""
        in_office = self.employee is None or self.employee.is_active
        return in_office and (self.account is None or self.account.is_active)

    @property
    def last_login(self) -> datetime | None:
        """When the account was last opened."""
        return self.account.last_login if self.account else None

    def is_found_by(self, words: list[str]) -> bool:
        """Say whether every word is in the name, the post, the address or the name of the account."""
        texts = [self.name]
        if self.employee:
            texts += [self.employee.job_title, self.employee.email, self.employee.phone_extension]
        if self.account:
            texts += [self.account.get_username(), self.account.email]
        whole = fold(" ".join(texts))
        return all(word in whole for word in words)


def role_names(account: "AbstractBaseUser | None") -> tuple[str, ...]:
    """The roles of an account in the order of the policy."""
    held = roles_of(account) if account else frozenset()
    names = [name for role, name in GROUP_NAMES.items() if role in held]
    return (*(["Compte de secours"] if account and account.is_superuser else []), *names)


def everyone() -> list[Person]:
    """Read all of them in five queries: a town has some hundreds."""
    in_force = Designation.objects.effective_on(timezone.localdate()).select_related("department")
    employees = Employee.objects.select_related("department", "user").prefetch_related(
        "user__groups", Prefetch("designations", queryset=in_force, to_attr="held")
    )
    people = [
        Person(
            employee=employee,
            account=employee.user,
            roles=role_names(employee.user),
            receives=tuple(designation.department.name for designation in employee.held),
        )
        for employee in employees
    ]
    alone = get_user_model().objects.filter(employee__isnull=True).prefetch_related("groups")
    people += [Person(None, account, role_names(account)) for account in alone.order_by("username")]
    return people


@dataclass(frozen=True)
class Choice:
    """What is looked for: words, a service, a role, a state; what an address says that is unknown is left out."""

    words: str = ""
    department: str = ""
    role: str = ""
    state: str = ""

    @classmethod
    def read(cls, params: QueryDict) -> "Choice":
        """Read it from the address."""
        role, state = params.get("role", ""), params.get("etat", "")
        return cls(
            words=params.get("q", "")[:LONGEST_SEARCH],
            department=params.get("service", "")[:8],
            role=role if role in {item.value for item in GROUP_NAMES} else "",
            state=state if state in STATES else "",
        )

    def keep(self, people: list[Person]) -> list[Person]:
        """Keep those who answer; who has left shows only when asked for."""
        words = fold(self.words).split()
        role_name = GROUP_NAMES[Role(self.role)] if self.role else ""
        return [
            person
            for person in people
            if self._in_state(person)
            and person.is_found_by(words)
            and (not role_name or role_name in person.roles)
            and (not self.department or bool(person.employee and person.employee.department.code == self.department))
        ]

    def _in_state(self, person: Person) -> bool:
        if self.state == GONE:
            return not person.is_here
        if not person.is_here:
            return False
        return not self.state or (person.account is not None) is (self.state == WITH_ACCOUNT)


def departments() -> list[Department]:
    """The services to choose from."""
    return list(Department.objects.order_by("sort_order", "name"))
