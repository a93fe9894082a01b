"""Workbooks that came back with answers: kept as they were sent, so that what was applied can be shown."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .monthly import OpenRequestsList
from .stored_file import private_storage


class AnswersUpload(models.Model):
    """A workbook of answers, between its upload and its confirmation; `applied_at` says that it was applied."""

    list = models.ForeignKey(OpenRequestsList, on_delete=models.PROTECT, related_name="uploads")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    by_label = models.CharField(_("par"), max_length=170)
    at = models.DateTimeField(_("téléversé le"))
    file = models.FileField(_("classeur"), storage=private_storage, max_length=200)
    original_name = models.CharField(_("nom du fichier"), max_length=200)
    applied_at = models.DateTimeField(_("appliqué le"), null=True, blank=True)
    applied_lines = models.PositiveIntegerField(_("lignes appliquées"), default=0)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("classeur de réponses")
        verbose_name_plural = _("classeurs de réponses")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.list} ({self.at:%Y-%m-%d %H:%M})"
