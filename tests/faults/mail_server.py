"""A mail server on loopback that holds a mail at a chosen moment, so that its sender can be killed there."""

import asyncio
import socket
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from typing import Any

from aiosmtpd.controller import Controller

RECIPIENT, CONTENT, ANSWER = "recipient", "content", "answer"  # moments, in their order


class Holding:
    """Takes every mail; `hold` names the moment at which the next one stops until `let_go`."""

    def __init__(self) -> None:
        self.taken: Counter[str] = Counter()  # mails whose content came whole, by recipient
        self.subjects: set[str] = set()
        self.port = 0
        self.held = threading.Event()
        self._goes_on = threading.Event()
        self._moment = ""
        self._lock = threading.Lock()

    def hold(self, moment: str) -> None:
        """Stop the next mail that comes to this moment."""
        self.held.clear()
        self._goes_on.clear()
        self._moment = moment

    def let_go(self) -> None:
        """Let whatever stands still go on."""
        self._moment = ""
        self._goes_on.set()

    async def _stop_at(self, moment: str) -> None:
        with self._lock:
            if self._moment != moment or self.held.is_set():
                return
            self.held.set()
        while not self._goes_on.is_set():  # noqa: ASYNC110 - the event is another thread's
            await asyncio.sleep(0.02)

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802, ARG002
        await self._stop_at(RECIPIENT)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802, ARG002
        message = message_from_bytes(envelope.content, policy=policy.default)
        self.taken[envelope.rcpt_tos[0]] += 1
        self.subjects.add(str(message["Subject"]).partition(":")[0])
        await self._stop_at(CONTENT)
        return "250 OK"


@contextmanager
def mail_server() -> Iterator[Holding]:
    """The server, on a free port."""
    handler = Holding()
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        handler.port = one.getsockname()[1]
    controller = Controller(handler, hostname="127.0.0.1", port=handler.port)
    controller.start()
    try:
        yield handler
    finally:
        handler.let_go()
        controller.stop()
