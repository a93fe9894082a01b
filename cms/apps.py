from django.apps import AppConfig


class CmsConfig(AppConfig):
    name = "cms"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Guichet"

    def ready(self) -> None:
        """Connect our mails before Wagtail connects its own: this app comes first in INSTALLED_APPS."""
        from cms.reviews.approvals import take_the_place_of_wagtail

        take_the_place_of_wagtail()
