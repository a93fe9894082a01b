"""Who uses a row of the grid, so that deleting it can be refused with the list (art. 4.5: never a file by name)."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db import models
from django.utils.text import capfirst
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import Page, ReferenceIndex

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser

SHOWN_AT_MOST = 50


@dataclass(frozen=True)
class Use:
    """One thing that uses the row; `url` is where this person may change it, or None."""

    kind: str
    name: str
    url: str | None


@dataclass
class Uses:
    """What uses one row: `named` by name, `counted` as (what, how many) because it may not be named."""

    named: list[Use] = field(default_factory=list)
    counted: list[tuple[str, int]] = field(default_factory=list)
    left_out: int = 0

    def __bool__(self) -> bool:
        return bool(self.named or self.counted)


def uses_of(row: models.Model, *, seen_by: "AbstractBaseUser") -> Uses:
    """List what would be lost or left dangling if `row` went: rows that protect it, pages that choose it."""
    uses = Uses()
    users: dict[tuple[type[models.Model], object], models.Model] = {}
    for rows in protectors_of(type(row)._base_manager.filter(pk=row.pk)):
        if getattr(rows.model, "wagtail_reference_index_ignore", False):
            _count(uses, rows)
            continue
        users.update({_key(user): user for user in rows[:SHOWN_AT_MOST]})
        uses.left_out += max(0, rows.count() - SHOWN_AT_MOST)
    for user in _referrers(row, beside=set(users)):
        users[_key(user)] = user
    finder = AdminURLFinder(seen_by)
    for user in users.values():
        uses.named.append(Use(capfirst(user._meta.verbose_name), str(user), finder.get_edit_url(user)))
    return uses


def is_used(row: models.Model) -> bool:
    """Say whether anything would be lost or left dangling if `row` went."""
    return is_protected(type(row)._base_manager.filter(pk=row.pk)) or any(True for _ in _referrers(row, beside=set()))


def is_protected(rows: models.QuerySet) -> bool:
    """Say whether the database would refuse to delete one of `rows`."""
    return any(True for _ in protectors_of(rows))


def protectors_of(rows: models.QuerySet) -> Iterator[models.QuerySet]:
    """Give, relation by relation, the rows that forbid deleting `rows` or what would go with them; never an empty one.

    Django's own Collector says the same but loads every row: a service may have a hundred thousand files.
    """
    for relation in rows.model._meta.get_fields(include_hidden=True):
        if not (relation.auto_created and not relation.concrete and (relation.one_to_many or relation.one_to_one)):
            continue
        related = relation.related_model._base_manager.filter(**{f"{relation.field.name}__in": rows})
        if relation.on_delete in (models.PROTECT, models.RESTRICT):
            if related.exists():
                yield related
        elif relation.on_delete is models.CASCADE and related.exists():
            yield from protectors_of(related)


def _count(uses: Uses, rows: models.QuerySet) -> None:
    label = str(rows.model._meta.verbose_name_plural)
    before = dict(uses.counted).get(label, 0)
    uses.counted = [item for item in uses.counted if item[0] != label] + [(label, before + rows.count())]


def _referrers(row: models.Model, *, beside: set[tuple[type[models.Model], object]]) -> Iterator[models.Model]:
    """Pages and rows that choose `row` in a field, a block or a text, from Wagtail's index of references.

    Not those of `beside`, nor others of the same kinds: the database has already named or counted them.
    """
    known = {model for model, _ in beside if not issubclass(model, Page)}
    references = ReferenceIndex.get_references_to(row).select_related("base_content_type")
    for content_type, pk in sorted({(r.base_content_type, r.object_id) for r in references}, key=str)[:SHOWN_AT_MOST]:
        model = content_type.model_class()
        if model is None or model in known or getattr(model, "wagtail_reference_index_ignore", False):
            continue
        # An index that lags behind may name a row that is gone.
        yield from (user for user in model._base_manager.filter(pk=pk) if _key(user) not in beside)


def _key(user: models.Model) -> tuple[type[models.Model], object]:
    return (Page if isinstance(user, Page) else type(user), user.pk)
