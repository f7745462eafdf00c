"""What a mail says, before it takes the form of a mail."""

import re
from dataclasses import dataclass, field

from django.conf import settings

from mespace.platform.markdown import plain_text, render

LONGEST_TEXT = 30_000  # characters of a text that a mail holds; of a longer one, the beginning

_PICTURE = re.compile(r'<img src="([^"]*)" alt="([^"]*)" loading="lazy">')
_OWN_LINK = re.compile(r'href="(/(?!/))')


@dataclass(frozen=True)
class Item:
    """A piece of news in a digest."""

    what: str
    title: str
    url: str
    at: str


@dataclass(frozen=True)
class Letter:
    """What a mail says, ready for the templates."""

    subject: str
    heading: str
    lines: list[str]
    text: str
    html: str
    cut: bool
    url: str
    link: str  # the words of the link to `url`
    files: list[tuple[str, str]] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    earlier: list[Item] = field(default_factory=list)
    holds_full_text: bool = False


def body_of(source: str) -> tuple[str, str, bool]:
    """A Markdown text for a mail: plain, as HTML with whole addresses, and whether it had to be cut."""
    cut = len(source) > LONGEST_TEXT
    source = source[:LONGEST_TEXT]
    return plain_text(source), _absolute(render(source, attachment_url=file_url)) if source else "", cut


def one_line(text: str) -> str:
    """The text without line breaks, as a header must be."""
    return " ".join(text.split())


def file_url(attachment_id: int) -> str:
    """An attachment's address; it asks for a sign-in."""
    return f"{settings.BASE_URL}/files/{attachment_id}/"


def _absolute(html: str) -> str:
    """Pictures become links, since a mail program is not signed in; our own addresses become whole."""
    html = _PICTURE.sub(lambda found: f'<a href="{found[1]}">{found[2] or found[1]}</a>', html)
    return _OWN_LINK.sub(rf'href="{settings.BASE_URL}\1', html)
