"""What a page offers: its links, and its forms with what would be sent and which fields are typed into."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

TYPED = {"text", "search", "email", "tel", "url", "number", "date", "datetime-local", "time", "month", "password"}


@dataclass
class OfferedForm:
    """A form as it is drawn; `typed` are the fields that take what somebody writes."""

    action: str
    method: str
    values: dict[str, Any] = field(default_factory=dict)
    typed: list[str] = field(default_factory=list)


@dataclass
class Offered:
    """The links of a page and its forms."""

    links: list[str] = field(default_factory=list)
    forms: list[OfferedForm] = field(default_factory=list)


def offered_by(text: str) -> Offered:
    """What the page's HTML offers."""
    return _Page(text).found


class _Page(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.found = Offered()
        self.form: OfferedForm | None = None
        self.select = self.textarea = ""
        self.written: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        if tag == "a" and "href" in given:
            self.found.links.append(given["href"])
        for name in ("hx-get", "src"):
            if name in given and tag != "script":
                self.found.links.append(given[name])
        if tag == "form":
            self.form = OfferedForm(given.get("action", ""), given.get("method", "get").lower())
            self.found.forms.append(self.form)
        elif self.form is not None and "disabled" not in given:
            self._field(self.form, tag, given)

    def _field(self, form: OfferedForm, tag: str, given: dict[str, str]) -> None:
        name, kind = given.get("name", ""), given.get("type", "text")
        if tag == "input" and name:
            if kind in TYPED:
                form.typed.append(name)
            if kind in TYPED | {"hidden"} or (kind in {"radio", "checkbox"} and "checked" in given):
                form.values.setdefault(name, []).append(given.get("value", ""))
        elif tag == "textarea" and name:
            self.textarea, self.written = name, []
            form.typed.append(name)
        elif tag == "select":
            self.select = name
        elif tag == "option" and self.select and ("selected" in given or self.select not in form.values):
            form.values[self.select] = [given.get("value", "")]
        elif tag == "button" and name and given.get("type", "submit") == "submit":
            form.values.setdefault(name, [given.get("value", "")])

    def handle_data(self, data: str) -> None:
        if self.textarea:
            self.written.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.form = None
        elif tag == "select":
            self.select = ""
        elif tag == "textarea" and self.textarea:
            if self.form is not None:
                self.form.values[self.textarea] = ["".join(self.written).removeprefix("\n")]
            self.textarea = ""
