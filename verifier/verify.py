"""Check an evidence bundle of one ticket or obligation: python3 verify.py bundle.json [--head HASH].

This one file needs nothing but Python 3.9 or newer, and no network. It shares no code with the server: it was
written from the published description of the log and of the verdict, and recomputes everything by its own hands.

Exit status: 0 the bundle is verified; 1 it is readable, but something in it is not as it must be (the first such
thing is named); 2 it cannot be read as a bundle.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import re
import sys
from bisect import bisect_right
from datetime import date, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    from collections.abc import Callable

MAX_BYTES = 16 * 1024 * 1024  # a ticket of 20,000 events fits
MAX_CONTAINERS = 500_000  # objects and lists in the whole file
MAX_DEPTH = 12
MAX_DIGITS = 15
MAX_DAYS_WALKED = 2_000_000  # of calendar arithmetic for one bundle
FIRST_YEAR, LAST_YEAR = 1970, 2199
DAY = 86_400
FORMAT = "mespace-bundle/1"
GENESIS = "0" * 64


class UnreadableError(Exception):
    """The input is no bundle; the text says where and why (exit status 2)."""


class BrokenError(Exception):
    """The bundle is readable, and this is the first thing in it that does not hold (exit status 1)."""


# --- showing values ---------------------------------------------------------------------------------------------------


def shown(value: object) -> str:
    """Give a value from the input as short, printable text: no control character reaches a terminal."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, sort_keys=True)
    text = "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in text[:201])
    return text[:200] + "…" if len(text) > 200 else text


def utc(instant: int | None) -> str | None:
    """Give an instant (seconds since 1970 UTC) in the bundle's form, or null."""
    if instant is None:
        return None
    return datetime.fromtimestamp(instant, timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def duration(seconds: int) -> str:
    """Give seconds as hours:minutes:seconds."""
    return f"{seconds // 3600}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"


# --- reading ----------------------------------------------------------------------------------------------------------


def read_bytes(path: str) -> bytes:
    """Read the file, or standard input for "-", never more than the limit."""
    try:
        if path == "-":
            data = sys.stdin.buffer.read(MAX_BYTES + 1)
        else:
            with open(path, "rb") as file:
                data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise UnreadableError(f"cannot read {shown(path)}: {error.strerror or error}") from None
    except ValueError:
        raise UnreadableError(f"cannot read {shown(path)}: this is no file name") from None
    if len(data) > MAX_BYTES:
        raise UnreadableError(f"the input is larger than {MAX_BYTES // 1024 // 1024} MiB, larger than any bundle")
    return data


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) != len(pairs):
        seen: set[str] = set()
        for key, _ in pairs:
            if key in seen:
                raise UnreadableError(f"an object holds the key {shown(key)} twice: which one counts would be a guess")
            seen.add(key)
    return result


def _integer(text: str) -> int:
    if len(text.lstrip("-")) > MAX_DIGITS:
        raise UnreadableError(f"a number of {len(text)} digits: numbers have at most {MAX_DIGITS}")
    return int(text)


def _no_float(text: str) -> NoReturn:
    raise UnreadableError(f"the number {shown(text)}: a bundle holds whole numbers only")


def parse(data: bytes) -> Any:
    """Turn bytes into a JSON value, refusing whatever two readers could understand differently."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise UnreadableError(f"the input is not UTF-8 (byte {error.start})") from None
    if data.count(b"{") + data.count(b"[") > MAX_CONTAINERS:
        raise UnreadableError(
            f"the input holds more than {MAX_CONTAINERS} objects and lists: no bundle of a ticket does"
        )
    try:
        value = json.loads(
            text, object_pairs_hook=_object, parse_int=_integer, parse_float=_no_float, parse_constant=_no_float
        )
    except RecursionError:
        raise UnreadableError(f"the input is nested deeper than {MAX_DEPTH} levels") from None
    except json.JSONDecodeError as error:
        raise UnreadableError(
            f"the input is not JSON: {error.msg} (line {error.lineno}, column {error.colno})"
        ) from None
    _check_tree(value)
    return value


def _check_tree(root: Any) -> None:
    stack: list[tuple[Any, int]] = [(root, 1)]
    while stack:
        value, depth = stack.pop()
        if depth > MAX_DEPTH:
            raise UnreadableError(f"the input is nested deeper than {MAX_DEPTH} levels")
        if isinstance(value, dict):
            stack.extend((child, depth + 1) for child in value.values())
            stack.extend((key, depth) for key in value)
        elif isinstance(value, list):
            stack.extend((child, depth + 1) for child in value)
        elif isinstance(value, str) and not value.isascii():
            try:
                value.encode("utf-8")
            except UnicodeEncodeError:
                raise UnreadableError("a text holds half of a surrogate pair: it has no UTF-8 form") from None


# --- types ------------------------------------------------------------------------------------------------------------

HEX64 = re.compile(r"[0-9a-f]{64}")
UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
INSTANT = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})T([0-9]{2}):([0-9]{2}):([0-9]{2})Z")
DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
TIME = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])")
ACTOR = re.compile(r"user:[1-9][0-9]{0,18}|timer|mail")
CODE = re.compile(r"[^\s\x00-\x1f\x7f]{1,100}")
SUBJECT = re.compile(r"reaction|term:[1-9][0-9]{0,8}")


def _int(value: object, low: int, high: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and low <= value <= high


def _matches(pattern: re.Pattern[str]) -> Callable[[object], bool]:
    return lambda value: isinstance(value, str) and pattern.fullmatch(value) is not None


def _one_of(*values: str) -> Callable[[object], bool]:
    return lambda value: isinstance(value, str) and value in values


def _date(value: object) -> date | None:
    match = DATE.fullmatch(value) if isinstance(value, str) else None
    try:
        return date(*(int(part) for part in match.groups())) if match else None
    except ValueError:
        return None


def _instant(value: object) -> int | None:
    match = INSTANT.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        return None
    year, month, day, hour, minute, second = (int(part) for part in match.groups())
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        return int(datetime(year, month, day, hour, minute, second, tzinfo=timezone.utc).timestamp())
    except ValueError:
        return None


def instant(value: object, where: str) -> int:
    """Read an instant such as 2024-12-27T13:30:00Z as seconds since 1970."""
    result = _instant(value)
    if result is None:
        raise UnreadableError(
            f"{where} must be an instant such as 2024-12-27T13:30:00Z ({FIRST_YEAR} to {LAST_YEAR}), not {shown(value)}"
        )
    return result


def fields(value: object, where: str, *names: str) -> dict[str, Any]:
    """Check that a value is an object with exactly these keys."""
    if not isinstance(value, dict):
        raise UnreadableError(f"{where} must be an object, not {shown(value)}")
    for name in names:
        if name not in value:
            raise UnreadableError(f"{where} lacks the key {name}")
    for name in value:
        if name not in names:
            raise UnreadableError(f"{where} holds the key {shown(name)}, which a bundle does not have there")
    return value


def demand(condition: bool, where: str, what: str, value: object) -> None:
    """Refuse a value of the wrong type with one sentence."""
    if not condition:
        raise UnreadableError(f"{where} must be {what}, not {shown(value)}")


def _code_of(value: object, where: str) -> str:
    demand(_matches(CODE)(value), where, "a short code without spaces", value)
    return str(value)


def _digest_of(value: object, where: str) -> str:
    demand(_matches(HEX64)(value), where, "64 hex digits in lower case", value)
    return str(value)


def canonical(value: object) -> bytes:
    """Give the canonical JSON that digests are made of."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode("utf-8")


def sha256(data: bytes) -> str:
    """Give the SHA-256 of bytes as hex digits."""
    return hashlib.sha256(data).hexdigest()


# --- the form of a bundle ---------------------------------------------------------------------------------------------

DAY_TYPES = ("working", "weekend", "public_holiday", "moved_day_off", "worked_weekend", "decreed_non_working")
EVENT_KEYS = ("stream", "seq", "at", "recorded_at", "kind", "actor", "payload", "prev_hash", "hash")
HASHED_KEYS = ("actor", "at", "kind", "payload", "recorded_at", "seq", "stream")


def check_form(bundle: object) -> dict[str, Any]:
    """Check the form of a bundle down to the type of each field (payloads are judged with the chain)."""
    is_obligation = isinstance(bundle, dict) and "kind" in bundle
    subject = ("kind", "obligation") if is_obligation else ("ticket",)
    top = fields(
        bundle, "the bundle",
        "format", *subject, "stream", "as_of", "regulation", "calendars", "events", "head", "verdict",
    )  # fmt: skip
    demand(top["format"] == FORMAT, "format", FORMAT, top["format"])
    if is_obligation:
        demand(top["kind"] == "obligation", "kind", "obligation (a ticket's bundle has none)", top["kind"])
    _code_of(top[subject[-1]], subject[-1])
    demand(_matches(UUID)(top["stream"]), "stream", "a UUID in lower case", top["stream"])
    instant(top["as_of"], "as_of")
    _check_regulation(top["regulation"])
    demand(
        isinstance(top["calendars"], dict) and bool(top["calendars"]),
        "calendars",
        "an object with at least one calendar",
        top["calendars"],
    )
    for name, value in top["calendars"].items():
        _check_calendar(_code_of(name, "a key of calendars"), value)
    demand(
        isinstance(top["events"], list) and bool(top["events"]),
        "events",
        "a list with at least one event",
        top["events"],
    )
    for position, event in enumerate(top["events"], 1):
        _check_envelope(event, f"events[{position}]")
    head = fields(top["head"], "head", "seq", "hash")
    demand(_int(head["seq"], 1, 10**9), "head.seq", "a whole number from 1", head["seq"])
    _digest_of(head["hash"], "head.hash")
    demand(isinstance(top["verdict"], dict), "verdict", "an object", top["verdict"])
    return top


