"""Whatever happens to obligations, in whatever order: log, columns, verdict and a stranger's verifier agree."""

import itertools
import json
from contextlib import ExitStack
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.db import transaction
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from mespace.accounts.actor import TIMER, Actor
from mespace.obligations.errors import DueInPast, NothingOwed, ObligationNotFound
from mespace.obligations.kinds import ahead_of, by_calendar_days, by_instant, by_working_days
from mespace.obligations.models import Obligation
from mespace.obligations.operations.fulfil import fulfil
from mespace.obligations.operations.miss import GRACE, due_obligations, miss
from mespace.obligations.operations.move_due import move_due
from mespace.obligations.operations.open_obligation import open_obligation
from mespace.obligations.operations.repin import obligations_to_repin, repin
from mespace.obligations.operations.withdraw_obligation import withdraw_obligation
from mespace.obligations.queries.evidence import bundle_of
from mespace.obligations.tests.making import name, no_differences, registered, verified
from mespace.regulation.models import CalendarEdition
from mespace.regulation.operations.adopt_calendar import adopt_calendar
from mespace.regulation.queries import calendar_at
from tests.cast import Cast
from tests.properties.judging import verify_as_a_stranger

pytestmark = pytest.mark.django_db

STARTS = [datetime(2024, 12, 27, 13, 30, tzinfo=UTC), datetime(2026, 11, 18, 6, 0, tzinfo=UTC)]
STEPS = [timedelta(seconds=1), timedelta(hours=3), timedelta(days=1), timedelta(days=4), timedelta(days=16)]
PROMISES = ["onboarding_days", "working", "notice_days", "ahead", "instant"]
PEOPLE = ["manager", "agent", "responsible", "timer"]
REFUSALS = (ObligationNotFound, NothingOwed, DueInPast)
FRIDAY = 4
_codes = itertools.count(1)
WHICH = st.integers(1, 5)


