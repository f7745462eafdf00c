"""A field as the kit lays it out: label, hint, input and error belong together, and nothing in them is markup."""

from typing import Any

import pytest
from django import forms
from django.utils.translation import override

from mespace.web.field_html import field_html


class Sample(forms.Form):
    name = forms.CharField(label="Имя <b>", help_text="Как в пропуске")
    agreed = forms.BooleanField(label="Согласен", required=False)
    kind = forms.ChoiceField(label="Вид", choices=[("a", "А & Б"), ("c", "В")], widget=forms.RadioSelect)
    scans = forms.FileField(label="Сканы", required=False)


@pytest.fixture(autouse=True)
def english() -> Any:
    with override("en"):
        yield


def test_a_line_has_label_hint_and_input() -> None:
    drawn = field_html(Sample()["name"])
    assert '<label for="id_name">Имя &lt;b&gt;</label><p class="hint" id="id_name_helptext">Как в пропуске</p>' in drawn
    assert 'aria-describedby="id_name_helptext"' in drawn
    assert "data-invalid" not in drawn
    assert "optional" not in drawn


def test_an_error_is_tied_to_its_input() -> None:
    drawn = field_html(Sample({"name": ""})["name"])
    assert drawn.startswith('<div class="field" data-invalid="true">')
    assert '<div class="error" id="id_name_error"><p><svg' in drawn
    assert "This field is required." in drawn


def test_a_label_of_its_own_replaces_the_field_s() -> None:
    assert '<label for="id_name">Why &amp; how</label>' in field_html(Sample()["name"], label="Why & how")


def test_a_check_box_stands_before_its_label() -> None:
    drawn = field_html(Sample()["agreed"])
    assert drawn.index("<input") < drawn.index('<label for="id_agreed">Согласен</label>')


def test_several_choices_are_a_group_with_a_legend() -> None:
    drawn = field_html(Sample()["kind"])
    assert drawn.startswith('<fieldset class="fieldset field-group"><legend data-variant="label">Вид</legend>')
    assert drawn.count('<label class="choice" for="id_kind_') == 2
    assert "<span>А &amp; Б</span>" in drawn


def test_a_file_says_that_it_is_optional_and_how_large_it_may_be() -> None:
    drawn = field_html(Sample()["scans"], max_bytes=2048)
    assert '<span class="optional">optional</span>' in drawn
    assert '<div class="file-input" data-file-input data-max-bytes="2048"><div class="file-zone"><input' in drawn
    assert "Choose a file or drop it here</span></div><ul" in drawn
    with override("ru"):
        assert "необязательно" in field_html(Sample()["scans"])
