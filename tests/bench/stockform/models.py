"""A stock form page, without mail (Wagtail's mails inside the request would only make the baseline slower)."""

from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.contrib.forms.models import AbstractForm, AbstractFormField


class StockField(AbstractFormField):
    page = ParentalKey("StockFormPage", on_delete=models.CASCADE, related_name="form_fields")


class StockFormPage(AbstractForm):
    template = "bench_stockform/form.html"
    landing_page_template = "bench_stockform/landing.html"