class AnyObligation(RuleBasedStateMachine):
    """A few obligations of every form, people and timers that act on them, a clock and a corrected calendar."""

    cast: Cast
    folder: Path

    def __init__(self) -> None:
        super().__init__()
        self.undo = ExitStack()
        self.undo.enter_context(registered())
        self.undo.enter_context(transaction.atomic())
        self.undo.callback(transaction.set_rollback, True)
        self.now = STARTS[0]
        self.edition: CalendarEdition | None = None

    def teardown(self) -> None:
        try:
            for row in Obligation.objects.select_related("regulation_edition")[:1]:
                assert "VERIFIED" in verify_as_a_stranger(bundle_of(row, as_of=self.now), self.folder)
        finally:
            self.undo.close()

    def actor(self, by: str) -> Actor:
        return TIMER if by == "timer" else self.cast.actors[by]

    @initialize(start=st.sampled_from(STARTS))
    def begin(self, start: datetime) -> None:
        self.now = start
        self.open(1, "manager", "onboarding_days", 0)

    @rule(which=WHICH, by=st.sampled_from(PEOPLE), form=st.sampled_from(PROMISES), days_ago=st.integers(-1, 9))
    def open(self, which: int, by: str, form: str, days_ago: int) -> None:
        before = Obligation.objects.filter(key=name(which).key).first()
        promise = {
            "onboarding_days": by_working_days(parameter="onboarding_days"),
            "working": by_working_days(days=which + 1),
            "notice_days": by_calendar_days(parameter="notice_days"),
            "ahead": ahead_of(date(self.now.year, self.now.month, 28), days=which + 1),
            "instant": by_instant(self.now + timedelta(days=which, seconds=-1)),
        }[form]
        since = self.now - timedelta(days=days_ago, hours=which)
        made = open_obligation(actor=self.actor(by), now=self.now, name=name(which), promise=promise, since=since)
        if before is not None:
            assert (made.pk, made.version) == (before.pk, before.version)
        else:
            assert (made.state == "missed") is (made.due_at < self.now)

    @rule(by=st.sampled_from(STEPS))
    def time_passes(self, by: timedelta) -> None:
        self.now += by

    @rule()
    def another_server_is_slow(self) -> None:
        self.now -= timedelta(seconds=90)

    @rule(which=WHICH, off=st.sampled_from([-1, 0, 0, 1]))
    def a_due_instant_comes(self, which: int, off: int) -> None:
        due = sorted(Obligation.objects.filter(due_at__gte=self.now).values_list("due_at", flat=True))
        if due:
            self.now = max(self.now, due[which % len(due)] + timedelta(seconds=off))

    @rule()
    def the_worker_sweeps(self) -> None:
        for pk in due_obligations(now=self.now):
            miss(obligation_id=pk, now=self.now)
        assert not Obligation.objects.filter(state="open", due_at__lt=self.now - GRACE, wake_at__lt=self.now - GRACE)

    @rule(which=WHICH, by=st.sampled_from(PEOPLE), ago=st.sampled_from([None, 1, 100, 3600]))
    def it_is_fulfilled(self, which: int, by: str, ago: int | None) -> None:
        at = None if ago is None else self.now - timedelta(seconds=ago)
        self.attempt(which, lambda: fulfil(actor=self.actor(by), now=self.now, name=name(which), at=at))

    @rule(which=WHICH, by=st.sampled_from(PEOPLE[:-1]), ahead=st.sampled_from([-5, 0, 60, 86_400, 900_000]))
    def its_end_is_moved(self, which: int, by: str, ahead: int) -> None:
        due = self.now + timedelta(seconds=ahead)
        common = {"actor": self.actor(by), "now": self.now, "name": name(which), "note": "потом"}
        self.attempt(which, lambda: move_due(**common, due=due, reason="later"))

    @rule(which=WHICH, by=st.sampled_from(PEOPLE))
    def it_is_withdrawn(self, which: int, by: str) -> None:
        common = {"actor": self.actor(by), "now": self.now, "name": name(which)}
        self.attempt(which, lambda: withdraw_obligation(**common, reason="mistake"))

    @rule(days=st.lists(st.tuples(st.integers(-6, 8), st.booleans()), min_size=1, max_size=4))
    def a_calendar_is_corrected(self, days: list[tuple[int, bool]]) -> None:
        content = json.loads(json.dumps(calendar_at(self.now).content))
        for offset, worked in days:
            on = self.now.date() + timedelta(days=offset)
            named = content["years"][str(on.year)]["days"]
            named.pop(on.isoformat(), None)
            if worked is (on.weekday() > FRIDAY):
                kind = "worked_weekend" if worked else "moved_day_off"
                named[on.isoformat()] = {"type": kind, "source": "source not verified"}
        for number in range(min(map(int, content["years"])), self.now.year + 3):
            content["years"].setdefault(str(number), {"state": "provisional", "known_from": None, "days": {}})
        content["edition"] = f"owed-{next(_codes)}"
        self.edition = adopt_calendar(actor=self.cast.manager, now=self.now, content=content, reason="Перенос")

    @rule()
    def deadlines_are_pinned_again(self) -> None:
        if self.edition is not None:
            for pk in obligations_to_repin(edition=self.edition):
                repin(obligation_id=pk, now=self.now, edition=self.edition)

    def attempt(self, which: int, call) -> None:
        """A refused act leaves no trace of its own; what was over stays as it was."""
        before = Obligation.objects.filter(key=name(which).key).first()
        try:
            after = call()
        except ObligationNotFound:
            assert before is None
        except REFUSALS:
            assert before is not None
            after = Obligation.objects.get(pk=before.pk)
            assert after.stream.events.exclude(kind="missed").count() == before.version - bool(before.missed_at)
        else:
            assert before is not None
            assert before.is_owed or (after.state, after.version) == (before.state, before.version)
            assert before.missed_at is None or after.missed_at == before.missed_at

    @invariant()
    def check(self) -> None:
        no_differences()
        with transaction.atomic():
            for row in Obligation.objects.all():
                miss(obligation_id=row.pk, now=self.now)
                row.refresh_from_db()
                verdict = verified(row, self.now)
                ended = row.ended_at or self.now
                assert (verdict["state"] in {"missed", "late"}) is (
                    row.missed_at is not None and row.state != "withdrawn"
                )
                assert row.state != "fulfilled" or ended <= row.due_at
            transaction.set_rollback(True)


def _run(cast: Cast, folder: Path, *, examples: int, steps: int) -> None:
    class OfThisCast(AnyObligation):
        pass

    OfThisCast.cast, OfThisCast.folder = cast, folder
    run_state_machine_as_test(
        OfThisCast,
        settings=settings(
            max_examples=examples, stateful_step_count=steps, phases=[Phase.explicit, Phase.reuse, Phase.generate]
        ),
    )


def test_what_is_owed_holds_after_any_history(cast: Cast, tmp_path: Path) -> None:
    _run(cast, tmp_path, examples=6, steps=18)


@pytest.mark.long
@pytest.mark.timeout(1800)
def test_what_is_owed_holds_after_very_many_histories(cast: Cast, tmp_path: Path) -> None:
    _run(cast, tmp_path, examples=60, steps=30)
