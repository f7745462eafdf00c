"""The draft of an article from a ticket, with everything left out that tells whose ticket it was."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mespace.accounts.actor import Actor
from mespace.knowledge.texts import ArticleText
from mespace.tickets.models import Audience, Message, MessageKind, Ticket
from mespace.tickets.queries.ticket import find_ticket

_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(r"(?<![\w.])(?:\+7|8)[\s(-]*\d{3}[\s)-]*\d{3}[\s-]*\d{2}[\s-]*\d{2}(?!\d)")
_ADDRESS = re.compile(r"(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.])")
_FILE = re.compile(r"!?\[[^\]\n]*\]\(attachment:\d+\)")
_SHORTEST_NAME = 3


@dataclass(frozen=True)
class LeftOut:
    """Something that was left out: what kind of thing, the value, and how often it stood there."""

    kind: str
    label: str | Promise
    value: str
    times: int


@dataclass(frozen=True)
class TicketDraft:
    """What an article would say, and what was left out of it."""

    ticket: Ticket
    text: ArticleText
    left_out: list[LeftOut]


LABELS: dict[str, str | Promise] = {
    "customer": _("customer"),
    "place": _("site, shop or section"),
    "person": _("person"),
    "key": _("key of a request"),
    "contact": _("e-mail, phone or network address"),
    "file": _("file or picture"),
}


def draft_from_ticket(*, actor: Actor, key: str, kept: Collection[str] = ()) -> TicketDraft:
    """Subject, description and the last proposal as an article's title, symptom and text.

    Names, places, keys, contacts and files are replaced, except those of the kinds `kept`. Internal notes are never
    looked at. Raises TicketNotFound.
    """
    ticket = find_ticket(actor=actor, key=key)
    messages = list(
        Message.objects.filter(ticket=ticket, audience=Audience.CUSTOMER, removed_at__isnull=True).order_by("pk")
    )
    description = messages[0].body if messages else ""
    proposals = [message.body for message in messages if message.kind == MessageKind.PROPOSAL]
    scrub = _Scrub(_secrets(ticket, messages), kept)
    text = ArticleText(
        title=scrub.clean(ticket.subject)[:200],
        body=scrub.clean(proposals[-1]) if proposals else "",
        details={"symptom": scrub.clean(description)},
    )
    return TicketDraft(ticket, text, scrub.left_out())


def _secrets(ticket: Ticket, messages: list[Message]) -> list[tuple[str, str]]:
    """Kind and value of everything that tells whose ticket it was; longer values first."""
    found: set[tuple[str, str]] = set()
    customer = ticket.customer
    found |= {("customer", customer.name), ("customer", customer.short_name)}
    found |= {("customer", name.strip('«»" ')) for name in re.findall(r"«[^»]+»", customer.name)}
    places = [ticket.site, ticket.area, ticket.work_center]
    found |= {("place", one.name) for one in places if one is not None}
    for row in ticket.customer.sites.all():
        found.add(("place", row.name))
    people = {ticket.requester, ticket.holder, ticket.assignee, *(message.author for message in messages)}
    for person in people:
        if person is not None:
            found |= {("person", person.full_name), *(("person", part) for part in person.full_name.split())}
    kept = {(kind, value.strip()) for kind, value in found if len(value.strip()) >= _SHORTEST_NAME}
    return sorted(kept, key=lambda one: (-len(one[1]), one))


class _Scrub:
    """Replaces what tells too much, and remembers what that was."""

    def __init__(self, secrets: list[tuple[str, str]], kept: Collection[str]) -> None:
        self.counts: dict[tuple[str, str], int] = {}
        self.patterns = [(kind, pattern) for kind, pattern in self._patterns(secrets) if kind not in kept]

    def _patterns(self, secrets: list[tuple[str, str]]) -> Iterator[tuple[str, re.Pattern[str]]]:
        yield "file", _FILE
        yield "contact", _MAIL
        yield "contact", _PHONE
        yield "contact", _ADDRESS
        yield "key", re.compile(r"(?<![\w./-])[A-Z][A-Z0-9]{1,11}-[1-9]\d{0,8}(?![\w-])")
        for kind, value in secrets:
            # Russian names are inflected: the end of a word may differ.
            stem = re.escape(value if len(value) < 5 else value[:-1])  # noqa: PLR2004 - short words are taken as they are
            ending = "" if len(value) < 5 else r"\w{0,3}"  # noqa: PLR2004
            yield kind, re.compile(rf"(?<!\w){stem}{ending}(?!\w)", re.IGNORECASE)

    def clean(self, text: str) -> str:
        for kind, pattern in self.patterns:
            text = pattern.sub(lambda match, kind=kind: self._replaced(kind, match[0]), text)  # type: ignore[misc]
        return text

    def _replaced(self, kind: str, value: str) -> str:
        from mespace.platform.markdown import NOT_PROJECTS

        if kind == "key" and value.split("-", 1)[0] in {*NOT_PROJECTS, "KE", "E"}:
            return value
        self.counts[kind, value] = self.counts.get((kind, value), 0) + 1
        return "" if kind == "file" else f"[{LABELS[kind]}]"

    def left_out(self) -> list[LeftOut]:
        order = list(LABELS)
        rows = sorted(self.counts.items(), key=lambda one: (order.index(one[0][0]), one[0][1]))
        return [LeftOut(kind, LABELS[kind], value, times) for (kind, value), times in rows]
