"""What comes from another system: the numbers it gave, the workbooks that were brought, and how their columns were read."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .case import Case
from .folding import FoldedTextField
from .record import private_storage


class OldReference(models.Model):
    """The number that another system gave to a file: kept for ever, searched, and the reason why nothing comes in twice."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="old_references")
    system = models.CharField(_("ancien système"), max_length=80)
    reference = models.CharField(_("ancien numéro"), max_length=80)
    # « REQ-12 » and « req-12 » are the same number.
    folded = FoldedTextField(of=("reference",))

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("ancien numéro")
        verbose_name_plural = _("anciens numéros")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["system", "folded"], name="old_reference_is_imported_once"),
            models.CheckConstraint(
                condition=~Q(system="") & ~Q(reference=""), name="old_reference_says_whose_and_which"
            ),
        ]
        indexes = [models.Index(fields=["folded"], name="old_reference_searched")]

    def __str__(self) -> str:
        return f"{self.reference} ({self.system})"


class SavedMapping(models.Model):
    """How the columns and the words of another system are read: said once, proposed again (policy/import_mapping.py)."""

    name = models.CharField(_("nom"), max_length=80, unique=True)
    content = models.JSONField(_("correspondance"), default=dict)
    changed_at = models.DateTimeField(_("changée le"))
    changed_by_label = models.CharField(_("par"), max_length=170)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("correspondance de colonnes")
        verbose_name_plural = _("correspondances de colonnes")
        ordering = ["name"]
        constraints = [models.CheckConstraint(condition=~Q(name=""), name="mapping_has_a_name")]

    def __str__(self) -> str:
        return self.name


class CaseImport(models.Model):
    """A workbook of another system, from its arrival to what was made of it.

    `file` (the workbook) and `rows` (what was read in it, excel/staged.py) hold names: they are deleted after a few
    days, the counts stay. `content` is the mapping as it is being made, then as it was applied.
    """

    class State(models.TextChoices):
        """How far it is."""

        READING = "reading", _("lecture en cours")
        UNREADABLE = "unreadable", _("illisible")
        READY = "ready", _("à vérifier")
        APPLYING = "applying", _("importation en cours")
        DONE = "done", _("importé")
        FAILED = "failed", _("interrompu")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    by_label = models.CharField(_("par"), max_length=170)
    at = models.DateTimeField(_("apporté le"))
    file = models.FileField(_("classeur"), storage=private_storage, blank=True, max_length=200)
    rows = models.FileField(storage=private_storage, blank=True, max_length=200)
    original_name = models.CharField(_("nom du fichier"), max_length=200)
    sha256 = models.CharField(max_length=64)
    wanted_sheet = models.CharField(_("feuille"), max_length=40, blank=True)
    state = models.CharField(_("état"), max_length=12, choices=State.choices, default=State.READING.value)
    words = models.TextField(_("explication"), blank=True)
    mapping = models.ForeignKey(
        SavedMapping,
        verbose_name=_("correspondance"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    content = models.JSONField(default=dict, blank=True)
    rows_total = models.PositiveIntegerField(_("lignes"), default=0)
    rows_done = models.PositiveIntegerField(_("lignes traitées"), default=0)
    created = models.PositiveIntegerField(_("importées"), default=0)
    already = models.PositiveIntegerField(_("déjà là"), default=0)
    left_out = models.PositiveIntegerField(_("laissées de côté"), default=0)
    refused = models.PositiveIntegerField(_("refusées"), default=0)
    finished_at = models.DateTimeField(_("terminé le"), null=True, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("importation")
        verbose_name_plural = _("importations")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.original_name}, {self.at:%Y-%m-%d %H:%M}"
