"""The bell in a real browser: it counts while one looks at a page, and is right from the beginning without scripts."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from mespace.notifications.operations.notify import notify
from mespace.notifications.tests.jobs import Queue
from mespace.platform import clock
from mespace.platform.jobs import Job
from tests.cast import WEDNESDAY, Cast, make_cast

LATER = WEDNESDAY + timedelta(minutes=40)
POLL = 16_000  # ms: a page asks every fifteen seconds
Opener = Callable[..., Any]


@pytest.fixture
def cast(http_site: Any) -> Iterator[Cast]:
    with clock.stepped(LATER):
        yield make_cast()


@pytest.fixture
def open_as(cast: Cast, http_site: Any, new_page: Opener) -> Opener:
    """A page in which somebody of the cast is signed in."""

    def opened(who: str, **options: Any) -> Any:
        client = Client()
        client.force_login(cast.users[who])
        page = new_page(**options)
        cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": http_site.url}
        page.context.add_cookies([cookie])
        return page

    return opened


def work_off(queue: Queue) -> None:
    """What the worker would do."""
    for arguments in queue.new(Job.NOTIFY):
        notify(**arguments, now=LATER)


def bell(page: Any) -> str:
    return str(page.get_attribute(".bell", "aria-label"))


def test_one_acts_and_the_other_s_bell_changes_without_a_reload(cast: Cast, open_as: Opener) -> None:
    queue, ticket = Queue(), cast.file(now=WEDNESDAY)
    work_off(queue)
    engineer, agent = open_as("engineer"), open_as("agent")
    engineer.clock.install()
    engineer.goto("/tickets/")
    assert bell(engineer) == "Новости: непрочитанных нет"
    engineer.evaluate("window.isTheSamePage = true")
    agent.goto(f"/t/{ticket.key}/")
    agent.fill("[name=body]", "Какая модель принтера?")
    agent.click(".reply-send")
    agent.wait_for_selector("text=Какая модель принтера?")
    work_off(queue)
    engineer.clock.fast_forward(POLL)
    engineer.wait_for_selector(".bell .count:has-text('1')")
    assert engineer.evaluate("window.isTheSamePage")
    assert bell(engineer) == "Новости: 1 непрочитанная"
    engineer.click(".bell")
    engineer.wait_for_selector(f"main >> text={ticket.key}")
    engineer.click("main button:has-text('Отметить всё прочитанным')")
    engineer.wait_for_selector(".bell:not(:has(.count))")
    work_off(queue)
    assert bell(agent) != ""


def test_without_scripts_the_count_is_right_after_a_reload(cast: Cast, open_as: Opener) -> None:
    queue = Queue()
    page = open_as("agent", java_script_enabled=False)
    page.goto("/desk/")
    assert bell(page) == "Новости: непрочитанных нет"
    cast.file(now=WEDNESDAY)
    cast.file(now=WEDNESDAY)
    work_off(queue)
    page.reload()
    assert page.inner_text(".bell .count") == "2"
    assert bell(page) == "Новости: 2 непрочитанные"
    page.click(".bell")
    page.click("main button:has-text('Отметить всё прочитанным')")
    assert bell(page) == "Новости: непрочитанных нет"
