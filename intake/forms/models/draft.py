"""What a citizen has typed so far, kept on our side until it is sent (docs/decisions/0005)."""

import uuid
from datetime import datetime, timedelta

from django.db import models
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from intake.models import Case, private_storage

# How long an unfinished form waits for its author; its files go with it.
LIFETIME = timedelta(hours=48)
# The tracking code is shown on the confirmation page for this long, then it exists nowhere in clear.
CODE_SHOWN_FOR = timedelta(hours=1)
KILOBYTE, MEGABYTE = 1024, 1024 * 1024


class DraftQuerySet(models.QuerySet):
    """Questions about drafts."""

    def alive(self, now: datetime) -> "DraftQuerySet":
        """Drafts that may still be read and sent."""
        return self.filter(updated_at__gt=now - LIFETIME)

    def abandoned(self, now: datetime) -> "DraftQuerySet":
        """Drafts whose time is over; nothing reads them any more, their files may go at any moment."""
        return self.filter(updated_at__lte=now - LIFETIME)


class Draft(models.Model):
    """One form under way. Its key is in the address and opens it; it is also the submission key of the case.

    `data` holds {step: {field: [texts as typed]}}; it is emptied the moment the case exists.
    """

    key = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    page = models.ForeignKey("intake_forms.RequestFormPage", null=True, on_delete=models.SET_NULL, related_name="+")
    data = models.JSONField(default=dict)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField(db_index=True)
    case = models.OneToOneField(Case, null=True, on_delete=models.CASCADE, related_name="+")
    tracking_code = models.CharField(max_length=20, blank=True)
    code_shown_until = models.DateTimeField(null=True)

    objects = DraftQuerySet.as_manager()

    # Communications staff look up who uses a page: what citizens type must never appear there (art. 4.5).
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("formulaire en cours")
        verbose_name_plural = _("formulaires en cours")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(tracking_code="") | models.Q(case__isnull=False, code_shown_until__isnull=False),
                name="draft_shows_a_code_only_once_filed_and_for_a_time",
            ),
        ]

    def __str__(self) -> str:
        return str(self.key)

    def code_to_show(self, now: datetime) -> str:
        """Return the tracking code while it may be shown, else an empty text."""
        if self.code_shown_until is None or now >= self.code_shown_until:
            return ""
        return self.tracking_code


class DraftFile(models.Model):
    """A file of a draft, checked and stored privately; filing gives it to the case and this row goes.

    The row is written before the file (`is_stored` false): whatever breaks in between, no file is left without a row.
    """

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="files")
    file = models.FileField(storage=private_storage, max_length=200)
    original_name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    is_stored = models.BooleanField(default=False)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("fichier d'un formulaire en cours")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["file"], name="draft_file_has_its_own_file")]

    def __str__(self) -> str:
        return self.original_name

    @property
    def readable_size(self) -> str:
        """The size as people write it here: 1,3 Mo or 45 ko."""
        if self.size >= MEGABYTE:
            return f"{number_format(self.size / MEGABYTE, 1)} Mo"
        return f"{max(1, round(self.size / KILOBYTE))} ko"
