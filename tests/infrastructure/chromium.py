"""The browser of the browser tests, where the machine has one; one that is made for no screen is a third faster."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
NONE = "no Chromium was found (looked for chromium-headless-shell, chromium, chromium-browser, google-chrome on PATH)"


def chromium() -> str | None:
    """The browser's program, if this machine has one."""
    found = (shutil.which(name) for name in NAMES)
    return next((path for path in found if path), None) or next(
        (path for path in ("/usr/bin/chromium", "/usr/bin/google-chrome") if Path(path).exists()), None
    )


@contextmanager
def opened() -> Iterator[Any]:
    """A Chromium, driven by Playwright; one process can drive one at a time."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        yield browser
        browser.close()
