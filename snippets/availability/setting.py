"""The one verb of Annexe B: say whether an employee can be reached."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from snippets.models import Availability, AvailabilityStatus, Employee, StatusSource

from .standing import may_last_until


class UnableToSetAvailability(Exception):
    """Why a status was not written, in words for a person; `field` is `status`, `until` or `employee`."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(reason)
        self.field = field


@transaction.atomic
def set_availability(
    *, employee_pk: int, status: str, until: datetime | None, source: StatusSource, now: datetime
) -> Availability:
    """Write the status of an employee in office in the place of the one before, and return it.

    Who may say whose status is the door's business: a person only his own, a telephone system that of an extension.
    Raises UnableToSetAvailability.
    """
    if status not in AvailabilityStatus.values:
        raise UnableToSetAvailability("status", _("Choisissez un statut : disponible, en réunion ou absent du bureau."))
    if not may_last_until(until, now=now):
        raise UnableToSetAvailability("until", _("La fin du statut doit être à venir, dans un an au plus."))
    # Locked, so that two calls for the same person come one after the other.
    employee = Employee.objects.select_for_update().filter(pk=employee_pk, is_active=True).first()
    if employee is None:
        raise UnableToSetAvailability("employee", _("Cette personne n'est plus en fonction."))
    values = {"status": status, "until": until, "set_at": now, "source": source.value}
    availability, _created = Availability.objects.update_or_create(employee=employee, defaults=values)
    return availability
