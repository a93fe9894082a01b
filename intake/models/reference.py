"""The counter behind `2026-0005`: without gaps, never reused."""

from django.db import models

from intake.policy.references import format_reference


class ReferenceCounter(models.Model):
    """The last number given in a year; taken inside the transaction that uses it, so that a rollback gives it back."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    last_number = models.PositiveIntegerField(default=0)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = "compteur de numéros"

    def __str__(self) -> str:
        return format_reference(self.year, self.last_number)


def next_reference(year: int) -> tuple[str, int]:
    """Take the next number of `year`; call inside the transaction that writes the case.

    The row stays locked until that transaction ends: two writers wait for each other and no number is lost.
    """
    return next_references(year, 1)[0]


def hold_references(year: int) -> None:
    """Lock the counter of `year` until the transaction ends, without taking a number: other writers wait."""
    ReferenceCounter.objects.select_for_update().get_or_create(year=year)


def next_references(year: int, count: int) -> list[tuple[str, int]]:
    """Take the next `count` numbers of `year` (one or more), under the same lock as one."""
    counter, _is_new = ReferenceCounter.objects.select_for_update().get_or_create(year=year)
    first = counter.last_number + 1
    counter.last_number += count
    counter.save(update_fields=["last_number"])
    return [(format_reference(year, number), number) for number in range(first, first + count)]
