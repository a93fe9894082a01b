"""What fills the words in braces of a message; every value is text for people, in the town's time."""

from datetime import date

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from intake.models import Case
from intake.models.choices import KIND_LABELS, PRIORITY_LABELS
from intake.policy.clocks import local_day
from intake.policy.legal_clocks import told_answer_by
from snippets.french_dates import date_format
from snippets.models import Designation, TownSettings


def day(value: date | None) -> str:
    """Write a day as people read it, « 5 mai 2026 »; a dash when there is none."""
    return date_format(value, "j F Y") if value else "–"


def absolute(path: str) -> str:
    """Make the full address of a path of this site."""
    return settings.BASE_URL.rstrip("/") + path


def subject_of(case: Case) -> str:
    """What the file is about, in the citizen's words: its nature, else its kind."""
    return case.nature_name or str(KIND_LABELS[case.kind])


def citizen_values(case: Case, town: TownSettings, *, tracking_code: str = "") -> dict[str, str]:
    """Every word a citizen's message may use. `tracking_code` is known only on receipt: it is stored hashed."""
    received = timezone.localtime(case.received_at)
    requester = getattr(case, "requester", None)
    return {
        "salutation": requester.full_name if requester else _("Madame, Monsieur"),
        "numero": case.reference,
        "nature": subject_of(case),
        "service": case.department.name,
        "lien_suivi": absolute(reverse("tracking") + f"?numero={case.reference}"),
        "code_suivi": tracking_code,
        "lieu": case.location or _("lieu non précisé"),
        "date_reception": date_format(received, "j F Y"),
        "date_heure": date_format(received, r"j F Y, \à G \h i"),
        "date_cible": day(case.due_on),
        "date_20": day(told_answer_by(local_day(case.received_at))),
        "telephone_service": town.phone or _("numéro de l'hôtel de ville"),
        "telephone_urgence": town.emergency_phone,
        "signature_service": town.signature,
        "ville": town.name,
        "coordonnees_cai": town.access_commission,
        "delai_reouverture": str(town.reopening_days),
    }


def staff_values(case: Case, town: TownSettings, *, designation: Designation | None = None) -> dict[str, str]:
    """What a message to staff may say: number, nature and street, never an identity nor the facts (content is behind login)."""
    return {
        "prenom": designation.employee.first_name if designation else "",
        "numero": case.reference,
        "nature": subject_of(case),
        "priorite": str(PRIORITY_LABELS[case.priority]),
        "rue": street_of(case.location) or _("lieu non précisé"),
        "service": case.department.name,
        "date_cible": day(case.due_on),
        "lien_dossier": absolute(reverse("intake_queue:case", args=[case.reference])),
        "ville": town.name,
    }


def street_of(location: str) -> str:
    """Return a place without its civic number: « 1234, rue des Exemples » becomes « rue des Exemples »."""
    return location.strip().lstrip("0123456789").lstrip(" ,-–").strip()
