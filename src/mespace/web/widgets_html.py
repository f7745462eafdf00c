"""Django's plain widgets, drawn without templates: a page of forms holds dozens of inputs, each two or three templates.

The markup is that of Django's own widget templates, letter for letter (a test compares them).
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.html import conditional_escape as escape

Widget = Mapping[str, Any]
_OPTION = "django/forms/widgets/select_option.html"


def _attributes(attrs: Mapping[str, Any]) -> str:
    return "".join(
        f" {escape(name)}" if value is True else f' {escape(name)}="{escape(value)}"'
        for name, value in attrs.items()
        if value is not False
    )


def _input(widget: Widget) -> str:
    value = "" if widget["value"] is None else f' value="{escape(widget["value"])}"'
    return f'<input type="{widget["type"]}" name="{escape(widget["name"])}"{value}{_attributes(widget["attrs"])}>'


def _textarea(widget: Widget) -> str:
    text = escape(widget["value"]) if widget["value"] else ""
    return f'<textarea name="{escape(widget["name"])}"{_attributes(widget["attrs"])}>\n{text}</textarea>'


def _select(widget: Widget) -> str | None:
    parts = [f'<select name="{escape(widget["name"])}"{_attributes(widget["attrs"])}>']
    for group, options, _index in widget["optgroups"]:
        if group:
            parts.append(f'\n  <optgroup label="{escape(group)}">')
        for option in options:
            if option["template_name"] != _OPTION:
                return None
            attrs = _attributes(option["attrs"])
            parts.append(f'\n  <option value="{escape(option["value"])}"{attrs}>{escape(option["label"])}</option>\n')
        if group:
            parts.append("\n  </optgroup>")
    parts.append("\n</select>")
    return "".join(parts)


def _files(widget: Widget) -> str | None:
    """A file input that holds nothing yet."""
    return None if widget["is_initial"] else _input({**widget, "value": None})


def _several(widget: Widget) -> str | None:
    """Several widgets in one, each a plain input."""
    inside = widget["subwidgets"]
    return "".join(map(_input, inside)) if all(PLAIN.get(each["template_name"]) is _input for each in inside) else None


_INPUTS = ("checkbox", "date", "datetime", "email", "file", "hidden", "number", "password", "search", "text", "url")
PLAIN: dict[str, Callable[[Widget], str | None]] = {
    **{f"django/forms/widgets/{name}.html": _input for name in _INPUTS},
    "django/forms/widgets/clearable_file_input.html": _files,
    "django/forms/widgets/multiple_hidden.html": _several,
    "django/forms/widgets/textarea.html": _textarea,
    "django/forms/widgets/select.html": _select,
}
