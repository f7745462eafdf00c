"""A form's field as the kit lays it out, drawn by a function: a page of forms holds dozens of them.

Label, hint, input and error, tied together for screen readers; widgets draw themselves, all other text is escaped.
"""

from functools import cache

from django.forms.boundfield import BoundField
from django.utils.functional import Promise
from django.utils.html import conditional_escape as escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mespace.web.icons import icon_svg

Words = str | Promise


def field_html(field: BoundField, *, label: Words = "", max_bytes: int | None = None) -> SafeString:
    """The field; `label` replaces its own, `max_bytes` is what a file may hold."""
    kind = kind_of(field)
    draw = _check if kind == "check" else _group if kind == "group" else _line
    drawn = draw(field, escape(str(label or field.label)), max_bytes)
    return mark_safe(drawn)  # noqa: S308 - see above


def kind_of(field: BoundField) -> str:
    """How a widget is laid out: check, group, file or line."""
    widget = field.field.widget
    input_type = getattr(widget, "input_type", "")
    if field.use_fieldset:
        return "group"
    if input_type == "checkbox" and not getattr(widget, "allow_multiple_selected", False):
        return "check"
    return "file" if input_type == "file" else "line"


def hint_html(field: BoundField) -> str:
    """What helps to fill it in; "" where there is nothing to say."""
    return f'<p class="hint" id="{field.auto_id}_helptext">{field.help_text}</p>' if field.help_text else ""


def error_html(field: BoundField) -> str:
    """What is wrong with what was typed, a paragraph each; "" where nothing is."""
    errors = field.errors
    if not errors:
        return ""
    said = "".join(f"<p>{icon_svg('alert-circle')}{escape(str(error))}</p>" for error in errors)
    return f'<div class="error" id="{field.auto_id}_error">{said}</div>'


def _check(field: BoundField, label: str, _max_bytes: int | None) -> str:
    return (
        f'<div class="field field-check"{_invalid(field)}><div class="check-row">{field}'
        f'<label for="{field.id_for_label}">{label}</label></div>{hint_html(field)}{error_html(field)}</div>'
    )


def _group(field: BoundField, label: str, _max_bytes: int | None) -> str:
    described = f' aria-describedby="{field.aria_describedby}"' if field.aria_describedby else ""
    choices = "".join(
        f'<label class="choice" for="{each.id_for_label}">{each.tag()}<span>{escape(each.choice_label)}</span></label>'
        for each in field
    )
    return (
        f'<fieldset class="fieldset field-group"{_invalid(field)}{described}><legend data-variant="label">{label}'
        f"{_optional(field)}</legend>{hint_html(field)}{error_html(field)}"
        f'<div class="choices">{choices}</div></fieldset>'
    )


def _line(field: BoundField, label: str, max_bytes: int | None) -> str:
    drawn = str(field)
    if kind_of(field) == "file":
        most = f' data-max-bytes="{max_bytes}"' if max_bytes else ""
        several = getattr(field.field.widget, "allow_multiple_selected", False)
        drawn = (
            f'<div class="file-input" data-file-input{most}><div class="file-zone">{drawn}'
            f'{_file_prompt(get_language(), several)}</div><ul class="file-list" aria-live="polite"></ul></div>'
        )
    return (
        f'<div class="field"{_invalid(field)}><label for="{field.id_for_label}">{label}{_optional(field)}</label>'
        f"{hint_html(field)}{drawn}{error_html(field)}</div>"
    )


def _invalid(field: BoundField) -> str:
    return ' data-invalid="true"' if field.errors else ""


def _optional(field: BoundField) -> str:
    return "" if field.field.required else _optional_mark(get_language())


@cache
def _optional_mark(language: str | None) -> str:  # noqa: ARG001 - words differ by language
    word = _("optional")  # outside the markup: words inside an f-string are not collected
    return f' <span class="optional">{escape(word)}</span>'


@cache
def _file_prompt(language: str | None, several: bool) -> str:  # noqa: ARG001, FBT001 - words differ by language
    words = _("Choose files or drop them here") if several else _("Choose a file or drop it here")
    return f'<span class="file-prompt" aria-hidden="true">{icon_svg("paperclip")}{escape(words)}</span>'
