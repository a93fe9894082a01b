"""The requests that a page leads to: offered natures with their delay, read in the grid, and the form to file them."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from wagtail.models import Page

from snippets.models import RequestNature

from .request_form import form_address, request_form


@dataclass(frozen=True)
class Offer:
    """A nature and the address where it is filed, empty when the town has no form for it."""

    nature: RequestNature
    url: str


def offers(
    chosen: Iterable[RequestNature], request: HttpRequest, *, guide: Page | None = None, form: Page | None = None
) -> list[Offer]:
    """Natures chosen by a page, and those whose guide it is, as long as they are offered; at most two SQL queries.

    `form` is the page's own form; without it, the usual request form.
    """
    # A query inside the query; in a preview, what the editor has chosen without saving is a list.
    wanted = Q(pk__in=chosen.values("pk") if isinstance(chosen, QuerySet) else [nature.pk for nature in chosen])
    if guide is not None and guide.pk:
        wanted |= Q(guide_page=guide.pk)
    natures = list(
        RequestNature.objects.offered()
        .filter(wanted)
        .select_related("department")
        .order_by("department__sort_order", "code")
    )
    if natures and form is None:
        form = request_form(Page.objects.live().filter(view_restrictions__isnull=True))
    return [Offer(nature, form_address(form, request, nature) if form else "") for nature in natures]
