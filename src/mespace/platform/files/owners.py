"""Which stored files belong to a row. A model that names files says so: `blob_fields = ("blob",)`."""

from collections.abc import Collection

from django.apps import apps
from django.db import models


def owning_models() -> list[type[models.Model]]:
    """The models whose rows name stored files."""
    return [model for model in apps.get_models() if getattr(model, "blob_fields", ())]


def known_blobs(names: Collection[str]) -> set[str]:
    """Those of the stored files' names that any row of any room names; the others are orphans."""
    found: set[str] = set()
    for model in owning_models():
        for field in getattr(model, "blob_fields", ()):
            rows = model._default_manager.filter(**{f"{field}__in": names})  # noqa: SLF001 - Django's public name
            found.update(rows.values_list(field, flat=True))
    return found
