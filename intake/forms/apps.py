from django.apps import AppConfig


class FormsConfig(AppConfig):
    name = "intake.forms"
    label = "intake_forms"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Formulaires"
