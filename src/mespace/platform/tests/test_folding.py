"""Tags that keep what is the same each time say what Django's would."""

from typing import Any

import pytest
from django.template import Context, Template
from django.template.loader import get_template
from django.urls import NoReverseMatch, reverse, set_script_prefix
from django.utils.translation import override

from mespace.platform.folding import FixedNode
from mespace.platform.folding.address import address
from mespace.platform.folding.i18n import WordsNode
from mespace.platform.folding.loader import join_fixed


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


def joined(text: str) -> Template:
    template = Template(text)
    join_fixed(template.nodelist)
    return template


def test_neighbours_that_are_the_same_each_time_become_one() -> None:
    template = joined("{% load i18n kit %}<b>{% translate 'Close' %}</b>{% icon 'x' %}{{ name }} <a></a>")
    assert [type(node).__name__ for node in template.nodelist] == ["RunNode", "VariableNode", "TextNode"]
    for _ in range(2):
        with override("ru"):
            assert said(template, name="Я").startswith("<b>Закрыть</b><svg")
        with override("en"):
            assert said(template, name="I").startswith("<b>Close</b><svg")
    assert said(template, name="I").endswith("</svg>I <a></a>")


def test_what_tags_enclose_is_joined_too_and_still_chosen_each_time() -> None:
    template = joined(
        "{% load i18n %}{% if a %}A{% translate 'Close' %}{% elif b %}B{% translate 'Close' %}{% else %}C{% endif %}"
        "{% for x in many %}[{% translate 'Close' %}]{% empty %}({% translate 'Close' %}){% endfor %}"
    )
    with override("en"):
        assert said(template, a=True, many=[1, 2]) == "AClose[Close][Close]"
        assert said(template, b=True) == "BClose(Close)"
        assert said(template, many=[1]) == "C[Close]"


def test_what_goes_into_a_variable_is_no_part_of_a_run() -> None:
    template = joined("{% load i18n %}<i>{% translate 'Close' as word %}{% url 'queue' as here %}{{ word }} {{ here }}")
    with override("en"):
        assert said(template) == "<i>Close /desk/"


def test_a_run_with_an_address_follows_the_prefix() -> None:
    template = joined("<a href='{% url 'queue' %}'>x</a>")
    assert said(template) == "<a href='/desk/'>x</a>"
    set_script_prefix("/support/")
    try:
        assert said(template) == "<a href='/support/desk/'>x</a>"
    finally:
        set_script_prefix("/")


def test_blocks_of_joined_templates_are_still_replaced() -> None:
    page = get_template("web/kit/form.html").template
    assert page.engine.template_loaders[0].__class__.__module__ == "mespace.platform.folding.loader"
    child = page.engine.from_string("{% extends 'web/print.html' %}{% block title %}T{% endblock %}")
    assert "<title>T" in child.render(Context())


PAGES: list[tuple[str, tuple[Any, ...]]] = [
    ("queue", ()),
    ("ticket", ("AB-1",)),
    ("ticket", ("А Б%/?#",)),
    ("ticket", ("",)),
    ("ticket", ("AB-1", "more")),
    ("ticket_act", ("AB-1", "assign")),
    ("own_calendar", ("А Б%/?#",)),
    ("own_calendar", ("А Б%?#",)),
    ("file", (17,)),
    ("file", ("17",)),
    ("file", ("x",)),
    ("message_history", ("AB-1", 3)),
    ("kb:article", (5,)),
    ("kb:home", ()),
    ("kb:no_such_page", ()),
    ("no_such_room:page", ()),
    ("no_such_page", ()),
]


@pytest.mark.parametrize(("name", "arguments"), PAGES)
def test_addresses_are_those_that_django_gives(name: str, arguments: tuple[Any, ...]) -> None:
    try:
        expected = reverse(name, args=arguments)
    except NoReverseMatch:
        for _ in range(2):
            with pytest.raises(NoReverseMatch):
                address(name, *arguments)
    else:
        assert [address(name, *arguments) for _ in range(2)] == [expected, expected]


def test_addresses_in_templates_are_escaped_and_may_go_into_a_variable() -> None:
    template = Template(
        "{% url 'own_calendar' key %}|{% url 'ticket' key as no %}[{{ no }}]{% url 'file' 7 as x %}{{ x }}"
    )
    assert said(template, key="A'&") == "/status/calendar/A&#x27;&amp;/maintenance.ics|[]/files/7/"