def _check_regulation(value: object) -> None:
    regulation = fields(value, "regulation", "edition", "digest", "parameters")
    _code_of(regulation["edition"], "regulation.edition")
    _digest_of(regulation["digest"], "regulation.digest")
    where = "regulation.parameters"
    parameters = fields(
        regulation["parameters"], where, "zone", "day_start", "day_end", "reaction_seconds", "answer_days",
        "presumption_days", "reminder_day", "reopen_seconds", "onboarding_days", "notice_days", "decreed_days_work",
    )  # fmt: skip
    _code_of(parameters["zone"], f"{where}.zone")
    for name in ("day_start", "day_end"):
        demand(_matches(TIME)(parameters[name]), f"{where}.{name}", "a time of day such as 08:00", parameters[name])
    demand(
        parameters["day_start"] < parameters["day_end"],
        f"{where}.day_end",
        "later than day_start",
        parameters["day_end"],
    )
    targets = fields(parameters["reaction_seconds"], f"{where}.reaction_seconds", "critical", "non_critical")
    for name, target in targets.items():
        demand(_int(target, 1, 366 * DAY), f"{where}.reaction_seconds.{name}", "a number of seconds from 1", target)
    for name in ("answer_days", "presumption_days", "reminder_day", "onboarding_days", "notice_days"):
        demand(_int(parameters[name], 1, 366), f"{where}.{name}", "a number of days from 1 to 366", parameters[name])
    demand(
        _int(parameters["reopen_seconds"], 0, 3660 * DAY),
        f"{where}.reopen_seconds",
        "a number of seconds",
        parameters["reopen_seconds"],
    )
    demand(
        isinstance(parameters["decreed_days_work"], bool),
        f"{where}.decreed_days_work",
        "true or false",
        parameters["decreed_days_work"],
    )


def _check_calendar(name: str, value: object) -> None:
    where = f"calendars.{shown(name)}"
    outer = fields(value, where, "digest", "content")
    _digest_of(outer["digest"], f"{where}.digest")
    where += ".content"
    content = fields(outer["content"], where, "edition", "zone", "offsets", "years")
    demand(
        content["edition"] == name,
        f"{where}.edition",
        f"{shown(name)}, the name that it stands under",
        content["edition"],
    )
    _code_of(content["zone"], f"{where}.zone")
    offsets = content["offsets"]
    demand(isinstance(offsets, list) and 0 < len(offsets) <= 10_000, f"{where}.offsets", "a list of offsets", offsets)
    last = -1
    for number, pair in enumerate(offsets, 1):
        place = f"{where}.offsets[{number}]"
        demand(isinstance(pair, list) and len(pair) == 2, place, "a pair of an instant and seconds", pair)
        since = instant(pair[0], place)
        demand(since > last, place, "later than the offset before it", pair)
        demand(_int(pair[1], -18 * 3600, 18 * 3600), place, "within 18 hours of UTC", pair)
        last = since
    demand(isinstance(content["years"], dict), f"{where}.years", "an object", content["years"])
    for year, entry in content["years"].items():
        _check_year(f"{where}.years.{shown(year)}", year, entry)


def _check_year(where: str, year: str, value: object) -> None:
    demand(re.fullmatch(r"[0-9]{4}", year) is not None, where, "named by a year such as 2024", year)
    entry = fields(value, where, "state", "known_from", "days")
    demand(
        _one_of("adopted", "provisional")(entry["state"]), f"{where}.state", "adopted or provisional", entry["state"]
    )
    demand(
        entry["known_from"] is None or isinstance(entry["known_from"], str),
        f"{where}.known_from",
        "a text",
        entry["known_from"],
    )
    demand(isinstance(entry["days"], dict), f"{where}.days", "an object", entry["days"])
    for day, what in entry["days"].items():
        place = f"{where}.days.{shown(day)}"
        demand(_date(day) is not None and day[:4] == year, place, f"named by a date of {shown(year)}", day)
        kind, source = (fields(what, place, "type", "source")[key] for key in ("type", "source"))
        demand(_one_of(*DAY_TYPES)(kind), f"{place}.type", "a known type of day", kind)
        demand(source is None or isinstance(source, str), f"{place}.source", "a text", source)


def _check_envelope(value: object, where: str) -> None:
    event = fields(value, where, *EVENT_KEYS)
    demand(_matches(UUID)(event["stream"]), f"{where}.stream", "a UUID in lower case", event["stream"])
    demand(_int(event["seq"], 1, 10**9), f"{where}.seq", "a whole number from 1", event["seq"])
    instant(event["at"], f"{where}.at")
    instant(event["recorded_at"], f"{where}.recorded_at")
    _code_of(event["kind"], f"{where}.kind")
    demand(_matches(ACTOR)(event["actor"]), f"{where}.actor", "user:NUMBER, timer or mail", event["actor"])
    demand(isinstance(event["payload"], dict), f"{where}.payload", "an object", event["payload"])
    _digest_of(event["prev_hash"], f"{where}.prev_hash")
    _digest_of(event["hash"], f"{where}.hash")


# --- the chain --------------------------------------------------------------------------------------------------------


def check_chain(bundle: dict[str, Any]) -> None:
    """Check each link of the chain in order, then the head."""
    before = GENESIS
    last_at = ""
    for number, event in enumerate(bundle["events"], 1):
        name = f"event {event['seq']} ({shown(event['kind'])})"
        if event["seq"] != number:
            raise BrokenError(f"{name} stands in place {number}: event {number} is missing or the order was changed")
        if event["stream"] != bundle["stream"]:
            raise BrokenError(f"{name} is of stream {event['stream']}, the bundle is of stream {bundle['stream']}")
        if event["prev_hash"] != before:
            raise BrokenError(
                f"{name}: prev_hash is {event['prev_hash']}, but the event before it has the hash {before}"
            )
        made = sha256(before.encode("ascii") + canonical({key: event[key] for key in HASHED_KEYS}))
        if event["hash"] != made:
            raise BrokenError(
                f"{name}: its hash is {event['hash']}, but its content gives {made}: the event was changed"
            )
        if event["at"] < last_at:  # the form is fixed, so text order is time order
            raise BrokenError(f"{name}: at is {event['at']}, earlier than {last_at} of the event before it")
        before, last_at = event["hash"], event["at"]
    head = bundle["head"]
    if head["seq"] != len(bundle["events"]):
        raise BrokenError(f"head.seq is {head['seq']}, but the last event is {len(bundle['events'])}")
    if head["hash"] != before:
        raise BrokenError(f"head.hash is {head['hash']}, but the last event has the hash {before}")
    if bundle["as_of"] < last_at:
        raise BrokenError(f"as_of is {bundle['as_of']}, earlier than {last_at} of the last event")


def check_kept_head(bundle: dict[str, Any], kept: str) -> str:
    """Find a head that someone kept elsewhere in the chain, and say what that proves."""
    for event in bundle["events"]:
        if event["hash"] == kept:
            newer = len(bundle["events"]) - event["seq"]
            return f"Kept head: event {event['seq']}; nothing up to it was changed or removed" + (
                f" ({newer} newer events follow it)." if newer else ", and it is the last event."
            )
    raise BrokenError(
        f"the kept head {kept} is not in this chain: newer events were removed, or the history is another"
    )


def check_digests(bundle: dict[str, Any]) -> None:
    """Check that the regulation and the calendars are those that their digests name."""
    regulation = bundle["regulation"]
    made = sha256(canonical(regulation["parameters"]))
    if regulation["digest"] != made:
        raise BrokenError(
            f"regulation.digest is {regulation['digest']}, but its parameters give {made}: they were changed"
        )
    for name, entry in bundle["calendars"].items():
        made = sha256(canonical(entry["content"]))
        if entry["digest"] != made:
            raise BrokenError(
                f"calendars.{shown(name)}.digest is {entry['digest']}, but its content gives {made}: it was changed"
            )
        zone = entry["content"]["zone"]
        if zone != regulation["parameters"]["zone"]:
            wanted = shown(regulation["parameters"]["zone"])
            raise BrokenError(f"calendars.{shown(name)} is of the zone {shown(zone)}, the regulation of {wanted}")


# --- working time, by walking from day to day -------------------------------------------------------------------------


