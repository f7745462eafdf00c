"""SIGKILL in the middle of writing loses nothing that was acknowledged, and does nothing twice."""

from collections.abc import Callable

import pytest

from tests.faults.acts import Factory, Found
from tests.faults.installation import installation
from tests.faults.load import Load

PARTS = ("web process", "postgres", "worker", "web server")
ORDINARY, FULL = 3, 50


@pytest.mark.faults
@pytest.mark.timeout(1500)
def test_what_was_acknowledged_is_there_after_kills(
    request: pytest.FixtureRequest, record_property: Callable[[str, object], None]
) -> None:
    """Tickets, messages and files, in the database and on the disk; keys stay gapless and every log verifies."""
    kills = FULL if request.config.getoption("--faults") else ORDINARY
    with installation() as running:
        factory = Factory(running)
        factory.seed()
        recoveries = []
        with Load(factory.file_and_write, factory.sign_in) as load:
            load.wait_for(5)
            for number in range(kills):
                running.kill(PARTS[number % len(PARTS)])
                recoveries.append(running.wait_until_healthy())
                load.wait_for(5)
        assert load.errors == []
        found = Found.of(running)
        done = load.acknowledged
        record_property(
            "count",
            f"{kills} kills: acknowledged {len(done)} tickets, {len(done)} messages, {len(done)} files; "
            f"found {len(done & found.tickets.keys())}, {len(done & found.messages.keys())}, "
            f"{len(done & found.files.keys())}; {load.lost_answers} answers lost, "
            f"slowest return {max(recoveries):.1f} s",
        )
        for name, rows in {"tickets": found.tickets, "messages": found.messages, "files": found.files}.items():
            assert done - rows.keys() == set(), f"acknowledged {name} are gone"
            assert rows.keys() <= load.attempted, f"{name} that nobody wrote"
        assert {name: keys for name, keys in found.tickets.items() if len(keys) > 1} == {}, "filed twice"
        assert {name: times for name, times in found.messages.items() if times > 1} == {}, "written twice"
        assert {name: times for name, times in found.files.items() if times > 1} == {}, "attached twice"
        assert found.numbers == list(range(1, len(found.numbers) + 1)), "a gap in the keys"
        assert " 0 differences" in running.run("-m", "mespace.cli", "verify")
