"""The letters that leave on paper: what the outbox is for those who have no e-mail."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from intake.policy.letters import Way, kinds_posted_by
from intake.policy.roles import CONFIDENTIAL_KINDS, Actor, Role
from intake.policy.vocabulary import Kind, Status

from .append_only import AppendOnly
from .case import Case
from .choices import KIND_LABELS, choices
from .record import CaseEvent
from .sealed import SealedTextField

# Where the text of a letter holds the tracking code, which is kept beside it only until the letter has left.
CODE_MARK = "{code_suivi}"
WAY_LABELS = {
    Way.POST.value: _("Par la poste"),
    Way.HAND.value: _("En main propre"),
    Way.TOLD.value: _("Personne jointe autrement : la lettre n'est pas partie"),
}


class PostalLetterQuerySet(models.QuerySet):
    """Questions about letters."""

    def to_post(self) -> "PostalLetterQuerySet":
        """Letters that have not left yet."""
        return self.filter(posted_on__isnull=True)

    def in_the_hands_of(self, actor: Actor) -> "PostalLetterQuerySet":
        """Letters that this actor prints and posts: of files that he sees, of kinds that are his (art. 4.5).

        A letter written while the file was of another, confidential kind is the technician's if it is that of the
        receipt, which he could read; a later one is nobody's: the acknowledgement of the new kind takes its place.
        """
        kinds = [kind.value for kind in kinds_posted_by(actor)]
        cases = Case.objects.visible_to_actor(actor).filter(kind__in=kinds)
        readable = Q(kind=F("case__kind")) | ~Q(kind__in=[kind.value for kind in CONFIDENTIAL_KINDS])
        if actor.has_any({Role.TECHNICIAN}):
            readable |= Q(event__to_status=Status.RECEIVED.value)
        return self.filter(readable, case__in=cases.order_by().values("pk"))


class PostalLetter(models.Model):
    """A message as a letter, written in the transaction of its event; then printed, then posted.

    The text is never rewritten. The tracking code is not in it but beside it, in clear because paper must say it, and
    is erased on the day the letter leaves: from then on only its hash remains, as for every other file.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="letters")
    event = models.ForeignKey(CaseEvent, on_delete=models.PROTECT, related_name="letters")
    code = models.CharField(max_length=8)
    # What the file was then: a file reclassified since keeps its confidences.
    kind = models.CharField(max_length=16, choices=choices(KIND_LABELS))
    subject = models.CharField(_("objet"), max_length=989)
    # One or the other: what is written about a complaint is sealed (art. 4.5), and `text` reads both.
    body = models.TextField(_("texte"), blank=True)
    sealed_body = SealedTextField(_("texte scellé"))
    made_at = models.DateTimeField(_("écrite le"))
    tracking_code = models.CharField(max_length=40, blank=True, editable=False)
    printed_at = models.DateTimeField(_("imprimée le"), null=True, blank=True)
    printed_by = models.CharField(_("imprimée par"), max_length=170, blank=True)
    posted_on = models.DateField(_("partie le"), null=True, blank=True)
    # Where it went, noted as it left: until then the address of the file is the one that counts.
    addressee = models.TextField(_("à"), blank=True)
    posted_by = models.CharField(_("envoyée par"), max_length=170, blank=True)
    way = models.CharField(_("comment"), max_length=4, blank=True, choices=choices(WAY_LABELS))

    objects = PostalLetterQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("lettre")
        verbose_name_plural = _("lettres")
        ordering = ["made_at", "pk"]
        constraints = [
            AppendOnly(
                name="letter_is_never_rewritten",
                fields=("case", "event", "code", "kind", "subject", "body", "sealed_body", "made_at"),
            ),
            models.CheckConstraint(
                condition=Q(kind=Kind.COMPLAINT.value, body="") | (~Q(kind=Kind.COMPLAINT.value) & Q(sealed_body="")),
                name="letter_about_a_complaint_is_sealed",
            ),
            models.UniqueConstraint(fields=["event", "code"], name="letter_is_written_once"),
            models.CheckConstraint(
                condition=Q(posted_on__isnull=True, way="") | (Q(posted_on__isnull=False) & ~Q(way="")),
                name="letter_that_left_says_how",
            ),
            models.CheckConstraint(
                condition=Q(posted_on__isnull=True) | Q(tracking_code=""), name="letter_that_left_keeps_no_code"
            ),
        ]
        indexes = [
            models.Index(fields=["made_at", "id"], condition=Q(posted_on__isnull=True), name="letter_to_post"),
        ]

    def __str__(self) -> str:
        return f"{self.code} → {self.case}"

    @property
    def written_on(self) -> date:
        """The local day on which it was written: the date it bears."""
        return timezone.localdate(self.made_at)

    @property
    def is_confidential(self) -> bool:
        """Say whether it bears « CONFIDENTIEL »."""
        return Kind(self.kind) in CONFIDENTIAL_KINDS

    @property
    def text(self) -> str:
        """The text as it was written, opened if it was sealed."""
        return self.sealed_body or self.body

    @property
    def shown_body(self) -> str:
        """The text for a screen: never the code, with which anyone follows the file as the citizen."""
        return self.text.replace(CODE_MARK, now_("(imprimé dans la lettre)"))

    @property
    def printed_body(self) -> str:
        """The text for paper: the code is in it until the letter has left."""
        return self.text.replace(CODE_MARK, self.tracking_code or now_("(donné dans la première lettre)"))