class Budget:
    """How many days the whole bundle may make us walk, so that hostile input ends in bounded time."""

    def __init__(self) -> None:
        self.left = MAX_DAYS_WALKED

    def spend(self) -> None:
        """Count one day."""
        self.left -= 1
        if self.left < 0:
            raise UnreadableError(f"the bundle asks for more than {MAX_DAYS_WALKED} days of calendar arithmetic")


class WorkingTime:
    """Working time of one calendar edition under one edition of the regulation (instants are UTC seconds)."""

    def __init__(self, content: dict[str, Any], parameters: dict[str, Any], budget: Budget) -> None:
        self.name: str = content["edition"]
        self._since = [instant(pair[0], "offset") for pair in content["offsets"]]
        self._offsets: list[int] = [pair[1] for pair in content["offsets"]]
        self._years = content["years"]
        self._decreed_work: bool = parameters["decreed_days_work"]
        self._start = _seconds_of(parameters["day_start"])
        self._end = _seconds_of(parameters["day_end"])
        self._known: dict[int, tuple[int, int] | None] = {}
        self._budget = budget

    def offset(self, at: int) -> int:
        """Give the zone's offset from UTC at an instant."""
        return self._offsets[max(0, bisect_right(self._since, at) - 1)]

    def local(self, at: int) -> datetime:
        """Give the zone's own date and time of an instant."""
        return datetime.fromtimestamp(at, timezone(timedelta(seconds=self.offset(at))))

    def text(self, at: int | None) -> str:
        """Give an instant as people of the zone write it, with its offset."""
        if at is None:
            return "never"
        return self.local(at).isoformat()

    def rests_on_provisional(self, at: int) -> bool:
        """Tell whether an instant lies in a year whose calendar is not adopted yet."""
        year = self._years.get(f"{self.local(at).year:04d}")
        return year is not None and year["state"] == "provisional"

    def _day(self, at: int) -> int:
        return (at + self.offset(at)) // DAY

    def _instant(self, day: int, second: int) -> int:
        wall = day * DAY + second
        before, after = self.offset(wall - DAY), self.offset(wall + DAY)
        for offset in (before, after):  # where the clocks went back, the first of the two instants
            if self.offset(wall - offset) == offset:
                return wall - offset
        return wall - before

    def day_begin(self, on: date) -> int:
        """Give the instant of the zone's midnight with which a date begins."""
        return self._instant(on.toordinal() - date(1970, 1, 1).toordinal(), 0)

    def hours(self, day: int) -> tuple[int, int] | None:
        """Give the working interval of a local day (days since 1970-01-01), or None for a day off."""
        self._budget.spend()
        if day not in self._known:
            on = date.fromordinal(date(1970, 1, 1).toordinal() + day)
            year = self._years.get(f"{on.year:04d}")
            if year is None:
                raise BrokenError(f"calendar {shown(self.name)} has no year {on.year}, which this ticket needs")
            plain = on.weekday() < 5
            kind = year["days"].get(on.isoformat(), {"type": "working" if plain else "weekend"})["type"]
            worked = kind in ("working", "worked_weekend") or (
                kind == "decreed_non_working" and plain and self._decreed_work
            )
            span = (self._instant(day, self._start), self._instant(day, self._end)) if worked else None
            self._known[day] = span
        return self._known[day]

    def due(self, start: int, seconds: int) -> int:
        """Give the instant when this many working seconds have passed since the start."""
        day = self._day(start)
        while True:
            span = self.hours(day)
            if span is not None:
                begin = max(start, span[0])
                if begin < span[1]:
                    if seconds <= span[1] - begin:
                        return begin + seconds
                    seconds -= span[1] - begin
            day += 1

    def between(self, start: int, end: int) -> int:
        """Give the working seconds from start up to, not including, end."""
        total = 0
        if start < end:
            for day in range(self._day(start), self._day(end - 1) + 1):
                span = self.hours(day)
                if span is not None:
                    total += max(0, min(end, span[1]) - max(start, span[0]))
        return total

    def working_day_after(self, at: int, number: int) -> tuple[int, int]:
        """Give start and end of the N-th working day after the local date of an instant."""
        day = self._day(at)
        while True:
            day += 1
            span = self.hours(day)
            if span is not None:
                number -= 1
                if number == 0:
                    return span


def _seconds_of(time_of_day: str) -> int:
    return int(time_of_day[:2]) * 3600 + int(time_of_day[3:]) * 60


# --- payloads ---------------------------------------------------------------------------------------------------------

STATUSES = (
    "open", "analysis", "in_progress", "scheduled", "info_requested", "solution_proposed", "suspended", "closed",
)  # fmt: skip
WORKING_ON_IT = ("analysis", "in_progress", "scheduled")
TERM_RUNS = ("info_requested", "solution_proposed")
WAITING = (*TERM_RUNS, "suspended")
STAFF_RESOLUTIONS = ("solved", "consultation", "known_error", "third_party", "duplicate", "declined")

# kind: (statuses from which it may be, status to which it leads, who may be its actor)
MOVES: dict[str, tuple[tuple[str, ...], str, tuple[str, ...]]] = {
    "filed": ((), "open", ("user",)),
    "accepted": (("open",), "analysis", ("user",)),
    "work_started": (("analysis", "scheduled"), "in_progress", ("user",)),
    "analysis_resumed": (("in_progress", "scheduled"), "analysis", ("user",)),
    "scheduled": (WORKING_ON_IT, "scheduled", ("user",)),
    "asked": ((*WORKING_ON_IT, *WAITING), "info_requested", ("user",)),
    "proposed": ((*WORKING_ON_IT, *WAITING), "solution_proposed", ("user",)),
    "suspended_unanswered": (TERM_RUNS, "suspended", ("timer",)),
    "suspended": (WORKING_ON_IT, "suspended", ("user",)),
    "customer_reacted": (WAITING, "analysis", ("user", "mail")),
    "reaction_recorded": (WAITING, "analysis", ("user",)),
    "retracted": (WAITING, "analysis", ("user",)),
    "solution_accepted": (("solution_proposed", "suspended"), "closed", ("user", "mail")),
    "closed": ((*WORKING_ON_IT, *WAITING), "closed", ("user",)),
    "withdrawn": (("open", *WORKING_ON_IT, *WAITING), "closed", ("user",)),
    "reopened": (("closed",), "analysis", ("user", "mail")),
    "duplicate_undone": (("closed",), "analysis", ("user",)),
}

# kind: the keys of its payload; a mark of interrogation: may be absent or null
SHAPES: dict[str, str] = {
    "filed": "to key type criticality customer requester registered_by product build? site? contract revision?"
    " regulation calendar subject_digest message digest files contact_at? contact? continues?",
    "accepted": "from to",
    "work_started": "from to",
    "analysis_resumed": "from to",
    "scheduled": "from to target on message? digest? files?",
    "asked": "from to message digest files term calendar",
    "proposed": "from to message digest files term calendar answer",
    "receipt": "term evidence",
    "reminded": "term",
    "suspended_unanswered": "from to term",
    "suspended": "from to waiting_for message reason_digest requested_by?",
    "customer_reacted": "from to message? digest? files? rejected?",
    "reaction_recorded": "from to by_person message reason_digest",
    "retracted": "from to message reason_digest",
    "solution_accepted": "from to resolution",
    "closed": "from to resolution message? digest? files? vendor? referral? referral_digest? duplicate_of?"
    " known_error?",
    "withdrawn": "from to resolution message? reason_digest?",
    "reopened": "from to message reason_digest",
    "duplicate_undone": "from to message reason_digest",
    "reclassified": "type criticality by message? reason_digest?",
    "criticality_proposed": "criticality message reason_digest",
    "commented": "message digest files audience",
    "message_corrected": "message digest audience",
    "message_removed": "message digest audience",
    "file_removed": "file digest audience",
    "assigned": "to_user?",
    "handed_over": "to_user",
    "joined": "user",
    "linked": "relation other",
    "unlinked": "relation other",
    "edited": "fields",
    "known_error_linked": "known_error",
    "known_error_unlinked": "known_error message reason_digest",
    "fix_changed": "known_error change state target? on?",
    "outside_support": "message reason_digest",
    "within_support": "message reason_digest",
    "repinned": "subject calendar old new",
    "work_logged": "work service person minutes on",
    "work_corrected": "work replaces service person minutes on message reason_digest",
    "work_withdrawn": "work replaces service person minutes on message reason_digest",
    "session_proposed": "session person starts ends terms_digest message digest files",
    "session_consented": "session by_person said_at? message? reason_digest?",
    "session_refused": "session by_person said_at? message? reason_digest?",
    "session_consent_withdrawn": "session by_person said_at? message? reason_digest?",
    "session_started": "session person outside? terms_digest? message? reason_digest?",
    "session_ended": "session outcome build_before? build_after? message digest files",
    "session_cancelled": "session message reason_digest",
    "session_missed": "session absent message? reason_digest?",
}

