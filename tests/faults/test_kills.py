"""SIGKILL in the middle of writing loses nothing that was acknowledged, and does nothing twice."""

from collections import Counter

import psycopg
import pytest

from tests.faults.browser import Browser
from tests.faults.installation import ADMIN, Installation, installation
from tests.faults.load import Load

PARTS = ("web process", "postgres", "worker", "web server")
ORDINARY, FULL = 3, 50


def create_person(browser: Browser, name: str) -> bool:
    """The administrator's form; after a lost answer the address may be taken, by the first try."""
    status, _ = browser.post(
        "/people/new/",
        {
            "full_name": f"Person {name}",
            "email": f"{name}@people.example.com",
            "roles": "agent",
            "language": "ru",
            "time_zone": "Europe/Moscow",
        },
    )
    assert status in {302, 422}, status
    return status == 302


def people(running: Installation) -> Counter[str]:
    with psycopg.connect(running.database_url) as connection:
        rows = connection.execute(
            "select split_part(email, '@', 1) from accounts_user where email like '%@people.example.com'"
        ).fetchall()
    return Counter(row[0] for row in rows)


@pytest.mark.faults
@pytest.mark.timeout(1500)
def test_what_was_acknowledged_is_there_after_kills(
    request: pytest.FixtureRequest, capsys: pytest.CaptureFixture[str]
) -> None:
    kills = FULL if request.config.getoption("--faults") else ORDINARY
    with installation() as running:

        def sign_in() -> Browser:
            browser = Browser(running.url)
            browser.sign_in(*ADMIN)
            return browser

        recoveries = []
        with Load(create_person, sign_in) as load:
            load.wait_for(10)
            for number in range(kills):
                running.kill(PARTS[number % len(PARTS)])
                recoveries.append(running.wait_until_healthy())
                load.wait_for(10)
        found = people(running)
        assert load.errors == []
        with capsys.disabled():
            print(
                f"\n{kills} kills: {len(load.acknowledged)} people acknowledged, "
                f"{len(load.acknowledged & found.keys())} of them found, {load.lost_answers} answers lost, "
                f"slowest return {max(recoveries):.1f} s"
            )
        assert load.acknowledged - found.keys() == set()
        assert set(found) <= load.attempted
        assert [name for name, times in found.items() if times > 1] == []
