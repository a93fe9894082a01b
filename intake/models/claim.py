"""What the clerk keeps of a claim (art. 4.1): the event, the damage, the insurer, the decision."""

from django.db import models
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from intake.policy.claim import DamageType, NoticeFacts
from intake.policy.vocabulary import CLAIM_DECISIONS

from .case import Case
from .choices import STATUS_LABELS, choices

DAMAGE_LABELS: dict[str, Promise] = {
    DamageType.PROPERTY.value: _("Matériel (véhicule, maison, terrain, objet)"),
    DamageType.BODILY.value: _("Corporel (blessure)"),
    DamageType.OTHER.value: _("Autre"),
}
CLAIM_OUTCOMES = {status.value: STATUS_LABELS[status.value] for status in CLAIM_DECISIONS}


class ClaimFile(models.Model):
    """The working record of a claim; what the citizen sent stays as it came, in the answers of the case.

    What nobody was asked is empty: a request that turns out to be a claim has no more than its facts.
    """

    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="claim_file")
    event_on = models.DateField(_("date de l'événement"), null=True, blank=True)
    # In the citizen's words: « vers 8 h », « pendant la nuit ».
    event_time = models.CharField(_("heure de l'événement"), max_length=60, blank=True)
    event_place = models.CharField(_("lieu de l'événement"), max_length=250, blank=True)
    damage_type = models.CharField(_("sorte de dommage"), max_length=8, blank=True, choices=choices(DAMAGE_LABELS))
    damage = models.TextField(_("description du dommage"), blank=True)
    amount = models.DecimalField(_("montant réclamé"), max_digits=12, decimal_places=2, null=True, blank=True)
    insurer = models.CharField(_("assureur"), max_length=250, blank=True)
    policy_number = models.CharField(_("numéro de police ou de dossier"), max_length=120, blank=True)
    witnesses = models.TextField(_("témoins"), blank=True)
    decision = models.CharField(_("décision"), max_length=16, blank=True, choices=choices(CLAIM_OUTCOMES))
    decision_note = models.TextField(_("note sur la décision"), blank=True)
    decided_at = models.DateTimeField(_("décidée le"), null=True, blank=True)

    # No list of the admin may say which files exist (art. 4.5).
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("réclamation")
        verbose_name_plural = _("réclamations")
        constraints = [
            models.CheckConstraint(
                condition=Q(damage_type__in=["", *DAMAGE_LABELS]), name="claim_damage_type_is_known"
            ),
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | Q(amount__gte=0), name="claim_amount_is_positive"
            ),
            models.CheckConstraint(
                condition=Q(decision="", decided_at__isnull=True)
                | Q(decision__in=list(CLAIM_OUTCOMES), decided_at__isnull=False),
                name="claim_decision_has_its_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case}"

    def facts(self) -> NoticeFacts:
        """What the policy looks at."""
        requester = getattr(self.case, "requester", None)
        return NoticeFacts(
            event_on=self.event_on,
            event_place=self.event_place,
            damage_type=DamageType(self.damage_type) if self.damage_type else None,
            what_happened=self.case.facts,
            damage=self.damage,
            name=requester.full_name if requester else "",
            address=requester.address if requester else "",
        )
