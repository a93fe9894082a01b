"""A town whose every list can grow: services, guides, parts, natures, cases, events."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from wagtail.models import Page, Site

from intake.forms.models import RequestFormPage
from intake.models import Case, CaseEvent, Requester, next_reference
from intake.policy.references import tracking_hash
from intake.policy.roles import Role
from snippets.models import RequestNature, TownSettings
from tests.factories import (
    DepartmentFactory,
    DesignationFactory,
    GuideIndexPageFactory,
    GuidePageFactory,
    GuidePartPageFactory,
    HomePageFactory,
    InfoPageFactory,
    ServiceIndexPageFactory,
    ServicePageFactory,
    a_case,
    user_with,
)

from .queries import CODE


class Town:
    """The pages every town has, and one of each kind to look at."""

    def __init__(self):
        TownSettings.objects.create(name="Ville d'essai", phone="450 555-0100", email="citoyens@ville.example")
        Site.objects.all().delete()
        self.home = HomePageFactory(parent=Page.get_first_root_node())
        Site.objects.create(hostname="testserver", root_page=self.home, is_default_site=True)
        self.services = ServiceIndexPageFactory(parent=self.home, slug="services", show_in_menus=True)
        self.guides = GuideIndexPageFactory(parent=self.home, slug="guides", show_in_menus=True)
        self.demandes = InfoPageFactory(parent=self.home, title="Demandes", slug="demandes")
        form = RequestFormPage(title="Faire une requête", slug="requete", kind="request")
        self.form = self.demandes.add_child(instance=form)
        self.department = DepartmentFactory(code="TP", name="Travaux publics", is_front_line=True)
        self.designation = DesignationFactory(department=self.department)
        self.service = ServicePageFactory(parent=self.services, slug="voirie", department=self.department)
        self.guide = GuidePageFactory(parent=self.guides, slug="bacs", department=self.department)
        self.part = GuidePartPageFactory(parent=self.guide, slug="premiere")
        self.technician = user_with(Role.TECHNICIAN, username="technicienne")
        self.case = None
        self.sizes = dict.fromkeys(("natures", "pages", "cases"), 0)

    def grow_to(self, size):
        """Make every list this long."""
        self.add_natures(size)
        self.add_pages(size)
        self.add_cases(size)

    def add_natures(self, size):
        """Natures of one service, offered on its page and with the guide."""
        names = range(self.sizes["natures"] + 1, size + 1)
        RequestNature.objects.bulk_create(
            RequestNature(
                department=self.department,
                code=f"BN-{number:04d}",
                name=f"Nature {number}",
                synonyms="trou, crevasse",
                target_working_days=5,
                guide_page_id=self.guide.pk,
            )
            for number in names
        )
        self.sizes["natures"] = size
        self.service.natures = list(RequestNature.objects.all())
        self.service.save()
        self.guide.related_natures = list(RequestNature.objects.all())
        self.guide.save()

    def add_pages(self, size):
        """Service pages, guides, parts of one guide, information pages."""
        for _number in range(self.sizes["pages"] + 1, size):
            ServicePageFactory(parent=self.services, department=self.department)
            GuidePageFactory(parent=self.guides, department=self.department)
            GuidePartPageFactory(parent=self.guide)
            InfoPageFactory(parent=self.demandes)
        self.sizes["pages"] = size - 1

    def add_cases(self, size):
        """Cases of the queue; the first has as many events as there are cases."""
        missing, now = size - self.sizes["cases"], timezone.now()
        if self.case is None:
            self.case = a_case(RequestNature.objects.first())
            hashed = tracking_hash(self.case.reference, CODE)
            at_work = {"tracking_hash": hashed, "status": "in_progress", "designation": self.designation}
            Case.objects.filter(pk=self.case.pk).update(**at_work)
        copy(self.case, missing)
        self.sizes["cases"] = size
        CaseEvent.objects.bulk_create(
            CaseEvent(
                case=self.case,
                verb="take",
                at=now + timedelta(seconds=number),
                by_label="Camille",
                to_status="in_progress",
                public_message=f"Nouvelle {number}",
            )
            for number in range(missing)
        )

    def citizen_pages(self):
        """{what it is: address}."""
        return {
            "accueil": "/",
            "services": "/services/",
            "un service": "/services/voirie/",
            "guides": "/guides/",
            "un guide": "/guides/bacs/",
            "une partie": "/guides/bacs/premiere/",
            "un guide à imprimer": "/guides/bacs/imprimer/",
            "une page d'information": "/demandes/",
            "recherche": "/recherche/?q=nature",
        }

    def staff_pages(self):
        """{what it is: address}."""
        return {
            "file : à traiter": "/admin/demandes/",
            "file : toutes": "/admin/demandes/?vue=toutes",
            "file : une recherche": "/admin/demandes/?vue=toutes&q=rue",
            "un dossier": f"/admin/demandes/{self.case.reference}/",
            "exporter": "/admin/exportations/nouvelle/?vue=toutes",
        }


@transaction.atomic
def copy(case, number):
    """The same case again, so many times, each with its reference and its requester."""
    values = {
        field.attname: getattr(case, field.attname) for field in case._meta.concrete_fields if not field.primary_key
    }
    copies = []
    for _ in range(number):
        reference, given = next_reference(case.year)
        copies.append(Case(**{**values, "reference": reference, "number": given, "submission_key": None}))
    Case.objects.bulk_create(copies)
    Requester.objects.bulk_create(Requester(case=one, last_name="Tremblay", phone="450 555-0123") for one in copies)
