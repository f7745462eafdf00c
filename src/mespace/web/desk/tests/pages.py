"""Pages as a person uses them: forms found in the HTML, filled in and sent."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from django.test import Client

from tests.cast import Cast

_VOID_TYPES = {"submit", "button", "image", "reset", "file"}


@dataclass
class Form:
    """A form of a page: where it goes, what it would send untouched, and the choices of its lists."""

    action: str
    method: str = "get"
    values: dict[str, list[str]] = field(default_factory=dict)
    choices: dict[str, list[str]] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.by_id: dict[str, Form] = {}
        self.form: Form | None = None
        self.select: tuple[Form, str] | None = None
        self.first_option: str | None = None
        self.area: tuple[Form, str] | None = None
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        has = {name for name, _value in attrs}
        if tag == "form":
            self.form = Form(given.get("action", ""), given.get("method", "get"))
            self.forms.append(self.form)
            self.by_id[given.get("id", "")] = self.form
            return
        form = self.by_id.get(given["form"]) if "form" in given else self.form
        name = given.get("name", "")
        if form is None or not name or "disabled" in has:
            return
        if tag == "input" and given.get("type", "text") not in _VOID_TYPES:
            form.names.add(name)
            if given.get("type") in {"radio", "checkbox"}:
                form.choices.setdefault(name, []).append(given.get("value", "on"))
                if "checked" not in has:
                    return
            form.values.setdefault(name, []).append(given.get("value", "on" if given.get("type") == "checkbox" else ""))
        elif tag == "input" and given.get("type") == "file":
            form.names.add(name)
        elif tag == "select":
            form.names.add(name)
            self.select, self.first_option = (form, name), None
            form.choices[name] = []
        elif tag == "textarea":
            form.names.add(name)
            self.area, self.text = (form, name), ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.form = None
        elif tag == "select" and self.select:
            form, name = self.select
            if name not in form.values and self.first_option is not None:
                form.values[name] = [self.first_option]
            self.select = None
        elif tag == "textarea" and self.area:
            form, name = self.area
            form.values[name] = [self.text.removeprefix("\n")]
            self.area = None

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_data(self, data: str) -> None:
        if self.area:
            self.text += data


class _WithOptions(_Reader):
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "option" and self.select:
            given = dict(attrs)
            form, name = self.select
            value = given.get("value") or ""
            form.choices[name].append(value)
            if self.first_option is None:
                self.first_option = value
            if "selected" in given:
                form.values[name] = [value]
            return
        super().handle_starttag(tag, attrs)


def forms_of(response: Any) -> list[Form]:
    """Every form of the page, in order."""
    reader = _WithOptions()
    reader.feed(response.content.decode())
    return reader.forms


def form_to(response: Any, end: str) -> Form:
    """The form whose action ends so; fails when there is none."""
    found = [form for form in forms_of(response) if form.action.split("#")[0].endswith(end)]
    assert found, f"no form to {end}; there are {sorted({form.action for form in forms_of(response)})}"
    return found[0]


def form_with(response: Any, name: str, address: str) -> Form:
    """The form that has the field, sent to the page's own `address`."""
    form = next(form for form in forms_of(response) if name in form.names)
    form.action = form.action or address
    return form


def send(client: Client, form: Form, **changes: Any) -> Any:
    """Send the form as the browser would, with some fields filled in; a field that the form lacks is a mistake."""
    unknown = set(changes) - form.names
    assert not unknown, f"the form has no {unknown}; it has {form.names}"
    data = {**form.values, **{name: value if isinstance(value, list) else [value] for name, value in changes.items()}}
    return client.post(form.action, {name: value[0] if len(value) == 1 else value for name, value in data.items()})


def signed_in(cast: Cast, who: str) -> Client:
    """A browser in which somebody of the cast is signed in."""
    client = Client()
    client.force_login(cast.users[who])
    return client
