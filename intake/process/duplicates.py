"""Which open requests may be about the same thing (art. 4.1); a person decides."""

from intake.mail.values import street_of
from intake.models import Case, fold
from intake.policy.roles import Actor
from intake.policy.sorting import same_street
from intake.policy.vocabulary import Kind

LIKELY_AT_MOST = 5
# Newest first, enough to find five on the same street; a whole winter of potholes is not read for one page.
LOOKED_AT = 200


def likely_duplicates(case: Case, by: Actor) -> list[Case]:
    """Open requests of the same nature on the same street, among those that the actor sees, the oldest first: one query."""
    street = fold(street_of(case.location))
    if case.kind_ is not Kind.REQUEST or case.nature_id is None or not street:
        return []
    candidates = Case.objects.visible_to_actor(by).open_requests().filter(nature_id=case.nature_id)
    recent = candidates.exclude(pk=case.pk).select_related("department").order_by("-received_at", "-pk")[:LOOKED_AT]
    likely = [other for other in recent if same_street(street, fold(street_of(other.location)))]
    return likely[:LIKELY_AT_MOST][::-1]
