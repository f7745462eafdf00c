"""Form fields that every form of the product may need."""

import secrets
from collections.abc import Sequence
from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as _

LONGEST_ID = 18  # digits: a bigint takes them all
FORM_KEY = "form_key"  # the hidden input that every form has

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.core.files.uploadedfile import UploadedFile


def row_id(text: str) -> int | None:
    """The id of a row as an address or a form names it; None for anything that is no such number."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= LONGEST_ID else None


def new_key() -> str:
    """A fresh idempotency key for a form that is being opened."""
    return secrets.token_urlsafe(16)


class KeyField(forms.CharField):
    """The idempotency key that a form carries from the moment it is opened."""

    def __init__(self) -> None:
        widget = forms.HiddenInput(attrs={"autocomplete": "off"})  # a reload brings a key of its own
        super().__init__(max_length=64, widget=widget, initial=new_key, required=True)


class FileInput(forms.ClearableFileInput):
    """An input for several files."""

    allow_multiple_selected = True

    def __init__(self) -> None:
        super().__init__(attrs={"multiple": True})


class FilesField(forms.FileField):
    """Several files; cleaned to a list of uploads, empty when none came."""

    widget = FileInput

    def clean(self, data: object, initial: object = None) -> "list[UploadedFile[bytes]]":
        """The uploads, each checked as a single file would be."""
        uploads = data if isinstance(data, list | tuple) else [data]
        return [super(FilesField, self).clean(each, initial) for each in uploads if each]


class IdsInput(forms.MultipleHiddenInput):
    """One hidden input per id."""


class IdsField(forms.Field):
    """Ids of rows, from repeated hidden inputs; cleaned to a list of whole numbers."""

    widget = IdsInput

    def __init__(self) -> None:
        super().__init__(required=False)

    def clean(self, value: object) -> list[int]:
        """The ids in the order given. Raises ValidationError for anything that is no id."""
        values: Sequence[object] = value if isinstance(value, list | tuple) else []
        for each in values:
            if row_id(str(each)) is None:
                raise forms.ValidationError(_("A file is no longer there. Attach it again, please."))
        return [int(str(each)) for each in values]
