"""The rows of the queue and their order: the screen and the export ask the same function (art. 4.5: what I see)."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Case as Choice
from django.db.models import Count, F, IntegerField, Value, When
from django.http import QueryDict

from intake.models import NOTHING, Case, CaseQuerySet, identity_q
from intake.policy.vocabulary import Status

from .desk import Desk, desk_for
from .filters import FilterForm
from .identity import shows_identity
from .needs import NEED_ORDER, with_needs
from .searching import reference_in, search_q
from .tabs import NOT_CLOSED, TABS, Tab, tab_for

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser

SEARCH, TAB, SORT, PAGE = "q", "vue", "tri", "p"
_LIFE = [Status.RECEIVED, Status.ROUTED, Status.IN_PROGRESS, Status.SCHEDULED, Status.WAITING, Status.COMPLETED]
_STATUS_ORDER = Choice(
    *(When(status=status.value, then=Value(place)) for place, status in enumerate(_LIFE)),
    default=Value(len(_LIFE)),
    output_field=IntegerField(),
)
# A column's word in the address and what it sorts by; « demandeur » only for those who read names.
SORTS: dict[str, tuple] = {
    "besoin": NEED_ORDER,
    "numero": ("year", "number"),
    "recue": ("received_at",),
    "sorte": ("kind",),
    "nature": ("nature_name",),
    "lieu": ("location",),
    "demandeur": ("requester__last_name", "requester__first_name"),
    "service": ("department__sort_order", "department__name"),
    "etat": (_STATUS_ORDER,),
    "echeance": ("due_on",),
    "priorite": ("priority",),
}


@dataclass(frozen=True)
class Listing:
    """One look at the queue: the desk, the tab, the filters, the words searched, and the rows that follow."""

    desk: Desk
    tab: Tab
    filters: FilterForm
    search: str
    sort: str
    rows: CaseQuerySet


def listing_for(user: "AbstractBaseUser", params: QueryDict) -> CaseQuerySet:
    """Return the rows and the order that the screen shows for these parameters; pages are the caller's."""
    return read_listing(desk_for(user), params).rows


def read_listing(desk: Desk, params: QueryDict) -> Listing:
    """Read the parameters of the address; what they do not know, they ignore."""
    search = params.get(SEARCH, "").strip()
    tab = tab_for(params.get(TAB, ""), desk, searching=bool(search))
    filters = FilterForm(params, desk=desk)
    sort = _known_sort(params.get(SORT, ""), desk)
    identity = identity_q(desk.actor) if desk.sees_identity else NOTHING
    cases = with_needs(visible_cases(desk), desk).filter(search_q(search, identity=identity))
    # A number is a number: it is found whatever the tab and the filters.
    if reference_in(search) is None:
        cases = cases.filter(tab.rule(desk)).filter(filters.condition())
    return Listing(desk, tab, filters, search, sort, _in_order(cases, sort, tab, desk))


def visible_cases(desk: Desk) -> CaseQuerySet:
    """Everything that exists for this desk, with what a row shows; the folded copies stay in the database."""
    related = ("department", "nature", "designation__employee", "requester", "waiting_reason", "executor")
    cases = Case.objects.visible_to_actor(desk.actor).select_related(*related)
    return cases.defer("search_text", "requester__search_text").annotate(shows_identity=shows_identity(desk.actor))


def _known_sort(sort: str, desk: Desk) -> str:
    key = sort.removeprefix("-")
    if key not in SORTS or (key == "demandeur" and not desk.sees_identity):
        return ""
    return sort


def _in_order(cases: CaseQuerySet, sort: str, tab: Tab, desk: Desk) -> CaseQuerySet:
    if not sort:
        return cases.order_by(*tab.order)
    key = sort.removeprefix("-")
    order = SORTS[key]
    if key == "demandeur" and identity_q(desk.actor):
        # What is not shown must not be guessed from its place.
        order = [Choice(When(shows_identity=True, then=F(name)), default=Value("")) for name in order]
    cases = cases.order_by(*order, "-received_at", "-pk")
    return cases.reverse() if sort.startswith("-") else cases


def tab_counts(desk: Desk) -> dict[str, int]:
    """Count the files of each counted tab, in one query over the files that are not closed."""
    counted = {tab.key.replace("-", "_"): tab for tab in TABS if tab.counted and tab.exists_for(desk)}
    cases = with_needs(Case.objects.visible_to_actor(desk.actor).filter(NOT_CLOSED), desk)
    counts = cases.aggregate(**{key: Count("pk", filter=tab.rule(desk)) for key, tab in counted.items()})
    return {counted[key].key: number for key, number in counts.items()}
