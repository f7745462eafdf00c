"""Remote sessions in the database: what no operation would write cannot be written."""

from typing import Any

import pytest
from django.db import DatabaseError, transaction

from mespace.tickets.models import RemoteSession, Ticket
from mespace.tickets.operations.consent_to_session import consent_to_session
from mespace.tickets.session_lifecycle import SESSION_MOVES, SessionState
from mespace.tickets.tests.operations.logs import fresh, sound
from mespace.tickets.tests.operations.session_story import ENDS, STARTS, TERMS, Story
from tests.cast import WEDNESDAY, Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(cast: Cast) -> Story:
    return Story(cast)


def test_the_database_lets_through_the_table_s_moves_and_no_other(cast: Cast) -> None:
    """Every pair of states, by SQL that knows no operation."""
    moves = {(source.value, move.target.value) for move in SESSION_MOVES for source in move.sources}
    by = cast.users["engineer"]
    full = {"consented_by": by, "consented_at": WEDNESDAY, "refused_by": by}
    began = {"started_at": STARTS, "connected": cast.users["agent"], "used_tool": TERMS.tool}
    ended = {"ended_at": ENDS, "outcome": "done"}
    none: dict[str, Any] = {"started_at": None, "ended_at": None, "outcome": ""}
    ways: dict[str, list[str]] = {
        "proposed": [],
        "agreed": ["agreed"],
        "running": ["agreed", "running"],
        "ended": ["agreed", "running", "ended"],
        "refused": ["refused"],
        "withdrawn": ["agreed", "withdrawn"],
        "cancelled": ["cancelled"],
        "missed": ["agreed", "missed"],
    }

    def columns(to: str, session: RemoteSession) -> dict[str, Any]:
        more = began if to in {"running", "ended"} else none
        last = {**ended, "report": session.purpose} if to == "ended" else {"ended_at": None, "outcome": ""}
        return {"state": to, **full, **more, **last}

    done = set()
    for source, way in ways.items():
        session = Story(cast).propose()
        row = RemoteSession.objects.filter(pk=session.pk)
        for step in way:
            row.update(**columns(step, session))
        for to in SessionState.values:
            try:
                with transaction.atomic():
                    row.update(**columns(to, session))
                    if to != source:
                        done.add((source, to))
                    transaction.set_rollback(True)
            except DatabaseError:
                assert (source, to) not in moves
    assert done == moves


def test_what_was_not_agreed_cannot_be_stored(cast: Cast, story: Story) -> None:
    session = story.propose()
    row = RemoteSession.objects.filter(pk=session.pk)
    for columns in (
        {"state": "agreed"},
        {"state": "agreed", "consented_by": cast.users["engineer"]},
        {"state": "refused"},
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            row.update(**columns)
    consent_to_session(**story.by("engineer"), session_id=session.pk)
    began = {"state": "running", "started_at": ENDS, "connected": cast.users["agent"], "used_tool": TERMS.tool}
    for columns in (began, {**began, "started_at": STARTS, "used_tool": "AnyDesk"}, {"state": "running"}):
        with pytest.raises(DatabaseError), transaction.atomic():
            row.update(**columns)
    with pytest.raises(DatabaseError), transaction.atomic():
        row._raw_delete("default")
    assert isinstance(fresh(story.ticket), Ticket)


def test_a_state_that_is_not_what_the_log_says_is_found(story: Story) -> None:
    session = story.propose()
    RemoteSession.objects.filter(pk=session.pk).update(state="cancelled")
    assert not sound()
