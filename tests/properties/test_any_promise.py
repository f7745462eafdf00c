"""Whatever becomes of known errors and contracts, what is owed about them follows, and a stranger's verifier agrees."""

import itertools
from contextlib import ExitStack
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from mespace.customers.contract_terms import ContractTerms
from mespace.customers.models import SupportContract
from mespace.customers.onboarding.models import ContractPerson, StruckFor
from mespace.customers.onboarding.naming import NamedPerson
from mespace.customers.operations.add_contract import add_contract
from mespace.customers.operations.amend_contract import Amendment, amend_contract
from mespace.customers.operations.make_onboarding_link import make_onboarding_link
from mespace.customers.operations.record_handing_over import record_handing_over
from mespace.customers.operations.strike_responsible import strike_responsible
from mespace.obligations.by_hand import withdraw
from mespace.obligations.errors import NothingOwed
from mespace.obligations.models import Obligation
from mespace.obligations.operations.miss import due_obligations, miss
from mespace.obligations.tests.making import no_differences, verified
from mespace.platform.rows import RowNotFound
from mespace.products.fix import Confirmation, Fix
from mespace.products.models import Build, KnownError
from mespace.products.operations.add_known_error import add_known_error
from mespace.products.operations.change_known_error import change_known_error
from mespace.products.operations.describe_release import describe_release
from mespace.products.operations.move_planned_fix import move_planned_fix
from mespace.products.operations.publish_release import publish_release
from mespace.products.operations.withdraw_known_error import withdraw_known_error
from tests.cast import Cast
from tests.properties.judging import verify_as_a_stranger

pytestmark = pytest.mark.django_db
START = datetime(2026, 11, 18, 6, 0, tzinfo=UTC)
STEPS = [timedelta(seconds=1), timedelta(hours=7), timedelta(days=1), timedelta(days=3), timedelta(days=20)]
CONFIRMED = Confirmation("Руководство", "Сменить задание", "Чистая установка")
WHICH = st.integers(0, 3)
AHEAD = st.integers(-2, 40)


