"""A signed-in browser without a screen: one kept connection, cookies, the hidden fields of forms."""

import http.client
import re
import uuid
from html.parser import HTMLParser
from urllib.parse import urlencode


class Forms(HTMLParser):
    """The filled-in fields of each form of a page, by the form's address."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: dict[str, dict[str, str]] = {}
        self._fields: dict[str, str] | None = None
        self._select = self._area = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a field's name and value."""
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._fields = self.found.setdefault(given.get("action", ""), {})
        if self._fields is None:
            return
        name = given.get("name", "")
        if tag == "input" and name:
            kind = given.get("type", "text")
            if kind in {"radio", "checkbox"} and "checked" not in given:
                return
            if kind not in {"file", "submit"}:
                self._fields[name] = given.get("value", "")
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select and ("selected" in given or self._select not in self._fields):
            self._fields[self._select] = given.get("value", "")
        elif tag == "textarea" and name:
            self._fields[name] = ""

    def handle_endtag(self, tag: str) -> None:
        """Leave a form or a select."""
        if tag == "form":
            self._fields = None
        elif tag == "select":
            self._select = ""


class Client:
    """One person's browser."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.cookies: dict[str, str] = {}

    def get(self, path: str, *, expect: int = 200) -> str:
        """A page's text. Raises AssertionError for another status."""
        return self._request("GET", path, None, expect)

    def post(self, path: str, fields: dict[str, str], *, expect: int = 303) -> str:
        """Send a form; where the answer leads to, or its text."""
        token = {"csrfmiddlewaretoken": self.cookies.get("csrftoken", "")}
        answer = self._request("POST", path, {**token, **fields}, expect)
        self.cookies.pop("messages", None)  # shown by the page to which it leads, which nobody opens here
        return answer

    def _request(self, method: str, path: str, fields: dict[str, str] | None, expect: int) -> str:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        body = None
        if fields is not None:
            body = urlencode(fields)
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            self.connection.request(method, path, body, headers)
            answer = self.connection.getresponse()
        except ConnectionError:  # it idled while others were measured, and the server has let it go
            self.connection.close()
            self.connection.request(method, path, body, headers)
            answer = self.connection.getresponse()
        text = answer.read().decode()
        for line in answer.msg.get_all("Set-Cookie") or []:
            name, _, value = line.partition(";")[0].partition("=")
            self.cookies[name] = value
        assert answer.status == expect, f"{method} {path}: {answer.status}\n{_errors(text)}"
        return answer.getheader("Location") or text

    def form(self, page: str, address: str) -> dict[str, str]:
        """The fields of the form with that address on a page, as a browser would send them."""
        found = Forms(self.get(page)).found
        found.setdefault(page, found.get("", {}))  # a form without an address goes to its own page
        assert address in found, f"{page} has no form for {address}: {sorted(found)}"
        return found[address]

    def sign_in(self, email: str, password: str) -> "Client":
        """Signed in over the sign-in page."""
        self.get("/account/login/")
        self.post("/account/login/", {"login": email, "password": password}, expect=302)
        return self


def new_key() -> str:
    """A form's key, as each form has one from the moment it is opened."""
    return uuid.uuid4().hex


def _errors(text: str) -> str:
    found = re.findall(r'class="[^"]*error[^"]*"[^>]*>(.*?)</', text, flags=re.DOTALL)
    return (
        "; ".join(re.sub(r"<[^>]+>|\s+", " ", one).strip() for one in found) or re.sub(r"<[^>]+>|\s+", " ", text)[:600]
    )
