"""Headers, languages and 503 over real HTTP."""

import http.client
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client


def get(served: Any, path: str, **headers: str) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection(urlsplit(served.url).netloc, timeout=20)
    connection.request("GET", path, headers=headers)
    return connection.getresponse()


def test_health_answers_when_the_database_does(http_site: Any) -> None:
    answer = get(http_site, "/healthz/")
    assert (answer.status, answer.read()) == (200, b"ok\n")


@pytest.mark.django_db
def test_health_of_files_answers_when_they_can_be_kept(client: Client, settings: Any, tmp_path: Path) -> None:
    settings.FILES = tmp_path / "files"
    assert (client.get("/healthz/files/").status_code, client.get("/healthz/other/").status_code) == (200, 404)
    (tmp_path / "taken").write_text("no folder")
    settings.FILES = tmp_path / "taken" / "files"
    assert client.get("/healthz/files/").status_code == 503


def test_every_answer_is_strict(http_site: Any) -> None:
    answer = get(http_site, "/no-such-page/")
    assert answer.status == 404
    assert answer.headers["Cache-Control"] == "no-store"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["X-Request-ID"]


def test_language_is_russian_whatever_the_browser_asks_for(http_site: Any) -> None:
    headers = {"Accept-Language": "en"}
    assert get(http_site, "/no-such-page/", **headers).headers["Content-Language"] == "ru"
    assert get(http_site, "/no-such-page/", Cookie="language=en").headers["Content-Language"] == "en"
    assert get(http_site, "/no-such-page/", Cookie="language=xx").headers["Content-Language"] == "ru"


def test_without_its_database_the_site_asks_to_come_back(http_site: Any, settings: Any) -> None:
    from django.db import connections

    name = connections["default"].settings_dict["NAME"]
    connections["default"].settings_dict["NAME"] = "mespace_absent"
    try:
        health = get(http_site, "/healthz/")
        page = get(http_site, "/no-such-page/", Cookie=f"{settings.SESSION_COOKIE_NAME}=abcdefgh", Accept="text/html")
        program = get(
            http_site, "/no-such-page/", Cookie=f"{settings.SESSION_COOKIE_NAME}=abcdefgh", Accept="application/json"
        )
    finally:
        connections["default"].settings_dict["NAME"] = name
    assert (health.status, health.headers["Retry-After"]) == (503, "5")
    assert (page.status, page.headers["Retry-After"]) == (503, "5")
    assert b"Traceback" not in page.read()
    assert (program.status, program.headers["Content-Type"]) == (503, "application/problem+json")


def test_the_answer_without_a_database_is_as_strict_as_any(http_site: Any, settings: Any) -> None:
    from django.db import connections

    name = connections["default"].settings_dict["NAME"]
    connections["default"].settings_dict["NAME"] = "mespace_absent"
    try:
        answer = get(http_site, "/no-such-page/", Cookie=f"{settings.SESSION_COOKIE_NAME}=abcdefgh")
    finally:
        connections["default"].settings_dict["NAME"] = name
    assert answer.status == 503
    assert answer.headers["Cache-Control"] == "no-store"
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["X-Frame-Options"] == "DENY"
