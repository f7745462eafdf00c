"""A person at a browser without scripts: opens pages, fills in the forms found there, follows where they lead."""

import json
import re
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.test import Client

from tests.cast import PASSWORD
from tests.properties.judging import verify

VOID_OF_VALUE = {"submit", "button", "image", "reset", "file"}


@dataclass
class PageForm:
    """A form as the page offers it."""

    action: str
    method: str
    values: dict[str, list[str]] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)


class _Forms(HTMLParser):
    """Collects the forms of a page with what is filled in already."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.forms: list[PageForm] = []
        self.outside: dict[str, PageForm] = {}
        self.form: PageForm | None = None
        self.select = ""
        self.textarea = ""
        self.text: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        if tag == "form":
            self.form = PageForm(given.get("action", ""), given.get("method", "get").lower())
            self.forms.append(self.form)
            return
        if self.form is None or "form" in given or "disabled" in given:
            return
        name = given.get("name", "")
        if tag == "input" and name and given.get("type", "text") not in VOID_OF_VALUE:
            self.form.names.add(name)
            if given.get("type") not in {"radio", "checkbox"}:
                self.form.values.setdefault(name, []).append(given.get("value", ""))
            elif "checked" in given:
                self.form.values.setdefault(name, []).append(given.get("value", "on"))
        elif tag == "input" and name:
            self.form.names.add(name)
        elif tag == "select":
            self.select = name
            self.form.names.add(name)
        elif tag == "option" and self.select and "selected" in given:
            self.form.values[self.select] = [given.get("value", "")]
        elif tag == "textarea":
            self.textarea, self.text = name, []
            self.form.names.add(name)

    def handle_data(self, data: str) -> None:
        if self.textarea:
            self.text.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.form = None
        elif tag == "select":
            self.select = ""
        elif tag == "textarea" and self.form is not None and self.textarea:
            self.form.values[self.textarea] = ["".join(self.text).removeprefix("\n")]
            self.textarea = ""


class Person:
    """One signed-in person; CSRF is enforced, redirects are followed, the last page is kept."""

    def __init__(self, email: str) -> None:
        self.client = Client(enforce_csrf_checks=True)
        self.status = 0
        self.text = ""
        self.address = ""
        self.seen: list[str] = []
        self.open("/account/login/")
        self.send("/account/login/", login=email, password=PASSWORD)
        assert self.address != "/account/login/", self.text

    def open(self, address: str) -> "Person":
        """Open an address."""
        return self._show(self.client.get(address.partition("#")[0], follow=True), address)

    def form(self, action: str) -> PageForm:
        """The form of the page that leads to `action`."""
        found = [
            form for form in _Forms(self.text).forms if urlsplit(urljoin(self.address, form.action)).path == action
        ]
        assert found, (
            f"{self.address} has no form to {action}; it has {sorted({f.action for f in _Forms(self.text).forms})}"
        )
        return found[0]

    def offers(self, action: str) -> bool:
        """Whether the page has such a form."""
        return any(form.action == action for form in _Forms(self.text).forms)

    def send(self, action: str, *, files: Any = None, **filled: Any) -> "Person":
        """Fill in the form to `action` as the page offers it, and send it."""
        return self.post(self.filled(action, files=files, **filled), urljoin(self.address, self.form(action).action))

    def filled(self, action: str, *, files: Any = None, **filled: Any) -> dict[str, Any]:
        """What would be sent."""
        form = self.form(action)
        wanted = {*filled, *(["attachments"] if files else [])}
        assert wanted <= form.names, f"the form to {action} lacks {wanted - form.names}"
        return form.values | filled | ({"attachments": files} if files else {})

    def post(self, fields: dict[str, Any], action: str) -> "Person":
        """Send a form; a second time is a double click."""
        for file in fields.get("attachments", []):
            if hasattr(file, "seek"):
                file.seek(0)
        return self._show(
            self.client.post(action, fields, follow=True, headers={"referer": f"http://testserver{self.address}"}),
            action,
        )

    def act(self, key: str, name: str, *, files: Any = None, **filled: Any) -> "Person":
        """Open the ticket and do an act that its page offers, at once or behind a link."""
        self.open(f"/t/{key}/")
        assert self.status == 200, self.text
        link = re.search(rf'href="([^"]*[?;&]do={name}(?:[&#][^"]*)?)"', self.text)
        if link is not None and not self.offers(f"/t/{key}/act/{name}/"):
            self.open(urljoin(self.address, unescape(link[1]).partition("#")[0]))
        return self.send(f"/t/{key}/act/{name}/", files=files, **filled)

    def bundle(self, key: str) -> dict[str, Any]:
        """Download the evidence bundle and let the verifier judge it."""
        answer = self.client.get(f"/t/{key}/bundle.json")
        assert answer.status_code == 200
        assert "attachment" in answer["Content-Disposition"]
        self.seen.append(answer.content.decode())
        bundle: dict[str, Any] = json.loads(answer.content)
        verify(bundle)
        return bundle

    def get(self, address: str) -> tuple[int, bytes]:
        """Status and bytes of a download."""
        answer = self.client.get(address)
        content = b"".join(answer) if answer.streaming else answer.content  # type: ignore[arg-type]
        self.seen.append(content.decode(errors="replace"))
        return answer.status_code, content

    def _show(self, answer: Any, address: str) -> "Person":
        self.status = answer.status_code
        self.text = answer.content.decode()
        self.address = answer.redirect_chain[-1][0] if answer.redirect_chain else address
        self.seen.append(self.text)
        return self
