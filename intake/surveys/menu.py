"""The results of the survey in the admin's menu."""

from django.http import HttpRequest
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem

from intake.models import actor_for
from intake.policy.surveys import reads_results


class SurveysMenuItem(MenuItem):
    """« Sondages »."""

    def __init__(self) -> None:
        super().__init__(
            _("Sondages"), reverse_lazy("intake_surveys:results"), name="surveys", icon_name="comment", order=135
        )

    def is_shown(self, request: HttpRequest) -> bool:
        """Only for those who may read them."""
        return reads_results(actor_for(request.user))
