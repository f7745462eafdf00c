"""Whatever people, timers and calendars do, in whatever order: the promises of the product hold after every step."""

import itertools
import json
from collections.abc import Callable
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from django.db import transaction
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from mespace.accounts.actor import Actor, Refused
from mespace.customers.entitlement import NotEntitled
from mespace.ledger.models import Event
from mespace.regulation.models import CalendarEdition
from mespace.regulation.operations.adopt_calendar import adopt_calendar
from mespace.regulation.queries import calendar_at
from mespace.tickets.errors import Invalid, SessionNotFound, TicketNotFound
from mespace.tickets.lifecycle import BY_VERB, WAITING, IllegalMove, Side, Status, Verb
from mespace.tickets.models import Ticket
from mespace.tickets.operations._place import Place
from mespace.tickets.operations._steps import Closing
from mespace.tickets.operations.repin_calendar import repin_calendar, tickets_to_repin
from mespace.tickets.operations.settle import due_tickets, settle_ticket
from mespace.tickets.session_lifecycle import IllegalSessionMove
from tests.cast import Cast, narrowed
from tests.properties.acts import SECRET, SERVICE_MAKERS, STILL, moves, other_acts, service_acts
from tests.properties.judging import (
    no_differences,
    settled_bundle,
    time_adds_up,
    traces,
    unseen,
    verify,
    verify_as_a_stranger,
)

pytestmark = pytest.mark.django_db

STARTS = [
    datetime(2024, 12, 27, 13, 30, tzinfo=UTC),  # before a Saturday that was worked and the long holidays
    datetime(2025, 4, 30, 13, 59, 59, tzinfo=UTC),
    datetime(2026, 11, 18, 6, 0, tzinfo=UTC),
]
STEPS = [timedelta(seconds=1), timedelta(minutes=7), timedelta(hours=1), timedelta(hours=5), timedelta(days=1)]
LEAPS = [timedelta(days=3), timedelta(days=7), timedelta(days=14), timedelta(days=40)]
REFUSALS = (IllegalMove, IllegalSessionMove, SessionNotFound, Refused, TicketNotFound, Invalid, NotEntitled)
TOLD = {
    "comment",
    "customer_reacts",
    "correct",
    "propose_criticality",
    "accept_solution",
    "withdraw",
    "reopen",
    "details",
    "consent_to_session",
    "refuse_session",
}
CUSTOMERS = ("engineer", "colleague", "narrowed_far_colleague", "responsible", "stranger")
STAFF = ("agent", "second_agent", "contractor", "manager", "auditor", "administrator")
FRIDAY = 4
PHASES = [
    Phase.explicit,
    Phase.reuse,
    Phase.generate,
]  # a long history shrinks for many minutes: take it as it was found
EVERYBODY = (*CUSTOMERS, *STAFF)
VERBS = [verb for verb in Verb if BY_VERB[verb].side is not Side.TIMER]
MAKERS = {
    "comment": ("engineer", "colleague", "agent"),
    "note": ("agent", "contractor"),
    "correct": ("engineer", "agent"),
    "remove": ("engineer", "agent"),
    "details": ("engineer", "agent"),
    "join": ("colleague", "responsible"),
    "hand_over": ("engineer",),
    "link": ("agent",),
    "assign": ("agent",),
    "reclassify": ("agent",),
    "propose_criticality": ("engineer",),
    "read": ("engineer", "engineer", "colleague", "stranger"),
}
OTHER_ACTS = [*MAKERS, "read", "read"]
SEEDS = st.integers(0, 2**32 - 1)  # the dice are ours: what Hypothesis likes to draw repeats itself too much here
_codes = itertools.count(1)