# The nine services of clause 6.3.
SERVICES = (
    "installation_advice", "administration_advice", "kit_restoring", "recovery_advice", "upgrade_advice",
    "knowledge_base", "improvement", "remote_analysis", "remote_upgrade",
)  # fmt: skip
# kind: (states of a remote session in which it may come, state to which it leads)
SESSION_MOVES: dict[str, tuple[tuple[str, ...], str]] = {
    "session_consented": (("proposed",), "agreed"),
    "session_refused": (("proposed",), "refused"),
    "session_consent_withdrawn": (("agreed",), "withdrawn"),
    "session_started": (("agreed",), "running"),
    "session_ended": (("running",), "ended"),
    "session_cancelled": (("proposed", "agreed"), "cancelled"),
    "session_missed": (("agreed",), "missed"),
}
SESSION_ANSWERS = ("session_consented", "session_refused", "session_consent_withdrawn")
REACTIONS = ("customer_reacted", "reaction_recorded")
MOST_MINUTES = 24 * 60


def _id(value: object) -> bool:
    return _int(value, 1, 10**MAX_DIGITS) or _matches(CODE)(value)


def _files(value: object) -> bool:
    return isinstance(value, list) and all(
        isinstance(file, dict) and set(file) == {"id", "digest"} and _id(file["id"]) and _matches(HEX64)(file["digest"])
        for file in value
    )


def _pin(value: object) -> bool:
    return (
        isinstance(value, dict)
        and set(value) == {"edition", "digest"}
        and _matches(CODE)(value["edition"])
        and _matches(HEX64)(value["digest"])
    )


_DIGEST = (_matches(HEX64), "64 hex digits")
_ID = (_id, "an id")
_KEY = (_matches(CODE), "a ticket's key")
_STATUS = (_one_of(*STATUSES), "a status")
_INSTANT = (lambda value: _instant(value) is not None, "an instant")
_TERM = (lambda value: _int(value, 1, 10**9), "a term's number")

PAYLOAD_TYPES: dict[str, tuple[Callable[[object], bool], str]] = {
    "from": _STATUS, "to": _STATUS, "key": _KEY, "continues": _KEY, "duplicate_of": _KEY, "other": _KEY,
    "type": (_one_of("consultation", "bug", "incident", "change_request"), "a type of ticket"),
    "criticality": (_one_of("critical", "non_critical"), "critical or non_critical"),
    "customer": _ID, "requester": _ID, "registered_by": _ID, "product": _ID, "build": _ID, "site": _ID,
    "contract": _ID, "message": _ID, "vendor": _ID, "known_error": _ID, "requested_by": _ID, "by_person": _ID,
    "contact": _ID, "file": _ID, "referral": _ID, "referral_digest": _DIGEST, "to_user": _ID, "user": _ID,
    "target": _ID,
    "subject_digest": _DIGEST, "digest": _DIGEST, "reason_digest": _DIGEST,
    "regulation": (_pin, "an edition and its digest"), "calendar": (_pin, "an edition and its digest"),
    "files": (_files, "a list of files"), "contact_at": _INSTANT, "old": _INSTANT, "new": _INSTANT,
    "on": (lambda value: _date(value) is not None, "a date"), "term": _TERM,
    "revision": (lambda value: _int(value, 1, 10**9), "a revision's number"),
    "answer": (_one_of("solution", "consultation", "article", "change"), "a known kind of answer"),
    "evidence": (_one_of("read", "mail", "presumed"), "read, mail or presumed"),
    "waiting_for": (_one_of("customer", "third_party"), "customer or third_party"),
    "rejected": (lambda value: isinstance(value, bool), "true or false"),
    "resolution": (_one_of(*STAFF_RESOLUTIONS, "withdrawn"), "a resolution"),
    "by": (_one_of("customer", "staff"), "customer or staff"),
    "audience": (_one_of("customer", "staff"), "customer or staff"),
    "relation": (_one_of("related", "duplicate", "continues"), "a known relation"),
    "change": _ID, "state": (_one_of("fixed", "planned", "open"), "fixed, planned or open"),
    "fields": (lambda value: isinstance(value, list) and all(map(_matches(CODE), value)), "a list of field names"),
    "subject": (_matches(SUBJECT), "reaction or term:N"),
    "work": _ID, "replaces": _ID, "person": _ID, "session": _ID, "build_before": _ID, "build_after": _ID,
    "service": (_one_of(*SERVICES), "a service of clause 6.3"),
    "minutes": (lambda value: _int(value, 1, MOST_MINUTES), "minutes of one day"),
    "starts": _INSTANT, "ends": _INSTANT, "said_at": _INSTANT, "terms_digest": _DIGEST,
    "outside": (
        lambda value: isinstance(value, list) and bool(value) and all(map(_one_of("window", "person", "tool"), value)),
        "a list of window, person, tool",
    ),
    "outcome": (_one_of("done", "partly", "not_done"), "done, partly or not_done"),
    "absent": (_one_of("customer", "vendor"), "customer or vendor"),
}  # fmt: skip


# The same for the log of an obligation.
OBLIGATION_SHAPES: dict[str, str] = {
    "opened": "what whom clause since promise regulation calendar customer? discriminator?",
    "fulfilled": "how?",
    "missed": "",
    "due_moved": "reason old new note_digest?",
    "repinned": "calendar old new",
    "withdrawn": "reason note_digest?",
}
OBLIGATION_ACTORS: dict[str, tuple[str, ...]] = {
    "opened": ("user", "timer"), "fulfilled": ("user", "timer", "mail"), "missed": ("timer",), "due_moved": ("user",),
    "repinned": ("timer",), "withdrawn": ("user", "timer"),
}  # fmt: skip
PROMISES: dict[str, tuple[str, ...]] = {  # form of a promise: the other keys that it may hold
    "working_days": ("days", "parameter"), "calendar_days": ("days", "parameter"),
    "days_before": ("days", "parameter", "on"), "instant": ("at",),
}  # fmt: skip
DAY_PARAMETERS = ("answer_days", "presumption_days", "onboarding_days", "notice_days")


def _whom(value: object) -> bool:
    return (
        isinstance(value, dict) and set(value) == {"kind", "id"} and _matches(CODE)(value["kind"]) and _id(value["id"])
    )


def _promise(value: object) -> bool:
    if not isinstance(value, dict) or not _one_of(*PROMISES)(value.get("form")):
        return False
    if not set(value) - {"form"} <= set(PROMISES[value["form"]]):
        return False
    if value["form"] == "instant":
        return _instant(value.get("at")) is not None
    if value["form"] == "days_before":
        on = _date(value.get("on"))
        if on is None or not FIRST_YEAR < on.year <= LAST_YEAR:
            return False
    if "parameter" in value:
        return "days" not in value and _one_of(*DAY_PARAMETERS)(value["parameter"])
    return _int(value.get("days"), 1, 366)


OBLIGATION_TYPES: dict[str, tuple[Callable[[object], bool], str]] = {
    "what": (_matches(CODE), "a code"), "whom": (_whom, "a kind and an id"), "clause": (_matches(CODE), "a clause"),
    "since": _INSTANT, "promise": (_promise, "a known form of promise"), "customer": _ID,
    "discriminator": (_matches(CODE), "a code"), "how": (_matches(CODE), "a code"),
    "reason": (_matches(CODE), "a code"), "note_digest": _DIGEST, "old": _INSTANT, "new": _INSTANT,
    "regulation": PAYLOAD_TYPES["regulation"], "calendar": PAYLOAD_TYPES["calendar"],
}  # fmt: skip


def check_payload(
    name: str,
    kind: str,
    payload: dict[str, Any],
    shapes: dict[str, str] = SHAPES,
    types: dict[str, tuple[Callable[[object], bool], str]] = PAYLOAD_TYPES,
) -> None:
    """Check that a payload is what its kind of event holds."""
    shape = shapes.get(kind)
    if shape is None:
        raise BrokenError(f"{name}: there is no such kind of event")
    optional = {key[:-1] for key in shape.split() if key.endswith("?")}
    required = {key for key in shape.split() if not key.endswith("?")}
    for key in shape.split():
        if key in required and key not in payload:
            raise BrokenError(f"{name}: its payload lacks {key}")
    for key, value in payload.items():
        if key not in required and key not in optional:
            raise BrokenError(f"{name}: its payload holds {shown(key)}, which this kind of event does not have")
        is_right, what = types[key]
        if not (value is None and key in optional) and not is_right(value):
            raise BrokenError(f"{name}: {key} must be {what}, not {shown(value)}")


# --- the replay of the log --------------------------------------------------------------------------------------------


class Event:
    """One event of a verified chain, its instant read."""

    def __init__(self, raw: dict[str, Any]) -> None:
        self.seq: int = raw["seq"]
        self.at: int = instant(raw["at"], "at")
        self.kind: str = raw["kind"]
        self.actor: str = raw["actor"]
        self.payload: dict[str, Any] = raw["payload"]
        self.name = f"event {self.seq} ({shown(self.kind)})"


