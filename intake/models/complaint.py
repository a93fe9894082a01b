"""What only a complaint has (art. 4.1, 4.4, 4.4.1): its words sealed, who it targets, its signature, its investigation."""

import json
from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from intake.policy.complaint import ComplaintFacts, Obstacle
from intake.policy.complaint_target import Target
from intake.policy.investigation import Entry, Hearing, Missing
from intake.policy.signature import SignatureMethod, SignedText

from .append_only import AppendOnly, AppendOnlyQuerySet
from .case import Case
from .choices import choices
from .record import CaseEvent
from .sealed import SealedTextField

TARGET_LABELS = {
    Target.SERVICE.value: _("Un service de la Ville"),
    Target.EMPLOYEE.value: _("Un membre du personnel"),
    Target.CITIZEN_SERVICE.value: _("Le Service aux citoyens"),
    Target.TECHNICIAN.value: _("Le Technicien du Service aux citoyens"),
    Target.DIRECTOR.value: _("La direction du Service aux citoyens"),
    Target.GENERAL_DIRECTOR.value: _("La direction générale"),
    Target.ELECTED.value: _("Une personne élue (maire, conseillère, conseiller)"),
    Target.TENDER.value: _("Un appel d'offres ou un contrat de la Ville"),
    Target.PRIVATE.value: _("Un voisin, un commerce ou une autre personne privée"),
}
SIGNATURE_LABELS = {
    SignatureMethod.EMAIL.value: _("Signée avec un code reçu par courriel"),
    SignatureMethod.PAPER.value: _("Lettre signée à la main, numérisée"),
    SignatureMethod.NONE.value: _("Non signée"),
}
OBSTACLE_LABELS = {
    Obstacle.NOT_WRITTEN.value: _("Non écrite"),
    Obstacle.UNSIGNED.value: _("Non signée"),
    Obstacle.ANONYMOUS.value: _("Anonyme"),
    Obstacle.INCOMPLETE_CONTACT.value: _("Coordonnées incomplètes"),
    Obstacle.LATE.value: _("Hors délai"),
    Obstacle.PRIVATE_DISPUTE.value: _("Litige privé"),
    Obstacle.OUT_OF_FIELD.value: _("Hors champ : ne vise ni un service ni le personnel"),
}
MISSING_LABELS = {
    Missing.WRITING.value: _("la plainte, par écrit"),
    Missing.SIGNATURE.value: _("votre signature"),
    Missing.CONTACT.value: _("vos coordonnées complètes"),
    Missing.FACTS_DATE.value: _("la date des faits"),
}
ENTRY_LABELS = {
    Entry.ACCUSED.value: _("Personne visée inscrite"),
    Entry.HEARD.value: _("Personne visée rencontrée et écoutée"),
    Entry.WITNESS.value: _("Autre personne rencontrée"),
    Entry.EVIDENCE.value: _("Élément de preuve"),
    Entry.NOTE.value: _("Note"),
    Entry.SUPPLIED.value: _("Précision du citoyen"),
}
FINDING_LABELS = {"founded": _("Fondée"), "unfounded": _("Non fondée")}


