"""From what is typed to a nature of the grid: its code, its name, or words of it that name only one."""

from dataclasses import dataclass

from intake.models import fold
from snippets.models import Question, RequestNature


@dataclass(frozen=True)
class Found:
    """The nature that was meant, or those it could be."""

    nature: RequestNature | None
    candidates: tuple[RequestNature, ...] = ()


def offered() -> list[RequestNature]:
    """The natures of today, service by service."""
    return list(RequestNature.objects.offered().select_related("department").order_by("department__sort_order", "code"))


def find(text: str, natures: list[RequestNature]) -> Found:
    """Find the nature: `TP-01`, `TP-01 Nid-de-poule`, its name, or words and synonyms that only it has."""
    wanted = fold(text).strip()
    if not wanted:
        return Found(None)
    first = wanted.split()[0]
    for nature in natures:
        if first == fold(nature.code) or wanted == fold(nature.name):
            return Found(nature)
    words = wanted.split()
    meant = tuple(nature for nature in natures if all(word in _words_of(nature) for word in words))
    return Found(meant[0]) if len(meant) == 1 else Found(None, meant)


def _words_of(nature: RequestNature) -> str:
    return fold(f"{nature.name} {nature.synonyms}")


def questions_of(nature: RequestNature | None) -> list[Question]:
    """The questions that are asked today."""
    return list(nature.questions.filter(is_active=True).order_by("sort_order")) if nature else []
