"""What all forms of the managers' pages share."""

from typing import Any, ClassVar

from django import forms
from django.db import models


def kit_field(db_field: "models.Field[Any, Any]", **options: Any) -> forms.Field | None:
    """A model's field as a form shows it: dates by the browser's own picker, typed dates as well."""
    if isinstance(db_field, models.DateField):
        options["widget"] = DayInput()
    if isinstance(db_field, models.URLField):
        options["assume_scheme"] = "https"
    field: forms.Field | None = db_field.formfield(**options)
    return field


class DayInput(forms.DateInput):
    """A date in the browser's picker."""

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d", attrs={"type": "date"})


class RowForm(forms.ModelForm):  # type: ignore[type-arg] # the model differs
    """Labels, hints and limits of a model's fields. It only parses: the operation judges the row and saves it."""

    short: ClassVar[frozenset[str]] = frozenset()
    """Fields that stand two in a row where there is room."""
    texts: ClassVar[frozenset[str]] = frozenset()
    """Fields written in Markdown."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.texts:
            self.fields[name].widget.attrs["rows"] = 6

    def _post_clean(self) -> None:
        """Leave the row alone."""

    def rows(self) -> list[tuple[forms.BoundField, str]]:
        """The visible fields, each with how it is laid out: short, wide or text."""
        return [(field, self._layout(field.name)) for field in self.visible_fields()]

    def _layout(self, name: str) -> str:
        if name in self.texts:
            return "text"
        return "short" if name in self.short else "wide"


class Kit:
    """Base of every form's Meta."""

    formfield_callback = staticmethod(kit_field)
