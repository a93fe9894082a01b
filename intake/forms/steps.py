"""Which form each step shows for each kind: the table of the citizens' forms."""

from intake.policy.vocabulary import Kind

from . import contact, demand, legal
from .step_form import CHECK, CONTACT, DEMAND, NATURE, StepForm

CONFIRMATION = "confirmation"

FORMS: dict[str, dict[Kind, type[StepForm]]] = {
    NATURE: {Kind.REQUEST: demand.NatureForm},
    DEMAND: {
        Kind.REQUEST: demand.RequestForm,
        Kind.COMPLAINT: demand.ComplaintForm,
        Kind.INQUIRY: demand.InquiryForm,
        Kind.CLAIM: legal.ClaimForm,
        Kind.ACCESS_REQUEST: legal.AccessForm,
    },
    CONTACT: {
        Kind.REQUEST: contact.ContactForm,
        Kind.COMPLAINT: contact.ComplaintContactForm,
        Kind.INQUIRY: contact.InquiryContactForm,
        Kind.CLAIM: contact.ContactForm,
        Kind.ACCESS_REQUEST: contact.AccessContactForm,
    },
    CHECK: {
        Kind.REQUEST: contact.SurveyCheckForm,
        Kind.COMPLAINT: contact.SignatureForm,
        Kind.INQUIRY: contact.SurveyCheckForm,
        Kind.CLAIM: contact.CheckForm,
        Kind.ACCESS_REQUEST: contact.CheckForm,
    },
}


def slugs_of(kind: Kind) -> tuple[str, ...]:
    """The steps of a kind in order, the check last."""
    return tuple(slug for slug, forms in FORMS.items() if kind in forms)
