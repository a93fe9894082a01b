"""The list of people, the page of one person with what may be done there, and the log of rights."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views import View

from intake.models import RightsRecord, account_of, actor_for
from intake.models.actors import roles_of
from intake.policy.rights import grant_refusal, manages_rights, may_read_rights_log, touch_refusal
from intake.policy.roles import GROUP_NAMES, Actor, Role
from intake.process.departure import StillHolds, close_account, depart, open_account, reinstate, ties_of
from intake.process.rights import account_refusal, grant, invite, revoke, tie, untie
from intake.process.steps import Refused
from snippets.models import Designation, Employee

from .people import STATES, Choice, Person, departments, everyone, role_names

A_PAGE = 50
UNPROCESSABLE = 422


def manager(request: HttpRequest) -> Actor:
    """Return who manages rights here; Http404 for anyone else."""
    actor = actor_for(request.user)
    if not manages_rights(actor):
        raise Http404
    return actor


def trail() -> list[dict[str, str]]:
    """The way back to the list."""
    return [{"url": reverse("intake_rights:index"), "label": _("Droits")}]


class PeopleView(View):
    """Everyone, with account, roles, service and last visit."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the people chosen."""
        actor, choice = manager(request), Choice.read(request.GET)
        people = choice.keep(everyone())
        context = {
            "choice": choice,
            "page": Paginator(people, A_PAGE).get_page(request.GET.get("p")),
            "departments": departments(),
            "roles": [(role.value, name) for role, name in GROUP_NAMES.items()],
            "states": STATES.items(),
            "reads_log": may_read_rights_log(actor),
        }
        return render(request, "intake_rights/people.html", context)


class LogView(View):
    """Who gave which right to whom, and what was refused."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the log, newest first."""
        if not may_read_rights_log(actor_for(request.user)):
            raise Http404
        page = Paginator(RightsRecord.objects.all(), A_PAGE).get_page(request.GET.get("p"))
        context = {"page": page, "trail": trail() if manages_rights(actor_for(request.user)) else []}
        return render(request, "intake_rights/log.html", context)


@dataclass(frozen=True)
class RoleLine:
    """One role on the page of an account: held or not, and why it may not be changed."""

    role: Role
    name: str
    held: bool
    refusal: str = ""


def employee_page(pk: int) -> Person:
    """Read an employee, with his account if he has one and the services whose requests he receives today."""
    employee = Employee.objects.select_related("department", "user").filter(pk=pk).first()
    if employee is None:
        raise Http404
    today = timezone.localdate()
    held = Designation.objects.effective_on(today).filter(employee=employee).select_related("department")
    return Person(employee, employee.user, role_names(employee.user), tuple(d.department.name for d in held))


def account_page(pk: int) -> Person:
    """Read an account, with its employee if it was tied to one meanwhile."""
    account = get_user_model().objects.filter(pk=pk).first()
    if account is None:
        raise Http404
    employee = Employee.objects.select_related("department").filter(user=account).first()
    return Person(employee, account, role_names(account))


class PersonView(View):
    """One person: an employee unless a subclass reads someone else."""

    read: ClassVar[Callable[[int], Person]] = staticmethod(employee_page)

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show what he holds and what may be done."""
        return self._show(request, manager(request), self.read(pk))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Do one gesture; what is refused is said, and nothing has changed."""
        actor, person = manager(request), self.read(pk)
        gesture = GESTURES.get(request.POST.get("geste", ""))
        if gesture is None:
            raise Http404
        try:
            done = gesture(request, person, {"by": actor, "now": timezone.now()})
        except StillHolds as held:
            return self._show(request, actor, person, error=str(held), status=UNPROCESSABLE)
        except Refused as refused:
            return self._show(request, actor, self.read(pk), error=str(refused), status=UNPROCESSABLE)
        messages.success(request, done)
        return redirect(person.url)

    def _show(
        self, request: HttpRequest, actor: Actor, person: Person, *, error: str = "", status: int = 200
    ) -> HttpResponse:
        context = {"person": person, "error": error, "trail": trail(), **_asked(actor, person)}
        return render(request, "intake_rights/person.html", context, status=status)


class EmployeeView(PersonView):
    """The page of an employee."""


