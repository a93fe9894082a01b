"""The monthly lists of art. 4.1 and 4.2: what each Responsable was sent, frozen, and what came back."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .append_only import AppendOnly, AppendOnlyQuerySet
from .case import Case
from .record import CaseEvent, private_storage


class OpenRequestsListQuerySet(models.QuerySet):
    """Questions about the lists of a month."""

    def to_send(self) -> "OpenRequestsListQuerySet":
        """Lists that have not left and that nobody holds back."""
        return self.filter(sent_at__isnull=True, held_at__isnull=True)

    def sent(self) -> "OpenRequestsListQuerySet":
        """Lists that left."""
        return self.filter(sent_at__isnull=False)


class OpenRequestsList(models.Model):
    """« La liste des requêtes non complétées (RNC) » of one service for one month; there is never a second one.

    The lines, the recipient and the workbook are frozen when it leaves. `late` says that it left after its day.
    """

    month = models.CharField(_("mois"), max_length=7)  # 2026-05
    department = models.ForeignKey(
        "snippets.Department", verbose_name=_("service"), on_delete=models.PROTECT, related_name="open_requests_lists"
    )
    list_on = models.DateField(_("jour de l'envoi"))
    due_on = models.DateField(_("réponses attendues le"))
    held_at = models.DateTimeField(_("retenue le"), null=True, blank=True)
    held_by_label = models.CharField(max_length=170, blank=True)
    # Who received it: the Responsable of the moment of sending (Annexe C), or nobody: the technician then has it.
    designation = models.ForeignKey(
        "snippets.Designation",
        verbose_name=_("Responsable"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="open_requests_lists",
    )
    sent_at = models.DateTimeField(_("envoyée le"), null=True, blank=True)
    sent_by_label = models.CharField(_("envoyée par"), max_length=170, blank=True)
    late = models.BooleanField(_("en retard"), default=False)
    file = models.FileField(_("classeur"), storage=private_storage, blank=True, max_length=200)

    objects = OpenRequestsListQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("liste des requêtes non complétées")
        verbose_name_plural = _("listes des requêtes non complétées")
        ordering = ["-month", "department__sort_order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["month", "department"], name="one_list_a_month_and_department"),
            models.CheckConstraint(condition=Q(due_on__gte=F("list_on")), name="list_is_due_after_it_leaves"),
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True) | Q(held_at__isnull=True), name="list_sent_is_not_held"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.month} {self.department}"


class OpenRequestsLine(models.Model):
    """One request of a list, as it stood when the list left. `shown` holds the values of the columns, as text.

    `key` goes with the row in the workbook and comes back with it: it can't be guessed from the reference. `shown` is only
    emptied, when the request becomes a file that a list may not name (art. 4.5).
    """

    list = models.ForeignKey(OpenRequestsList, on_delete=models.PROTECT, related_name="lines")
    position = models.PositiveIntegerField()
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="monthly_lines")
    case_version = models.PositiveIntegerField()
    key = models.CharField(max_length=24, unique=True)
    shown = models.JSONField(default=dict)

    objects = AppendOnlyQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("ligne de la liste")
        ordering = ["position"]
        constraints = [
            AppendOnly(name="line_is_never_rewritten", fields=("list", "position", "case", "case_version", "key")),
            models.UniqueConstraint(fields=["list", "case"], name="request_is_once_on_a_list"),
        ]

    def __str__(self) -> str:
        return f"{self.list}: {self.case}"


class LineAnswer(models.Model):
    """What was answered for a line (art. 4.2), by which door, and the event that it caused."""

    class Source(models.TextChoices):
        """By which door."""

        WEB = "web", _("page de la liste")
        WORKBOOK = "workbook", _("classeur")

    line = models.ForeignKey(OpenRequestsLine, on_delete=models.PROTECT, related_name="answers")
    event = models.OneToOneField(CaseEvent, on_delete=models.PROTECT, related_name="line_answer")
    at = models.DateTimeField(_("le"))
    by_label = models.CharField(_("par"), max_length=170)
    source = models.CharField(max_length=8, choices=Source.choices)

    objects = AppendOnlyQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("réponse à une ligne")
        ordering = ["at", "pk"]
        constraints = [AppendOnly(name="line_answer_is_never_edited")]

    def __str__(self) -> str:
        return f"{self.line} ({self.at:%Y-%m-%d})"


class ListMessage(models.Model):
    """A mail about a list: the list itself, its reminder, a copy sent again. `number` counts what a person sends again."""

    list = models.ForeignKey(OpenRequestsList, on_delete=models.PROTECT, related_name="messages")
    code = models.CharField(max_length=8)
    number = models.PositiveSmallIntegerField(default=1)
    recipient = models.EmailField(_("à"))
    at = models.DateTimeField(_("le"))
    by_label = models.CharField(_("par"), max_length=170)
    mail = models.OneToOneField("post_office.Email", on_delete=models.PROTECT, related_name="+")

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("message d'une liste")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["list", "code", "number"], name="list_message_is_sent_once"),
        ]

    def __str__(self) -> str:
        return f"{self.code} → {self.list}"


class CouncilList(models.Model):
    """The officials' list about one month (art. 4.1), frozen: `data` is all that it says, the files are made from it."""

    month = models.CharField(_("mois"), max_length=7, unique=True)  # the month that it is about
    council_on = models.DateField(_("jour de la publication"))
    data = models.JSONField()
    published_at = models.DateTimeField(_("publiée le"))
    published_by_label = models.CharField(_("publiée par"), max_length=170)
    late = models.BooleanField(_("en retard"), default=False)

    objects = AppendOnlyQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("liste aux élus")
        verbose_name_plural = _("listes aux élus")
        ordering = ["-month"]
        constraints = [AppendOnly(name="council_list_is_never_edited")]

    def __str__(self) -> str:
        return self.month


class CouncilMessage(models.Model):
    """A mail that told an official that the list of a month is there: one a list and address."""

    list = models.ForeignKey(CouncilList, on_delete=models.PROTECT, related_name="messages")
    recipient = models.EmailField(_("à"))
    mail = models.OneToOneField("post_office.Email", on_delete=models.PROTECT, related_name="+")

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("avis aux élus")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["list", "recipient"], name="official_is_told_once"),
        ]

    def __str__(self) -> str:
        return f"{self.recipient} → {self.list}"
