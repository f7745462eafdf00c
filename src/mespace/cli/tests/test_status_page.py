"""The small process that shows the status page while the product is down."""

import os
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from mespace.cli.status_page import OLD, Pages, fetch, shown

PAGE = "<main><!--copy--><h1>{}</h1></main>"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in {"ru.html": "Всё работает", "en.html": "Everything works"}.items():
        (tmp_path / name).write_text(PAGE.format(text))
    (tmp_path / "status.json").write_text("{}")
    (tmp_path / "status.css").write_text("body {}")
    return tmp_path


@contextmanager
def serving(folder: Path, handler: Any = Pages) -> Iterator[str]:
    made = type("Handler", (handler,), {"folder": folder, "log_message": lambda *_: None})
    server = ThreadingHTTPServer(("127.0.0.1", 0), made)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()


def got(url: str, **headers: str) -> tuple[int, str, Any]:
    try:
        request = urllib.request.Request(url, headers=headers)  # noqa: S310 - our own
        with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310
            return answer.status, answer.read().decode(), answer.headers
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode(), error.headers


def test_it_serves_the_copy_and_nothing_else(folder: Path) -> None:
    (folder / "secret.key").write_text("secret")
    with serving(folder) as url:
        assert "Всё работает" in got(f"{url}/")[1]
        assert "Everything works" in got(f"{url}/status/", **{"Accept-Language": "en"})[1]
        status, _, headers = got(f"{url}/status/status.css")
        assert (status, headers["Content-Type"]) == (200, "text/css; charset=utf-8")
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        for path in ("/secret.key", "/../secret.key", "/%2e%2e/secret.key", "/status/../../etc/passwd", "/.new-ru"):
            assert got(url + path)[0] == 404


def test_an_old_copy_says_its_age(folder: Path) -> None:
    path = folder / "ru.html"
    made = path.stat().st_mtime
    assert b"<!--copy-->" in (shown(folder, "ru.html", now=made + OLD) or b"")
    old = (shown(folder, "ru.html", now=made + 1200) or b"").decode()
    assert "Это копия, сделанная 20 мин назад." in old
    os.utime(folder / "en.html", (made - 1200, made - 1200))
    assert "made 20 min ago" in (shown(folder, "en.html", now=made) or b"").decode()


def test_without_a_copy_it_says_so(tmp_path: Path) -> None:
    with serving(tmp_path) as url:
        assert got(f"{url}/")[0] == 503


def test_it_brings_a_copy_from_another_host_and_keeps_the_last_good_one(folder: Path, tmp_path: Path) -> None:
    site, own = tmp_path / "site", tmp_path / "own"
    (site / "status").mkdir(parents=True)
    for name in ("ru.html", "en.html", "status.json", "status.css"):
        (site / "status" / name).write_bytes((folder / name).read_bytes())

    class Site(SimpleHTTPRequestHandler):
        def __init__(self, *arguments: Any) -> None:
            super().__init__(*arguments, directory=str(site))

    with serving(folder, Site) as url:
        fetch(url, own)
        assert "Всё работает" in (own / "ru.html").read_text()
        (site / "status" / "ru.html").write_text("<main>База данных сейчас не отвечает</main>")
        fetch(url, own)
    with pytest.raises(urllib.error.URLError):
        fetch(url, own)
    assert "Всё работает" in (own / "ru.html").read_text()
