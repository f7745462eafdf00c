"""The same forms over real HTTP, on a database where things are really committed."""

from pathlib import Path
from typing import Any

import pytest

from mespace.tickets.models import Message, Ticket
from tests.cast import PASSWORD, make_cast
from tests.concurrency.parallel import at_once, no_differences
from tests.faults.browser import Browser


@pytest.fixture
def site(http_site: Any, settings: Any, tmp_path: Path) -> str:
    settings.FILES = tmp_path
    return str(http_site.url)


def signed_in(site: str, name: str) -> Browser:
    browser = Browser(site)
    browser.sign_in(f"{name}@example.org", PASSWORD)
    return browser


def test_ten_clicks_at_once_file_one_request(site: str) -> None:
    cast = make_cast()
    fields = {"key": "one-form", "type": "bug", "subject": "Принтер", "description": "Молчит",
              "product": str(cast.product.pk), "site": str(cast.site.pk)}  # fmt: skip
    browsers = [signed_in(site, "engineer") for _ in range(4)]
    answers = at_once([lambda b=b: b.post("/tickets/new/", fields) for b in browsers for _ in range(3)], threads=4)  # type: ignore[misc]
    assert set(answers) == {(303, "/t/ZAVOD-1/")}
    assert (Ticket.objects.count(), Message.objects.count()) == (1, 1)
    no_differences()


def test_two_agents_accept_at_once_and_one_is_told_what_happened(site: str) -> None:
    cast = make_cast()
    key = cast.file().key
    agents = [signed_in(site, name) for name in ("agent", "second_agent")]
    answers = at_once(
        [lambda b=b, n=n: b.post(f"/t/{key}/act/accept/", {"key": f"form-{n}"}) for n, b in enumerate(agents)]
    )  # type: ignore[misc]
    assert sorted(status for status, _ in answers) == [303, 409]
    no_differences()
