"""The numbers that other systems gave to a case, read with the case itself and not by a query for each."""

from collections.abc import Iterable

from django.db.models import OuterRef, Subquery

from intake.models import OldReference

from .answers import GatheredRows


def old_numbers_of_each_case() -> Subquery:
    """Return the annotation that holds them: `[[pk, reference, system], …]`, None for a case received here."""
    numbers = OldReference.objects.filter(case=OuterRef("pk")).order_by().values("case")
    return Subquery(numbers.annotate(rows=GatheredRows("pk", "reference", "system")).values("rows"))


def old_numbers_text(numbers: Iterable[tuple[int, str, str]] | None) -> str:
    """Write « R-12 (Prioris) », several of them separated by commas, in the order in which they came."""
    return ", ".join(f"{reference} ({system})" for _pk, reference, system in sorted(numbers or []))
