"""What a confidential file said before it became an open one (art. 4.5): sealed, for those who could read it then."""

import json

from django.db import models
from django.utils.translation import gettext_lazy as _

from .append_only import AppendOnly, AppendOnlyQuerySet
from .case import Case
from .record import CaseEvent
from .sealed import SealedTextField


class FormerWords(models.Model):
    """The words of a complaint, a claim or an access request, kept when the file becomes of another kind.

    One a reclassification. Whoever could read the file until that event reads them still; the service that receives
    it reads what was written anew. Sealed: no search, no list and no workbook holds them.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="former_words")
    event = models.OneToOneField(CaseEvent, on_delete=models.PROTECT, related_name="former_words")
    facts = SealedTextField(_("exposé des faits"))
    location = SealedTextField(_("lieu"))
    # [[label, value]…]: the answers and the record of the kind that was left.
    details = SealedTextField(_("autres réponses"))

    objects = AppendOnlyQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("mots d'avant le reclassement")
        constraints = [AppendOnly(name="former_words_keep_their_place", fields=("case", "event"))]

    def __str__(self) -> str:
        return str(self.case)

    @property
    def details_given(self) -> list[list[str]]:
        """What else was said, as [label, value]."""
        return json.loads(self.details) if self.details else []
