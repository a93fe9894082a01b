"""What the search reads, and what it could not answer."""

from datetime import date

from django.db import models, transaction
from django.db.models import F, Max, Sum
from django.utils.translation import gettext_lazy as _


class SearchEntry(models.Model):
    """The words of one page, made comparable; written by services_pages.search.backend, never by hand."""

    page = models.OneToOneField("wagtailcore.Page", primary_key=True, on_delete=models.CASCADE, related_name="+")
    heading_stems = models.TextField()
    stems = models.TextField()
    text = models.TextField()

    class Meta:
        verbose_name = _("entrée de recherche")
        verbose_name_plural = _("entrées de recherche")

    def __str__(self) -> str:
        return f"{self.page_id}"


MAX_TERMS_A_DAY = 500  # a robot that searches for noise fills one day's list, not the table


class SearchMissQuerySet(models.QuerySet):
    """Questions about searches without result."""

    def count_one(self, *, term: str, day: date) -> None:
        """Count one more search of `term` on `day` (the town's date)."""
        rows = self.filter(term=term, day=day)
        if not rows.update(count=F("count") + 1) and self.on(day).count() < MAX_TERMS_A_DAY:
            with transaction.atomic():
                self.get_or_create(term=term, day=day)
                rows.update(count=F("count") + 1)

    def on(self, day: date) -> "SearchMissQuerySet":
        """Terms searched in vain on one day."""
        return self.filter(day=day)

    def by_term(self, *, since: date) -> "SearchMissQuerySet":
        """Rows of term, total, last_on: each term searched in vain since a day."""
        return self.filter(day__gte=since).order_by().values("term").annotate(total=Sum("count"), last_on=Max("day"))


class SearchMiss(models.Model):
    """A term searched without result, how many times in a day; nothing about who searched (art. 2.3)."""

    term = models.CharField(_("terme"), max_length=80)
    day = models.DateField(_("jour"))
    count = models.PositiveIntegerField(_("fois"), default=0)

    objects = SearchMissQuerySet.as_manager()

    class Meta:
        verbose_name = _("recherche sans résultat")
        verbose_name_plural = _("recherches sans résultat")
        ordering = ["-day", "-count", "term"]
        constraints = [models.UniqueConstraint(fields=["term", "day"], name="term_is_counted_once_a_day")]

    def __str__(self) -> str:
        return self.term
