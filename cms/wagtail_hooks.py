"""The admin as the town's staff meet it: home, menu, and limits on accounts."""

from django.urls import URLPattern, path, reverse_lazy
from wagtail import hooks

from cms.accounts import limit_bulk_actions, refuse_to_delete
from cms.admin_home import arrange_home
from cms.admin_menu import fold_long_menu, keep_help_at_home, keep_plain_reports, keep_versions_quiet
from cms.reviews.menu import speak_of_approval
from cms.reviews.report import ReviewMenuItem, ReviewReport

# Before the other rooms, so that what they add stays.
hooks.register("construct_homepage_panels", arrange_home, order=-10)
hooks.register("construct_main_menu", keep_versions_quiet)
# After the other rooms, once all that they add is there.
hooks.register("construct_main_menu", fold_long_menu, order=10)
hooks.register("construct_help_menu", keep_help_at_home)
hooks.register("construct_reports_menu", keep_plain_reports)
hooks.register("construct_page_action_menu", speak_of_approval)
hooks.register("before_delete_user", refuse_to_delete)
hooks.register("before_bulk_action", limit_bulk_actions)


@hooks.register("register_admin_urls")
def review_addresses() -> list[URLPattern]:
    """Mount « Guides à réviser » and its table."""
    return [
        path("guides/revisions/", ReviewReport.as_view(), name="review_report"),
        path("guides/revisions/liste/", ReviewReport.as_view(results_only=True), name="review_report_results"),
    ]


@hooks.register("register_reports_menu_item")
def review_menu_item() -> ReviewMenuItem:
    """Put it in the menu « Rapports »."""
    return ReviewMenuItem(ReviewReport.page_title, reverse_lazy("review_report"), name="reviews", icon_name="date")
