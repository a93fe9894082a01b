"""A citizen's way through one form: which steps it has, what was typed at each, what is still missing."""

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from django.http import HttpRequest
from django.utils import timezone
from django.utils.datastructures import MultiValueDict

from intake.policy import cleaning
from intake.policy.claim import notice_delay
from intake.policy.legal_clocks import COMPLAINT_DAYS, CitizenDelay, citizen_delay
from intake.policy.vocabulary import Kind
from intake.process.calendar import town_calendar
from snippets.models import AskedQuestion, Priority, RequestNature

from .demand import OTHER_NATURE
from .step_form import CHECK, DEMAND, NATURE, TARGET, Row, StepForm
from .steps import FORMS, slugs_of

if TYPE_CHECKING:
    from .models import Draft, RequestFormPage

# In an address: show what must be corrected at once, not only after the next « Continuer ».
REVIEW = "revoir"
CODE_LENGTH = 12


class OfferedNature(NamedTuple):
    """What a citizen chooses among, and no more: the whole grid is read at each « Envoyer »."""

    code: str
    name: str
    synonyms: str
    department: str


class Journey:
    """The steps of a page for one draft (or for none yet), read once for a request."""

    def __init__(self, page: "RequestFormPage", draft: "Draft | None" = None, *, nature_code: str = "") -> None:
        self.page, self.draft = page, draft
        # It comes from an address: anything may be in it.
        self._nature_code = cleaning.clean_line(nature_code)[:CODE_LENGTH]

    @property
    def kind(self) -> Kind:
        """What is filed."""
        return self.page.kind_

    @property
    def slugs(self) -> tuple[str, ...]:
        """The steps in order, the check last."""
        return slugs_of(self.kind)

    @property
    def first_slug(self) -> str:
        """The step shown with the introduction: the nature, unless an address already chose it."""
        return DEMAND if self.nature is not None and self.draft is None else self.slugs[0]

    # --- The grid ---------------------------------------------------------------------------------

    @property
    def nature_code(self) -> str:
        """The nature chosen: its code, `autre`, or nothing yet."""
        return self.stored_value(NATURE, "nature") or self._nature_code

    @cached_property
    def nature(self) -> RequestNature | None:
        """The nature chosen, if it is still offered."""
        if self.kind is not Kind.REQUEST or self.nature_code in ("", OTHER_NATURE):
            return None
        return RequestNature.objects.offered().filter(code=self.nature_code).first()

    @cached_property
    def natures(self) -> list[OfferedNature]:
        """Every nature on offer, by service, in the grid's order."""
        offered = RequestNature.objects.offered().order_by("department__sort_order", "department__name", "code")
        return [OfferedNature(*row) for row in offered.values_list("code", "name", "synonyms", "department__name")]

    @property
    def asks_location(self) -> bool:
        """Say whether the place has a meaning here."""
        return self.nature is None or self.nature.asks_location

    @property
    def is_danger(self) -> bool:
        """Say whether 9-1-1 must be recalled before anything is sent."""
        return self.nature is not None and self.nature.priority == Priority.P1

    @property
    def endangers(self) -> bool:
        """Say whether the citizen told of a danger at the first step of a complaint."""
        return self.stored_value(TARGET, "endangers") == "yes"

    @cached_property
    def nature_questions(self) -> list[AskedQuestion]:
        """What the grid asks for this nature."""
        return list(self.nature.questions.filter(is_active=True)) if self.nature else []

    @cached_property
    def own_questions(self) -> list[AskedQuestion]:
        """What staff added to this page (in a preview, what they are adding)."""
        unique = {question.key: question for question in self.page.questions.all() if question.is_active}
        return list(unique.values())

    # --- What was typed ---------------------------------------------------------------------------

    def stored(self, slug: str) -> Mapping[str, list[str]]:
        """What was typed at a step, as typed."""
        return self.draft.data.get(slug, {}) if self.draft else {}

    def stored_value(self, slug: str, name: str) -> str:
        """One text typed at a step, empty if there is none."""
        values = self.stored(slug).get(name) or [""]
        return values[0]

    def form(self, slug: str, data: MultiValueDict | None = None) -> StepForm:
        """The form of a step: bound to `data`, else showing what was stored without judging it."""
        form_class = self.form_class(slug)
        if data is not None:
            return form_class(data, journey=self)
        return form_class(initial=form_class.initial_from(self.stored(slug)), journey=self)

    def judged_form(self, slug: str) -> StepForm:
        """The form of a step bound to what was stored, as at « Envoyer »."""
        return self.form(slug, MultiValueDict(self.stored(slug)))

    def form_class(self, slug: str) -> type[StepForm]:
        """Which form a step shows for this kind."""
        return FORMS[slug][self.kind]

    # --- How far it is ----------------------------------------------------------------------------

    def first_incomplete(self) -> str | None:
        """The first step before the check that today's rules refuse; None when all is there."""
        steps = (slug for slug in self.slugs if slug != CHECK)
        return next((slug for slug in steps if not self.judged_form(slug).is_valid()), None)

    def rows(self) -> list[Row]:
        """Every answer as it will be read, for the check page; call once all is complete."""
        forms = [self.judged_form(slug) for slug in self.slugs if slug != CHECK]
        return [row for form in forms if form.is_valid() for row in form.rows()]

    def late_complaint(self) -> CitizenDelay | None:
        """The delay of a complaint that comes too late (art. 4.4); the form warns, it never refuses."""
        if self.kind is not Kind.COMPLAINT:
            return None
        form = self.judged_form(DEMAND)
        if not form.is_valid():
            return None
        calendar = town_calendar()
        delay = citizen_delay(form.cleaned_data["facts_on"], COMPLAINT_DAYS, calendar)
        return delay if delay.is_late(timezone.localdate()) else None

    def claim_delay(self) -> CitizenDelay | None:
        """The delay of a notice of claim, to be shown (C-19 art. 585); the form informs, it never refuses for lateness."""
        if self.kind is not Kind.CLAIM:
            return None
        form = self.judged_form(DEMAND)
        if not form.is_valid():
            return None
        notice = form.details()
        return notice_delay(notice.event_on, notice.damage_type, town_calendar())

    def proposes_claim(self) -> bool:
        """Say whether an answer is the one for which the grid proposes a notice of claim too (art. 4.1)."""
        proposing = {question.key: question.claim_choice for question in self.nature_questions if question.claim_choice}
        return any(choice in self.stored(DEMAND).get(key, ()) for key, choice in proposing.items())

    # --- Addresses --------------------------------------------------------------------------------

    def url(self, request: HttpRequest, slug: str, *, review: bool = False) -> str:
        """The address of a step; with `review`, it says at once what must be corrected."""
        address = self.page.form_url(request) + self._route("step", slug=slug)
        return f"{address}?{REVIEW}=1" if review and self.stored(slug) else address

    def erase_url(self, request: HttpRequest) -> str:
        """The address of « Effacer et quitter »."""
        return self.page.form_url(request) + self._route("erase")

    def _route(self, name: str, **kwargs: str) -> str:
        return self.page.reverse_subpage(name, kwargs={"key": self.draft.pk, **kwargs})
