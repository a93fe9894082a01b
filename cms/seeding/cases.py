"""Two hundred files of all ages, made by the verbs of intake/process as people would have made them."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from django.db import transaction

from intake.models import Case
from intake.policy.clocks import TOWN_ZONE
from intake.policy.roles import CITIZEN, Actor
from intake.policy.vocabulary import Channel, InquiryType, Kind, Priority
from intake.policy.working_days import WorkingCalendar
from intake.process import Filing, receive
from intake.process.calendar import town_clock
from snippets.models import RequestNature

from . import stories
from .complaint_lives import PLOTS, Bureau, live_complaint, seed_recourses
from .ledger import Ledger
from .legal_lives import LIVES, Office, clerk
from .lives import Desk, answer_inquiry, live
from .outbox import mark_as_posted, mark_as_sent
from .people import People
from .photos import photo
from .staff import recipients, technician
from .stories import Stories, Story
from .timeline import received_moment
from .work import busy_day

SEED = 20191015  # the day the policy was adopted
REQUESTS, OLDEST = 164, 300  # how many, and the age of the oldest in days
UNCLASSIFIED_EVERY, PHOTO_EVERY = 23, 18
ACCEPTS_SURVEY = 0.85  # of the citizens; more than in life, so that the results have something to show
CHANNELS = (Channel.WEB,) * 9 + (Channel.PHONE,) * 6 + (Channel.COUNTER,) * 2 + (Channel.EMAIL,) * 2
RARE_CHANNELS = (Channel.FIELD, Channel.POST, Channel.SOCIAL, Channel.COUNCIL)
STILL_UNCLASSIFIED = timedelta(days=5)
STILL_TO_POST = timedelta(days=6)
SLOW_CHANNELS = {Channel.POST, Channel.EMAIL, Channel.SOCIAL, Channel.COUNCIL}  # a danger is telephoned
# Kinds whose treatment belongs to others than the technician: how many, and the age of the oldest in days.
CONFIDENTIAL = {Kind.COMPLAINT: (len(PLOTS), 52), Kind.CLAIM: (8, 90), Kind.ACCESS_REQUEST: (10, 60)}
INQUIRIES, OLDEST_INQUIRY = 16, 120


@dataclass(frozen=True)
class Arrival:
    """Something that reached the town."""

    at: datetime
    filing: Filing
    story: Story
    nature: RequestNature | None = None
    plot: int = 0  # how far a confidential file goes (legal_lives.py, complaint_lives.py); the youngest go nowhere yet


@dataclass
class Town:
    """What the draws need: the same seed gives the same town, seen from `now`."""

    now: datetime
    calendar: WorkingCalendar
    rng: Random = field(default_factory=lambda: Random(SEED))  # noqa: S311 - invented people, no secret

    def __post_init__(self) -> None:
        self.people, self.stories = People(self.rng), Stories(self.rng)

    def arrival(self, age: float, channel: Channel) -> datetime:
        """Return when something of about this age in days arrived."""
        day = (self.now - timedelta(days=age)).astimezone(TOWN_ZONE).date()
        staffed = channel is not Channel.WEB
        return received_moment(self.rng, day, in_office=staffed, calendar=self.calendar, end=self.now)


@transaction.atomic
def seed_cases(ledger: Ledger, *, now: datetime) -> int:
    """File and treat the demonstration's cases once; returns how many were made. Their mails are marked as sent.

    The letters of the last days are left to post.
    """
    if not ledger.first_time("cases"):
        return 0
    seed_recourses()
    town = Town(now.replace(microsecond=0), town_clock().calendar)
    desk = Desk(technician(), recipients(now.astimezone(TOWN_ZONE).date()), town.stories.texts, town.rng, town.calendar)
    made = [_file_and_treat(arrival, town, desk) for arrival in sorted(_arrivals(town), key=lambda a: a.at)]
    busy_day(technician=desk.technician, recipients=desk.recipients, now=town.now)
    mark_as_sent(case.pk for case in made)
    mark_as_posted(before=now - STILL_TO_POST)
    return len(made)


def _file_and_treat(arrival: Arrival, town: Town, desk: Desk) -> Case:
    by: Actor = CITIZEN if arrival.filing.channel is Channel.WEB else desk.technician
    case = receive(filing=arrival.filing, by=by, now=arrival.at).case
    if case.kind_ is Kind.REQUEST and not _still_unclassified(arrival, town):
        live(case, arrival.story, desk=desk, now=town.now, nature=arrival.nature)
    elif case.kind_ is Kind.INQUIRY:
        answer_inquiry(case, arrival.story, desk=desk, now=town.now)
    elif case.kind_ is Kind.COMPLAINT:
        live_complaint(case, arrival.plot, Bureau(desk.technician, town.rng, town.calendar, town.now))
    elif case.kind_ in LIVES:
        LIVES[case.kind_](case, arrival.plot, Office(clerk(), town.rng, town.calendar, town.now))
    return case


def _still_unclassified(arrival: Arrival, town: Town) -> bool:
    """What came without a nature in the last days waits for the technician: each queue has some."""
    return arrival.filing.nature_id is None and town.now - arrival.at < STILL_UNCLASSIFIED


def _arrivals(town: Town) -> list[Arrival]:
    requests = [_request(town, position) for position in range(REQUESTS)]
    confidential = [
        _confidential(town, kind, position, oldest * (position + 0.4) / count)
        for kind, (count, oldest) in CONFIDENTIAL.items()
        for position in range(count)
    ]
    return [*requests, *confidential, *(_inquiry(town, position) for position in range(INQUIRIES))]


def _request(town: Town, position: int) -> Arrival:
    """Many of the last days, fewer and fewer of the months before."""
    channel = town.rng.choice(CHANNELS if position % 12 else RARE_CHANNELS)
    at = town.arrival(OLDEST * ((position + 0.5) / REQUESTS) ** 2.4, channel)
    local = at.astimezone(TOWN_ZONE)
    nature = town.stories.nature(local.month)
    story = town.stories.request(nature, local.date())
    if nature.priority == Priority.P1.value and channel in SLOW_CHANNELS:
        channel = Channel.PHONE
    lost = position % UNCLASSIFIED_EVERY == 1
    if lost:
        story = Story(town.stories.unclassified().facts, note=story.note, message=story.message)
    filing = Filing(
        kind=Kind.REQUEST,
        facts=story.facts,
        contact=town.people.contact(Kind.REQUEST),
        nature_id=None if lost else nature.pk,
        location=town.people.place() if nature.asks_location or lost else "",
        channel=channel,
        answers=story.answers,
        files=(photo(town.rng),) if position % PHOTO_EVERY == 1 and nature.asks_location else (),
        wants_survey=town.rng.random() < ACCEPTS_SURVEY,
    )
    return Arrival(at, filing, story, nature)


def _confidential(town: Town, kind: Kind, position: int, age: float) -> Arrival:
    channel = town.rng.choice((Channel.WEB, Channel.WEB, Channel.POST, Channel.COUNTER))
    if kind is Kind.COMPLAINT:
        channel = Channel.WEB  # signed with a code
    at = town.arrival(age, channel)
    facts = town.stories.texts[kind.value]["facts"]
    contact = town.people.contact(kind)
    on = at.astimezone(TOWN_ZONE).date() - timedelta(days=town.rng.randrange(1, 9))
    said = facts[position % len(facts)]
    if kind is Kind.COMPLAINT:
        plot = PLOTS[position]
        story = stories.complaint(
            said,
            concerned=plot.concerned,
            on=on - timedelta(days=plot.late_by),
            signer=f"{contact.first_name} {contact.last_name}",
            at=at,
            target=plot.target,
            is_signed=plot.is_signed,
        )
    elif kind is Kind.CLAIM:
        story = stories.claim(said, on=on)
    else:
        story = stories.access_request(said)
    place = town.people.place() if kind is Kind.CLAIM else ""
    filing = Filing(
        kind=kind,
        facts=said,
        contact=contact,
        location=place,
        channel=channel,
        answers=story.answers,
        details=story.details_at(place),
    )
    return Arrival(at, filing, story, plot=position)


def _inquiry(town: Town, position: int) -> Arrival:
    channel = town.rng.choice((Channel.WEB, Channel.WEB, Channel.EMAIL, Channel.SOCIAL))
    at = town.arrival(OLDEST_INQUIRY * ((position + 0.3) / INQUIRIES) ** 2, channel)
    texts = town.stories.texts["inquiry"][position % len(town.stories.texts["inquiry"])]
    asked = InquiryType(texts["type"])
    said = stories.inquiry(texts["facts"], asked=asked, praised=texts.get("praised", ""))
    filing = Filing(
        kind=Kind.INQUIRY,
        facts=said.facts,
        contact=town.people.contact(Kind.INQUIRY),
        channel=channel,
        answers=said.answers,
        inquiry_type=asked,
    )
    return Arrival(at, filing, Story(said.facts, message=texts["reply"]))
