"""What a row of another system is compared with: the grid, the services, who receives today. Read once for a workbook."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from intake.policy.clocks import Clock, local_day
from intake.policy.import_rows import Incoming
from intake.policy.import_words import Vocabulary
from intake.policy.list_answers import folded
from snippets.models import Department, Designation, RequestNature, TownSettings, WaitingReason

from .calendar import town_clock
from .receive import front_line


@dataclass
class ImportTown:
    """The rows of the grid by code, the Responsable of each service (by its code) on the day, and the town's clock."""

    vocabulary: Vocabulary
    natures: Mapping[str, RequestNature]
    departments: Mapping[str, Department]
    designations: Mapping[str, Designation]
    clock: Clock
    default_target: int
    front_line: Department

    def __post_init__(self) -> None:
        self._due: dict[tuple[date, int], date] = {}

    @property
    def recipients(self) -> frozenset[str]:
        """Codes of the services that have a Responsable."""
        return frozenset(self.designations)

    def nature(self, incoming: Incoming) -> RequestNature | None:
        """The nature of a row."""
        return self.natures.get(incoming.nature)

    def department(self, incoming: Incoming) -> Department:
        """The service of a row: its own, else the one that receives what is not classified yet (art. 4.1)."""
        return self.departments.get(incoming.department, self.front_line)

    def due_on(self, received_at: datetime, target: int) -> date:
        """The due day, as `set_due_on` computes it for a file without pauses; days repeat, so each is counted once."""
        key = (self.clock.day_zero(received_at), target)
        if key not in self._due:
            self._due[key] = self.clock.due_on(received_at, target)
        return self._due[key]


def read_town(*, now: datetime) -> ImportTown:
    """Read it, in six queries. Raises Refused while the town has no service."""
    natures = {nature.code: nature for nature in RequestNature.objects.offered().select_related("department")}
    departments = {department.code: department for department in Department.objects.active()}
    in_force = Designation.objects.effective_on(local_day(now)).select_related("department", "employee")
    return ImportTown(
        vocabulary=_vocabulary(natures, departments),
        natures=natures,
        departments=departments,
        # Where two hold on the same day, the first, as for a request that is routed (triage.py).
        designations={designation.department.code: designation for designation in reversed(in_force)},
        clock=town_clock(),
        default_target=TownSettings.load().default_target_working_days,
        front_line=front_line(),
    )


def _vocabulary(natures: Mapping[str, RequestNature], departments: Mapping[str, Department]) -> Vocabulary:
    by_word: dict[str, tuple[str, ...]] = defaultdict(tuple)
    for code, nature in natures.items():
        by_word[folded(nature.name)] += (code,)
    by_word |= {folded(code): (code,) for code in natures}
    # A reason that awaits the citizen would ask him a question that nobody wrote (art. 4.2).
    reasons = WaitingReason.objects.offered().filter(asks_citizen=False).values_list("label", "code")
    return Vocabulary(
        natures=dict(by_word),
        departments={folded(word): code for code, d in departments.items() for word in (d.name, code)},
        reasons={folded(label): code for label, code in reasons},
        department_of={code: nature.department.code for code, nature in natures.items()},
    )
