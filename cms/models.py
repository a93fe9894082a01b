"""The one thing this room stores: what was seeded once, so that it is never seeded again."""

from django.db import models


class SeededItem(models.Model):
    """A piece of the start content that was put in place once; what people then do with it is theirs.

    Kept when the object itself is renamed, changed or deleted: that is how a deleted guide stays deleted.
    """

    key = models.CharField(max_length=120, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = "contenu de départ déjà mis en place"

    def __str__(self) -> str:
        return self.key
