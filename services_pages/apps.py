from django.apps import AppConfig


class ServicesPagesConfig(AppConfig):
    name = "services_pages"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Pages"
