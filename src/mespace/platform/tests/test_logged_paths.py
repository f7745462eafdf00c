"""What a log says of an address."""

import io
import logging
from typing import Any

import structlog
from django.urls import reverse

from mespace.platform.http.request_id import NoSecretPaths, loggable


def test_a_one_time_token_stands_in_no_log(client: Any, db: None) -> None:
    with structlog.testing.capture_logs() as lines:
        client.get(reverse("account_password_link", args=["a-token-that-opens-an-account"]))
    paths = [line["path"] for line in lines if line["event"] == "request"]
    assert paths == ["/account/link/…"]


def test_djangos_own_lines_hold_no_token_either() -> None:
    said = io.StringIO()
    handler = logging.StreamHandler(said)
    handler.addFilter(NoSecretPaths())
    log = logging.Logger("django.request")  # noqa: LOG001 - one that nobody else configures
    log.addHandler(handler)
    log.error("%s: %s", "Internal Server Error", "/account/link/a-token-that-opens-an-account/")
    assert said.getvalue() == "Internal Server Error: /account/link/…\n"


def test_an_address_cannot_write_lines_of_its_own_or_colour_a_terminal() -> None:
    assert loggable("/x\n2026-11-22 forged\x1b[31m") == "/x%0A2026-11-22%20forged%1B%5B31m"
