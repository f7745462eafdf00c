"""One row that throws holds up no other, and the sweep says at the end that it failed."""

import pytest

from mespace.platform.one_by_one import SomeFailedError, one_by_one


def test_all_are_acted_on_in_their_order() -> None:
    done: list[int] = []
    one_by_one(iter([3, 1, 2]), done.append, failure="never said")
    assert done == [3, 1, 2]


def test_what_throws_is_counted_and_the_others_are_done() -> None:
    done: list[int] = []

    def act(row_id: int) -> None:
        if row_id % 2:
            raise KeyError(row_id)
        done.append(row_id)

    with pytest.raises(SomeFailedError, match=r"^row could not be moved: 3$"):
        one_by_one(range(6), act, failure="row could not be moved")
    assert done == [0, 2, 4]


def test_what_ends_the_process_is_not_swallowed() -> None:
    def act(_row_id: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        one_by_one([1], act, failure="never said")
