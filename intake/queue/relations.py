"""Which files a file is tied to, for those who may see them (art. 4.5), and how many people wait for the same thing."""

from dataclasses import dataclass

from django.db.models import Q

from intake.models import Case
from intake.policy.roles import Actor
from intake.policy.vocabulary import Kind


@dataclass(frozen=True)
class Relations:
    """The files tied to one file that the actor sees; `voices` counts everyone who reported it, seen or not."""

    master: Case | None
    attached: list[Case]
    origin: Case | None
    linked: list[Case]
    voices: int

    def __bool__(self) -> bool:
        return bool(self.master or self.attached or self.origin or self.linked or self.voices > 1)


def relations_of(case: Case, actor: Actor) -> Relations:
    """Read them: two queries for a request, one for the other kinds."""
    tied = Q(merged_into=case) | Q(origin=case) | Q(pk__in=[case.merged_into_id or 0, case.origin_id or 0])
    seen = list(Case.objects.visible_to_actor(actor).filter(tied).order_by("pk"))
    is_request = case.kind_ is Kind.REQUEST
    return Relations(
        master=next((other for other in seen if other.pk == case.merged_into_id), None),
        attached=[other for other in seen if other.merged_into_id == case.pk],
        origin=next((other for other in seen if other.pk == case.origin_id), None),
        linked=[other for other in seen if other.origin_id == case.pk],
        voices=1 + case.merged.count() if is_request else 1,
    )