class ComplaintFile(models.Model):
    """The complaint itself. Whatever people wrote in it is sealed: read by whoever answers for it, searched by nobody.

    No column names an employee, and none leads to one (art. 4.4.1: there is no list of complaints by employee).
    """

    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="complaint")
    words = SealedTextField(_("exposé des faits"))
    concerned = SealedTextField(_("qui ou quoi, dans les mots du citoyen"))
    # [[question, answer]…] of the page, and [[document, name of the file as it was sent]…]: a file's name may name someone.
    # At an end without foundation `concerned`, `file_names` and `internal_reasons` are destroyed (art. 4.4.1).
    answers = SealedTextField(_("autres réponses"))
    file_names = SealedTextField(_("noms des fichiers"))
    # Emptied at the end without foundation: it may designate a post held by one person (art. 4.4.1).
    target = models.CharField(_("visé"), max_length=16, blank=True, choices=choices(TARGET_LABELS))
    kept_from_technician = models.BooleanField(_("jamais vue du Technicien"), default=False)
    facts_from = models.DateField(_("premiers faits"), null=True, blank=True)
    facts_on = models.DateField(_("derniers faits"), null=True, blank=True)
    # Said after the complaint was sent, when it bore no date: apart, because what was signed stays to the letter.
    facts_told_on = models.DateField(_("derniers faits, dits après l'envoi"), null=True, blank=True)
    is_written = models.BooleanField(_("écrite"), default=True)
    is_private_dispute = models.BooleanField(_("litige privé"), default=False)
    concerns_the_town = models.BooleanField(_("vise un service ou le personnel"), default=True)
    endangers = models.BooleanField(_("péril"), default=False)
    checked_at = models.DateTimeField(_("liste de vérification faite le"), null=True, blank=True)

    signature = models.CharField(
        _("signature"), max_length=8, default=SignatureMethod.NONE.value, choices=choices(SIGNATURE_LABELS)
    )
    signer_name = models.CharField(_("nom du signataire"), max_length=170, blank=True)
    declaration = models.CharField(_("déclaration"), max_length=300, blank=True)
    signed_at = models.DateTimeField(_("signée le"), null=True, blank=True)
    email_proved_at = models.DateTimeField(_("courriel prouvé le"), null=True, blank=True)
    text_hash = models.CharField(_("empreinte SHA-256 du texte exact"), max_length=64, blank=True)

    # Art. 4.4: what the citizen was asked to add, and until when; a list of `Missing`.
    missing = models.JSONField(_("à compléter"), default=list, blank=True)
    asked_at = models.DateTimeField(_("demandé le"), null=True, blank=True)
    complete_until = models.DateField(_("à compléter jusqu'au"), null=True, blank=True)

    rejection = models.CharField(_("raison"), max_length=20, blank=True, choices=choices(OBSTACLE_LABELS))
    finding = models.CharField(_("conclusion"), max_length=10, blank=True, choices=choices(FINDING_LABELS))
    internal_reasons = SealedTextField(_("raisons internes"))
    # T10 or T11, read with the tracking code; the mail only says that it waits.
    letter_subject = models.CharField(max_length=200, blank=True)
    letter = SealedTextField(_("réponse au citoyen"))
    letter_at = models.DateTimeField(null=True, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("plainte")
        constraints = [
            models.CheckConstraint(
                condition=Q(signature="none", signed_at__isnull=True, text_hash="")
                | (Q(signature__in=["email", "paper"], signed_at__isnull=False) & ~Q(signer_name="")),
                name="complaint_signed_says_who_and_when",
            ),
            models.CheckConstraint(
                condition=~Q(signature="email")
                | (Q(email_proved_at__isnull=False) & ~Q(text_hash="") & ~Q(declaration="")),
                name="complaint_signed_by_email_is_proved_and_sealed",
            ),
            models.CheckConstraint(
                condition=Q(facts_from__isnull=True) | Q(facts_on__isnull=True) | Q(facts_from__lte=F("facts_on")),
                name="complaint_facts_begin_before_they_end",
            ),
            models.CheckConstraint(
                condition=Q(facts_from__isnull=True)
                | Q(facts_told_on__isnull=True)
                | Q(facts_from__lte=F("facts_told_on")),
                name="complaint_facts_told_end_after_they_begin",
            ),
            models.CheckConstraint(
                condition=Q(rejection="") | Q(finding=""), name="complaint_is_rejected_or_investigated"
            ),
            models.CheckConstraint(
                condition=~(Q(finding="unfounded") | ~Q(rejection=""))
                | Q(target="", concerned="", file_names="", internal_reasons=""),
                name="complaint_without_foundation_designates_nobody",
            ),
            models.CheckConstraint(
                condition=~Q(finding="founded") | ~Q(internal_reasons=""), name="complaint_founded_has_reasons"
            ),
            models.CheckConstraint(
                condition=Q(letter="", letter_at__isnull=True) | (~Q(letter="") & Q(letter_at__isnull=False)),
                name="complaint_letter_has_its_moment",
            ),
            models.CheckConstraint(
                condition=Q(target="") | Q(target__in=list(TARGET_LABELS)), name="complaint_target_is_known"
            ),
        ]

    def __str__(self) -> str:
        return str(self.case)

    @property
    def answers_given(self) -> list[list[str]]:
        """The answers to the page's own questions, as [question, answer]."""
        return json.loads(self.answers) if self.answers else []

    @property
    def names_of_files(self) -> dict[str, str]:
        """The name that each document had when it was sent."""
        return dict(json.loads(self.file_names)) if self.file_names else {}

    @property
    def is_signed(self) -> bool:
        """« signée » (art. 4.1, 4.4)."""
        return self.signature != SignatureMethod.NONE.value

    @property
    def last_facts_on(self) -> date | None:
        """The day of the last facts: as it was said since, else as the complaint says."""
        return self.facts_told_on or self.facts_on

    def signed_text(self, *, signer_name: str = "", declaration: str = "", until: Any = None) -> SignedText:
        """What a signature covers: the words, and the files that were there when it was given."""
        moment = until or self.signed_at
        files = self.case.attachments.filter(added_at__lte=moment).order_by("pk") if moment else []
        return SignedText(
            facts=self.words,
            concerned=self.concerned,
            facts_from=self.facts_from,
            facts_on=self.facts_on,
            answers=[(label, given) for label, given in self.answers_given],
            file_hashes=[file.sha256 for file in files],
            declaration=declaration or self.declaration,
            signer_name=signer_name or self.signer_name,
        )

    def is_intact(self) -> bool:
        """Say whether the text is, to the letter, the one that was signed by e-mail."""
        return bool(self.text_hash) and self.signed_text().digest() == self.text_hash

    def designate_nobody(self) -> None:
        """Destroy what designates someone, and seal again what remains if it was intact (4.4.1); the caller saves it."""
        intact = self.is_intact()
        self.target = self.concerned = self.file_names = self.internal_reasons = ""
        if intact:
            self.text_hash = self.signed_text().digest()

    def known_facts(self) -> ComplaintFacts:
        """What the rules of admissibility ask (intake/policy/complaint.py)."""
        requester = getattr(self.case, "requester", None)
        return ComplaintFacts(
            received_on=self.case.received_day(),
            is_written=self.is_written,
            is_signed=self.is_signed,
            complainant_name=requester.full_name if requester else "",
            address=requester.address if requester else "",
            phone_or_email=(requester.phone or requester.email) if requester else "",
            facts_on=tuple(day for day in (self.facts_from, self.last_facts_on) if day),
            is_private_dispute=self.is_private_dispute,
            concerns_the_town=self.concerns_the_town,
            endangers_safety=self.endangers,
        )

    def hearings(self) -> list[Hearing]:
        """Who is targeted, by number, and whether each was met and heard."""
        return [Hearing(one.number, one.met_on, one.was_heard) for one in self.case.accused.all()]

    def names(self) -> list[str]:
        """The names of those targeted; empty once the link is erased."""
        return [name for one in self.case.accused.all() for name in (one.name, one.email) if name]


class AccusedEmployee(models.Model):
    """« L'auteur allégué du manquement » (art. 4.4.1). The only place where a person and a complaint meet.

    Sealed, and without a foreign key: nobody lists the complaints of an employee, not even with the database in hand.
    The log speaks of « personne 1 »; the rows go when the complaint ends without foundation.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="accused")
    number = models.PositiveSmallIntegerField(_("personne"))
    name = SealedTextField(_("nom"))
    email = SealedTextField()
    employee_key = SealedTextField()
    met_on = models.DateField(_("rencontrée le"), null=True, blank=True)
    was_heard = models.BooleanField(_("écoutée"), default=False)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("personne visée")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="accused_has_a_number"),
            models.CheckConstraint(condition=~Q(name=""), name="accused_has_a_name"),
            models.CheckConstraint(
                condition=Q(was_heard=False) | Q(met_on__isnull=False), name="accused_heard_was_met"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case}: {self.number}"


class InvestigationEntry(models.Model):
    """One line of the log of a complaint: added, never changed; its note can only be destroyed, under art. 4.4.1."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="investigation")
    event = models.ForeignKey(
        CaseEvent, null=True, blank=True, on_delete=models.PROTECT, related_name="investigation_entries"
    )
    what = models.CharField(_("quoi"), max_length=10, choices=choices(ENTRY_LABELS))
    at = models.DateTimeField(_("inscrit le"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    by_label = models.CharField(_("par"), max_length=170)
    person = models.PositiveSmallIntegerField(_("personne visée"), null=True, blank=True)
    held_on = models.DateField(_("tenu le"), null=True, blank=True)
    note = SealedTextField(_("note"))

    objects = AppendOnlyQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("entrée du journal d'enquête")
        ordering = ["at", "pk"]
        constraints = [
            AppendOnly(name="investigation_is_never_rewritten", erasable=("note",)),
        ]

    def __str__(self) -> str:
        return f"{self.case}: {self.what}"


class SignatureCode(models.Model):
    """A code sent to prove an e-mail; `subject` is the draft or the file that it signs. Hashed, short, few tries."""

    subject = models.CharField(max_length=64, db_index=True)
    email_hash = models.CharField(max_length=64)
    code_hash = models.CharField(max_length=64)
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    tries_left = models.PositiveSmallIntegerField()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("code de signature")

    def __str__(self) -> str:
        return f"{self.sent_at:%Y-%m-%d %H:%M}"
