"""The third step: what the words of the other system mean here. What is recognised is shown, what is not is asked."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from intake.models.choices import CHANNEL_LABELS, KIND_LABELS, STATUS_LABELS
from intake.policy.import_mapping import IN_WORDS, LEFT_OUT, NOTHING, BadMapping, Target, mapping_of
from intake.policy.import_words import IMPORTED_KINDS, IMPORTED_STATUSES, WAITS
from intake.policy.vocabulary import Channel
from intake.process import Refused
from intake.process.import_files import Word, map_words, rows_of, words_in
from intake.process.import_town import ImportTown, read_town
from snippets.models import WaitingReason

from .columns import LABELS
from .room import StepView

# Beyond, a column is no list of words: the report refuses its rows and says so.
MOST_ASKED = 150
Choice = tuple[str, str]


@dataclass(frozen=True)
class Asked:
    """One word to give a meaning to: the name of its field, and the choice that stands."""

    field: str
    word: Word
    choices: list[tuple[str, list[Choice]]]

    @property
    def code(self) -> str:
        """The meaning that stands, empty while there is none."""
        return self.word.code or ""


@dataclass(frozen=True)
class Group:
    """The words of one column: those to say, those recognised, and how many more are not shown."""

    label: str
    unknown: list[Asked]
    known: list[Asked]
    more: int


class WordsView(StepView):
    """Say what words mean; nothing is imported here."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the words of the columns, the unknown first."""
        try:
            groups = self._groups()
        except BadMapping as bad:
            return self.to_columns(str(bad))
        context = {
            **self.step_context("words"),
            "groups": groups,
            "unknown": sum(len(group.unknown) + group.more for group in groups),
        }
        return render(request, "intake_imports/words.html", context)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Remember what was said and look at the result."""
        try:
            values: dict[Target, dict[str, str]] = {}
            for asked in (asked for group in self._groups() for asked in (*group.unknown, *group.known)):
                code = request.POST.get(asked.field, asked.code)
                allowed = {code for _label, choices in asked.choices for code, _words in choices}
                # What stands unchanged was recognised: it is not written down as said.
                if code != asked.code and code in allowed | {""}:
                    values.setdefault(asked.word.target, {})[asked.word.key] = code
            map_words(brought=self.brought, values=values, by=self.actor, now=timezone.now())
        except (BadMapping, Refused) as refused:
            return self.to_columns(str(refused))
        return redirect("intake_imports:report", self.brought.pk)

    def _groups(self) -> list[Group]:
        now = timezone.now()
        town = read_town(now=now)
        words = words_in(rows_of(self.brought), mapping_of(self.brought.content), town.vocabulary, now=now)
        choices = _choices(town)
        return [group for target in IN_WORDS if (group := _group(target, words, choices)) is not None]


def _group(target: Target, words: Iterable[Word], choices: dict[Target, Any]) -> Group | None:
    own = [word for word in words if word.target is target]
    if not own:
        return None
    asked = [Asked(f"{target.value}-{index}", word, choices[target]) for index, word in enumerate(own)]
    unknown = [item for item in asked if item.word.code is None]
    known = [item for item in asked if item.word.code is not None]
    # Those to say come first, whatever their place: the next are asked once these are said.
    return Group(str(LABELS[target]), unknown[:MOST_ASKED], known[:MOST_ASKED], more=len(unknown[MOST_ASKED:]))


def _choices(town: ImportTown) -> dict[Target, list[tuple[str, list[Choice]]]]:
    """The meanings that may be given, in groups; the first group has no label."""
    out: Choice = (LEFT_OUT, _("Ne pas importer ces lignes"))
    by_department: dict[str, list[Choice]] = {}
    for code, nature in town.natures.items():
        by_department.setdefault(nature.department.name, []).append((code, f"{nature.name} ({code})"))
    reasons = dict(WaitingReason.objects.values_list("code", "label"))
    waits = [(f"{WAITS}{code}", str(reasons[code])) for code in town.vocabulary.reasons.values()]
    return {
        Target.KIND: [("", [(kind.value, str(KIND_LABELS[kind.value])) for kind in IMPORTED_KINDS]), ("", [out])],
        Target.STATUS: [
            ("", [(status.value, str(STATUS_LABELS[status.value])) for status in IMPORTED_STATUSES]),
            (str(STATUS_LABELS["waiting"]), waits),
            ("", [out]),
        ],
        Target.CHANNEL: [("", [(c.value, str(CHANNEL_LABELS[c.value])) for c in Channel]), ("", [out])],
        Target.NATURE: [("", [(NOTHING, _("À classer ici")), out]), *sorted(by_department.items())],
        Target.DEPARTMENT: [
            ("", [(NOTHING, _("Aucun service en particulier")), out]),
            ("", [(code, department.name) for code, department in town.departments.items()]),
        ],
    }
