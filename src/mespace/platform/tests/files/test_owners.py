"""Every model that names stored files is asked before a file counts as an orphan."""

from django.apps import apps
from django.db import models

from mespace.platform.files.owners import owning_models


def test_every_column_called_blob_is_named() -> None:
    with_blob = {
        model
        for model in apps.get_models()
        if any(isinstance(field, models.CharField) and field.name == "blob" for field in model._meta.get_fields())
        and not model.__name__.endswith("Audit")
    }
    assert with_blob
    assert with_blob <= set(owning_models())
