"""Who acts in the demonstration: the technician, the director's office and the Responsable of each service."""

from datetime import date

from intake.policy.roles import Actor, Role
from snippets.models import Designation, Employee

TECHNICIAN_ACCOUNT = "technicien"


def technician() -> Actor:
    """The technician of the citizen service (art. 4.1)."""
    employee = Employee.objects.select_related("user").filter(user__username=TECHNICIAN_ACCOUNT).first()
    return Actor(
        label=str(employee) if employee else "Technicien du Service aux citoyens",
        roles=frozenset({Role.TECHNICIAN}),
        user_id=employee.user_id if employee else None,
        phone_extension=employee.phone_extension if employee else "2101",
    )


def recipients(on: date) -> dict[int, Actor]:
    """The Responsable of each service on a day, whether he has an account or not."""
    held = Designation.objects.effective_on(on).select_related("employee")
    return {
        designation.department_id: Actor(
            label=str(designation.employee),
            roles=frozenset({Role.RECIPIENT}),
            user_id=designation.employee.user_id,
            departments=frozenset({designation.department_id}),
            phone_extension=designation.phone_extension,
        )
        for designation in held
    }
