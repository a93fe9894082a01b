"""A status beside a name, and the buttons of the admin's header (Annexe B)."""

from typing import Any

from django import template
from django.utils import timezone

from snippets.availability.screens import header_context, own_said
from snippets.availability.words import Said, said_of
from snippets.models import Employee, TownSettings

register = template.Library()


@register.inclusion_tag("snippets/availability/said.html", takes_context=True)
def availability(context: template.Context, employee: Employee | None) -> dict[str, Any]:
    """Show the status of an employee; ask his row with `select_related("availability")`, so that it costs nothing."""
    if employee is None:
        return {"said": None}
    stale_after = TownSettings.load(context.get("request")).status_stale_after
    return {"said": said_of(employee, now=timezone.localtime(), stale_after=stale_after)}


@register.inclusion_tag("snippets/availability/said.html")
def availability_words(said: Said | None) -> dict[str, Any]:
    """Show a status already put in words."""
    return {"said": said}


@register.inclusion_tag("snippets/availability/header.html", takes_context=True)
def own_status_header(context: template.Context) -> dict[str, Any]:
    """Show one's own status and the three buttons; nothing for an account without an employee."""
    request = context.get("request")
    if request is None or not hasattr(request, "user"):
        return {"said": None}
    # The answer to a form has no address to come back to.
    back = request.get_full_path() if request.method == "GET" else ""
    return header_context(request, said=own_said(request), back=back)
