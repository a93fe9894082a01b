"""What this room adds to the admin: a limited rich text, and the list of searches without result."""

from django.urls import URLPattern, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.rich_text.feature_registry import FeatureRegistry

from snippets.blocks import TEXT_FEATURES
from snippets.blocks.page_links import PublishedPageLinks

from .reports import SearchMissMenuItem, SearchMissReport


@hooks.register("register_rich_text_features", order=1000)
def limit_rich_text(features: FeatureRegistry) -> None:
    """Offer what a citizen page can show, wherever a field does not say; look up links to pages our way."""
    features.default_features = list(TEXT_FEATURES)
    features.register_link_type(PublishedPageLinks)


@hooks.register("register_admin_urls")
def report_addresses() -> list[URLPattern]:
    """Mount the report and its table."""
    return [
        path("recherches/", SearchMissReport.as_view(), name="search_miss_report"),
        path("recherches/liste/", SearchMissReport.as_view(results_only=True), name="search_miss_report_results"),
    ]


@hooks.register("register_reports_menu_item")
def report_menu_item() -> MenuItem:
    """Put the report in the menu « Rapports »."""
    return SearchMissMenuItem(
        _("Recherches sans résultat"), reverse_lazy("search_miss_report"), name="search-misses", icon_name="search"
    )
