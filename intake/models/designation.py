"""What goes with a designation of Annexe C: the printed form that was signed and scanned, and who was told of it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .stored_file import StoredFile, private_storage


class SignedForm(StoredFile):
    """The printed Annexe C, signed by hand and scanned."""

    designation = models.ForeignKey("snippets.Designation", on_delete=models.PROTECT, related_name="signed_forms")
    file = models.FileField(_("formulaire signé"), storage=private_storage, max_length=200)
    added_by_label = models.CharField(_("par"), max_length=170)

    class Meta(StoredFile.Meta):
        verbose_name = _("formulaire signé")


class DesignationMessage(models.Model):
    """A mail about a designation: one a code, recipient and day."""

    designation = models.ForeignKey("snippets.Designation", on_delete=models.PROTECT, related_name="messages")
    code = models.CharField(max_length=8)
    recipient = models.EmailField(_("à"))
    on = models.DateField(_("le"))
    mail = models.OneToOneField("post_office.Email", on_delete=models.PROTECT, related_name="+")

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("message d'une désignation")
        constraints = [
            models.UniqueConstraint(
                fields=["designation", "code", "recipient", "on"], name="designation_is_told_once_a_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} → {self.recipient}"
