"""Widgets drawn by functions are Django's own, letter for letter."""

from typing import Any

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates

from mespace.web.forms import KitRenderer

CHOICES = [("", "—"), ("a", "А & Б <1>"), ("Группа «x»", [("b", 'В "цех"'), ("c", "Г")])]
WIDGETS: list[tuple[forms.Widget, Any]] = [
    (forms.TextInput(attrs={"maxlength": 10, "required": True, "disabled": False, "title": 'a"b'}), "<&'\">"),
    (forms.TextInput(), None),
    (forms.NumberInput(), 1234567),
    (forms.EmailInput(), "a@b.ru"),
    (forms.URLInput(), ""),
    (forms.PasswordInput(), "x"),
    (forms.HiddenInput(), "k"),
    (forms.MultipleHiddenInput(), ["1", "2"]),
    (forms.CheckboxInput(), True),
    (forms.DateInput(), "2024-12-27"),
    (forms.FileInput(attrs={"accept": "image/*"}), None),
    (forms.ClearableFileInput(), None),
    (forms.Textarea(attrs={"rows": 5, "hidden": True}), "строка\n<b>"),
    (forms.Textarea(), None),
    (forms.Select(choices=CHOICES), "b"),
    (forms.SelectMultiple(choices=CHOICES), ["a", "c"]),
    (forms.NullBooleanSelect(), None),
    (forms.RadioSelect(choices=CHOICES), "a"),
    (forms.CheckboxSelectMultiple(choices=CHOICES), ["a"]),
]


@pytest.mark.parametrize(("widget", "value"), WIDGETS, ids=[type(widget).__name__ for widget, _ in WIDGETS])
def test_the_markup_is_django_s(widget: forms.Widget, value: Any) -> None:
    attrs = {"id": "id_x", "aria-describedby": "x&y"}
    ours = widget.render("имя", value, attrs, renderer=KitRenderer())
    assert ours == widget.render("имя", value, attrs, renderer=DjangoTemplates())
    assert hasattr(ours, "__html__")
