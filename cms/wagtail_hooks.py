"""The admin as the town's staff meet it: home, menu, and limits on accounts."""

from wagtail import hooks

from cms.accounts import limit_bulk_actions, refuse_to_delete
from cms.admin_home import arrange_home
from cms.admin_menu import keep_help_at_home, keep_plain_reports, keep_versions_quiet

# Before the other rooms, so that what they add stays.
hooks.register("construct_homepage_panels", arrange_home, order=-10)
hooks.register("construct_main_menu", keep_versions_quiet)
hooks.register("construct_help_menu", keep_help_at_home)
hooks.register("construct_reports_menu", keep_plain_reports)
hooks.register("before_delete_user", refuse_to_delete)
hooks.register("before_bulk_action", limit_bulk_actions)
