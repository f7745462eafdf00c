import json

import pytest
from django.http import HttpRequest
from django.test import Client, RequestFactory

from mespace.web.errors import WORDS, csrf_failure, error_page, server_error


@pytest.fixture
def asked() -> HttpRequest:
    request = RequestFactory().get("/tickets/ZAVOD-42/")
    request.request_id = "3f9a1c77b2e0"  # type: ignore[attr-defined]
    return request


@pytest.mark.parametrize("status", WORDS)
def test_each_page_says_what_to_do_without_a_database(asked: HttpRequest, status: int) -> None:
    response = error_page(asked, status)
    page = response.content.decode()
    assert response.status_code == status
    assert str(WORDS[status].title) in page
    assert "3f9a1c77b2e0" in page
    assert response["Cache-Control"] == "no-store"


def test_a_conflict_names_the_moves(asked: HttpRequest) -> None:
    assert "<li>задать вопрос</li>" in error_page(asked, 409, moves=["задать вопрос"]).content.decode()


def test_waiting_is_said_in_words_and_to_machines(asked: HttpRequest) -> None:
    response = error_page(asked, 503, retry_after=21)
    assert response["Retry-After"] == "21"
    assert "через 21 секунду" in response.content.decode()


def test_a_row_that_polls_gets_a_toast_and_not_a_page() -> None:
    request = RequestFactory().get("/", headers={"HX-Request": "true"})
    response = error_page(request, 409, message="Уже принято.")
    assert (response.content, response["HX-Reswap"]) == (b"", "none")
    assert json.loads(response["HX-Trigger"])["toast"]["text"] == "Уже принято."


def test_a_server_error_gets_a_number_even_without_the_middleware() -> None:
    response = server_error(RequestFactory().get("/"))
    assert response.status_code == 500
    assert "Номер ошибки" in response.content.decode()


def test_an_expired_form_gives_back_what_was_typed_but_no_secret() -> None:
    request = RequestFactory().post(
        "/new/", {"subject": "Терминал <b>", "password": "hunter2", "csrfmiddlewaretoken": "abc", "text": ""}
    )
    page = csrf_failure(request, "CSRF token incorrect").content.decode()
    assert "Терминал &lt;b&gt;" in page
    assert "hunter2" not in page
    assert "csrfmiddlewaretoken" not in page
    assert 'method="post"' not in page


@pytest.mark.usefixtures("strangers_welcome")
def test_the_style_guide_draws_every_piece_in_both_shells(client: Client) -> None:
    for address in ("/styleguide/", "/styleguide/?shell=desk&errors=1&messages=1"):
        assert client.get(address).status_code == 200
