"""What the templates of the steps are given, and nothing they would have to work out."""

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.utils import timezone

from intake.models import fold
from intake.policy.legal_clocks import told_answer_by
from intake.policy.vocabulary import Kind
from snippets.models import RequestNature

from .demand import OTHER_NATURE
from .journey import Journey
from .step_form import CHECK, DEMAND, NATURE, Row, StepForm

if TYPE_CHECKING:
    from .models import RequestFormPage

WORD_LENGTH = 60


@dataclass(frozen=True)
class Option:
    """One nature to choose."""

    id: str
    value: str
    label: str
    selected: bool


@dataclass(frozen=True)
class Group:
    """The natures of a service, under its name; « Autre » stands alone."""

    name: str
    options: list[Option]


def step_context(journey: Journey, request: HttpRequest, form: StepForm) -> dict[str, Any]:
    """Return what one step shows around its form."""
    draft, page = journey.draft, journey.page
    context: dict[str, Any] = {
        "action": journey.url(request, form.slug) if draft else "",
        "erase_url": journey.erase_url(request) if draft else "",
        "number": journey.slugs.index(form.slug) + 1,
    }
    if form.slug in (DEMAND, CHECK):
        context["files"] = list(draft.files.filter(is_stored=True)) if draft else []
        context["guide_url"] = guide_url(journey, request)
    if form.slug == NATURE:
        context |= natures(journey, request, form)
    if form.slug == DEMAND and journey.nature is not None:
        context["change_url"] = journey.url(request, NATURE) if draft else page.form_url(request)
    if form.slug == CHECK:
        context["rows"] = [_summary_row(journey, request, row) for row in journey.rows()]
        context["files_url"] = f"{journey.url(request, DEMAND)}#fichiers"
        context["late"] = journey.late_complaint()
        context |= legal_context(journey, request)
    return context


def legal_context(journey: Journey, request: HttpRequest) -> dict[str, Any]:
    """Return what the law gives, told before anything is sent: a claim's fifteen days, an access request's twenty."""
    today = timezone.localdate()
    delay = journey.claim_delay()
    return {
        "claim_delay": delay,
        "claim_is_late": bool(delay and delay.is_late(today)),
        "access_told_on": told_answer_by(today) if journey.kind is Kind.ACCESS_REQUEST else None,
        "claim_form_url": form_url(journey.page, request, Kind.CLAIM) if journey.proposes_claim() else "",
    }


def _summary_row(journey: Journey, request: HttpRequest, row: Row) -> dict[str, str]:
    """One line of the check page, as the summary list wants it; its link leads to the very field."""
    return {"key": row.label, "value": row.display, "href": f"{journey.url(request, row.slug)}#{row.anchor}"}


def guide_url(journey: Journey, request: HttpRequest) -> str:
    """Return the address of the guide of the nature (art. 2.3), empty if there is none to read."""
    guide = journey.nature.guide_page if journey.nature else None
    return (guide.get_url(request) or "") if guide is not None and guide.live else ""


def natures(journey: Journey, request: HttpRequest, form: StepForm) -> dict[str, Any]:
    """Return the natures by service, shortened to those that a word names, by their own words or their synonyms."""
    word = request.GET.get("mot", "")[:WORD_LENGTH].strip()
    found = [nature for nature in journey.natures if word and names(nature, word)]
    chosen, numbers = form["nature"].value() or "", {nature.pk: i for i, nature in enumerate(journey.natures)}

    def option(number: int, value: str, label: str) -> Option:
        return Option(id=f"id_nature_{number}", value=value, label=label, selected=value == chosen)

    listed = found or journey.natures
    groups = [
        Group(department.name, [option(numbers[nature.pk], nature.code, nature.name) for nature in members])
        for department, members in groupby(listed, key=lambda nature: nature.department)
    ]
    other = Group("", [option(len(journey.natures), OTHER_NATURE, str(form.fields["nature"].choices[-1][1]))])
    return {"nature_groups": [*groups, other], "word": word, "natures_found": len(found)}


def names(nature: RequestNature, word: str) -> bool:
    """Say whether a nature answers to a word: « poubelle » is a synonym of « bac brisé », accents forgiven."""
    return fold(word) in fold(f"{nature.name} {nature.synonyms}")


# Whoever complains may want a repair; whoever asks for a document may only have a question.
WAYS_OUT = {Kind.COMPLAINT: Kind.REQUEST, Kind.ACCESS_REQUEST: Kind.INQUIRY}


def way_out_url(page: "RequestFormPage", request: HttpRequest) -> str:
    """Return the address of the form that may suit better; empty if there is none."""
    other = WAYS_OUT.get(page.kind_)
    return form_url(page, request, other) if other else ""


def form_url(page: "RequestFormPage", request: HttpRequest, kind: Kind) -> str:
    """Return the address of the form of another kind; empty if there is none."""
    form = type(page).objects.live().filter(kind=kind.value).order_by("depth", "pk").first()
    return (form.get_url(request) or "") if form else ""
