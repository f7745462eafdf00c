"""The products room as a Django app."""

from django.apps import AppConfig


class ProductsConfig(AppConfig):
    """Registers the products room."""

    name = "mespace.products"
    label = "products"
    default_auto_field = "django.db.models.BigAutoField"