def pinned_calendar(event: Event, bundle: dict[str, Any], calendars: dict[str, WorkingTime]) -> WorkingTime:
    """Give the calendar that an event names; the bundle must hold it with the same digest."""
    pin = event.payload["calendar"]
    entry = bundle["calendars"].get(pin["edition"])
    if entry is None:
        raise BrokenError(f"{event.name} names the calendar {shown(pin['edition'])}, which the bundle does not hold")
    if entry["digest"] != pin["digest"]:
        raise BrokenError(
            f"{event.name} names the calendar {shown(pin['edition'])} with the digest {pin['digest']}, but the"
            f" bundle holds one with {entry['digest']}"
        )
    return calendars[pin["edition"]]


def check_regulation_pin(event: Event, regulation: dict[str, Any]) -> None:
    """Check that an event names the bundle's edition of the regulation."""
    for part in ("edition", "digest"):
        if event.payload["regulation"][part] != regulation[part]:
            raise BrokenError(
                f"regulation.{part} is {shown(regulation[part])}, but {event.name} names"
                f" {shown(event.payload['regulation'][part])}"
            )


class Term:
    """One term of clause 5.5: a question or a proposal, waiting for the customer."""

    def __init__(self, event: Event, kind: str, working: WorkingTime, parameters: dict[str, Any]) -> None:
        self.number: int = event.payload["term"]
        self.kind = kind
        self.opened_at = event.at
        self.not_before = event.at  # timers never fall before the last re-pinning
        self.working = working
        self.parameters = parameters
        self.presumed_at = 0
        self.received_at: int | None = None
        self.evidence: str | None = None
        self.reminder_at = 0
        self.due = 0
        self.reminded = False
        self.ended_at: int | None = None
        self.outcome = "running"
        self.reckon()

    def reckon(self) -> None:
        """Compute the term's instants from what is known of its receipt."""
        if self.evidence != "presumed":
            self.presumed_at = self.working.working_day_after(self.opened_at, self.parameters["presumption_days"])[1]
        base = self.timer(self.presumed_at) if self.received_at is None else self.received_at
        self.reminder_at = self.working.working_day_after(base, self.parameters["reminder_day"])[0]
        self.due = self.working.working_day_after(base, self.parameters["answer_days"])[1]

    def receive(self, at: int, evidence: str) -> None:
        """Note evidence of receipt; only the first counts."""
        if self.received_at is None:
            self.received_at, self.evidence = at, evidence
            self.reckon()

    def end(self, at: int, outcome: str) -> None:
        """End the term."""
        self.ended_at, self.outcome = at, outcome

    def timer(self, instant_due: int) -> int:
        """Give the instant that a timer's event of this term must carry."""
        return max(instant_due, self.not_before)

    def verdict(self) -> dict[str, Any]:
        """Give the term as the bundle's verdict has it."""
        return {
            "term": self.number, "kind": self.kind, "opened_at": utc(self.opened_at),
            "presumed_at": utc(self.presumed_at), "received_at": utc(self.received_at), "evidence": self.evidence,
            "reminder_at": utc(self.reminder_at), "due": utc(self.due), "ended_at": utc(self.ended_at),
            "outcome": self.outcome,
        }  # fmt: skip


class Reaction:
    """The reaction clock: from registration to acceptance, with its deadlines."""

    def __init__(self, event: Event, target: int, working: WorkingTime) -> None:
        self.registered_at = event.at
        self.first_target = target
        self.target = target
        self.working = working
        self.due = working.due(event.at, target)
        self.deadlines: list[dict[str, Any]] = []
        self.changes: list[tuple[int, int]] = []
        self.broken = False
        self.reacted_at: int | None = None
        self.withdrawn_at: int | None = None
        self._keep(event.seq, "registered")

    @property
    def is_open(self) -> bool:
        """Tell whether the clock still runs."""
        return self.reacted_at is None and self.withdrawn_at is None

    def _keep(self, seq: int, cause: str) -> None:
        self.deadlines.append({"seq": seq, "due": utc(self.due), "target_seconds": self.target, "cause": cause})

    def _after_change(self, working: WorkingTime, due: int, old: int, new: int, at: int) -> int:
        fresh = working.due(self.registered_at, new)
        if new < old and fresh <= at:
            return min(due, working.due(at, new))
        return fresh

    def change(self, seq: int, at: int, target: int) -> None:
        """Fold a change of the target into the deadline; one that had passed stays broken."""
        if target == self.target:
            return
        self.broken = self.broken or self.due < at
        cause = "raised" if target < self.target else "lowered"
        self.due = self._after_change(self.working, self.due, self.target, target, at)
        self.target = target
        self.changes.append((at, target))
        self._keep(seq, cause)

    def repin(self, event: Event, working: WorkingTime) -> None:
        """Fold the log so far again under a corrected calendar; a deadline that had passed stays broken."""
        self.broken = self.broken or self.due < event.at
        target = self.first_target
        due = working.due(self.registered_at, target)
        for at, new in self.changes:
            due, target = self._after_change(working, due, target, new, at), new
        self.working, self.due = working, due
        self._keep(event.seq, "repinned")

    def verdict(self, as_of: int) -> dict[str, Any]:
        """Give the reaction as the bundle's verdict has it."""
        until = as_of
        if self.withdrawn_at is not None:
            state, until = "withdrawn", self.withdrawn_at
        elif self.reacted_at is not None:
            state, until = "broken" if self.broken or self.reacted_at > self.due else "kept", self.reacted_at
        else:
            state = "broken" if self.broken or as_of > self.due else "running"
        return {
            "state": state, "registered_at": utc(self.registered_at), "due": utc(self.due),
            "reacted_at": utc(self.reacted_at), "target_seconds": self.target,
            "working_seconds": self.working.between(self.registered_at, until), "deadlines": self.deadlines,
        }  # fmt: skip


TERM_ENDS = {
    "customer_reacted": "answered", "reaction_recorded": "answered", "solution_accepted": "answered",
    "retracted": "retracted", "asked": "replaced", "proposed": "replaced", "closed": "closed", "withdrawn": "closed",
    "suspended_unanswered": "expired",
}  # fmt: skip


class Session:
    """A remote session, from its proposal on."""

    def __init__(self, event: Event) -> None:
        self.state = "proposed"
        self.proposed_at = event.at
        self.person = event.payload["person"]
        self.starts = instant(event.payload["starts"], "starts")
        self.ends = instant(event.payload["ends"], "ends")
        if self.ends <= self.starts:
            raise BrokenError(f"{event.name}: it ends before it begins")

    def take(self, event: Event) -> None:
        """Check one move of the session, and what was agreed against what was done."""
        sources, target = SESSION_MOVES[event.kind]
        if self.state not in sources:
            raise BrokenError(f"{event.name}: the session is {self.state}, and this is only possible from {sources[0]}")
        if event.kind in SESSION_ANSWERS:
            self._answer(event)
        elif event.kind == "session_started":
            self._start(event)
        elif event.kind == "session_missed" and event.at < self.starts:
            raise BrokenError(f"{event.name}: its time, {utc(self.starts)}, had not come")
        self.state = target

    def _answer(self, event: Event) -> None:
        payload = event.payload
        if payload.get("said_at") is None:
            if event.actor != f"user:{payload['by_person']}":
                raise BrokenError(
                    f"{event.name}: {event.actor} answers for another person without saying when it was said"
                )
        elif not self.proposed_at <= instant(payload["said_at"], "said_at") <= event.at:
            raise BrokenError(f"{event.name}: it was said before the proposal, or after it was written down")
        if event.kind == "session_consented" and event.at >= self.ends:
            raise BrokenError(f"{event.name}: the proposed time was over at {utc(self.ends)}")

    def _start(self, event: Event) -> None:
        said = set(event.payload.get("outside") or ())
        differs = {
            "window": not self.starts <= event.at < self.ends,
            "person": event.payload["person"] != self.person,
            "tool": event.payload.get("terms_digest") is not None,
        }
        is_so = {name for name, different in differs.items() if different}
        if said != is_so:
            raise BrokenError(
                f"{event.name}: it differs from what was agreed in {', '.join(sorted(is_so)) or 'nothing'}, and says"
                f" {', '.join(sorted(said)) or 'nothing'}"
            )
        if said and event.payload.get("reason_digest") is None:
            raise BrokenError(f"{event.name}: it differs from what was agreed and gives no reason")