class AnyHistory(RuleBasedStateMachine):
    """Several tickets of two customers, everybody who may touch them, a clock and a calendar that is corrected."""

    cast: Cast
    folder: Path

    def __init__(self) -> None:
        super().__init__()
        self.undo = ExitStack()
        self.undo.enter_context(transaction.atomic())
        self.undo.callback(transaction.set_rollback, True)
        self.actors: dict[str, Actor] = {
            **self.cast.actors,
            "narrowed_far_colleague": narrowed(self.cast, "far_colleague"),
        }
        self.tickets: list[Ticket] = []
        self.now = STARTS[0]
        self.words = itertools.count(1)
        self.touched: set[int] = set()
        self.edition: CalendarEdition | None = None

    def teardown(self) -> None:
        try:
            for ticket in self.tickets:
                for name in CUSTOMERS:
                    if Ticket.objects.visible_to(self.actors[name]).filter(pk=ticket.pk).exists():
                        unseen(self.actors[name], ticket.key, SECRET, self.now)
            if self.tickets:
                assert "VERIFIED" in verify_as_a_stranger(settled_bundle(self.tickets[0].pk, self.now), self.folder)
        finally:
            self.undo.close()

    # time and calendars

    @initialize(start=st.sampled_from(STARTS))
    def begin(self, start: datetime) -> None:
        self.now = start
        self.file("engineer", "incident", critical=True)

    @rule(by=st.sampled_from(STEPS))
    def time_passes(self, by: timedelta) -> None:
        self.now += by

    @rule(by=st.sampled_from(LEAPS))
    def much_time_passes(self, by: timedelta) -> None:
        self.now += by

    @rule(which=st.integers(0, 50), off=st.sampled_from([-1, 0, 0, 0, 1]))
    def a_due_instant_comes(self, which: int, off: int) -> None:
        due = [
            at
            for row in Ticket.objects.values_list("reaction_due_at", "wake_at", "term_due_at")
            for at in row
            if at is not None and at >= self.now
        ]
        if due:
            self.now = max(self.now, due[which % len(due)] + timedelta(seconds=off))

    @rule()
    def another_server_is_slow(self) -> None:
        self.now -= timedelta(seconds=90)

    @rule()
    def the_worker_sweeps(self) -> None:
        for ticket_id in due_tickets(now=self.now):
            settle_ticket(ticket_id=ticket_id, now=self.now)
            self.touched.add(ticket_id)
        assert not Ticket.objects.filter(wake_at__lt=self.now).exists()

    @rule(days=st.lists(st.tuples(st.integers(-9, 12), st.booleans()), min_size=1, max_size=4))
    def a_calendar_is_corrected(self, days: list[tuple[int, bool]]) -> None:
        content = json.loads(json.dumps(calendar_at(self.now).content))
        code = f"corrected-{next(_codes)}"
        for offset, worked in days:
            on = self.now.date() + timedelta(days=offset)
            named = content["years"][str(on.year)]["days"]
            named.pop(on.isoformat(), None)
            if worked is (on.weekday() > FRIDAY):
                kind = "worked_weekend" if worked else "moved_day_off"
                named[on.isoformat()] = {"type": kind, "source": "source not verified"}
        for number in range(min(map(int, content["years"])), self.now.year + 3):
            content["years"].setdefault(str(number), {"state": "provisional", "known_from": None, "days": {}})
        changed = {**content, "edition": code}
        self.edition = adopt_calendar(actor=self.actors["manager"], now=self.now, content=changed, reason="Поправка")

    @precondition(lambda self: self.edition is not None)
    @rule()
    def clocks_are_pinned_again(self) -> None:
        assert self.edition is not None
        for ticket_id in tickets_to_repin(edition=self.edition):
            repin_calendar(ticket_id=ticket_id, now=self.now, edition=self.edition)
            self.touched.add(ticket_id)

    # people

    @precondition(lambda self: len(self.tickets) < 4)
    @rule(
        by=st.sampled_from(["engineer", "narrowed_far_colleague", "stranger", "agent", "contractor"]),
        kind=st.sampled_from(["consultation", "bug", "incident", "change_request"]),
        critical=st.booleans(),
    )
    def file(self, by: str, kind: str, critical: bool) -> None:
        from mespace.tickets.operations.file_ticket import file_ticket

        actor = self.actors[by]
        site = {"narrowed_far_colleague": self.cast.other_site.pk, "stranger": None}.get(by, self.cast.site.pk)
        if by == "stranger":
            kind = "consultation"
        new = self.cast.new(
            type=kind,
            critical=critical,
            stopped_process="Отгрузка" if critical else "",
            place=Place(site_id=site),
            requester_id=None if actor.is_customer else self.cast.users["engineer"].pk,
        )
        before = Ticket.objects.count()
        try:
            ticket = file_ticket(actor=actor, now=self.now, new=new)
        except Refused:
            assert by == "contractor"
            assert Ticket.objects.count() == before
            return
        self.tickets.append(ticket)
        self.touched.add(ticket.pk)

    @rule(seed=SEEDS)
    def a_week_goes_by(self, seed: int) -> None:
        """Many things by the dice of one draw: with a Hypothesis step for each, histories would stay too short."""
        dice = Random(seed)
        for _ in range(20):
            what = dice.random()
            if what < 0.15:
                self.somebody_tries_anything(dice)
            elif what < 0.7:
                self.somebody_does_what_may_be_done(dice)
            elif what < 0.85:
                self.a_due_instant_comes(which=dice.randrange(50), off=dice.choice([-1, 0, 0, 1]))
            elif what < 0.9:
                self.the_worker_sweeps()
            elif what < 0.93:
                self.a_calendar_is_corrected(days=[(dice.randrange(-9, 12), dice.random() < 0.5) for _ in range(3)])
            elif what < 0.96 and self.edition is not None:
                self.clocks_are_pinned_again()
            elif len(self.tickets) < 4:
                self.file(
                    by=dice.choice(["engineer", "stranger", "agent"]),
                    kind=dice.choice(["bug", "incident"]),
                    critical=dice.random() < 0.5,
                )
            self.check()
            self.now += dice.choice([timedelta(), *STEPS])

    def somebody_tries_anything(self, dice: Random) -> None:
        which, by, choice = dice.randrange(4), dice.choice(EVERYBODY), dice.randrange(4)
        if dice.random() < 0.4:
            self.move(which, by, dice.choice(VERBS), choice)
        else:
            self.do(which, by, dice.choice([*OTHER_ACTS, *SERVICE_MAKERS]), choice)

    def somebody_does_what_may_be_done(self, dice: Random) -> None:
        which, choice = dice.randrange(4), dice.randrange(4)
        ticket = self.ticket(which)
        if dice.random() < 0.2:
            what = dice.choice([*SERVICE_MAKERS])
            self.do(which, dice.choice(SERVICE_MAKERS[what]), what, choice)
            return
        if dice.random() < 0.4:
            what = dice.choice(OTHER_ACTS)
            self.do(which, dice.choice(MAKERS[what]), what, choice)
            return
        allowed = [verb for verb in VERBS if ticket.status in BY_VERB[verb].sources]
        verb = dice.choices(allowed, [0.2 if BY_VERB[verb].target == Status.CLOSED else 1 for verb in allowed])[0]
        by = "agent" if BY_VERB[verb].side is Side.STAFF else self.customer_of(ticket, dice)
        self.move(which, by, verb, choice)

    def customer_of(self, ticket: Ticket, dice: Random) -> str:
        return "stranger" if ticket.customer_id == self.cast.rival.pk else dice.choice(["engineer", "colleague"])

    def move(self, which: int, by: str, verb: Verb, choice: int) -> None:
        ticket, actor = self.ticket(which), self.actors[by]
        common: dict[str, Any] = {"ticket_id": ticket.pk, "actor": actor, "now": self.now}
        word = f"Слово {next(self.words)}"
        calls = moves(self.cast, common, word, choice, self.closing(ticket, choice, word))
        if self.attempt(str(verb), ticket, actor, calls[verb]):
            staff, source = BY_VERB[verb].side is Side.STAFF, self.moved_from(ticket, verb)
            assert actor.is_staff is staff
            assert source in BY_VERB[verb].sources

    def moved_from(self, ticket: Ticket, verb: Verb) -> str:
        """The status that the move of this very act left."""
        first = {"accept": "accepted"}.get(verb)
        moves = Event.objects.filter(stream_id=ticket.stream_id, payload__has_key="from").order_by("-seq")
        return (moves.filter(kind=first) if first else moves)[0].payload["from"]

    def closing(self, ticket: Ticket, choice: int, word: str) -> Closing:
        other = next((row for row in self.tickets if row.pk != ticket.pk), None)
        return (
            Closing("solved", word),
            Closing("consultation", word),
            Closing("third_party", vendor_id=self.cast.vendor.pk),
            Closing("duplicate", duplicate_of=other.key if other else "ZAVOD-99"),
        )[choice]

    def do(self, which: int, by: str, what: str, choice: int) -> None:
        ticket, actor = self.ticket(which), self.actors[by]
        common: dict[str, Any] = {"ticket_id": ticket.pk, "actor": actor, "now": self.now}
        word = f"Слово {next(self.words)}"
        calls = other_acts(self.cast, ticket, common, word, choice, self.ticket(which + 1).key)
        calls |= service_acts(self.cast, ticket, common, word, choice)
        if self.attempt(what, ticket, actor, calls[what]) and what in {"note", "log_work"}:
            for name in ("engineer", "responsible"):
                if Ticket.objects.visible_to(self.actors[name]).filter(pk=ticket.pk).exists():
                    unseen(self.actors[name], ticket.key, SECRET, self.now)

    def ticket(self, which: int) -> Ticket:
        ticket = self.tickets[which % len(self.tickets)]
        ticket.refresh_from_db()
        return ticket

    def attempt(self, what: str, ticket: Ticket, actor: Actor, call: Callable[[], object]) -> bool:
        """Whether the act was done; a refused one must have left no trace."""
        before = traces(ticket)
        count = before[1]
        try:
            call()
        except REFUSALS as refusal:
            assert traces(ticket) == before, what
            if isinstance(refusal, TicketNotFound):
                assert not Ticket.objects.visible_to(actor).filter(pk=ticket.pk).exists()
            if isinstance(refusal, IllegalMove):
                assert ticket.status not in BY_VERB[Verb(what)].sources or self.is_special(ticket, what)
            return False
        self.touched.add(ticket.pk)
        was_waiting = ticket.status in WAITING
        if what in STILL:
            self.no_clock_has_moved(ticket, what, count)
        ticket.refresh_from_db()
        done = Event.objects.filter(stream_id=ticket.stream_id, seq__gt=count, actor=actor.log_name).exists()
        if actor.is_customer and (was_waiting or ticket.is_waiting) and done and what in TOLD | {"join"}:
            assert ticket.status not in WAITING, f"{what}: paused though the customer has answered"
        return True

    def no_clock_has_moved(self, ticket: Ticket, what: str, count: int) -> None:
        """Work and sessions touch no clock and no status (E2): what changed came due and was written by the timer."""
        facts = Event.objects.filter(stream_id=ticket.stream_id, seq__gt=count)
        if facts.filter(actor="timer").exists():
            return
        now = Ticket.objects.get(pk=ticket.pk)
        for name in ("status", "reaction_state", "reaction_due_at", "reacted_at", "term_due_at", "wake_at", "time_to"):
            assert getattr(now, name) == getattr(ticket, name), f"{what} moved {name}"

    def is_special(self, ticket: Ticket, what: str) -> bool:
        """What a status alone does not tell: a timer that comes first, or a suspension without a proposal."""
        return (ticket.wake_at is not None and ticket.wake_at < self.now) or (
            what == Verb.ACCEPT_SOLUTION and ticket.status == Status.SUSPENDED
        )

    # what holds

    @invariant()
    def check(self) -> None:
        """Tickets are what their logs say, time is accounted for to the second, and a stranger's verifier agrees."""
        if not self.touched:
            return
        no_differences()
        for ticket in Ticket.objects.filter(pk__in=self.touched).select_related("regulation_edition"):
            time_adds_up(ticket, self.now)
            verify(settled_bundle(ticket.pk, self.now))
        self.touched.clear()


def _run(cast: Cast, folder: Path, *, examples: int, steps: int) -> None:
    class OfThisCast(AnyHistory):
        pass

    OfThisCast.cast, OfThisCast.folder = cast, folder
    run_state_machine_as_test(
        OfThisCast, settings=settings(max_examples=examples, stateful_step_count=steps, phases=PHASES)
    )


def test_promises_hold_after_any_history(cast: Cast, tmp_path: Path) -> None:
    _run(cast, tmp_path, examples=8, steps=16)


@pytest.mark.long
@pytest.mark.timeout(1800)
def test_promises_hold_after_very_many_histories(cast: Cast, tmp_path: Path) -> None:
    _run(cast, tmp_path, examples=150, steps=40)
