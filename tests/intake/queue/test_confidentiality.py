"""The role walk (art. 4.5): list, search, page, files and the two rules give the same set of cases, for every role."""

from urllib.parse import urlencode

import pytest
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from intake.models import Case, actor_for, identity_q
from intake.policy.roles import GROUP_NAMES, Role, sees, sees_identity
from intake.policy.vocabulary import Kind, Status
from intake.process.receive import type_of
from intake.queue.desk import desk_for
from intake.queue.identity import shows_identity
from intake.queue.listing import listing_for, tab_counts
from tests.factories import DepartmentFactory, NatureFactory, user_with
from tests.intake.queue.steps import closed, received, routed, taken
from tests.intake.queue.test_attachments import attach

pytestmark = pytest.mark.django_db


@pytest.fixture
def files(town, recipient, nature):
    """Files of every kind, in and out of public works, at several steps, each with a file joined."""
    elsewhere = NatureFactory(department=DepartmentFactory(code="URB"))
    front = DepartmentFactory(code="EXP", is_front_line=True)
    cases = [received(nature), routed(nature), taken(nature), closed(nature), received(elsewhere)]
    cases += [received(kind=kind) for kind in Kind if kind is not Kind.REQUEST]
    for kind in (Kind.COMPLAINT, Kind.CLAIM, Kind.ACCESS_REQUEST):
        # Handed over: beyond the technician's sight.
        handed = received(kind=kind)
        Case.objects.filter(pk=handed.pk).update(status=Status.INVESTIGATING.value, department=front)
        cases.append(Case.objects.get(pk=handed.pk))
    return {case.reference: attach(case) for case in cases}


@pytest.mark.parametrize("role", [*GROUP_NAMES, None])
def test_role_when_it_walks_through_every_door_meets_the_same_files(enter, files, recipient, role):
    user = {Role.RECIPIENT: recipient, None: _superuser()}.get(role) or user_with(role)
    client, actor = enter(user), actor_for(user)

    expected = {case.reference for case in Case.objects.all() if sees(actor, case.facts_of_sight())}
    doors = {
        "queryset": {case.reference for case in Case.objects.visible_to(user)},
        "list": {case.reference for case in listing_for(user, QueryDict("vue=toutes"))},
        "search": {case.reference for case in listing_for(user, QueryDict("q=trou"))},
        "search by name": {case.reference for case in listing_for(user, QueryDict("q=tremblay"))},
        "number": {
            reference for reference in files if listing_for(user, QueryDict(urlencode({"q": reference}))).exists()
        },
        "page": {reference for reference in files if _opens(client, "case", reference)},
        "attachment": {
            reference for reference, file in files.items() if _opens(client, "attachment", reference, file.pk)
        },
        "screen": _on_screen(client, files),
    }

    # Art. 4.5: what a complaint says is sealed; no word of it is found, even by those who see the file.
    complaints = set(Case.objects.filter(kind="complaint").values_list("reference", flat=True))
    wanted = dict.fromkeys(doors, expected) | {"search": expected - complaints}
    assert doors == wanted


def _superuser():
    user = user_with()
    user.is_superuser = True
    user.save()
    return user


def _opens(client, name: str, *arguments) -> bool:
    return client.get(reverse(f"intake_queue:{name}", args=arguments)).status_code == 200


def _on_screen(client, files) -> set[str]:
    html = client.get("/admin/demandes/?vue=toutes").content.decode()
    return {reference for reference in files if reference in html}


def test_recipient_when_complaints_arrive_reads_the_same_counts(recipient, nature):
    routed(nature)
    before = tab_counts(desk_for(recipient))

    received(kind=Kind.COMPLAINT)
    received(kind=Kind.CLAIM)

    assert tab_counts(desk_for(recipient)) == before


ROLES = st.sets(st.sampled_from(list(GROUP_NAMES)), max_size=4)
FACTS = st.lists(
    st.tuples(st.sampled_from(list(Kind)), st.sampled_from([Status.RECEIVED, Status.CLOSED]), st.booleans()),
    min_size=1,
    max_size=6,
)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(roles=ROLES, facts=FACTS, receives=st.booleans())
def test_rule_of_one_file_and_rule_of_many_whatever_the_roles_say_the_same(works, roles, facts, receives):
    Case.objects.all().delete()
    other = DepartmentFactory(code="URB")
    for number, (kind, status, own) in enumerate(facts, start=1):
        _bare_case(number, kind, status, works if own else other)
    actor = actor_for(user_with(*roles))
    if receives and Role.RECIPIENT in roles:
        actor = type(actor)(label="x", roles=actor.roles, departments=frozenset({works.pk}))

    seen = Case.objects.visible_to_actor(actor)
    named = seen.filter(identity_q(actor))

    assert set(seen) == {case for case in Case.objects.all() if sees(actor, case.facts_of_sight())}
    assert set(named) == {case for case in seen if sees_identity(actor, case.facts_of_sight())}
    shown = seen.annotate(shows_identity=shows_identity(actor)).filter(shows_identity=True)
    assert set(shown) == set(named)


def _bare_case(number: int, kind: Kind, status: Status, department) -> None:
    """A row of these facts; the verbs do not lead every kind to every status yet."""
    now = timezone.now()
    ended = now if status is Status.CLOSED else None
    Case.objects.create(
        reference=f"2026-{number:04d}",
        year=2026,
        number=number,
        kind=kind.value,
        status=Status.RECEIVED.value if kind is Kind.REQUEST else status.value,
        department=department,
        charge="director" if kind is Kind.COMPLAINT else None,
        inquiry_type=type_of(kind, None),
        received_at=now,
        last_event_at=now,
        completed_at=ended if kind is not Kind.REQUEST else None,
        closed_at=ended if kind is not Kind.REQUEST else None,
    )
