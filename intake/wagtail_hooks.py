from django.urls import include, path
from wagtail import hooks


@hooks.register("register_admin_urls")
def queue_urls() -> list:
    """The file, its actions and its documents, under /admin/demandes/."""
    return [path("demandes/", include("intake.queue.urls"))]
