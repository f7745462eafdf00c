"""What runs somewhere, judged line by line against the documented matrix (clauses 6.1, 6.2): green, yellow or red."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from mespace.products.dotted import parse_dotted, within
from mespace.products.models import Build, ConfigurationKind, KnownError, SupportedConfiguration, SupportLevel
from mespace.products.support import support_level

SOON = timedelta(days=90)  # an end that is nearer is told

MISSING: dict[str, str | Promise] = {
    ConfigurationKind.OS: gettext_lazy("Which operating system is used is not on record."),
    ConfigurationKind.DEVICE: gettext_lazy("Which devices are used is not on record."),
    ConfigurationKind.DRIVER: gettext_lazy("Which drivers are used is not on record."),
    ConfigurationKind.APPLICATION: gettext_lazy("Which applications are used is not on record."),
}


class Light(StrEnum):
    """How a line stands; the order is that of weight."""

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"


_WEIGHT = {light: weight for weight, light in enumerate(Light)}


@dataclass(frozen=True)
class Item:
    """Something beside the software: an operating system, a device, a driver, an application."""

    kind: str
    name: str
    version: str = ""

    def __str__(self) -> str:
        return f"{self.name} {self.version}".strip()


@dataclass(frozen=True)
class Line:
    """One thing judged: its colour, what it is, and why it has this colour."""

    light: Light
    subject: str
    reason: str


def worst(lines: Iterable[Line]) -> Light:
    """The colour of the whole: that of its worst line; green without any."""
    return max((line.light for line in lines), key=_WEIGHT.__getitem__, default=Light.GREEN)


def judge(
    *,
    build: Build,
    items: Sequence[Item],
    matrix: Sequence[SupportedConfiguration],
    errors: Sequence[KnownError],
    today: date,
) -> list[Line]:
    """Every line of what runs at one place: the version, its known errors, each item, and what is not on record.

    `build` has its version fetched; `errors` are those that affect the build; `matrix` is the product's.
    """
    rows = [row for row in matrix if row.version_id in {None, build.version_id}]
    rows = [row for row in rows if row.supported_from is None or row.supported_from <= today]
    lines = [_version_line(build, today), *_error_lines(build, errors)]
    lines += [_item_line(item, rows, today) for item in items]
    told = {item.kind for item in items}
    documented = {row.kind for row in rows}
    lines += [
        Line(Light.YELLOW, str(kind.label), str(MISSING[kind]))
        for kind in ConfigurationKind
        if kind in documented and kind not in told
    ]
    return lines


def _version_line(build: Build, today: date) -> Line:
    version = build.version
    subject = _("Version %(number)d") % {"number": version.number}
    level = support_level(version, today)
    if level == SupportLevel.ENDED:
        return Line(Light.RED, subject, _("Its support has ended on %(day)s.") % {"day": _day(version.ended_from)})
    if level == SupportLevel.LIMITED:
        return Line(
            Light.YELLOW, subject, _("It has limited support since %(day)s.") % {"day": _day(version.limited_from)}
        )
    if version.limited_from is not None and version.limited_from <= today + SOON:
        return Line(Light.YELLOW, subject, _("Its full support ends on %(day)s.") % {"day": _day(version.limited_from)})
    if version.ended_from is not None and version.ended_from <= today + SOON:
        return Line(Light.YELLOW, subject, _("Its support ends on %(day)s.") % {"day": _day(version.ended_from)})
    return Line(Light.GREEN, subject, _("It is fully supported."))


def _error_lines(build: Build, errors: Sequence[KnownError]) -> list[Line]:
    subject = _("Build %(number)s") % {"number": build.full_number}
    lines = []
    fixed = [error for error in errors if error.is_fixed]
    if fixed:
        named = ", ".join(f"{error.code} → {error.fixed_in_words}" for error in fixed)
        lines.append(Line(Light.YELLOW, subject, _("Fixes are available: %(errors)s.") % {"errors": named}))
    if open_errors := [error for error in errors if error not in fixed]:
        text = ngettext(
            "%(count)d known error concerns it: %(codes)s.",
            "%(count)d known errors concern it: %(codes)s.",
            len(open_errors),
        )
        codes = ", ".join(error.code for error in open_errors)
        lines.append(Line(Light.YELLOW, subject, text % {"count": len(open_errors), "codes": codes}))
    return lines


def _item_line(item: Item, rows: Sequence[SupportedConfiguration], today: date) -> Line:
    of_kind = [row for row in rows if row.kind == item.kind]
    if not of_kind:
        return Line(Light.YELLOW, str(item), _("The documentation names nothing of this kind: ask support."))
    named = [row for row in of_kind if row.name.casefold() == item.name.strip().casefold()]
    if not named:
        text = _("It is not among what the documentation names: %(names)s.")
        return Line(Light.RED, str(item), text % {"names": _listed(of_kind)})
    ranges = _ranges(named)
    fitting = [row for row in named if _fits(item, row)]
    if not fitting:
        if parse_dotted(item.version) is None:
            if not item.version.strip():
                return Line(
                    Light.YELLOW, str(item), _("Which version is not on record; documented: %(ranges)s.") % ranges
                )
            return Line(Light.YELLOW, str(item), _("This version cannot be compared; documented: %(ranges)s.") % ranges)
        return Line(Light.RED, str(item), _("Outside the documented versions: %(ranges)s.") % ranges)
    until = _latest_end(fitting)
    if until is not None and until < today:
        return Line(Light.RED, str(item), _("It was supported until %(day)s.") % {"day": _day(until)})
    if until is not None and until <= today + SOON:
        return Line(Light.YELLOW, str(item), _("It is supported until %(day)s.") % {"day": _day(until)})
    return Line(Light.GREEN, str(item), _("Documented as supported."))


def _fits(item: Item, row: SupportedConfiguration) -> bool:
    if not row.lowest and not row.highest:
        return True
    number = parse_dotted(item.version)
    if number is None:
        return False
    return within(number, lowest=parse_dotted(row.lowest), highest=parse_dotted(row.highest))


def _latest_end(rows: Sequence[SupportedConfiguration]) -> date | None:
    ends = [row.supported_until for row in rows]
    return None if None in ends else max(end for end in ends if end is not None)


def _ranges(rows: Sequence[SupportedConfiguration]) -> dict[str, str]:
    return {"ranges": ", ".join(row.range_words for row in rows)}


def _listed(rows: Sequence[SupportedConfiguration]) -> str:
    return ", ".join(sorted({str(row) for row in rows}))


def _day(day: date | None) -> str:
    return f"{day:%d.%m.%Y}" if day is not None else "—"
