"""The passport's judgement: each line green, yellow or red, with its reason; no database."""

from datetime import date

import pytest

from mespace.products.dotted import parse_dotted, within
from mespace.products.matrix import Item, Light, judge, worst
from mespace.products.models import Build, KnownError, Product, SupportedConfiguration, SupportLevel, Version
from mespace.products.upgrade import upgrade_path

TODAY = date(2026, 11, 18)
PRODUCT = Product(pk=1, code="line", name="Линия")


def version(number: int = 4, **dates: date) -> Version:
    return Version(pk=number, product=PRODUCT, number=number, **dates)


def build(of: Version, major: int = 12, minor: int = 3, released_on: date | None = date(2026, 1, 1)) -> Build:
    return Build(
        pk=of.number * 1000 + major * 10 + minor, version=of, major=major, minor=minor, released_on=released_on
    )


def line(kind: str, name: str, lowest: str = "", highest: str = "", **more: object) -> SupportedConfiguration:
    return SupportedConfiguration(product=PRODUCT, kind=kind, name=name, lowest=lowest, highest=highest, **more)


MATRIX = [
    line("os", "Windows", "10", "11"),
    line("os", "Astra Linux", "1.7", supported_until=date(2026, 12, 31)),
    line("os", "Windows 7", supported_until=date(2020, 1, 14)),
    line("driver", "Zebra", "8.0"),
    line("os", "Alt", "10", version_id=5),
]


def light_of(item: Item) -> tuple[Light, str]:
    [found] = [each for each in judge(build=build(version()), items=[item], matrix=MATRIX, errors=[], today=TODAY)
               if each.subject == str(item)]  # fmt: skip
    return found.light, found.reason


@pytest.mark.parametrize(
    ("item", "light"),
    [
        (Item("os", "windows", "10.0.19045"), Light.GREEN),
        (Item("os", "Windows", "11.2"), Light.GREEN),
        (Item("os", "Windows", "8.1"), Light.RED),
        (Item("os", "Windows", "12"), Light.RED),
        (Item("os", "Windows", "22H2"), Light.YELLOW),
        (Item("os", "Windows"), Light.YELLOW),
        (Item("os", "Windows 7", "SP1"), Light.RED),
        (Item("os", "Astra Linux", "1.8"), Light.YELLOW),
        (Item("os", "Alt", "10"), Light.RED),  # documented for another version of the software
        (Item("os", "OS/2", "4"), Light.RED),
        (Item("device", "Сканер"), Light.YELLOW),
    ],
    ids=str,
)
def test_an_item_is_judged_by_the_documented_lines(item: Item, light: Light) -> None:
    assert light_of(item)[0] is light


def test_the_reason_names_what_is_documented() -> None:
    assert "10 – 11" in light_of(Item("os", "Windows", "8.1"))[1]
    assert "31.12.2026" in light_of(Item("os", "Astra Linux", "1.8"))[1]


@pytest.mark.parametrize(
    ("dates", "light"),
    [
        ({}, Light.GREEN),
        ({"limited_from": date(2027, 1, 10)}, Light.YELLOW),
        ({"limited_from": TODAY}, Light.YELLOW),
        ({"ended_from": date(2027, 1, 10)}, Light.YELLOW),
        ({"limited_from": date(2026, 1, 1), "ended_from": TODAY}, Light.RED),
        ({"limited_from": date(2028, 1, 1)}, Light.GREEN),
    ],
)
def test_the_version_s_support_is_a_line(dates: dict[str, date], light: Light) -> None:
    [first, *_] = judge(build=build(version(**dates)), items=[], matrix=[], errors=[], today=TODAY)
    assert first.light is light


def test_what_is_documented_and_not_on_record_is_a_line_of_its_own() -> None:
    lines = judge(build=build(version()), items=[Item("os", "Windows", "10")], matrix=MATRIX, errors=[], today=TODAY)
    assert [each.light for each in lines] == [Light.GREEN, Light.GREEN, Light.YELLOW]
    assert worst(lines) is Light.YELLOW
    assert worst([]) is Light.GREEN


def test_known_errors_of_the_build_are_told_the_fixed_ones_with_their_build() -> None:
    four = version()
    fixed = KnownError(pk=1, product=PRODUCT, code="KE-1", title="a", fixed_in=build(four, 13, 0))
    waits = KnownError(pk=2, product=PRODUCT, code="KE-2", title="b")
    lines = judge(build=build(four), items=[], matrix=[], errors=[fixed, waits], today=TODAY)
    assert "KE-1 → 4.13.0" in lines[1].reason
    assert "KE-2" in lines[2].reason
    assert {each.light for each in lines[1:]} == {Light.YELLOW}


@pytest.mark.parametrize(
    ("text", "groups"),
    [("10.0.19045", (10, 0, 19045)), ("11", (11,)), ("22H2", None), ("", None), ("1..2", None), ("١", None)],
)
def test_numbers_with_dots(text: str, groups: tuple[int, ...] | None) -> None:
    assert parse_dotted(text) == groups


def test_bounds_are_included_and_a_short_bound_covers_what_follows_it() -> None:
    assert within((11, 2), lowest=(10,), highest=(11,))
    assert within((10,), lowest=(10, 0, 5), highest=None)
    assert not within((9, 9), lowest=(10,), highest=None)
    assert not within((12,), lowest=None, highest=(11, 9))


def test_the_way_up_leads_to_the_newest_builds_that_are_supported() -> None:
    three, four = version(3, ended_from=date(2020, 1, 1)), version(4, limited_from=date(2026, 1, 1))
    five, ended = version(5), version(6, ended_from=date(2026, 1, 1))
    mine = build(three, 2, 9)
    builds = [
        mine,
        build(three, 10, 0),
        build(four, 2, 0),
        build(four, 12, 0),
        build(five, 0, 1),
        build(five, 1, 0, released_on=None),
        build(five, 2, 0, released_on=date(2027, 1, 1)),
        build(ended, 1, 1),
    ]
    steps = upgrade_path(mine, builds, TODAY)
    assert [(step.build.full_number, step.level, step.same_version) for step in steps] == [
        ("3.10.0", SupportLevel.ENDED, True),
        ("4.12.0", SupportLevel.LIMITED, False),
        ("5.0.1", SupportLevel.FULL, False),
    ]
    assert upgrade_path(build(five, 0, 1), builds, TODAY) == []