class AnyPromise(RuleBasedStateMachine):
    """Known errors that are planned, moved, published and withdrawn; contracts that name people in time and late."""

    cast: Cast
    folder: Path

    def __init__(self) -> None:
        super().__init__()
        self.undo = ExitStack()
        self.undo.enter_context(transaction.atomic())
        self.undo.callback(transaction.set_rollback, True)
        self.now = START
        self.numbers = itertools.count(20)

    def teardown(self) -> None:
        try:
            from mespace.obligations.queries.evidence import bundle_of

            for row in Obligation.objects.select_related("regulation_edition")[:1]:
                assert "VERIFIED" in verify_as_a_stranger(bundle_of(row, as_of=self.now), self.folder)
        finally:
            self.undo.close()

    @property
    def today(self) -> date:
        return self.now.date()

    @property
    def by(self) -> dict[str, Any]:
        return {"actor": self.cast.manager, "now": self.now}

    @initialize()
    def begin(self) -> None:
        self.an_error_is_planned(10)
        self.a_contract_is_recorded(0, 1)

    @rule(ahead=AHEAD)
    def an_error_is_planned(self, ahead: int) -> None:
        fix = Fix(planned_for_id=self.cast.build.pk, planned_on=self.today + timedelta(days=ahead))
        said: dict[str, Any] = {"code": f"KE-{next(self.numbers)}", "title": "Ошибка", "confirmation": CONFIRMED}
        self.attempt(lambda: add_known_error(**self.by, product_id=self.cast.product.pk, fix=fix, **said))

    @rule(which=WHICH, ahead=AHEAD, whole=st.booleans())
    def a_fix_moves(self, which: int, ahead: int, whole: bool) -> None:
        error, on = self.error(which), self.today + timedelta(days=ahead)
        if error is None:
            return
        if not whole:
            self.attempt(lambda: move_planned_fix(**self.by, known_error_id=error.pk, planned_on=on, reason="Позже"))
            return
        self.change(error, Fix(planned_for_id=self.cast.build.pk, planned_on=on))

    @rule(which=WHICH)
    def an_available_build_is_named(self, which: int) -> None:
        error = self.error(which)
        released = Build.objects.filter(published_at__isnull=False).first()
        if error is not None and released is not None:
            self.change(error, Fix(fixed_in_id=released.pk))

    @rule(which=WHICH)
    def a_build_is_published(self, which: int) -> None:
        error = self.error(which)
        build = Build.objects.create(version=self.cast.build.version, major=next(self.numbers), minor=0)
        fixes = [error.pk] if error is not None else []
        describe_release(actor=self.cast.manager, build_id=build.pk, notes="Новое", resolves_ids=fixes)
        publish_release(**self.by, build_id=build.pk)

    @rule(which=WHICH, by_hand=st.booleans())
    def an_error_is_withdrawn(self, which: int, by_hand: bool) -> None:
        error = self.error(which)
        if error is None:
            return
        owed = Obligation.objects.filter(kind="planned_fix", whom_id=error.pk).order_by("-pk").first()
        if by_hand and owed is not None:
            said: dict[str, Any] = {"reason": "no_error", "note": "Не ошибка"}
            self.attempt(lambda: withdraw(**self.by, obligation_id=owed.pk, **said))
        else:
            self.attempt(lambda: withdraw_known_error(**self.by, known_error_id=error.pk, reason="Не ошибка"))

    @rule(ago=st.integers(0, 9), people=st.integers(0, 2))
    def a_contract_is_recorded(self, ago: int, people: int) -> None:
        day = self.today - timedelta(days=ago)
        self.attempt(
            lambda: add_contract(
                **self.by, customer_id=self.cast.factory.pk, terms=self.terms(day), people=self.people(people)
            )
        )

    @rule(ahead=st.integers(-5, 30), people=st.integers(1, 2))
    def a_contract_is_amended(self, ahead: int, people: int) -> None:
        row = SupportContract.objects.filter(customer=self.cast.factory).latest("pk")
        terms = self.terms(row.signed_on, number=row.number)
        on = self.today + timedelta(days=ahead)
        amendment = Amendment(terms, effective_on=on, reason="Соглашение", people=self.people(people))
        self.attempt(lambda: amend_contract(**self.by, contract_id=row.pk, amendment=amendment))

    @rule(which=WHICH)
    def access_is_handed_over(self, which: int) -> None:
        person = self.person(which)
        if person is not None:
            self.attempt(lambda: make_onboarding_link(**self.by, person_id=person.pk))
            self.attempt(lambda: record_handing_over(**self.by, person_id=person.pk))

    @rule(which=WHICH)
    def somebody_is_struck(self, which: int) -> None:
        person = self.person(which)
        if person is not None:
            self.attempt(lambda: strike_responsible(**self.by, person_id=person.pk, reason=StruckFor.LEFT))

    @rule(by=st.sampled_from(STEPS))
    def time_passes(self, by: timedelta) -> None:
        self.now += by

    @rule()
    def the_worker_sweeps(self) -> None:
        for pk in due_obligations(now=self.now):
            miss(obligation_id=pk, now=self.now)

    def terms(self, day: date, *, number: str = "") -> ContractTerms:
        return ContractTerms(
            number=number or f"ТП-{next(self.numbers)}",
            title="Договор на техническую поддержку",
            form="paper",
            product_ids=[self.cast.product.pk],
            signed_on=day,
            valid_from=day,
            valid_until=day + timedelta(days=365),
        )

    def people(self, count: int) -> list[NamedPerson]:
        return [NamedPerson("Имя", f"p{next(self.numbers)}@example.org") for _ in range(count)]

    def error(self, which: int) -> KnownError | None:
        rows = list(KnownError.objects.exclude(confirmed_at=None).order_by("pk"))
        return rows[which % len(rows)] if rows else None

    def person(self, which: int) -> ContractPerson | None:
        rows = list(ContractPerson.objects.order_by("-pk")[:4])
        return rows[which % len(rows)] if rows else None

    def change(self, error: KnownError, fix: Fix) -> None:
        said: dict[str, Any] = {"code": error.code, "title": error.title, "description": "", "workaround": ""}
        self.attempt(
            lambda: change_known_error(
                **self.by,
                known_error_id=error.pk,
                affected_ids=[],
                fix=fix,
                confirmation=CONFIRMED,
                reason="Так вышло",
                **said,
            )
        )

    def attempt(self, call: Any) -> None:
        """A refused act leaves nothing behind."""
        before = list(Obligation.objects.order_by("pk").values_list("pk", "version"))
        try:
            with transaction.atomic():
                call()
        except (ValidationError, NothingOwed, RowNotFound):
            assert list(Obligation.objects.order_by("pk").values_list("pk", "version")) == before

    @invariant()
    def what_is_owed_is_what_was_promised(self) -> None:
        no_differences()
        for error in KnownError.objects.exclude(confirmed_at=None):
            rows = list(Obligation.objects.filter(kind="planned_fix", whom_id=error.pk).order_by("pk"))
            owed = [row for row in rows if row.is_owed]
            assert len(owed) == (1 if error.planned_on is not None else 0)
            assert not owed or (owed[0] == rows[-1] and owed[0].due_at.date() == error.planned_on)
        for person in ContractPerson.objects.select_related("obligation"):
            assert person.obligation is None or person.obligation.is_owed is person.waits
        for row in Obligation.objects.order_by("-pk")[:3]:
            verified(row, max(self.now, row.opened_at))


def _run(cast: Cast, folder: Path, *, examples: int, steps: int) -> None:
    class OfThisCast(AnyPromise):
        pass

    OfThisCast.cast, OfThisCast.folder = cast, folder
    run_state_machine_as_test(
        OfThisCast,
        settings=settings(
            max_examples=examples, stateful_step_count=steps, phases=[Phase.explicit, Phase.reuse, Phase.generate]
        ),
    )


def test_planned_fixes_and_onboarding_hold_after_any_history(cast: Cast, tmp_path: Path) -> None:
    _run(cast, tmp_path, examples=4, steps=16)


@pytest.mark.long
@pytest.mark.timeout(1800)
def test_planned_fixes_and_onboarding_hold_after_very_many_histories(cast: Cast, tmp_path: Path) -> None:
    _run(cast, tmp_path, examples=50, steps=30)