class Replay:
    """The ticket's history, one event after the other, each checked against what was before it."""

    def __init__(self, bundle: dict[str, Any]) -> None:
        self.bundle = bundle
        self.parameters: dict[str, Any] = bundle["regulation"]["parameters"]
        budget = Budget()
        self.calendars = {
            name: WorkingTime(entry["content"], self.parameters, budget) for name, entry in bundle["calendars"].items()
        }
        self.as_of = instant(bundle["as_of"], "as_of")
        self.status = ""
        self.resolution: str | None = None
        self.type = ""
        self.reaction: Reaction
        self.terms: list[Term] = []
        self.running: Term | None = None
        self.closed_at = 0
        self.closed_from = ""
        self.suspended_by_timer = False
        self.pinned: WorkingTime
        # whose ball it is: from when, who, under which calendar
        self.balls: list[tuple[int, str, WorkingTime]] = []
        self.work: dict[object, bool] = {}  # readings of work: whether each one counts
        self.sessions: dict[object, Session] = {}
        self.answered: Event | None = None  # in a waiting status: the next event must be the customer's reaction
        for raw in bundle["events"]:
            self.take(Event(raw))
        self._check_answered(None)

    def take(self, event: Event) -> None:
        """Check one event and let it change the state."""
        check_payload(event.name, event.kind, event.payload)
        if (event.seq == 1) != (event.kind == "filed"):
            raise BrokenError(f"{event.name}: a log begins with filed, and only there")
        self._check_answered(event)
        self._check_settled(event)
        if event.kind in MOVES:
            self._check_move(event)
        if event.kind in TERM_ENDS and self.running is not None:
            self._end_term(event, self.running)
        handler = {
            "filed": self._filed, "accepted": self._accepted, "asked": self._asked, "proposed": self._asked,
            "receipt": self._receipt, "reminded": self._reminded, "solution_accepted": self._solution_accepted,
            "closed": self._closed, "withdrawn": self._withdrawn, "reopened": self._reopened,
            "duplicate_undone": self._duplicate_undone, "reclassified": self._reclassified,
            "criticality_proposed": self._criticality_proposed, "repinned": self._repinned,
            "work_logged": self._work, "work_corrected": self._work, "work_withdrawn": self._work,
            "session_proposed": self._session_proposed, **dict.fromkeys(SESSION_MOVES, self._session_moves),
        }.get(event.kind)  # fmt: skip
        if handler is not None:
            handler(event)
        if event.kind in MOVES:
            self._move(event)

    # work and remote sessions: they touch no clock, but a customer's answer is a reaction

    def _work(self, event: Event) -> None:
        payload = event.payload
        if payload["work"] in self.work:
            raise BrokenError(f"{event.name}: there is an entry {shown(payload['work'])} already")
        if event.kind != "work_logged":
            if not self.work.get(payload["replaces"]):
                raise BrokenError(f"{event.name}: no entry {shown(payload['replaces'])} counts at that point")
            self.work[payload["replaces"]] = False
        self.work[payload["work"]] = event.kind != "work_withdrawn"

    def _session_proposed(self, event: Event) -> None:
        if event.payload["session"] in self.sessions:
            raise BrokenError(f"{event.name}: there is a session {shown(event.payload['session'])} already")
        self.sessions[event.payload["session"]] = Session(event)

    def _session_moves(self, event: Event) -> None:
        session = self.sessions.get(event.payload["session"])
        if session is None:
            raise BrokenError(f"{event.name}: no session {shown(event.payload['session'])} was proposed")
        session.take(event)
        if event.kind in SESSION_ANSWERS and self.status in WAITING:
            self.answered = event

    def _check_answered(self, event: Event | None) -> None:
        before, self.answered = self.answered, None
        if before is not None and (event is None or event.kind not in REACTIONS):
            raise BrokenError(
                f"{before.name}: the customer answered while its answer was awaited, and no reaction follows"
            )

    # timers

    def _check_settled(self, event: Event) -> None:
        term = self.running
        if term is None:
            return
        expected = (
            ("receipt (presumed)", term.received_at is None, term.presumed_at),
            ("reminded", not term.reminded, term.reminder_at),
            ("suspended_unanswered", True, term.due),
        )
        for what, is_missing, due in expected:
            if is_missing and event.at > term.timer(due):
                raise BrokenError(
                    f"{event.name} is of {utc(event.at)}, but {what} of term {term.number} had come due at"
                    f" {utc(term.timer(due))} and is not in the log before it"
                )

    def _check_timer(self, event: Event, due: int, what: str) -> None:
        if event.actor != "timer":
            raise BrokenError(f"{event.name}: only the timer writes it, not {event.actor}")
        if event.at != due:
            raise BrokenError(f"{event.name}: at is {utc(event.at)}, but {what} is {utc(due)}")

    def _the_running_term(self, event: Event) -> Term:
        term = self.running
        if term is None or term.number != event.payload["term"]:
            raise BrokenError(f"{event.name}: term {event.payload['term']} is not running")
        return term

    def _receipt(self, event: Event) -> None:
        number = event.payload["term"]
        if number > len(self.terms):
            raise BrokenError(f"{event.name}: there is no term {number} yet")
        if event.payload["evidence"] == "presumed":
            term = self._the_running_term(event)
            if term.received_at is not None:
                raise BrokenError(f"{event.name}: term {number} was received at {utc(term.received_at)} already")
            self._check_timer(event, term.timer(term.presumed_at), f"the presumed receipt of term {number}")
        elif event.actor == "timer":
            raise BrokenError(f"{event.name}: the timer is no evidence of receipt")
        if self.running is not None and self.running.number == number:
            self.running.receive(event.at, event.payload["evidence"])

    def _reminded(self, event: Event) -> None:
        term = self._the_running_term(event)
        if term.reminded:
            raise BrokenError(f"{event.name}: term {term.number} was reminded of already")
        if term.received_at is None:
            raise BrokenError(f"{event.name}: term {term.number} was not received yet")
        self._check_timer(event, term.timer(term.reminder_at), f"the reminder of term {term.number}")
        term.reminded = True

    def _end_term(self, event: Event, term: Term) -> None:
        outcome = TERM_ENDS[event.kind]
        if outcome == "expired":
            self._check_timer(event, term.timer(self._the_running_term(event).due), f"the end of term {term.number}")
        if outcome == "answered":
            term.receive(event.at, "reaction")
        term.end(event.at, outcome)
        self.running = None

    # moves

    def _check_move(self, event: Event) -> None:
        sources, target, actors = MOVES[event.kind]
        was = event.payload.get("from", "")
        if was != self.status:
            raise BrokenError(f"{event.name}: from is {was}, but the status so far is {self.status}")
        if sources and was not in sources:
            raise BrokenError(f"{event.name}: it is not allowed from {was}, only from {', '.join(sources)}")
        if event.payload["to"] != target:
            raise BrokenError(f"{event.name}: to is {event.payload['to']}, but it leads to {target}")
        if event.actor.partition(":")[0] not in actors:
            raise BrokenError(f"{event.name}: {event.actor} cannot do that, only {' or '.join(actors)}")

    def _move(self, event: Event) -> None:
        if event.payload["to"] == "closed":
            self.closed_at, self.closed_from = event.at, self.status
        self.status = event.payload["to"]
        self.suspended_by_timer = event.kind == "suspended_unanswered"
        self.resolution = event.payload.get("resolution")
        party = "vendor"
        if self.status == "closed":
            party = "nobody"
        elif self.status in WAITING:
            party = event.payload.get("waiting_for", "customer")
        self.balls.append((event.at, party, self.pinned))

    def _pin(self, event: Event) -> WorkingTime:
        self.pinned = pinned_calendar(event, self.bundle, self.calendars)
        return self.pinned

    def _target(self, event: Event) -> int:
        kind, criticality = event.payload["type"], event.payload["criticality"]
        if criticality == "critical" and kind != "incident":
            raise BrokenError(f"{event.name}: a {kind} cannot be critical, only an incident can")
        seconds: int = self.parameters["reaction_seconds"][criticality]
        return seconds

    def _filed(self, event: Event) -> None:
        payload, regulation = event.payload, self.bundle["regulation"]
        if payload["key"] != self.bundle["ticket"]:
            raise BrokenError(
                f"ticket is {shown(self.bundle['ticket'])}, but {event.name} names {shown(payload['key'])}"
            )
        check_regulation_pin(event, regulation)
        self.type = payload["type"]
        working = self._pin(event)
        self.reaction = Reaction(event, self._target(event), working)

    def _accepted(self, event: Event) -> None:
        self.reaction.reacted_at = event.at

    def _asked(self, event: Event) -> None:
        number = len(self.terms) + 1
        if event.payload["term"] != number:
            raise BrokenError(f"{event.name}: term is {event.payload['term']}, but the next term is {number}")
        kind = "question" if event.kind == "asked" else "proposal"
        self.running = Term(event, kind, self._pin(event), self.parameters)
        self.terms.append(self.running)

    def _solution_accepted(self, event: Event) -> None:
        self._check_resolution(event, "solved")
        if self.status == "suspended" and not (
            self.suspended_by_timer and self.terms and self.terms[-1].kind == "proposal"
        ):
            raise BrokenError(f"{event.name}: no proposed solution waits for an answer")

    def _check_resolution(self, event: Event, *allowed: str) -> None:
        resolution = event.payload["resolution"]
        if resolution not in allowed:
            raise BrokenError(f"{event.name}: resolution is {resolution}, but it can only be {', '.join(allowed)}")

    def _closed(self, event: Event) -> None:
        self._check_resolution(event, *STAFF_RESOLUTIONS)
        payload = event.payload
        needs = {"third_party": ("vendor",), "duplicate": ("duplicate_of",), "declined": ("digest",)}
        names = needs.get(payload["resolution"], ())
        if names and all(payload.get(name) is None for name in names):
            raise BrokenError(f"{event.name}: a closing as {payload['resolution']} must carry {' or '.join(names)}")
        if payload.get("duplicate_of") == self.bundle["ticket"]:
            raise BrokenError(f"{event.name}: the ticket is closed as a duplicate of itself")

    def _withdrawn(self, event: Event) -> None:
        self._check_resolution(event, "withdrawn")
        if self.status == "open":
            self.reaction.withdrawn_at = event.at

    def _reopened(self, event: Event) -> None:
        if self.closed_from == "open":
            raise BrokenError(f"{event.name}: a ticket withdrawn while open cannot be reopened")
        last = self.closed_at + self.parameters["reopen_seconds"]
        if event.at > last:
            raise BrokenError(f"{event.name}: at is {utc(event.at)}, but it could be reopened until {utc(last)}")

    def _duplicate_undone(self, event: Event) -> None:
        if self.resolution != "duplicate":
            raise BrokenError(f"{event.name}: the ticket is closed as {self.resolution}, not as a duplicate")

    def _reclassified(self, event: Event) -> None:
        target = self._target(event)
        if event.payload["criticality"] == "critical" and self.type != "incident":
            raise BrokenError(f"{event.name}: a {self.type} that becomes an incident starts as non-critical")
        self.type = event.payload["type"]
        if self.reaction.is_open:
            self.reaction.change(event.seq, event.at, target)

    def _criticality_proposed(self, event: Event) -> None:
        if self.reaction.is_open:
            raise BrokenError(
                f"{event.name}: before the reaction a change of criticality is reclassified, not proposed"
            )

    def _repinned(self, event: Event) -> None:
        subject, payload = event.payload["subject"], event.payload
        if subject == "reaction":
            if not self.reaction.is_open:
                raise BrokenError(f"{event.name}: the reaction was judged already")
            old = self.reaction.due
            self.reaction.repin(event, self._pin(event))
            new = self.reaction.due
        else:
            term = self.running
            if term is None or subject != f"term:{term.number}":
                raise BrokenError(f"{event.name}: {subject} is not running")
            old = term.due
            term.working, term.not_before = self._pin(event), event.at
            term.reckon()
            new = term.due
        for name, value in (("old", old), ("new", new)):
            if payload[name] != utc(value):
                raise BrokenError(f"{event.name}: {name} is {payload[name]}, but the deadline is {utc(value)}")
        self.balls.append((event.at, self.balls[-1][1], self.pinned))

    # the verdict

    def verdict(self) -> dict[str, Any]:
        """Give the verdict at the bundle's as_of, in the bundle's own form."""
        term = self.running
        if term is not None and term.received_at is None and self.as_of >= term.timer(term.presumed_at):
            term.receive(term.timer(term.presumed_at), "presumed")
        return {
            "as_of": utc(self.as_of),
            "status": self.status,
            "resolution": self.resolution,
            "reaction": self.reaction.verdict(self.as_of),
            "terms": [term.verdict() for term in self.terms],
            "time": self._time(),
        }

    def _time(self) -> dict[str, int]:
        start = self.balls[0][0]
        end = self.closed_at if self.status == "closed" else self.as_of
        time = {"vendor": 0, "customer": 0, "third_party": 0, "outside": 0, "nobody": 0, "total": end - start}
        following = [*(begin for begin, _, _ in self.balls[1:]), end]
        for (begin, party, working), until in zip(self.balls, following):
            length = min(until, end) - begin
            if length <= 0:
                continue
            if party == "nobody":
                time["nobody"] += length
            else:
                worked = working.between(begin, begin + length)
                time[party] += worked
                time["outside"] += length - worked
        return time


