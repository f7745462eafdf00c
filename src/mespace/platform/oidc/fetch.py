"""JSON from a provider: bounded in time and size, over TLS, without following redirects or proxies.

Addresses come only from the settings and from the discovery document that they lead to; what a person or a token says
never becomes one.
"""

import http.client
import json
import ssl
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from socket import SHUT_RDWR, socket
from threading import BoundedSemaphore, Timer
from typing import Any
from urllib.parse import urlencode, urlsplit

from mespace.platform.oidc.provider import ProviderUnreachable

STEP = 4.0  # seconds for connecting, and for each wait for bytes
WHOLE = 8.0  # seconds for the whole answer, however slowly it drips
LARGEST = 512 * 1024  # bytes
# A provider that hangs must not take all threads of a web process: whoever comes fourth waits a moment, as a shift does
# that begins its day at once, and is then told to try again.
AT_ONCE = BoundedSemaphore(3)
PATIENCE = 1.0  # seconds


def fetch_json(
    url: str, *, form: Mapping[str, str] | None = None, headers: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """The object that `url` answers with 200; `form` is posted. Raises ProviderUnreachable."""
    if not AT_ONCE.acquire(timeout=PATIENCE):
        raise ProviderUnreachable("it keeps other people waiting already")
    try:
        status, body, _date = _exchange(url, form, dict(headers or {}))
    finally:
        AT_ONCE.release()
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        found = None
    where = urlsplit(url)._replace(query="", fragment="").geturl()
    if status != HTTPStatus.OK:
        said = str(found.get("error", ""))[:80] if isinstance(found, dict) else ""
        raise ProviderUnreachable(f"{where} answered {status} {said!a}")
    if not isinstance(found, dict):
        raise ProviderUnreachable(f"{where} answered what is no JSON object")
    return found


def server_time(url: str) -> datetime | None:
    """What o'clock it is there, to the second; None if the answer does not say. Raises ProviderUnreachable."""
    _status, _body, said = _exchange(url, None, {})
    try:
        return parsedate_to_datetime(said).astimezone(UTC)
    except ValueError:
        return None


def _exchange(url: str, form: Mapping[str, str] | None, headers: dict[str, str]) -> tuple[int, bytes, str]:
    parts = urlsplit(url)
    body = urlencode(form) if form is not None else None
    headers |= {"Accept": "application/json", "User-Agent": "mespace-support"}
    if body is not None:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    connection: http.client.HTTPConnection
    if parts.scheme == "https":
        connection = http.client.HTTPSConnection(
            parts.hostname or "", parts.port, timeout=STEP, context=ssl.create_default_context()
        )
    else:
        connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=STEP)
    end = Timer(WHOLE, _cut, [connection])
    end.daemon = True
    end.start()
    try:
        connection.request(
            "POST" if body is not None else "GET",
            parts._replace(scheme="", netloc="", fragment="").geturl() or "/",
            body=body,
            headers=headers,
        )
        answer = connection.getresponse()
        found = answer.read(LARGEST + 1)
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise ProviderUnreachable(f"{parts.hostname} does not answer ({type(error).__name__})") from error
    finally:
        end.cancel()
        connection.close()
    if len(found) > LARGEST:
        raise ProviderUnreachable(f"{parts.hostname} answered with more than {LARGEST // 1024} KiB")
    return answer.status, found, answer.headers.get("Date", "")


def _cut(connection: http.client.HTTPConnection) -> None:
    """End the connection under whoever waits for it, who then reads its end."""
    waiting = connection.sock
    if waiting is not None:
        with suppress(OSError):
            socket.shutdown(waiting, SHUT_RDWR)
