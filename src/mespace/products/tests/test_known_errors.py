"""Known errors: their fix moves only with a reason and is kept; which builds they affect (clause 4.7)."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from mespace.accounts.actor import Refused
from mespace.platform.jobs import Job
from mespace.products.affected import affecting, affects, errors_by_build
from mespace.products.fix import Confirmation, Fix
from mespace.products.models import Build, FixChange, KnownError, Version
from mespace.products.operations.add_known_error import add_known_error
from mespace.products.operations.change_known_error import change_known_error
from tests.cast import WEDNESDAY, Cast

pytestmark = pytest.mark.django_db
CONFIRMED = Confirmation("Руководство, раздел 2", "Сменить задание", "Повторяется на чистой установке")


@pytest.fixture
def error(cast: Cast) -> KnownError:
    return add_known_error(
        actor=cast.manager,
        now=WEDNESDAY,
        product_id=cast.product.pk,
        code="KE-9",
        title="Ошибка",
        confirmation=CONFIRMED,
        fix=Fix(planned_for_id=cast.build.pk, planned_on=date(2026, 12, 20)),
    )


def change(cast: Cast, error: KnownError, fix: Fix, reason: str = "", *, by: str = "manager") -> KnownError:
    said: dict[str, Any] = {"code": "KE-9", "title": "Ошибка", "description": "", "workaround": "", "affected_ids": []}
    return change_known_error(
        actor=cast.actors[by],
        now=WEDNESDAY,
        known_error_id=error.pk,
        fix=fix,
        confirmation=CONFIRMED,
        reason=reason,
        **said,
    )


def asked(build: Build) -> list[str]:
    """The same of the database."""
    return [each.code for each in KnownError.objects.filter(affecting(Build.objects.filter(pk=build.pk)))]


def told() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE task_name = %s", [Job.TELL_FIX_CHANGED.value])
        return int((cursor.fetchone() or [0])[0])


def test_confirming_keeps_the_three_parts_who_and_when(cast: Cast, error: KnownError) -> None:
    assert (error.differs_from, error.reproduced, error.ruled_out) == (
        "Руководство, раздел 2",
        "Сменить задание",
        "Повторяется на чистой установке",
    )
    assert (error.confirmed_by, error.confirmed_at) == (cast.users["manager"], WEDNESDAY)
    assert told() == 0


def test_a_fix_moves_only_with_a_reason_and_the_history_keeps_both_dates(cast: Cast, error: KnownError) -> None:
    later = Fix(planned_for_id=cast.build.pk, planned_on=date(2027, 2, 1))
    with pytest.raises(ValidationError) as refusal:
        change(cast, error, later)
    assert set(refusal.value.message_dict) == {"reason"}
    change(cast, error, later, reason="Испытания")
    change(cast, error, later)  # nothing moves, so no reason is asked
    [moved] = FixChange.objects.all()
    assert (moved.on_before, moved.on, moved.target, moved.reason, moved.state) == (
        date(2026, 12, 20),
        date(2027, 2, 1),
        "4.12.3",
        "Испытания",
        "planned",
    )
    assert told() == 1


def test_a_whole_version_may_fix_or_be_planned(cast: Cast, error: KnownError) -> None:
    five = Version.objects.create(product=cast.product, number=5)
    change(cast, error, Fix(planned_for_version_id=five.pk, planned_on=date(2027, 2, 1)), reason="Только в новой")
    Build.objects.create(version=five, major=0, minor=1, released_on=date(2026, 11, 1))
    fixed = change(cast, error, Fix(fixed_in_version_id=five.pk), reason="Вышла")
    assert (fixed.is_fixed, fixed.fixed_in_words, fixed.fix_state) == (True, "5", "fixed")
    assert [each.state for each in FixChange.objects.all()] == ["planned", "fixed"]


def test_an_affected_version_affects_its_builds_until_the_one_that_fixes_it(cast: Cast, error: KnownError) -> None:
    four = cast.build.version
    newer = Build.objects.create(version=four, major=13, minor=0, released_on=date(2026, 11, 1))
    error.affected_versions.add(four)
    KnownError.objects.filter(pk=error.pk).update(fixed_in=newer, planned_for=None, planned_on=None)
    cast.known_error.affected_builds.add(newer)
    builds = list(Build.objects.select_related("version"))
    found = errors_by_build(builds)
    codes = {build.full_number: [each.code for each in found[build.pk]] for build in builds}
    assert codes == {"4.12.3": ["KE-9"], "4.13.0": ["KE-1"]}
    assert {build.full_number: asked(build) for build in builds} == codes
    whole = KnownError.objects.select_related("fixed_in__version", "fixed_in_version").get(pk=error.pk)
    four_13, four_12 = builds
    assert affects(four_12, whole, build_ids=(), version_ids=[four.pk])
    assert not affects(four_13, whole, build_ids=(), version_ids=[four.pk])


def test_the_database_judges_fixes_as_we_do(cast: Cast, error: KnownError) -> None:
    four = cast.build.version
    five = Version.objects.create(product=cast.product, number=5)
    fixes: list[dict[str, Any]] = [{}, {"fixed_in_version": five}]
    builds = [
        Build.objects.create(version=version, major=major, minor=minor)
        for version, major, minor in ((four, 12, 2), (four, 12, 10), (four, 2, 30), (five, 0, 1), (five, 12, 3))
    ]
    fixes += [{"fixed_in": build} for build in builds]
    error.affected_versions.set([four, five])
    for fix in fixes:
        cleared = {"fixed_in": None, "fixed_in_version": None, "planned_for": None, "planned_on": None}
        KnownError.objects.filter(pk=error.pk).update(**cleared | fix)
        found = errors_by_build(Build.objects.select_related("version"))
        for build in Build.objects.all():
            assert asked(build) == [each.code for each in found.get(build.pk, [])], (fix, build)


def test_many_builds_take_two_statements(cast: Cast, django_assert_num_queries: Any) -> None:
    for minor in range(5):
        cast.known_error.affected_builds.add(Build.objects.create(version=cast.build.version, major=20, minor=minor))
    builds = list(Build.objects.select_related("version"))
    with django_assert_num_queries(2):
        assert len(errors_by_build(builds)) == 5


def test_support_confirms_and_describes_but_a_fix_once_named_is_moved_by_managers(cast: Cast) -> None:
    plan = Fix(planned_for_id=cast.build.pk, planned_on=date(2026, 12, 20))
    confirmed = add_known_error(
        actor=cast.agent,
        now=WEDNESDAY,
        product_id=cast.product.pk,
        code="KE-9",
        title="Ошибка",
        confirmation=CONFIRMED,
        fix=plan,
    )
    assert confirmed.confirmed_by == cast.users["agent"]
    change(cast, confirmed, plan, by="agent")
    later = Fix(planned_for_id=cast.build.pk, planned_on=date(2027, 1, 20))
    with pytest.raises(Refused):
        change(cast, confirmed, later, "Испытания дольше", by="agent")
    change(cast, confirmed, later, "Испытания дольше")
    assert KnownError.objects.get(pk=confirmed.pk).planned_on == date(2027, 1, 20)


@pytest.mark.parametrize(
    "who", ["contractor", "director", "auditor", "administrator", "engineer", "responsible", "stranger"]
)
def test_nobody_else_confirms_or_describes(cast: Cast, error: KnownError, who: str) -> None:
    with pytest.raises(Refused):
        change(cast, error, Fix(planned_for_id=cast.build.pk, planned_on=date(2026, 12, 20)), by=who)
    with pytest.raises(Refused):
        add_known_error(
            actor=cast.actors[who],
            now=WEDNESDAY,
            product_id=cast.product.pk,
            code="KE-10",
            title="Ошибка",
            confirmation=CONFIRMED,
            fix=Fix(fixed_in_id=cast.build.pk),
        )
