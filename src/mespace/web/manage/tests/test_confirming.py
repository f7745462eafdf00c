"""An agent confirms, on the pages, that the cause of a request is an error of the software."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from mespace.platform.clock import stepped
from mespace.platform.forms import new_key
from mespace.products.models import KnownError
from mespace.tickets.models import Ticket
from tests.cast import WEDNESDAY, Cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def at_nine() -> Iterator[None]:
    with stepped(WEDNESDAY):
        yield


def client_of(cast: Cast, who: str) -> Client:
    client = Client()
    client.force_login(cast.users[who])
    return client


def said(cast: Cast, **changes: Any) -> dict[str, Any]:
    return {
        "code": "KE-20",
        "title": "Очередь молчит",
        "differs_from": "Руководство, раздел 2",
        "reproduced": "Сменить задание",
        "ruled_out": "На чистой установке",
        "planned_for": cast.build.pk,
        "planned_on": "2026-12-20",
    } | changes


def test_from_a_request_to_the_error_and_back_to_link_it(cast: Cast) -> None:
    ticket, agent = cast.file(), client_of(cast, "agent")
    page = agent.get(reverse("ticket", args=[ticket.key]), {"do": "link-known-error"}).content.decode()
    url = f"{reverse('manage:known_error_new', args=[cast.product.pk])}?ticket={ticket.key}"
    assert url in page
    form = agent.get(url).context["form"]
    assert form.fields["affected_builds"].initial == [cast.build.pk]
    answer = agent.post(url, said(cast, affected_builds=[cast.build.pk]))
    assert answer["Location"] == f"{reverse('ticket', args=[ticket.key])}?do=link-known-error#do"
    error = KnownError.objects.get(code="KE-20")
    assert error.confirmed_by == cast.users["agent"]
    linking = {"key": new_key(), "known_error": error.pk}
    agent.post(reverse("ticket_act", args=[ticket.key, "link-known-error"]), linking)
    assert Ticket.objects.get(pk=ticket.pk).known_error == error


def test_an_agent_s_form_shows_the_fix_and_does_not_move_it(cast: Cast) -> None:
    agent = client_of(cast, "agent")
    agent.post(reverse("manage:known_error_new", args=[cast.product.pk]), said(cast))
    error = KnownError.objects.get(code="KE-20")
    url = reverse("manage:known_error_edit", args=[error.pk])
    assert "переносит руководитель поддержки" in agent.get(url).content.decode()
    sent = said(cast, planned_on="2027-05-01", workaround="Перезапустить", reason="Дольше")
    assert agent.post(url, sent).status_code == 303
    error.refresh_from_db()
    assert (str(error.planned_on), error.workaround) == ("2026-12-20", "Перезапустить")
    page = agent.get(reverse("manage:known_error", args=[error.pk])).content.decode()
    assert url in page
    assert reverse("manage:known_error_delete", args=[error.pk]) not in page
    assert client_of(cast, "manager").post(url, sent).status_code == 303
    error.refresh_from_db()
    assert str(error.planned_on) == "2027-05-01"


def test_a_request_of_other_software_or_of_nobody_is_no_cause(cast: Cast) -> None:
    agent = client_of(cast, "agent")
    theirs = cast.file()
    for key in ("ZAVOD-99", theirs.key):
        url = reverse("manage:known_error_new", args=[cast.other_product.pk])
        page = agent.get(url, {"ticket": key})
        assert page.status_code == 200
        assert reverse("ticket", args=[key]) not in page.content.decode()
