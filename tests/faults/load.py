"""People who keep on writing while processes die, and count what was acknowledged to them."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Self

from tests.faults.browser import Browser, Lost

# Does the act with this unique name once; True when the page said that it is done.
Act = Callable[[Browser, str], bool]


@dataclass
class Load:
    """Several sessions that do `act` again and again until told to stop."""

    act: Act
    sign_in: Callable[[], Browser]
    sessions: int = 3
    acknowledged: set[str] = field(default_factory=set)
    attempted: set[str] = field(default_factory=set)
    lost_answers: int = 0
    errors: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._stop = threading.Event()
        self._lock = threading.Lock()
        self._threads = [threading.Thread(target=self._work, args=(number,)) for number in range(self.sessions)]

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join(120)

    def wait_for(self, more: int, *, within: float = 60.0) -> None:
        """Until `more` further acts have been acknowledged."""
        aim = len(self.acknowledged) + more
        until = time.monotonic() + within
        while len(self.acknowledged) < aim and time.monotonic() < until and not self.errors:
            time.sleep(0.02)
        assert not self.errors, self.errors[0]
        assert len(self.acknowledged) >= aim, f"only {len(self.acknowledged)} of {aim} were acknowledged in time"

    def _work(self, session: int) -> None:
        try:
            browser = self.sign_in()
            number = 0
            while not self._stop.is_set():
                name = f"s{session}n{number}"
                number += 1
                self._until_done(browser, name)
        except Exception as exc:  # noqa: BLE001 - reported by the test
            self.errors.append(f"{type(exc).__name__}: {exc}")

    def _until_done(self, browser: Browser, name: str) -> None:
        """Try again after a lost answer, as a person would."""
        self.attempted.add(name)
        for _ in range(600):
            try:
                done = self.act(browser, name)
            except Lost:
                with self._lock:
                    self.lost_answers += 1
                if self._stop.is_set():
                    return
                time.sleep(0.1)
                continue
            if done:
                with self._lock:
                    self.acknowledged.add(name)
            return