class AccountView(PersonView):
    """The page of an account that is no employee's; an employee's leads to his own page."""

    read: ClassVar[Callable[[int], Person]] = staticmethod(account_page)

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show it, or lead to the employee."""
        actor = manager(request)
        employee = Employee.objects.filter(user_id=pk).first()
        if employee is not None:
            return redirect("intake_rights:employee", employee.pk)
        return self._show(request, actor, self.read(pk))


def _asked(actor: Actor, person: Person) -> dict[str, Any]:
    """What the page says of a person: roles, what rests on him, whom the account may be tied to."""
    account = person.account
    refusal = touch_refusal(actor, account_of(account)) if account else None
    signer = account_refusal(person.employee, actor, timezone.now()) if person.employee else None
    tied_to = Employee.objects.filter(user__isnull=True, is_active=True) if account and not person.employee else []
    roles = _role_lines(actor, account) if account else []
    receives_without_role = bool(person.receives) and bool(account) and Role.RECIPIENT not in roles_of(account)
    return {
        "refusal": refusal.reason if refusal else "",
        "signer": signer.reason if signer else "",
        "roles": roles,
        "employees": list(tied_to),
        "ties": ties_of(person.employee, seen_by=actor, now=timezone.now()) if person.employee else None,
        "receives_without_role": receives_without_role,
        "receives_nothing": bool(account) and Role.RECIPIENT in roles_of(account) and not person.receives,
    }


def _role_lines(actor: Actor, account: AbstractBaseUser) -> list[RoleLine]:
    facts = account_of(account)
    lines = []
    for role, name in GROUP_NAMES.items():
        refusal = grant_refusal(actor, role, facts)
        lines.append(RoleLine(role, name, role in facts.roles, refusal.reason if refusal else ""))
    return lines


# --- Gestures: each calls one verb and returns the sentence to say ---------------------------------

Common = dict[str, Any]


def _chosen_role(request: HttpRequest) -> Role:
    try:
        role = Role(request.POST.get("role", ""))
    except ValueError:
        raise Http404 from None
    if role not in GROUP_NAMES:
        raise Http404
    return role


def _needs_account(person: Person) -> AbstractBaseUser:
    if person.account is None:
        raise Http404
    return person.account


def _give(request: HttpRequest, person: Person, common: Common) -> str:
    role = _chosen_role(request)
    grant(account=_needs_account(person), role=role, **common)
    return _("%(name)s a maintenant le rôle « %(role)s ».") % {"name": person.name, "role": GROUP_NAMES[role]}


def _take(request: HttpRequest, person: Person, common: Common) -> str:
    role = _chosen_role(request)
    revoke(account=_needs_account(person), role=role, **common)
    return _("%(name)s n'a plus le rôle « %(role)s ».") % {"name": person.name, "role": GROUP_NAMES[role]}


def _invite(request: HttpRequest, person: Person, common: Common) -> str:
    if person.employee is None:
        raise Http404
    invite(employee=person.employee, **common)
    return _("Une invitation part à %(email)s. La personne choisit elle-même son mot de passe.") % {
        "email": person.employee.email
    }


def _tie(request: HttpRequest, person: Person, common: Common) -> str:
    pk = request.POST.get("employe", "")
    employee = Employee.objects.filter(pk=int(pk)).first() if pk.isdecimal() and len(pk) < 18 else None  # noqa: PLR2004
    if employee is None:
        raise Http404
    tie(account=_needs_account(person), employee=employee, **common)
    return _("Le compte est maintenant celui de %(name)s.") % {"name": employee}


def _untie(request: HttpRequest, person: Person, common: Common) -> str:
    if person.employee is None:
        raise Http404
    untie(employee=person.employee, **common)
    return _("Le compte n'est plus celui de %(name)s.") % {"name": person.name}


def _depart(request: HttpRequest, person: Person, common: Common) -> str:
    if person.employee:
        depart(employee=person.employee, **common)
    else:
        close_account(account=person.account, **common)
    return _("%(name)s ne peut plus entrer dans Guichet. Ses gestes passés restent à son nom.") % {"name": person.name}


def _return(request: HttpRequest, person: Person, common: Common) -> str:
    if person.employee:
        reinstate(employee=person.employee, **common)
    else:
        open_account(account=person.account, **common)
    return _("%(name)s est de retour, sans aucun rôle : donnez ceux qu'il faut.") % {"name": person.name}


GESTURES: dict[str, Callable[[HttpRequest, Person, Common], str]] = {
    "donner": _give,
    "retirer": _take,
    "inviter": _invite,
    "lier": _tie,
    "delier": _untie,
    "depart": _depart,
    "retour": _return,
}
