"""The states of an article and the moves between them: one table for guard, database trigger and buttons."""

from collections.abc import Iterable
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from mespace.accounts.permissions import Permission

if TYPE_CHECKING:
    from mespace.accounts.actor import Actor


class State(models.TextChoices):
    """How far the newest text of an article has come."""

    DRAFT = "draft", pgettext_lazy("article", "Draft")
    REVIEW = "review", pgettext_lazy("article", "In review")
    PUBLISHED = "published", pgettext_lazy("article", "Published")
    OUTDATED = "outdated", pgettext_lazy("article", "Outdated")
    DISCARDED = "discarded", pgettext_lazy("article", "Discarded")


class Verb(StrEnum):
    """What is done to an article. Sorted; the value is the act's address and what its history names."""

    DISCARD = "discard"
    OUTDATE = "outdate"
    PUBLISH = "publish"
    REVISE = "revise"
    REVIVE = "revive"
    SEND_BACK = "send-back"
    SUBMIT = "submit"


class Move(NamedTuple):
    """One verb: who may do it, from which states, where it leads, and what the button says."""

    verb: Verb
    right: Permission
    sources: frozenset[State]
    target: State
    label: str | Promise
    icon: str
    wants_reason: bool = False
    wants_shown: bool = False  # only of an article that readers have
    wants_unshown: bool = False  # only of an article that readers never had
    wants_author: bool = False  # by who began the article, or by who publishes
    wants_same: bool = False  # only while readers have the newest text


_ALL = frozenset(State)
_STANDING = _ALL - {State.DISCARDED}

MOVES: tuple[Move, ...] = (
    Move(
        Verb.REVISE,
        Permission.ARTICLES_WRITE,
        _ALL,
        State.DRAFT,
        pgettext_lazy("act on an article", "Edit"),
        "pencil",
    ),
    Move(
        Verb.SUBMIT,
        Permission.ARTICLES_WRITE,
        frozenset({State.DRAFT}),
        State.REVIEW,
        pgettext_lazy("act on an article", "Hand over for review"),
        "send",
    ),
    Move(
        Verb.SEND_BACK,
        Permission.ARTICLES_WRITE,
        frozenset({State.REVIEW}),
        State.DRAFT,
        pgettext_lazy("act on an article", "Send back"),
        "arrow-back-up",
        wants_reason=True,
    ),
    Move(
        Verb.PUBLISH,
        Permission.ARTICLES_PUBLISH,
        frozenset({State.REVIEW}),
        State.PUBLISHED,
        pgettext_lazy("act on an article", "Publish"),
        "circle-check",
    ),
    Move(
        Verb.OUTDATE,
        Permission.ARTICLES_PUBLISH,
        _STANDING - {State.OUTDATED},
        State.OUTDATED,
        pgettext_lazy("act on an article", "Mark as outdated"),
        "clock-off",
        wants_reason=True,
        wants_shown=True,
    ),
    Move(
        Verb.REVIVE,
        Permission.ARTICLES_PUBLISH,
        frozenset({State.OUTDATED}),
        State.PUBLISHED,
        pgettext_lazy("act on an article", "It holds again"),
        "refresh",
        wants_same=True,
    ),
    Move(
        Verb.DISCARD,
        Permission.ARTICLES_WRITE,
        frozenset({State.DRAFT, State.REVIEW}),
        State.DISCARDED,
        pgettext_lazy("act on an article", "Discard"),
        "trash",
        wants_reason=True,
        wants_unshown=True,
        wants_author=True,
    ),
)
BY_VERB: dict[Verb, Move] = {move.verb: move for move in MOVES}


def state_changes() -> list[tuple[str, str]]:
    """The pairs of states that the database lets through, sorted."""
    pairs = {(source.value, move.target.value) for move in MOVES for source in move.sources}
    return sorted(pair for pair in pairs if pair[0] != pair[1])


class Standing(NamedTuple):
    """What the table is asked with: the state, and whether readers have a text and the newest one."""

    state: State
    is_shown: bool
    is_same: bool


def moves_from(standing: Standing) -> list[Move]:
    """The moves that are possible, in the table's order, whoever asks."""
    return [move for move in MOVES if fits(move, standing)]


def fits(move: Move, standing: Standing) -> bool:
    """Whether the move is possible."""
    if standing.state not in move.sources:
        return False
    if standing.is_shown:
        return (standing.is_same or not move.wants_same) and not move.wants_unshown
    return not move.wants_shown and not move.wants_same


def may(move: Move, *, actor: "Actor", author_id: int) -> bool:
    """Whether the actor may do it to an article that the author began."""
    if not actor.can(move.right):
        return False
    return not move.wants_author or actor.user_id == author_id or actor.can(Permission.ARTICLES_PUBLISH)


class MoveRefused(Exception):  # noqa: N818 - named as what it says
    """The state does not allow the move (409); `allowed` are those that it does."""

    def __init__(self, verb: Verb, state: State, allowed: Iterable[Move]) -> None:
        self.verb, self.state, self.allowed = verb, state, tuple(allowed)
        super().__init__(f"{verb} is not possible while {state}")
