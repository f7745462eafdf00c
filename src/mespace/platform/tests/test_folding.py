"""Tags that keep what is the same each time say what Django's would."""

from typing import Any

import pytest
from django.template import Context, Template
from django.utils.translation import override

from mespace.platform.folding import FixedNode
from mespace.platform.folding.i18n import WordsNode


def said(template: Template, **context: Any) -> str:
    return str(template.render(Context(context)))


def test_words_follow_the_language_though_they_are_kept() -> None:
    template = Template("{% load i18n %}{% translate 'Search' context 'page' %}|{% translate 'Close' as x %}{{ x }}")
    for _ in range(2):
        with override("ru"):
            assert said(template) == "Поиск|Закрыть"
        with override("en"):
            assert said(template) == "Search|Close"
    assert len(template.nodelist.get_nodes_by_type(WordsNode)) == 2


def test_words_out_of_the_context_are_looked_up_each_time() -> None:
    template = Template("{% load i18n %}{% translate word %}")
    with override("ru"):
        assert [said(template, word=word) for word in ("Close", "Search")] == ["Закрыть", "Поиск"]
    assert not template.nodelist.get_nodes_by_type(WordsNode)


def test_escaping_is_as_before() -> None:
    fixed = Template(
        "{% load i18n %}{% translate '<b> & “x”' %}{% autoescape off %}{% translate '<i>' %}{% endautoescape %}"
    )
    assert said(fixed) == "<b> & “x”<i>"  # what templates say is theirs to write


def test_an_address_without_arguments_is_kept_and_one_with_them_is_not() -> None:
    template = Template("{% url 'queue' %} {% url 'ticket' key %} {% url 'queue' as here %}{{ here }}")
    assert [said(template, key=key) for key in ("AB-1", "CD-2")] == [
        "/desk/ /t/AB-1/ /desk/",
        "/desk/ /t/CD-2/ /desk/",
    ]


def test_a_missing_address_is_an_error_only_when_it_is_not_asked_into_a_variable() -> None:
    assert said(Template("{% url 'no_such_page' as x %}[{{ x }}]")) == "[]"
    with pytest.raises(Exception, match="no_such_page"):
        said(Template("{% url 'no_such_page' %}"))


def test_icons_and_files_that_are_written_out_are_drawn_once() -> None:
    template = Template("{% load kit static %}{% icon 'x' %}{% static 'web/css/tokens.css' %}{% icon name %}")
    first, second = said(template, name="bell"), said(template, name="lock")
    assert all(part in first for part in ("#x", "tokens.css", "#bell"))
    assert "#lock" in second
    assert len(template.nodelist.get_nodes_by_type(FixedNode)) == 2
