"""The entries of a ticket's course and how each is drawn: by one function, as a talk may hold hundreds of them.

Every text that people wrote goes through `escape`; a message's `html` was cleaned when it was written.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from html import escape

from django.template.defaultfilters import filesizeformat
from django.utils.functional import Promise
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mespace.tickets.models import MailedMessage
from mespace.web.icons import icon_svg
from mespace.web.templatetags.kit import file_icon, instant, person


@dataclass(frozen=True)
class CourseFile:
    """A file as the kit's attachments show it."""

    name: str
    url: str
    size: int
    content_type: str
    preview_url: str = ""
    removed: bool = False


@dataclass(frozen=True)
class CourseEntry:
    """One line or card of the course."""

    kind: str  # message, internal, event, tombstone, or gap for entries that are left out
    anchor: str
    at: datetime
    text: str | SafeString = ""
    icon: str = ""
    author: str = ""
    author_kind: str = ""
    author_note: str = ""
    html: SafeString = field(default_factory=SafeString)
    files: Sequence[CourseFile] = ()
    label: str | Promise = ""
    label_tone: str = ""
    unread: bool = False
    corrected_at: datetime | None = None
    history_url: str = ""
    actions: str | SafeString = ""
    digest: str = ""
    mailed: MailedMessage | None = None  # how the message came by mail
    link: str = ""  # where the entry is found by itself, when a page may not hold it; else its anchor


@dataclass(frozen=True)
class _Words:
    """What entries say, in one language."""

    removed: str
    digest: str
    note_of: str
    message_of: str
    internal: str
    new: str
    corrected: str
    files: str
    file_removed: str
    mailed: str
    whole_mail: str
    not_taken: str


@cache
def _words(language: str | None) -> _Words:  # noqa: ARG001 - words differ by language
    return _Words(
        removed=_("This text was removed"),
        digest=_("Digest of the removed text"),
        note_of=_("Internal note of %(name)s"),
        message_of=_("Message of %(name)s"),
        internal=_("Internal note: the customer does not see it"),
        new=_("New"),
        corrected=_("Corrected"),
        files=_("Attached files"),
        file_removed=_("This file was removed"),
        mailed=_("Came by mail"),
        whole_mail=_("Came by mail: the whole text"),
        not_taken=_("Not taken:"),
    )


def entry_html(entry: CourseEntry) -> SafeString:
    """The entry as an item of `<ol class="timeline">`."""
    drawn = {"event": _event, "tombstone": _tombstone, "gap": _gap}.get(entry.kind, _card)
    return mark_safe(drawn(entry, _words(get_language())))  # noqa: S308 - see above


def _when(entry: CourseEntry) -> str:
    return f'<a class="tl-time" href="{escape(entry.link or "#" + entry.anchor)}">{instant(entry.at)}</a>'


def _event(entry: CourseEntry, _words: _Words) -> str:
    return (
        f'<li class="tl tl-event" id="{entry.anchor}">{icon_svg(entry.icon or "point")}'
        f"<div><span>{conditional_escape(entry.text)}</span> {_when(entry)}</div></li>"
    )


def _gap(entry: CourseEntry, _words: _Words) -> str:
    return (
        f'<li class="tl tl-event tl-gap" id="{entry.anchor}">{icon_svg(entry.icon)}'
        f"<div><span>{conditional_escape(entry.text)}</span></div></li>"
    )


def _tombstone(entry: CourseEntry, words: _Words) -> str:
    digest = ""
    if entry.digest:
        shown = f'<code class="digest">{escape(entry.digest)}</code>'
        digest = f"<details><summary>{escape(words.digest)}</summary>{shown}</details>"
    return (
        f'<li class="tl tl-tombstone" id="{entry.anchor}">{icon_svg("eraser")}<div><strong>{escape(words.removed)}'
        f"</strong> · {conditional_escape(entry.text)} {_when(entry)}{digest}</div></li>"
    )


def _card(entry: CourseEntry, words: _Words) -> str:
    spoken = (words.note_of if entry.kind == "internal" else words.message_of) % {"name": entry.author}
    head = person(entry.author, entry.author_kind, entry.author_note)
    article = f'<article aria-label="{escape(spoken)}"><header class="tl-head">{head}'
    parts = [f'<li class="tl tl-{entry.kind}" id="{entry.anchor}">{article}']
    if entry.kind == "internal":
        parts.append(f'<span class="tag tag-internal">{icon_svg("lock")}<span>{escape(words.internal)}</span></span>')
    if entry.label:
        tone, label = entry.label_tone or "plain", escape(str(entry.label))
        parts.append(f'<span class="tag tag-{tone}"><span>{label}</span></span>')
    if entry.unread:
        parts.append(f'<span class="tag tag-new"><span>{escape(words.new)}</span></span>')
    parts.append(f'<span class="grow"></span>{_when(entry)}</header><div class="prose">{entry.html}</div>')
    if entry.mailed is not None:
        parts.append(_mailed(entry.mailed, words))
    if entry.files:
        parts.append(files_html(entry.files))
    if entry.corrected_at:
        corrected = escape(words.corrected)
        if entry.history_url:
            corrected = f'<a href="{escape(entry.history_url)}">{corrected}</a>'
        parts.append(f'<p class="tl-foot muted">{icon_svg("history")}{corrected} {instant(entry.corrected_at)}</p>')
    if entry.actions:
        parts.append(f'<footer class="tl-actions">{conditional_escape(entry.actions)}</footer>')
    parts.append("</article></li>")
    return "".join(parts)


def _mailed(mailed: MailedMessage, words: _Words) -> str:
    """That the message came by mail, its whole text where the reader may see it, and what was not taken of it."""
    said = f'<p class="tl-foot muted">{icon_svg("mail")}{escape(words.mailed)}</p>'
    if mailed.whole:
        said = (
            f'<details class="tl-mail"><summary>{icon_svg("mail")}{escape(words.whole_mail)}</summary>'
            f'<div class="tl-whole">{escape(mailed.whole)}</div></details>'
        )
    if mailed.refused_files:
        names = escape(", ".join(mailed.refused_files))
        said += f'<p class="tl-foot muted">{icon_svg("alert-circle")}{escape(words.not_taken)} {names}</p>'
    return said


def files_html(files: Sequence[CourseFile]) -> str:
    """A message's files: pictures small, removed ones as marks."""
    words = _words(get_language())
    parts = [f'<ul class="files" aria-label="{escape(words.files)}">']
    for file in files:
        if file.removed:
            parts.append(
                f'<li>{icon_svg("eraser")}<span class="file-name muted">{escape(words.file_removed)}</span></li>'
            )
            continue
        url = escape(file.url)
        look = str(file_icon(file.content_type))
        if file.preview_url:
            look = (
                f'<a class="file-thumb" href="{url}"><img src="{escape(file.preview_url)}" alt="" loading="lazy"></a>'
            )
        parts.append(
            f'<li>{look}<a class="file-name" href="{url}">{escape(file.name)}</a>'
            f'<span class="muted">{escape(filesizeformat(file.size))}</span></li>'
        )
    parts.append("</ul>")
    return "".join(parts)
