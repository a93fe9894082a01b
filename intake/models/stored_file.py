"""What every file kept beside a file of the town has in common; it lies in private storage, never under a public address."""

from django.core.files.storage import Storage, storages
from django.db import models
from django.utils.translation import gettext_lazy as _


def private_storage() -> Storage:
    """Where confidential files are kept, never under a public address."""
    return storages["private"]


class StoredFile(models.Model):
    """A file under the name that people gave it; who may read it is asked of the row that it belongs to."""

    file = models.FileField(storage=private_storage, max_length=200)
    original_name = models.CharField(_("nom du fichier"), max_length=200)
    content_type = models.CharField(max_length=100)
    added_at = models.DateTimeField(_("ajouté le"))

    wagtail_reference_index_ignore = True

    class Meta:
        abstract = True
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.original_name


class CheckedFile(StoredFile):
    """A stored file that was checked on its way in: what it weighs, and what it is to the last bit."""

    size = models.PositiveIntegerField(_("taille, en octets"))
    sha256 = models.CharField(max_length=64)

    class Meta(StoredFile.Meta):
        abstract = True
