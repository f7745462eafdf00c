"""The products room as a Django app."""

from django.apps import AppConfig


class ProductsConfig(AppConfig):
    """Registers the products room."""

    name = "mespace.products"
    label = "products"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Make known that a fix planned with a date is owed."""
        from mespace.obligations.kinds import register
        from mespace.products.planned_fix import PLANNED_FIX

        register(PLANNED_FIX)
