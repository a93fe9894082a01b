"""Small factories for the real models; cases are made through `receive`, as every door does."""

from datetime import date, datetime

import factory
import wagtail_factories
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.utils import timezone

from intake.models import Case
from intake.policy.clocks import TOWN_ZONE
from intake.policy.roles import GROUP_NAMES, Actor, Role
from intake.policy.vocabulary import Channel, Kind
from intake.process import Contact, Filing, receive
from services_pages.models import (
    GuideIndexPage,
    GuidePage,
    GuidePartPage,
    HomePage,
    InfoPage,
    ServiceIndexPage,
    ServicePage,
)
from snippets.models import Department, Designation, Employee, Question, RequestNature


def town_time(text: str) -> datetime:
    """`2026-06-22 10:00` in the town's zone."""
    return datetime.fromisoformat(text).replace(tzinfo=TOWN_ZONE)


class DepartmentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Department
        django_get_or_create = ("code",)

    code = factory.Sequence(
        lambda n: "S" + "ABCDEFGHIJ"[n // 10 % 10] + "ABCDEFGHIJ"[n % 10] + "ABCDEFGHIJ"[n // 100 % 10]
    )
    name = factory.LazyAttribute(lambda d: f"Service {d.code}")
    phone = "450 555-0100"
    email = factory.LazyAttribute(lambda d: f"{d.code.lower()}@ville.example")


class EmployeeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Employee

    first_name = "Camille"
    last_name = factory.Sequence(lambda n: f"Gagnon{n}")
    email = factory.Sequence(lambda n: f"employe{n}@ville.example")
    phone_extension = factory.Sequence(lambda n: str(2000 + n))
    department = factory.SubFactory(DepartmentFactory)


class DesignationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Designation

    department = factory.SubFactory(DepartmentFactory)
    employee = factory.SubFactory(EmployeeFactory, department=factory.SelfAttribute("..department"))
    position_email = factory.LazyAttribute(lambda d: f"poste.{d.department.code.lower()}@ville.example")
    phone_extension = "2201"
    effective_from = date(2020, 1, 1)
    signed_by_recipient_on = date(2020, 1, 1)
    signed_by_head_on = date(2020, 1, 1)
    recipient_signature = factory.LazyAttribute(lambda d: "signée sur papier" if d.signed_by_recipient_on else "")
    head_signature = factory.LazyAttribute(lambda d: "signée sur papier" if d.signed_by_head_on else "")


class NatureFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = RequestNature

    department = factory.SubFactory(DepartmentFactory)
    code = factory.Sequence(lambda n: f"NAT-{n % 1000:03d}")
    name = factory.Sequence(lambda n: f"Nid-de-poule {n}")
    priority = "p2"
    target_working_days = 5


class QuestionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Question

    nature = factory.SubFactory(NatureFactory)
    label = "Taille approximative?"
    sort_order = factory.Sequence(lambda n: n)


def user_with(*roles: Role, username: str = "", department: Department | None = None, **extra):
    """An account in these groups; with a department, an employee who holds its designation too."""
    user = get_user_model().objects.create_user(
        username=username or f"u{get_user_model().objects.count()}", password="mot-de-passe-de-test", **extra
    )
    access = Permission.objects.get(codename="access_admin")
    for role in roles:
        group, _ = Group.objects.get_or_create(name=GROUP_NAMES[role])
        group.permissions.add(access)
        user.groups.add(group)
    if department is not None:
        employee = EmployeeFactory(department=department, user=user)
        DesignationFactory(department=department, employee=employee)
    return user


TECHNICIAN = Actor(label="Technicienne", roles=frozenset({Role.TECHNICIAN}), phone_extension="2100")
DIRECTOR = Actor(label="Directeur", roles=frozenset({Role.DIRECTOR}))
CLERK = Actor(label="Greffière", roles=frozenset({Role.CLERK}))
GENERAL_DIRECTOR = Actor(label="Directrice générale", roles=frozenset({Role.GENERAL_DIRECTOR}))
CITIZEN = Actor(label="Citoyen")


def recipient_of(*departments: Department) -> Actor:
    """A Responsable of these services."""
    return Actor(
        label="Responsable",
        roles=frozenset({Role.RECIPIENT}),
        departments=frozenset(d.pk for d in departments),
        phone_extension="2201",
    )


def a_contact(**changes) -> Contact:
    values = {
        "first_name": "Marie",
        "last_name": "Tremblay",
        "email": "marie@exemple.example",
        "phone": "450 555-0123",
        "address": "1234, rue des Exemples",
        "city": "Val-des-Érables",
        "postal_code": "J0R 1T0",
    }
    return Contact(**{**values, **changes})


def a_filing(**changes) -> Filing:
    values = {
        "kind": Kind.REQUEST,
        "facts": "Un grand trou devant le 1234, rue des Exemples, depuis lundi.",
        "location": "1234, rue des Exemples",
        "contact": a_contact(),
        "channel": Channel.WEB,
    }
    return Filing(**{**values, **changes})


def a_case(nature: RequestNature | None = None, *, now: datetime | None = None, **changes) -> Case:
    """A case received through the verb; a request of `nature` (made if absent) unless `kind` says otherwise."""
    if changes.get("kind", Kind.REQUEST) is Kind.REQUEST:
        nature = nature or NatureFactory()
        changes.setdefault("nature_id", nature.pk)
    else:
        DepartmentFactory(code="EXP", is_front_line=True)
    return receive(filing=a_filing(**changes), by=CITIZEN, now=now or timezone.now()).case


class HomePageFactory(wagtail_factories.PageFactory):
    class Meta:
        model = HomePage

    title = "Guichet"
    slug = "guichet"


class InfoPageFactory(wagtail_factories.PageFactory):
    class Meta:
        model = InfoPage

    title = factory.Sequence(lambda n: f"Renseignements {n}")


class ServiceIndexPageFactory(wagtail_factories.PageFactory):
    class Meta:
        model = ServiceIndexPage

    title = "Services"


class ServicePageFactory(wagtail_factories.PageFactory):
    class Meta:
        model = ServicePage

    title = factory.Sequence(lambda n: f"Service aux citoyens {n}")
    summary = "Ce que la Ville fait pour vous."


class GuideIndexPageFactory(wagtail_factories.PageFactory):
    class Meta:
        model = GuideIndexPage

    title = "Guides"


class GuidePageFactory(wagtail_factories.PageFactory):
    class Meta:
        model = GuidePage

    title = factory.Sequence(lambda n: f"Guide {n}")
    summary = "Ce que le guide aide à faire."
    for_whom = "<p>Toute personne.</p>"
    when = "<p>En tout temps.</p>"
    documents = "<p>Aucun.</p>"
    cost = "<p>Gratuit.</p>"
    delay = "<p>Deux semaines.</p>"
    department = factory.SubFactory(DepartmentFactory)


class GuidePartPageFactory(wagtail_factories.PageFactory):
    class Meta:
        model = GuidePartPage

    title = factory.Sequence(lambda n: f"Partie {n}")