# --- the replay of an obligation's log --------------------------------------------------------------------------------


class Obligation:
    """An obligation's history, one event after the other, each checked against what was before it."""

    def __init__(self, bundle: dict[str, Any]) -> None:
        self.bundle = bundle
        self.parameters: dict[str, Any] = bundle["regulation"]["parameters"]
        budget = Budget()
        self.calendars = {
            name: WorkingTime(entry["content"], self.parameters, budget) for name, entry in bundle["calendars"].items()
        }
        self.as_of = instant(bundle["as_of"], "as_of")
        self.opened: Event
        self.working: WorkingTime
        self.since = 0
        self.promise: dict[str, Any] = {}
        self.due = 0
        self.not_before = 0  # the timer never acts before the last change of the deadline
        self.is_owed = True
        self.missed_at: int | None = None
        self.fulfilled_at: int | None = None
        self.withdrawn_at: int | None = None
        self.reason: str | None = None
        self.deadlines: list[tuple[int, int, str, str | None]] = []
        for raw in bundle["events"]:
            self.take(Event(raw))

    def take(self, event: Event) -> None:
        """Check one event and let it change the state."""
        check_payload(event.name, event.kind, event.payload, OBLIGATION_SHAPES, OBLIGATION_TYPES)
        if (event.seq == 1) != (event.kind == "opened"):
            raise BrokenError(f"{event.name}: a log begins with opened, and only there")
        if event.actor.partition(":")[0] not in OBLIGATION_ACTORS[event.kind]:
            allowed = " or ".join(OBLIGATION_ACTORS[event.kind])
            raise BrokenError(f"{event.name}: {event.actor} cannot do that, only {allowed}")
        if not self.is_owed:
            raise BrokenError(f"{event.name}: nothing was owed any more")
        if event.seq > 1 and self.missed_at is None and event.at > self._timer():
            raise BrokenError(
                f"{event.name} is of {utc(event.at)}, but missed had come due at {utc(self._timer())} and is not in"
                " the log before it"
            )
        handler = {
            "opened": self._opened, "fulfilled": self._fulfilled, "missed": self._missed, "due_moved": self._due_moved,
            "repinned": self._repinned, "withdrawn": self._withdrawn,
        }[event.kind]  # fmt: skip
        handler(event)

    def _timer(self) -> int:
        return max(self.due, self.not_before)

    def _promised(self) -> int:
        promise, working = self.promise, self.working
        if promise["form"] == "instant":
            return instant(promise["at"], "promise.at")
        days: int = self.parameters[promise["parameter"]] if "parameter" in promise else promise["days"]
        if promise["form"] == "working_days":
            return working.working_day_after(self.since, days)[1]
        if promise["form"] == "calendar_days":
            return working.day_begin(working.local(self.since).date() + timedelta(days=days + 1))
        on = _date(promise["on"])
        if on is None:
            raise AssertionError("the form was checked before")
        return working.day_begin(on - timedelta(days=days - 1))

    def _set_due(self, event: Event, cause: str, reason: str | None) -> None:
        self.due, self.not_before = self._promised(), event.at
        self.deadlines.append((event.seq, self.due, cause, reason))

    def _opened(self, event: Event) -> None:
        payload, whom = event.payload, event.payload["whom"]
        parts = (payload["what"], whom["kind"], whom["id"], payload.get("discriminator"))
        name = ":".join(str(part) for part in parts if part is not None)
        if name != self.bundle["obligation"]:
            raise BrokenError(f"obligation is {shown(self.bundle['obligation'])}, but {event.name} names {shown(name)}")
        check_regulation_pin(event, self.bundle["regulation"])
        self.opened, self.working = event, pinned_calendar(event, self.bundle, self.calendars)
        self.since, self.promise = instant(payload["since"], "since"), payload["promise"]
        self._set_due(event, "opened", None)

    def _fulfilled(self, event: Event) -> None:
        self.fulfilled_at, self.is_owed = event.at, False
        if event.at > self.due and self.missed_at is None:
            self.missed_at = self._timer()

    def _missed(self, event: Event) -> None:
        if self.missed_at is not None:
            raise BrokenError(f"{event.name}: it was missed at {utc(self.missed_at)} already")
        if event.at != self._timer():
            raise BrokenError(f"{event.name}: at is {utc(event.at)}, but it was due at {utc(self._timer())}")
        self.missed_at = event.at

    def _moved(self, event: Event, old: int, cause: str, reason: str | None) -> None:
        self._set_due(event, cause, reason)
        for name, value in (("old", old), ("new", self.due)):
            if event.payload[name] != utc(value):
                raise BrokenError(f"{event.name}: {name} is {event.payload[name]}, but the deadline is {utc(value)}")

    def _due_moved(self, event: Event) -> None:
        if instant(event.payload["new"], "new") < event.at:
            raise BrokenError(f"{event.name}: it promises an instant that had passed")
        old, self.promise = self.due, {"form": "instant", "at": event.payload["new"]}
        self._moved(event, old, "moved", event.payload["reason"])

    def _repinned(self, event: Event) -> None:
        if self.missed_at is not None:
            raise BrokenError(f"{event.name}: it was missed already, and a verdict stays")
        if self.promise["form"] != "working_days":
            raise BrokenError(f"{event.name}: its deadline does not rest on the production calendar")
        old, self.working = self.due, pinned_calendar(event, self.bundle, self.calendars)
        self._moved(event, old, "repinned", None)

    def _withdrawn(self, event: Event) -> None:
        self.withdrawn_at, self.reason, self.is_owed = event.at, event.payload["reason"], False

    def verdict(self) -> dict[str, Any]:
        """Give the verdict at the bundle's as_of, in the bundle's own form."""
        if self.is_owed and self.missed_at is None and self.as_of > self.due:
            self.missed_at = self._timer()
        if self.withdrawn_at is not None:
            state = "withdrawn"
        elif self.fulfilled_at is not None:
            state = "late" if self.missed_at is not None else "fulfilled"
        else:
            state = "missed" if self.missed_at is not None else "open"
        return {
            "as_of": utc(self.as_of), "kind": self.opened.payload["what"], "clause": self.opened.payload["clause"],
            "since": utc(self.since), "opened_at": utc(self.opened.at), "due": utc(self.due), "state": state,
            "fulfilled_at": utc(self.fulfilled_at), "missed_at": utc(self.missed_at),
            "withdrawn_at": utc(self.withdrawn_at), "reason": self.reason,
            "deadlines": [
                {"seq": seq, "due": utc(due), "cause": cause, "reason": reason, "reading": self._reading(due)}
                for seq, due, cause, reason in self.deadlines
            ],
        }  # fmt: skip

    def _reading(self, due: int) -> str:
        ended = self.fulfilled_at if self.fulfilled_at is not None else self.withdrawn_at
        if due < (self.as_of if ended is None else ended):
            return "broken"
        if self.withdrawn_at is not None:
            return "withdrawn"
        return "running" if self.fulfilled_at is None else "kept"


