"""Cases read as rows of a workbook: one query whatever their number, and memory that does not grow with it."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from operator import itemgetter
from typing import Any

from django.db.models import QuerySet

from intake.models.case import CaseQuerySet

from .answers import answers_of_each_case
from .column import Column
from .old_numbers import old_numbers_of_each_case
from .today import Today

CHUNK = 2_000
ANNOTATIONS = {"answers_given": answers_of_each_case, "old_numbers": old_numbers_of_each_case}


def rows_of(cases: CaseQuerySet, columns: Sequence[Column], *, today: Today) -> Iterator[list[Any]]:
    """Yield one list of values a case, in the order of `cases` and of `columns`."""
    read = _reader(columns, today)
    for record in _records(cases, columns).iterator(chunk_size=CHUNK):
        yield read(record)


def rows_by_pk(cases: CaseQuerySet, columns: Sequence[Column], *, today: Today) -> dict[int, list[Any]]:
    """Return the rows of a few cases by primary key."""
    read = _reader(columns, today)
    return {record[0]: read(record) for record in _records(cases, columns)}


def _paths(columns: Sequence[Column]) -> list[str]:
    return ["pk", *dict.fromkeys(path for column in columns for path in column.reads)]


def _records(cases: CaseQuerySet, columns: Sequence[Column]) -> QuerySet:
    """Read plain tuples, not models: half the time, and nothing is read that is not shown."""
    paths = _paths(columns)
    needed = {name: annotation() for name, annotation in ANNOTATIONS.items() if name in paths}
    return cases.select_related(None).prefetch_related(None).annotate(**needed).values_list(*paths)


def _reader(columns: Sequence[Column], today: Today) -> Callable[[tuple], list[Any]]:
    place = {path: index for index, path in enumerate(_paths(columns))}
    getters = [_getter(column, [place[path] for path in column.reads], today) for column in columns]

    def read(record: tuple) -> list[Any]:
        return [get(record) for get in getters]

    return read


def _getter(column: Column, places: list[int], today: Today) -> Callable[[tuple], Any]:
    """Return the quickest way from a record to the value of one column."""
    if column.show is None:
        return itemgetter(places[0])
    show = partial(column.show, today=today) if column.asks_today else column.show
    if len(places) == 1:
        place = places[0]
        return lambda record: show(record[place])
    take = itemgetter(*places)
    return lambda record: show(*take(record))
