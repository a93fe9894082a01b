"""Exports: the trace of each (art. 4.5), and the layouts that people keep for the next one."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from intake.policy.exports import FileFormat, Sheets

from .choices import FORMAT_LABELS, SHEETS_LABELS, choices
from .stored_file import private_storage

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser

LONGEST_NAME, LONGEST_SEARCH = 60, 200


class Export(models.Model):
    """Someone took rows out as a workbook: who, when, which filter, how many; and how far a long one is."""

    class State(models.TextChoices):
        """How far it is."""

        PENDING = "pending", _("en préparation")
        DONE = "done", _("prête")
        FAILED = "failed", _("échouée")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    by_label = models.CharField(_("par"), max_length=170)
    requested_at = models.DateTimeField(_("demandée le"))
    finished_at = models.DateTimeField(_("terminée le"), null=True, blank=True)
    filters = models.JSONField(_("filtre"), default=dict)
    columns = models.JSONField(_("colonnes"), default=list)
    state = models.CharField(_("état"), max_length=8, choices=State.choices, default=State.PENDING.value)
    rows_total = models.PositiveIntegerField(_("lignes"), null=True, blank=True)
    rows_done = models.PositiveIntegerField(default=0, validators=[MinValueValidator(0)])
    # How it was laid out; the layout may be renamed or deleted since, so its name is kept and not a link.
    sheets = models.CharField(_("feuilles"), max_length=12, choices=choices(SHEETS_LABELS), default=Sheets.ONE.value)
    format = models.CharField(_("format"), max_length=4, choices=choices(FORMAT_LABELS), default=FileFormat.XLSX.value)
    layout_name = models.CharField(_("présentation"), max_length=LONGEST_NAME, blank=True)
    file = models.FileField(storage=private_storage, blank=True, max_length=200)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("exportation")
        verbose_name_plural = _("exportations")
        ordering = ["-requested_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.by_label}, {self.requested_at:%Y-%m-%d %H:%M}"


class ExportLayoutQuerySet(models.QuerySet):
    """Questions about layouts."""

    def usable_by(self, user: "AbstractBaseUser") -> "ExportLayoutQuerySet":
        """One's own and the shared ones; nobody else's private ones exist."""
        return self.filter(Q(owner=user) | Q(shared=True))


class ExportLayout(models.Model):
    """Columns in their order, the list they are taken from, sheets and format, kept under a name.

    It holds choices, never rows and never rights: whoever uses it gets his own files in the columns that exist for him
    (art. 4.5). `query` is the address of the list, without its page and without the words searched: those may name
    someone, so that a shared layout keeps none.
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    owner_label = models.CharField(_("par"), max_length=170)
    name = models.CharField(_("nom"), max_length=LONGEST_NAME)
    columns = models.JSONField(_("colonnes"), default=list)
    query = models.TextField(_("liste"), blank=True)
    search = models.CharField(_("mots cherchés"), max_length=LONGEST_SEARCH, blank=True)
    sheets = models.CharField(_("feuilles"), max_length=12, choices=choices(SHEETS_LABELS), default=Sheets.ONE.value)
    format = models.CharField(_("format"), max_length=4, choices=choices(FORMAT_LABELS), default=FileFormat.XLSX.value)
    shared = models.BooleanField(_("partagée"), default=False)
    changed_at = models.DateTimeField(_("enregistrée le"))

    objects = ExportLayoutQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("présentation d'exportation")
        verbose_name_plural = _("présentations d'exportation")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["owner", "name"], name="layout_name_once_an_owner"),
            models.UniqueConstraint(fields=["name"], condition=Q(shared=True), name="shared_layout_name_once"),
            models.CheckConstraint(condition=~Q(name=""), name="layout_has_a_name"),
            models.CheckConstraint(condition=Q(shared=False) | Q(search=""), name="shared_layout_searches_nothing"),
            models.CheckConstraint(condition=Q(sheets__in=sorted(SHEETS_LABELS)), name="layout_sheets_are_known"),
            models.CheckConstraint(condition=Q(format__in=sorted(FORMAT_LABELS)), name="layout_format_is_known"),
        ]

    def __str__(self) -> str:
        return self.name
