"""Seconds seen up and down: a gap is nobody's uptime."""

from hypothesis import given
from hypothesis import strategies as st

from mespace.announcements.seen import Look, Seconds, Stretch, seconds_seen, stretches

MINUTE = 60


def looks(*marks: tuple[int, bool]) -> list[Look]:
    return [Look(minute * MINUTE, MINUTE, is_up) for minute, is_up in marks]


def seen(*probers: list[Look], planned: list[tuple[int, int]] | None = None, until: int = 100) -> Seconds:
    of = [stretches(each, until=until * MINUTE) for each in probers]
    return seconds_seen(of, planned or [], start=0, end=until * MINUTE)


def test_a_look_holds_until_the_next() -> None:
    assert seen(looks((0, True), (1, True), (2, False), (3, True))) == Seconds(3 * MINUTE, MINUTE, 0)


def test_one_missed_round_is_bridged_and_a_gap_is_not() -> None:
    assert seen(looks((0, True), (2, True))).up == 3 * MINUTE
    assert seen(looks((0, True), (50, True))).up == 2 * MINUTE
    assert seen(looks((0, False), (50, True))) == Seconds(MINUTE, MINUTE, 0)


def test_nothing_is_claimed_of_the_future() -> None:
    assert stretches(looks((0, True), (1, True)), until=90) == [Stretch(0, 60, True), Stretch(60, 90, True)]


def test_up_where_any_prober_reached_it() -> None:
    assert seen(looks((0, False), (1, False)), looks((0, True), (1, True))) == Seconds(2 * MINUTE, 0, 0)
    assert seen(looks((0, False), (1, False)), looks((1, True))) == Seconds(MINUTE, MINUTE, 0)


def test_what_fell_into_announced_work_is_told_apart() -> None:
    assert seen(looks((0, False), (1, False), (2, True)), planned=[(MINUTE, 10 * MINUTE)]) == Seconds(
        MINUTE, 2 * MINUTE, MINUTE
    )


@given(
    st.lists(st.lists(st.tuples(st.integers(0, 300), st.integers(1, 20), st.booleans()), max_size=12), max_size=3),
    st.lists(st.tuples(st.integers(0, 300), st.integers(0, 300)), max_size=3),
    st.integers(0, 300),
    st.integers(0, 300),
)
def test_second_by_second_it_is_the_same(probers, planned, first, last) -> None:  # type: ignore[no-untyped-def]
    start, end = sorted((first, last))
    made = []
    for prober in probers:
        ordered = sorted({at: (every, is_up) for at, every, is_up in prober}.items())
        made.append(stretches([Look(at, every, is_up) for at, (every, is_up) in ordered], until=end))
    spans = [tuple(sorted(span)) for span in planned]
    up = down = in_work = 0
    for second in range(start, end):
        says = [each.is_up for stretch in made for each in stretch if each.start <= second < each.end]
        if True in says:
            up += 1
        elif says:
            down += 1
            in_work += any(a <= second < b for a, b in spans)
    assert seconds_seen(made, spans, start=start, end=end) == Seconds(up, down, in_work)
