from django.http import HttpRequest
from django.urls import include, path
from wagtail import hooks
from wagtail.admin.admin_url_finder import finder_classes
from wagtail_modeladmin.options import modeladmin_register

from snippets.models import Designation

from .council.menu import CouncilMenuItem
from .counter.menu import FieldMenuItem, RegisterMenuItem
from .designations.menu import DesignationsMenuItem
from .designations.seen import DesignationURLFinder
from .documents.menu import TasksMenuItem
from .imports.menu import ImportsMenuItem
from .incidents.menu import RegisterMenuItem as IncidentsMenuItem
from .incidents.menu import ReportMenuItem
from .lists.menu import ListsMenuItem
from .performance.menu import PerformanceMenuItem
from .queue.admin import CaseAdmin
from .queue.home import add_panel
from .queue.menu import WhereIsItMenuItem
from .queue.text_preview import preview_item
from .rights.menu import RightsMenuItem
from .surveys.menu import SurveysMenuItem
from .year.menu import YearMenuItem

modeladmin_register(CaseAdmin)
# For this very class, so that it holds whatever the list of snippets registers.
finder_classes.register(Designation, value=DesignationURLFinder, exact_class=True)
hooks.register("register_snippet_action_menu_item", preview_item)


@hooks.register("register_admin_urls")
def queue_urls() -> list:
    """The file, its gestures and its documents, under /admin/demandes/; the exports and the rights beside them."""
    return [
        path("", include("intake.counter.urls")),
        path("demandes/", include("intake.queue.urls")),
        path("documents-a-fournir/", include("intake.documents.urls")),
        path("exportations/", include("intake.queue.export_urls")),
        path("designations/", include("intake.designations.urls")),
        path("listes/", include("intake.lists.urls")),
        path("calendrier/", include("intake.year.urls")),
        path("elus/", include("intake.council.urls")),
        path("performance/", include("intake.performance.urls")),
        path("importer/", include("intake.imports.urls")),
        path("droits/", include("intake.rights.urls")),
        path("sondages/", include("intake.surveys.urls")),
        path("incidents/", include("intake.incidents.urls")),
    ]


@hooks.register("construct_homepage_panels", order=10)
def queue_panel(request: HttpRequest, panels: list) -> None:
    """What waits for the person, and what is out of order."""
    add_panel(request, panels)


@hooks.register("register_admin_menu_item")
def where_is_it_menu_item() -> WhereIsItMenuItem:
    """« Où en est ce dossier? », for the technician."""
    return WhereIsItMenuItem()


@hooks.register("register_admin_menu_item")
def register_menu_item() -> RegisterMenuItem:
    """« Nouvelle demande », for the technician."""
    return RegisterMenuItem()


@hooks.register("register_admin_menu_item")
def field_menu_item() -> FieldMenuItem:
    """« Terrain », for every employee."""
    return FieldMenuItem()


@hooks.register("register_admin_menu_item")
def incidents_menu_item() -> IncidentsMenuItem:
    """The register of confidentiality incidents."""
    return IncidentsMenuItem()


@hooks.register("register_admin_menu_item")
def report_incident_menu_item() -> ReportMenuItem:
    """« Signaler un incident »."""
    return ReportMenuItem()


@hooks.register("register_admin_menu_item")
def council_menu_item() -> CouncilMenuItem:
    """The officials' lists."""
    return CouncilMenuItem()


@hooks.register("register_admin_menu_item")
def performance_menu_item() -> PerformanceMenuItem:
    """« Suivi de performance », for who reads figures."""
    return PerformanceMenuItem()


@hooks.register("register_admin_menu_item")
def designations_menu_item() -> DesignationsMenuItem:
    """Annexe C."""
    return DesignationsMenuItem()


@hooks.register("register_admin_menu_item")
def lists_menu_item() -> ListsMenuItem:
    """The lists of the month."""
    return ListsMenuItem()


@hooks.register("register_admin_menu_item")
def year_menu_item() -> YearMenuItem:
    """The year, for the staff."""
    return YearMenuItem()


@hooks.register("register_admin_menu_item")
def imports_menu_item() -> ImportsMenuItem:
    """« Importer », for the technician."""
    return ImportsMenuItem()


@hooks.register("register_admin_menu_item")
def rights_menu_item() -> RightsMenuItem:
    """« Droits », for who gives some role."""
    return RightsMenuItem()


@hooks.register("register_admin_menu_item")
def tasks_menu_item() -> TasksMenuItem:
    """« Documents à fournir », for the services that the clerk asked."""
    return TasksMenuItem()


@hooks.register("register_admin_menu_item")
def surveys_menu_item() -> SurveysMenuItem:
    """« Sondages », for who reads the results."""
    return SurveysMenuItem()
