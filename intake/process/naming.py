"""What is written for others about a complaint names nobody (art. 4.5)."""

from intake.models import Case
from intake.policy.investigation import name_refusal, naming_refusal
from intake.policy.redaction import names_in, people_named_in
from intake.policy.refusal import Refusal
from snippets.models import Employee


def naming_refusals(case: Case, text: str, field: str, *, for_citizen: bool = True) -> list[Refusal]:
    """Refuse a text that names someone inscribed as targeted, or anyone after « M. » or « Mme ».

    What is for the citizen may not name an employee of the town either, but may name him.
    """
    if names_in(text, case.complaint.names()):
        return [name_refusal(field)]
    requester = getattr(case, "requester", None)
    himself = [requester.full_name] if requester and for_citizen else []
    staff = Employee.objects.values_list("first_name", "last_name") if for_citizen else ()
    found = people_named_in(text, staff=staff, but=himself)
    refusal = naming_refusal(found, field)
    return [refusal] if refusal else []
