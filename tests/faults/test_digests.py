"""A worker killed while it sends the morning's digests: each person gets one, or the ledger calls it uncertain."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from mespace.accounts.models import User
from mespace.accounts.permissions import Role
from mespace.customers.actors import actor_of
from mespace.notifications.kinds import Kind
from mespace.notifications.models import Delivery, Notification, State
from mespace.notifications.operations.notify import notify
from mespace.notifications.operations.plan_digests import plan_digests
from mespace.notifications.operations.send_mail import CLAIM_HOLDS
from mespace.notifications.operations.set_preferences import set_preferences
from mespace.notifications.operations.sweep_deliveries import sweep_deliveries
from mespace.notifications.send_log import all_mails
from mespace.notifications.tests.jobs import queued
from mespace.platform.jobs import Job
from tests.cast import WEDNESDAY, make_cast
from tests.faults.mail_server import CONTENT, RECIPIENT, Holding, mail_server

THURSDAY = WEDNESDAY + timedelta(hours=23)  # 08:00 in Moscow
SOURCE = Path(__file__).resolve().parents[2] / "src"
WITHIN = 240.0  # seconds for a worker to come up on a busy machine
MOMENTS = (RECIPIENT, CONTENT, "taken")
ORDINARY, FULL = 3, 15


@contextmanager
def worker(port: int) -> Iterator[subprocess.Popen[bytes]]:
    """The product's own worker, with the mail server on loopback."""
    environ = os.environ | {
        "PYTHONPATH": str(SOURCE),
        "DJANGO_SETTINGS_MODULE": "mespace.settings",
        "MESPACE_SMTP_URL": f"smtp://127.0.0.1:{port}",
        "MESPACE_MAIL_FROM": "support@example.com",
        "MESPACE_BASE_URL": "https://support.example.com",
    }
    child = subprocess.Popen([sys.executable, "-m", "mespace.cli.worker"], env=environ)
    try:
        yield child
    finally:
        child.kill()
        child.wait()


def wait_until(done: Callable[[], bool], what: str) -> None:
    until = time.monotonic() + WITHIN
    while not done():
        assert time.monotonic() < until, f"not within {WITHIN} s: {what}"
        time.sleep(0.05)  # between two looks


def readers(count: int) -> list[User]:
    """Agents who want everything in the digest, with news waiting for it."""
    cast = make_cast()
    made = [
        User.objects.create_user(
            email=f"reader{number}@example.org", password=None, full_name=f"Reader {number}", roles=[Role.AGENT],
            created_at=WEDNESDAY,
        )
        for number in range(count)
    ]  # fmt: skip
    for user in made:
        set_preferences(actor=actor_of(user), timings=dict.fromkeys(Kind.values, "digest"), digest=True)
    for _ in range(2):
        cast.file(now=WEDNESDAY)
    for arguments in queued(Job.NOTIFY):
        notify(**arguments, now=WEDNESDAY)
    return made


def die(server: Holding, moment: str, child: subprocess.Popen[bytes]) -> None:
    """SIGKILL at that moment of some mail's way."""
    if moment == "taken":
        before = server.taken.total()
        wait_until(lambda: server.taken.total() > before, "a digest is taken")
    else:
        wait_until(server.held.is_set, f"a digest is held at its {moment}")
    child.send_signal(signal.SIGKILL)
    child.wait()
    server.let_go()


@pytest.mark.faults
@pytest.mark.timeout(1500)
def test_each_person_gets_one_digest_or_it_is_shown_as_uncertain(
    request: pytest.FixtureRequest, own_database: Any, record_property: Callable[[str, object], None]
) -> None:
    kills = FULL if request.config.getoption("--faults") else ORDINARY
    people = readers(6 * kills)
    ids = [user.pk for user in people]
    Delivery.objects.all().delete()
    assert plan_digests(now=THURSDAY) >= len(people)
    assert plan_digests(now=THURSDAY + timedelta(minutes=5)) == 0
    digests = Delivery.objects.filter(kind=Kind.DIGEST, recipient__in=ids)
    Delivery.objects.update(
        next_attempt_at=datetime.now(UTC) - timedelta(minutes=10)
    )  # the worker reads the real clock
    with mail_server() as server:
        for number in range(kills):
            moment = MOMENTS[number % len(MOMENTS)]
            if moment != "taken":
                server.hold(moment)
            with worker(server.port) as child:
                die(server, moment, child)
        began = datetime.now(UTC)
        with worker(server.port):
            sweep_deliveries(now=datetime.now(UTC))  # jobs that died before they claimed their mail
            wait_until(lambda: not digests.filter(state=State.PLANNED).exists(), "no digest waits any more")
            mine = digests.filter(state=State.SENDING, claimed_at__gte=began)
            wait_until(lambda: not mine.exists(), "what this worker had begun has ended")
    sweep_deliveries(now=datetime.now(UTC) + CLAIM_HOLDS + timedelta(minutes=1))
    states = Counter(digests.values_list("state", flat=True))
    got = {user.email: server.taken[user.email] for user in people}
    uncertain = set(digests.filter(state=State.UNCERTAIN).values_list("address", flat=True))
    record_property(
        "count",
        f"digests: {kills} kills, {len(people)} people; in the ledger {states[State.SENT]} sent and "
        f"{states[State.UNCERTAIN]} uncertain; at the server {sum(got.values())}, at most {max(got.values())} for one",
    )
    assert digests.count() == len(people), "a digest more or less than people"
    assert max(got.values()) == 1, "somebody got two"
    assert {address for address, count in got.items() if count == 0} <= uncertain, "lost without a word"
    assert 0 < len(uncertain) <= kills * 2, "a worker does two jobs at a time"
    assert states[State.SENT] + states[State.UNCERTAIN] == len(people)
    administrator = actor_of(User.objects.get(email="administrator@example.org"))
    shown = {line.delivery.address for line in all_mails(administrator, which="failures")}
    assert uncertain <= shown
    assert not Notification.objects.filter(user__in=ids, timing="digest", digest=None).exists(), "a line in no digest"
    assert server.subjects == {"Ваша сводка"}
