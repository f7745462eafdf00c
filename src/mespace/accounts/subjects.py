"""What news can be about: each room registers the kinds of its own things here, and who sees them and in which words.

News is told by a room above, which knows a thing only as (kind, id); docs/mechanisms/notifications.md says how.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from mespace.accounts.actor import Actor


@dataclass(frozen=True)
class About:
    """One piece of news: its kind, the thing, and what of it (`seq` in its log, or `occasion` in the room's words)."""

    news: str
    subject_id: int
    seq: int = 0
    occasion: str = ""


@dataclass(frozen=True)
class Words:
    """A piece of news as a person reads it, in the present language and time zone."""

    title: str  # one line that names the thing
    url: str  # a path of this site
    text: str = ""  # Markdown: what a mail says besides the title


@dataclass(frozen=True)
class Subject:
    """A kind of thing: the rows that an actor sees now, and news of such rows in words (what is gone is left out)."""

    kind: str
    visible_to: Callable[[Actor], QuerySet[Any]]
    words: Callable[[Actor, Collection[About]], Mapping[About, Words]]


class UnknownSubject(LookupError):  # noqa: N818 - it says what happened
    """No room has registered this kind of thing."""


_SUBJECTS: dict[str, Subject] = {}


def register_subject(subject: Subject) -> None:
    """Make a kind known; called by the room's AppConfig.ready(). Raises ValueError for a kind that another room has."""
    if _SUBJECTS.get(subject.kind, subject) != subject:
        msg = f"two rooms have subjects of the kind {subject.kind}"
        raise ValueError(msg)
    _SUBJECTS[subject.kind] = subject


def subject_of(kind: str) -> Subject:
    """The registered kind. Raises UnknownSubject."""
    try:
        return _SUBJECTS[kind]
    except KeyError:
        raise UnknownSubject(kind) from None


def subjects() -> list[Subject]:
    """All that are registered, by kind."""
    return [_SUBJECTS[kind] for kind in sorted(_SUBJECTS)]
