"""One ticket's whole way through the operations."""

import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from mespace.tickets.operations._steps import Proposal, Question
from mespace.tickets.operations.accept import accept
from mespace.tickets.operations.accept_solution import accept_solution
from mespace.tickets.operations.comment import Remark, comment
from mespace.tickets.operations.propose_solution import propose_solution
from mespace.tickets.operations.record_receipt import record_receipt
from mespace.tickets.queries.evidence import bundle
from mespace.tickets.queries.ticket import ticket_view
from mespace.tickets.queries.verification import Difference, differences
from tests.cast import WEDNESDAY, Cast

pytestmark = pytest.mark.django_db
VERIFIER = Path(__file__).resolve().parents[5] / "verifier" / "verify.py"


def test_filed_accepted_with_a_question_answered_solved(cast: Cast, tmp_path: Path) -> None:
    ticket = cast.file()
    assert (ticket.key, ticket.status) == ("ZAVOD-1", "open")
    assert ticket.reaction_due_at == datetime(2026, 11, 18, 14, 0, tzinfo=UTC)
    at = WEDNESDAY + timedelta(minutes=70)
    accept(ticket_id=ticket.pk, actor=cast.agent, now=at, then=Question("Какая модель принтера?"))
    ticket.refresh_from_db()
    assert (ticket.status, ticket.reaction_state, ticket.reacted_at) == ("info_requested", "kept", at)
    record_receipt(ticket_id=ticket.pk, actor=cast.engineer, now=at + timedelta(minutes=3))
    comment(ticket_id=ticket.pk, actor=cast.engineer, now=at + timedelta(minutes=9), remark=Remark("ZT410"))
    ticket.refresh_from_db()
    assert ticket.status == "analysis"
    propose_solution(
        ticket_id=ticket.pk, actor=cast.agent, now=at + timedelta(hours=1), proposal=Proposal("Перезапустите очередь.")
    )
    accept_solution(ticket_id=ticket.pk, actor=cast.engineer, now=at + timedelta(hours=2))
    ticket.refresh_from_db()
    assert (ticket.status, ticket.resolution) == ("closed", "solved")
    assert [item for item in differences() if isinstance(item, Difference)] == []
    view = ticket_view(actor=cast.engineer, key=ticket.key, now=at + timedelta(hours=3))
    assert [entry.event.kind for entry in view.entries] == [
        "filed",
        "accepted",
        "assigned",
        "asked",
        "receipt",
        "customer_reacted",
        "proposed",
        "solution_accepted",
    ]
    path = tmp_path / "bundle.json"
    path.write_text(
        json.dumps(bundle(actor=cast.engineer, key=ticket.key, as_of=at + timedelta(hours=3)), ensure_ascii=False)
    )
    done = subprocess.run([sys.executable, str(VERIFIER), str(path)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_unanswered_is_suspended_at_the_end_of_the_term_though_nobody_looked(cast: Cast, tmp_path: Path) -> None:
    ticket = cast.file()
    accept(ticket_id=ticket.pk, actor=cast.agent, now=WEDNESDAY, then=Question("Какая модель?"))
    late = WEDNESDAY + timedelta(days=14)
    comment(ticket_id=ticket.pk, actor=cast.engineer, now=late, remark=Remark("Простите, отпуск."))
    view = ticket_view(actor=cast.engineer, key=ticket.key, now=late)
    assert [(entry.event.kind, entry.event.at) for entry in view.entries[4:]] == [
        ("receipt", datetime(2026, 11, 19, 14, 0, tzinfo=UTC)),
        ("reminded", datetime(2026, 11, 23, 5, 0, tzinfo=UTC)),
        ("suspended_unanswered", datetime(2026, 11, 24, 14, 0, tzinfo=UTC)),
        ("customer_reacted", late),
    ]
    assert [item for item in differences() if isinstance(item, Difference)] == []
    path = tmp_path / "bundle.json"
    path.write_text(json.dumps(bundle(actor=cast.engineer, key=ticket.key, as_of=late), ensure_ascii=False))
    done = subprocess.run([sys.executable, str(VERIFIER), str(path)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