# --- the comparison ---------------------------------------------------------------------------------------------------


def compare(given: Any, made: Any, where: str) -> None:
    """Name the first field in which the bundle's verdict differs from the one made here."""
    if isinstance(made, dict) and isinstance(given, dict):
        for key, value in made.items():
            if key not in given:
                raise BrokenError(f"{where}.{key} is missing; the log gives {shown(value)}")
            compare(given[key], value, f"{where}.{key}")
        for key in given:
            if key not in made:
                raise BrokenError(f"{where} holds the key {shown(key)}, which a verdict does not have")
    elif isinstance(made, list) and isinstance(given, list):
        for number, (one, other) in enumerate(zip(given, made)):
            compare(one, other, f"{where}[{number}]")
        if len(given) != len(made):
            raise BrokenError(f"{where} has {len(given)} entries in the bundle, but the log gives {len(made)}")
    elif type(given) is not type(made) or given != made:
        raise BrokenError(f"{where}: the bundle says {shown(given)}, the log gives {shown(made)}")


# --- the report -------------------------------------------------------------------------------------------------------


def report(bundle: dict[str, Any], replay: Replay, verdict: dict[str, Any]) -> list[str]:
    """Tell the result in lines for people, with instants in the regulation's zone."""
    working = replay.pinned
    events = bundle["events"]
    count = "1 event" if len(events) == 1 else f"{len(events)} events"

    def local(text: str | None) -> str:
        return working.text(_instant(text))

    reaction = verdict["reaction"]
    calendars = ", ".join(sorted(map(shown, bundle["calendars"])))
    zone = shown(bundle["regulation"]["parameters"]["zone"])
    lines = [
        f"Ticket {shown(bundle['ticket'])}: {count}, as of {local(verdict['as_of'])}",
        f"Head: event {bundle['head']['seq']}, {bundle['head']['hash']}",
        f"Regulation {shown(bundle['regulation']['edition'])}; calendar {calendars}; zone {zone}",
        f"Status: {verdict['status']}" + (f" ({verdict['resolution']})" if verdict["resolution"] else ""),
        f"Reaction: {reaction['state'].upper()}, target {duration(reaction['target_seconds'])} of working time",
        f"  registered {local(reaction['registered_at'])}, due {local(reaction['due'])}",
        f"  reacted {local(reaction['reacted_at'])}, working time used {duration(reaction['working_seconds'])}",
    ]
    if len(reaction["deadlines"]) > 1:
        lines += [
            f"  deadline by event {one['seq']} ({one['cause']}): {local(one['due'])}" for one in reaction["deadlines"]
        ]
    if replay.reaction.working.rests_on_provisional(replay.reaction.due):
        lines.append("  note: this deadline rests on a provisional calendar year")
    for term, given in zip(replay.terms, verdict["terms"]):
        evidence = given["evidence"]
        received = f"received {local(given['received_at'])} ({evidence})" if evidence else "no receipt"
        ended = f"ended {local(given['ended_at'])}: " if given["ended_at"] else ""
        lines.append(
            f"Term {given['term']} ({given['kind']}): opened {local(given['opened_at'])}, {received},"
            f" due {local(given['due'])}, {ended}{given['outcome'].upper()}"
        )
        if term.working.rests_on_provisional(term.due):
            lines.append("  note: this deadline rests on a provisional calendar year")
        if term.ended_at is None and replay.as_of > term.timer(term.due):
            lines.append("  note: the term was over at as_of, but its end was not in the log yet")
    time = verdict["time"]
    lines.append(
        f"Time: vendor {duration(time['vendor'])}, customer {duration(time['customer'])}, third party"
        f" {duration(time['third_party'])}, outside working hours {duration(time['outside'])}, closed"
        f" {duration(time['nobody'])}; together {duration(time['total'])}"
    )
    return lines


def report_obligation(bundle: dict[str, Any], obligation: Obligation, verdict: dict[str, Any]) -> list[str]:
    """Tell the result in lines for people, with instants in the regulation's zone."""
    working, events = obligation.working, bundle["events"]
    count = "1 event" if len(events) == 1 else f"{len(events)} events"

    def local(text: str | None) -> str:
        return working.text(_instant(text))

    calendars = ", ".join(sorted(map(shown, bundle["calendars"])))
    zone = shown(bundle["regulation"]["parameters"]["zone"])
    lines = [
        f"Obligation {shown(bundle['obligation'])}: {count}, as of {local(verdict['as_of'])}",
        f"Head: event {bundle['head']['seq']}, {bundle['head']['hash']}",
        f"Regulation {shown(bundle['regulation']['edition'])}; calendar {calendars}; zone {zone}",
        f"Clause {shown(verdict['clause'])}, {shown(verdict['kind'])}: {verdict['state'].upper()}",
        f"  owed since {local(verdict['since'])}, entered {local(verdict['opened_at'])}, due {local(verdict['due'])}",
    ]
    if obligation.opened.at > obligation.deadlines[0][1]:
        lines.append("  note: its first deadline had passed when it was entered")
    for word, name in (("missed", "missed_at"), ("fulfilled", "fulfilled_at"), ("withdrawn", "withdrawn_at")):
        if verdict[name] is not None:
            lines.append(f"  {word} {local(verdict[name])}")
    if len(verdict["deadlines"]) > 1:
        lines += [
            f"  deadline by event {one['seq']} ({one['cause']}): {local(one['due'])}, {one['reading']}"
            for one in verdict["deadlines"]
        ]
    if obligation.promise["form"] == "working_days" and working.rests_on_provisional(obligation.due):
        lines.append("  note: this deadline rests on a provisional calendar year")
    return lines


def verify(data: bytes, kept_head: str | None = None) -> list[str]:
    """Verify a bundle and tell the result in lines; UnreadableError or BrokenError names what is wrong."""
    bundle = check_form(parse(data))
    check_chain(bundle)
    kept = [check_kept_head(bundle, kept_head)] if kept_head else []
    check_digests(bundle)
    if "obligation" in bundle:
        obligation = Obligation(bundle)
        verdict = obligation.verdict()
        compare(bundle["verdict"], verdict, "verdict")
        return report_obligation(bundle, obligation, verdict) + kept
    replay = Replay(bundle)
    verdict = replay.verdict()
    compare(bundle["verdict"], verdict, "verdict")
    return report(bundle, replay, verdict) + kept


def _kept_head(text: str) -> str:
    if HEX64.fullmatch(text.lower()) is None:
        raise argparse.ArgumentTypeError("a head is 64 hex digits")
    return text.lower()


def main(arguments: list[str] | None = None) -> int:
    """Run the command; return its exit status."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    parser = argparse.ArgumentParser(description="Check an evidence bundle of one ticket or obligation.")
    parser.add_argument("bundle", help="the bundle's file, or - for standard input")
    parser.add_argument("--head", metavar="HASH", type=_kept_head, help="the hash of an event that you kept elsewhere")
    options = parser.parse_args(arguments)
    try:
        lines = verify(read_bytes(options.bundle), options.head)
    except UnreadableError as error:
        sys.stderr.write(f"UNREADABLE: {error}\n")
        return 2
    except BrokenError as error:
        sys.stdout.write(f"NOT VERIFIED: {error}\n")
        return 1
    except (MemoryError, RecursionError):
        sys.stderr.write("UNREADABLE: the input needs more memory than this machine gives\n")
        return 2
    sys.stdout.write("\n".join([*lines, "VERIFIED", ""]))
    return 0


if __name__ == "__main__":
    try:
        status = main()
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = 1
    except KeyboardInterrupt:
        status = 130
    sys.exit(status)
