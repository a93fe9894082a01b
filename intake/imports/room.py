"""What every screen of the import asks first: who looks, at which workbook, and whether its rows are still kept."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views import View

from intake.models import CaseImport, actor_for
from intake.policy.roles import Actor
from intake.process.importing import IMPORTING_ROLES

UNPROCESSABLE = 422


class ImportingView(View):
    """A screen that does not exist for whoever does not import (art. 4.1, 4.5)."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answer 404 to other roles."""
        if not self.actor.has_any(IMPORTING_ROLES):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def actor(self) -> Actor:
        """Who asks."""
        return actor_for(self.request.user)


class StepView(ImportingView):
    """A step on one workbook: elsewhere while it is being read or applied, or once its rows are no longer kept."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Lead to the page of the import when this step can't be done now."""
        if self.actor.has_any(IMPORTING_ROLES) and not self.is_open():
            return redirect("intake_imports:one", self.brought.pk)
        return super().dispatch(request, *args, **kwargs)

    def is_open(self) -> bool:
        """Say whether the mapping may still change."""
        open_states = (CaseImport.State.READY.value, CaseImport.State.FAILED.value)
        return self.brought.state in open_states and bool(self.brought.rows)

    @cached_property
    def brought(self) -> CaseImport:
        """The workbook of the address."""
        return get_object_or_404(CaseImport.objects.select_related("mapping"), pk=self.kwargs["pk"])

    def step_context(self, current: str) -> dict[str, Any]:
        """What every step shows: the way back, and the three steps with those that may be gone to."""
        mapped = bool(self.brought.content)
        steps = [
            ("columns", _("Colonnes"), True),
            ("words", _("Mots"), mapped),
            ("report", _("Vérification"), mapped),
        ]
        return {
            "brought": self.brought,
            "trail": trail(),
            "steps": [
                {
                    "label": label,
                    "url": reverse(f"intake_imports:{name}", args=[self.brought.pk]) if reachable else "",
                    "current": name == current,
                }
                for name, label, reachable in steps
            ],
        }

    def to_columns(self, words: str) -> HttpResponse:
        """Lead back to the columns, saying why."""
        messages.error(self.request, words)
        return redirect("intake_imports:columns", self.brought.pk)


def trail() -> list[dict[str, str]]:
    """The way back to the list of imports."""
    return [{"url": reverse("intake_imports:all"), "label": _("Importer")}]
