from django.apps import AppConfig


class StockFormConfig(AppConfig):
    name = "tests.bench.stockform"
    label = "bench_stockform"
    default_auto_field = "django.db.models.BigAutoField"
