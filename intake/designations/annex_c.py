"""Annexe C as a form to print, in the layout of the policy: filled in where known, ruled where a hand signs."""

from django.utils.translation import gettext as _

from intake.letters import Facts, LetterSheet, Signature
from intake.mail.values import day
from snippets.models import Designation


def annex_c(designation: Designation) -> LetterSheet:
    """Return the form of a designation: service, head, employee, post's e-mail, extension, date, two signatures."""
    head = designation.department.head
    return LetterSheet(
        subject=_("Annexe C – Désignation du Responsable de la réception des requêtes"),
        paragraphs=(
            _(
                "Veuillez compléter ce document lors de la désignation du Responsable, puis à chaque changement, et le "
                "remettre au Technicien du Service aux citoyens. Merci."
            ),
            Facts(
                (
                    (_("Nom du service :"), designation.department.name),
                    (_("Directeur ou directrice du service :"), str(head) if head else ""),
                )
            ),
            _("Responsable de la réception des requêtes pour le service"),
            Facts(
                (
                    (_("Nom et prénom de l'employé :"), _name(designation)),
                    (_("Adresse courriel du poste :"), designation.position_email),
                    (_("Numéro de poste (téléphone) :"), designation.phone_extension),
                    (_("En vigueur à partir du :"), day(designation.effective_from)),
                    (_("Jusqu'au :"), day(designation.effective_until) if designation.effective_until else ""),
                    (_("Date :"), _signed_on(designation)),
                )
            ),
        ),
        signatures=(
            Signature(_("Signature de l'employé(e)"), designation.recipient_signature, ruled=True),
            Signature(_("Signature du Directeur ou de la Directrice"), designation.head_signature, ruled=True),
        ),
    )


def _name(designation: Designation) -> str:
    return f"{designation.employee.last_name} {designation.employee.first_name}"


def _signed_on(designation: Designation) -> str:
    days = [on for on in (designation.signed_by_recipient_on, designation.signed_by_head_on) if on]
    return day(max(days)) if days else ""
