"""That the owner of a guide was told that its review date had gone by (art. 2.3: « à jour et fiables »)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ReviewNotice(models.Model):
    """One row a guide and review date that was told; a new date that goes by is told again. Written by `cms.reviews`."""

    page = models.ForeignKey("services_pages.GuidePage", on_delete=models.CASCADE, related_name="review_notices")
    review_due_on = models.DateField(_("à réviser le"))
    told_at = models.DateTimeField(_("rappelé le"))
    recipient = models.EmailField(_("à"))

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("rappel de révision")
        verbose_name_plural = _("rappels de révision")
        constraints = [
            models.UniqueConstraint(fields=["page", "review_due_on"], name="review_date_is_told_once"),
        ]

    def __str__(self) -> str:
        return f"{self.page_id} – {self.review_due_on}"
