"""Every address of the site; Wagtail's pages come last."""

from django.conf import settings
from django.conf.urls.static import static
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.api.v3.urls import api
from wagtail.contrib.sitemaps.views import sitemap
from wagtail.documents import urls as wagtaildocs_urls

from cms.health import healthz
from cms.site_map import site_map
from cms.theme import theme
from cms.views import robots
from services_pages.views import search

urlpatterns = [
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("api/v3/", api.urls),
    path("recherche/", search, name="search"),
    path("healthz", healthz, name="healthz"),
    path("robots.txt", robots),
    path("sitemap.xml", sitemap),
    path("theme.css", theme, name="theme"),
    path("plan-du-site/", site_map, name="site_map"),
    *(static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT) if settings.DEBUG else []),
    path("", include("snippets.urls")),
    path("", include("intake.urls")),
    path("", include(wagtail_urls)),
]
