"""What no page of ours sends is refused over real HTTP before anything reads it."""

import http.client
from typing import Any
from urllib.parse import urlsplit

import pytest


def answer_to(site: Any, method: str, path: str, **headers: str) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection(urlsplit(site.url).netloc, timeout=20)
    connection.putrequest(method, path)
    for name, value in headers.items():
        connection.putheader(name.replace("_", "-"), value)
    connection.endheaders()
    return connection.getresponse()


@pytest.mark.parametrize("path", ["/manage/regulation/%00/", "/tickets/new/?continues=%00", "/people/?q=a%00b"])
def test_an_address_with_a_nul_is_not_understood(http_site: Any, path: str) -> None:
    assert answer_to(http_site, "GET", path).status == 400


def test_a_stranger_cannot_fill_the_disk_with_a_body_that_nobody_wants(http_site: Any) -> None:
    answer = answer_to(
        http_site,
        "POST",
        "/account/login/",
        Content_Type="multipart/form-data; boundary=b",
        Content_Length=str(400 * 2**20),
    )
    assert answer.status == 413  # answered though not a byte of the body has come
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_signed_in_person_cannot_send_more_than_a_few_files_at_once(http_site: Any, settings: Any) -> None:
    from django.test import Client

    from tests.cast import make_cast

    client = Client()
    client.force_login(make_cast().users["agent"])
    cookie = f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"
    too_much = settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 4 * settings.MAX_FILE_BYTES + 1
    kind = "multipart/form-data; boundary=b"
    answer = answer_to(http_site, "POST", "/files/", Content_Type=kind, Content_Length=str(too_much), Cookie=cookie)
    assert answer.status == 413
