"""`mespace status-page`: show the status page while the product is down. Standard library only; one small process.

It serves the folder to which the product writes its copy (MESPACE_DATA/status), or, on another host, a copy that it
fetches itself (--from). This one file runs on any host with Python 3.11:

    python3 status_page.py --from https://support.example.com --folder /var/lib/status --port 8080
"""

import argparse
import contextlib
import os
import sys
import threading
import time
import urllib.request
from collections.abc import Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

TYPES = {
    "html": "text/html; charset=utf-8",
    "json": "application/json; charset=utf-8",
    "css": "text/css; charset=utf-8",
}
NAMES = ("ru.html", "en.html", "status.json", "status.css")
MARK = b"<!--copy-->"
OLD = 180  # seconds; the product renews its copy each minute
FETCH_EVERY = 30.0
PATIENCE = 10.0
LARGEST = 20 * 1024 * 1024
WORDS = {
    "ru.html": "Система поддержки сейчас не отвечает. Это копия, сделанная {age} мин назад.",
    "en.html": "The support system does not answer at the moment. This is a copy, made {age} min ago.",
}
HEADERS = {
    "Cache-Control": "no-cache",
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


class Pages(BaseHTTPRequestHandler):
    """Answers with the files of the copy, by their last name only."""

    folder: Path
    timeout = 15
    server_version, sys_version = "status", ""

    def do_GET(self) -> None:
        """A file of the copy, `ru.html` or `en.html` for the page itself."""
        self._send(with_body=True)

    def do_HEAD(self) -> None:
        """The same without its content."""
        self._send(with_body=False)

    def _send(self, *, with_body: bool) -> None:
        last = self.path.partition("?")[0].rpartition("/")[2]
        name = last if last in NAMES else "" if last not in {"", "index.html"} else self._wished()
        found = shown(self.folder, name, now=time.time()) if name else None
        if found is None:
            status, body, kind = (404 if not name else 503), b"There is no copy yet.\n" if name else b"Not found.\n", ""
        else:
            status, body, kind = 200, found, TYPES[name.rpartition(".")[2]]
        self.send_response(status)
        for header, value in HEADERS.items():
            self.send_header(header, value)
        self.send_header("Content-Type", kind or "text/plain; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if with_body:
            self.wfile.write(body)

    def _wished(self) -> str:
        wished = (self.headers.get("Accept-Language") or "").lower()
        places = {f"{code}.html": place for code in ("ru", "en") if (place := wished.find(code)) >= 0}
        return min(places, key=lambda each: places[each], default="ru.html")

    def log_message(self, *_: object) -> None:
        """Say nothing: visitors are nobody's business."""


def shown(folder: Path, name: str, *, now: float) -> bytes | None:
    """The file, which says its age when nobody renews it any more; None while there is none."""
    path = folder / name
    try:
        content, made = path.read_bytes(), path.stat().st_mtime
    except OSError:
        return None
    if name in WORDS and now - made > OLD:
        words = WORDS[name].format(age=int(now - made) // 60)
        content = content.replace(MARK, f'<p class="copy" role="status">{words}</p>'.encode())
    return content


def fetch(base: str, folder: Path) -> None:
    """Bring all files over, or none; each is replaced at once and bears the instant at which the product drew it."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    brought = {}
    for name in NAMES:
        with opener.open(f"{base.rstrip('/')}/status/{name}", timeout=PATIENCE) as answer:
            brought[name] = answer.read(LARGEST)
    if MARK not in brought["ru.html"] or MARK not in brought["en.html"]:
        return  # the product itself shows a copy: ours is as good, and its age is known
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in brought.items():
        temporary = folder / f".new-{name}"
        temporary.write_bytes(content)
        temporary.replace(folder / name)


def fetch_for_ever(base: str, folder: Path, ended: threading.Event) -> None:
    """Renew the copy every half minute; while that fails the last good one stays."""
    while not ended.is_set():
        with contextlib.suppress(OSError, ValueError):
            fetch(base, folder)
        ended.wait(FETCH_EVERY)


def main(arguments: Sequence[str] = ()) -> int:
    """Serves until it is stopped; exit code 1 when it cannot begin."""
    parser = argparse.ArgumentParser(prog="mespace status-page", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--folder", type=Path, help="the copy's folder (MESPACE_DATA/status)")
    parser.add_argument("--from", dest="source", default="", help="fetch the copy from the product at this address")
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen on (127.0.0.1)")
    parser.add_argument("--port", type=int, default=8080, help="the port to listen on (8080)")
    options = parser.parse_args(arguments)
    data = os.environ.get("MESPACE_DATA", "")
    folder = options.folder or (Path(data) / "status" if data else None)
    if folder is None:
        print("Which folder? Give --folder, or set MESPACE_DATA.", file=sys.stderr)
        return 1
    Pages.folder = folder
    try:
        server = ThreadingHTTPServer((options.host, options.port), Pages)
    except OSError as error:
        print(f"Port {options.port} cannot be used: {error.strerror}.", file=sys.stderr)
        return 1
    ended = threading.Event()
    if options.source:
        threading.Thread(target=fetch_for_ever, args=(options.source, folder, ended), daemon=True).start()
    with contextlib.suppress(KeyboardInterrupt), server:
        server.serve_forever()
    ended.set()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
