"""The whole course of a ticket as entries of the kit's timeline: every event in words, for both sides (clause 4.6)."""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from mespace.accounts.models import User
from mespace.accounts.permissions import Role
from mespace.platform.folding.address import address
from mespace.regulation.core.instants import parse_utc
from mespace.regulation.core.terms import TermVerdict
from mespace.tickets.clocks import instant
from mespace.tickets.events import QUIET, Kind
from mespace.tickets.models import Attachment
from mespace.tickets.queries.ticket import Entry, TicketView
from mespace.tickets.queries.window import NEWEST, STEP
from mespace.web.acts import course_of_services as of_services
from mespace.web.acts import course_of_software as of_software
from mespace.web.acts.course_words import ANSWERS, EVIDENCE, FIELDS, ICONS, LABELS, RELATIONS, Words
from mespace.web.durations import duration_words
from mespace.web.instants import day_words, instant_words
from mespace.web.timeline import CourseEntry, CourseFile
from mespace.web.vocabulary import CRITICALITIES, RESOLUTIONS, TYPES

Actions = Callable[[Entry], str]


def course(view: TicketView, *, read_seq: int | None = None, actions: Actions | None = None) -> list[CourseEntry]:
    """The entries, oldest first. `actions` gives the safe HTML under a message.

    Other people's events after `read_seq` are marked as new; with None nothing is.
    """
    told = [_Teller(view, entry, read_seq, actions).entries() for entry in view.entries]
    if view.hidden:
        told.insert(1, [_gap(view)])
    return [shown for entries in told for shown in entries]


def _gap(view: TicketView) -> CourseEntry:
    """What stands for the entries that are left out: links to the nearest of them, and to the whole course."""
    url, count = address("ticket", view.ticket.key), len(view.hidden)
    nearest = view.hidden[-min(STEP, count)]
    links = [(ngettext("Show %(n)d earlier entry", "Show %(n)d earlier entries", count) % {"n": count}, view.hidden[0])]
    if count > STEP:
        links.insert(0, (_("Show the nearest %(n)d of them") % {"n": STEP}, nearest))
    text = format_html_join(
        " · ", '<a href="{}?since={}#e{}">{}</a>', ((url, at.seq, at.seq, word) for word, at in links)
    )
    return CourseEntry(kind="gap", anchor="earlier", at=nearest.at, text=text, icon="dots")


def files_of(attachments: Iterable[Attachment]) -> list[CourseFile]:
    """Attachments as the kit shows them: pictures with a preview, removed ones as tombstones."""
    found = []
    for file in attachments:
        url = address("file", file.pk)
        removed = file.removed_at is not None
        preview = url if file.is_image and not removed else ""
        found.append(CourseFile(file.name, url, file.size, file.media_type, preview, removed))
    return found


def person_kind(user: User | None) -> str:
    """The kit's kind of a person: staff, contractor, customer, or timer for nobody."""
    if user is None:
        return "timer"
    if user.is_customer:
        return "customer"
    return "contractor" if list(user.roles) == [Role.CONTRACTOR] else "staff"


def plain_instant(at: datetime) -> str:
    """An instant inside a sentence: the reader's zone, and Moscow's where it differs."""
    first, second = instant_words(at)
    return f"{first} ({second})" if second else first


class _Teller:
    """Tells one event: its line and, if it published a text, the card with it."""

    def __init__(self, view: TicketView, entry: Entry, read_seq: int | None, actions: Actions | None) -> None:
        self.view, self.entry, self.actions = view, entry, actions
        self.event, self.payload = entry.event, entry.event.payload
        own = entry.person is not None and entry.person.pk == view.actor.user_id
        news = read_seq is not None and self.event.seq > read_seq
        self.unread = news and not own and self.event.kind not in QUIET

    def entries(self) -> list[CourseEntry]:
        """The line first where it says what happened, the card first where the text itself is what happened."""
        line, card = self.line(), self.card()
        if card is None or line is None:
            return [shown for shown in (card, line) if shown is not None]
        text_first = self.event.kind in {Kind.FILED, Kind.ASKED, Kind.PROPOSED, Kind.CUSTOMER_REACTED}
        return [card, line] if text_first else [line, card]

    def line(self) -> CourseEntry | None:
        """The event in a sentence, with who did it; None for those that are a message and nothing else."""
        told = _SENTENCES[Kind(self.event.kind)](self)
        if not told:
            return None
        person = self.entry.person
        text: str | SafeString = told
        if person is not None and person != self.entry.other_person:
            text = format_html("{} · {}", told, person.full_name)
        return CourseEntry(
            kind="event",
            anchor=f"e{self.event.seq}",
            at=self.event.at,
            text=text,
            icon=ICONS.get(self.event.kind, "point"),
            unread=self.unread,
            link=self.link(f"e{self.event.seq}"),
        )

    def card(self) -> CourseEntry | None:
        """The message that the event published: as it reads now, or a tombstone with its digest."""
        message = self.entry.message
        if message is None:
            return None
        author = message.author
        if message.removed_at is not None:
            by = message.removed_by.full_name if message.removed_by is not None else ""
            return CourseEntry(
                kind="tombstone", anchor=f"m{message.pk}", at=message.created_at, digest=message.removed_digest,
                link=self.link(f"m{message.pk}"),
                text=_("written by %(author)s, removed by %(by)s on %(at)s")
                % {"author": author.full_name, "by": by, "at": plain_instant(message.removed_at)},
            )  # fmt: skip
        label, tone = self.label()
        key = self.view.ticket.key
        return CourseEntry(
            kind="internal" if self.entry.is_internal else "message",
            anchor=f"m{message.pk}",
            at=message.created_at,
            author=author.full_name,
            author_kind=person_kind(author),
            author_note=_author_note(author, reader_is_customer=self.view.actor.is_customer),
            html=mark_safe(message.html),  # noqa: S308 - cleaned when it was written
            files=files_of(self.entry.files),
            label=label,
            label_tone=tone,
            unread=self.unread,
            corrected_at=message.corrected_at,
            history_url=address("message_history", key, message.pk) if message.corrected_at else "",
            actions=self.actions(self.entry) if self.actions is not None else "",
            mailed=self.entry.mailed,
            link=self.link(f"m{message.pk}"),
        )

    def link(self, anchor: str) -> str:
        """Where the entry can be found for good; "" where its anchor is enough."""
        if len(self.view.events) <= NEWEST:
            return ""
        return f"{address('ticket', self.view.ticket.key)}?since={self.event.seq}#{anchor}"

    def label(self) -> tuple[Words, str]:
        """What the message is, in a word, and its tone."""
        if self.event.kind == Kind.PROPOSED:
            return ANSWERS.get(self.payload["answer"], ANSWERS["solution"]), "proposed"
        if self.payload.get("rejected"):
            return pgettext("label of a message", "The solution does not help"), "warn"
        if self.event.kind == Kind.REACTION_RECORDED:
            return pgettext("label of a message", "By phone"), "plain"
        if self.event.kind in of_services.LABELS:
            return of_services.LABELS[self.event.kind], "plain"
        assert self.entry.message is not None  # noqa: S101 - asked only for cards
        return LABELS.get(self.entry.message.kind, ("", ""))

    def term(self) -> TermVerdict | None:
        """The term that the event names."""
        return next((each for each in self.view.verdict.terms if each.term == self.payload.get("term")), None)

    def filed(self) -> str:
        ticket = self.view.ticket
        first = self.view.verdict.reaction.deadlines[0]
        text = _("Registered as %(key)s. Reaction promised by %(due)s") % {
            "key": ticket.key,
            "due": plain_instant(instant(first.due)),
        }
        if ticket.registered_by_id != ticket.requester_id:
            text += ". " + _("Filed for %(name)s") % {"name": ticket.requester.full_name}
        if ticket.contact_at is not None:
            text += ". " + _("The contact itself was at %(at)s") % {"at": plain_instant(ticket.contact_at)}
        return text

    def accepted(self) -> str:
        given = self.view.verdict.reaction
        words = duration_words(given.working_seconds)
        if given.state == "kept":
            return _("Accepted: in analysis. Reaction in time, after %(time)s of working time") % {"time": words}
        return _("Accepted: in analysis. Reaction late: %(time)s of working time") % {"time": words}

    def asked(self) -> str:
        return self._term_line(_("Information requested: an answer is expected"))

    def proposed(self) -> str:
        return self._term_line(_("Solution proposed: acceptance or an answer is expected"))

    def _term_line(self, start: str) -> str:
        term = self.term()
        if term is None:
            return start
        text = _("%(start)s by %(due)s") if term.received_at is not None else _("%(start)s by %(due)s at the latest")
        return text % {"start": start, "due": plain_instant(instant(term.due))}

    def receipt(self) -> str:
        term = self.term()
        evidence = EVIDENCE[self.payload["evidence"]]
        if term is not None and term.received_at is not None and term.received_at < int(self.event.at.timestamp()):
            return _("Later evidence of receipt: %(evidence)s. The term stays as it is") % {"evidence": evidence}
        return _("Received: %(evidence)s") % {"evidence": evidence}

    def reminded(self) -> str:
        return _("Reminder: an answer is still expected")

    def suspended_unanswered(self) -> str:
        return _(
            "No answer within the term (clause 5.5): the service counts as rendered in time, "
            "the request is suspended until the customer reacts"
        )

    def suspended(self) -> str:
        if self.payload["waiting_for"] == "third_party":
            return _("Suspended: another vendor must act")
        if self.entry.other_person is not None:
            return _("Suspended at the request of %(name)s") % {"name": self.entry.other_person.full_name}
        return _("Suspended at the customer's request")

    def reacted(self) -> str:
        if self.payload.get("rejected"):
            return _("The solution was turned down: back in analysis")
        return _("The customer reacted: back in analysis")

    def reaction_recorded(self) -> str:
        name = self.entry.other_person.full_name if self.entry.other_person is not None else ""
        return _("%(name)s reacted by phone: back in analysis") % {"name": name}

    def retracted(self) -> str:
        before = {
            "info_requested": _("The question was taken back: in analysis"),
            "solution_proposed": _("The proposal was taken back: in analysis"),
        }
        return before.get(self.payload["from"], _("The suspension was ended: in analysis"))

    def closed(self) -> str:
        ticket, payload = self.view.ticket, self.payload
        text = _("Closed: %(resolution)s") % {"resolution": _low(RESOLUTIONS[payload["resolution"]])}
        if payload.get("duplicate_of"):
            return format_html("{} {}", text, self._key(payload["duplicate_of"]))
        if ticket.vendor is not None and payload.get("vendor") == ticket.vendor_id:
            return f"{text} ({ticket.vendor.name})"
        if ticket.known_error is not None and payload.get("known_error") == ticket.known_error_id:
            return f"{text} ({ticket.known_error.code})"
        return text

    def scheduled(self) -> str:
        values = {"target": self.payload["target"], "on": day_words(date.fromisoformat(self.payload["on"]))}
        if self.payload["from"] == "scheduled":
            return _("The plan has moved: %(target)s on %(on)s") % values
        return _("Planned for %(target)s on %(on)s") % values

    def reclassified(self) -> str:
        kind = str(TYPES[self.payload["type"]].word)
        if self.payload["type"] == "incident":
            kind += f", {_low(CRITICALITIES[self.payload['criticality']].word)}"
        text = (
            _("The customer proposed: %(type)s") if self.payload["by"] == "customer" else _("Now it is: %(type)s")
        ) % {"type": kind}
        return text + self._new_due()

    def _new_due(self) -> str:
        given = next((one for one in self.view.verdict.reaction.deadlines if one.seq == self.event.seq), None)
        if given is None:
            return ""
        return ". " + _("Reaction now promised by %(due)s") % {"due": plain_instant(instant(given.due))}

    def criticality_proposed(self) -> str:
        return _("The customer proposes another criticality: %(criticality)s") % {
            "criticality": _low(CRITICALITIES[self.payload["criticality"]].word)
        }

    def edited(self) -> str:
        return _("Details completed: %(fields)s") % {
            "fields": ", ".join(str(FIELDS.get(name, name)) for name in self.payload["fields"])
        }

    def assigned(self) -> str:
        if self.entry.other_person is None:
            return _("Nobody is assigned any more")
        return _("Assigned to %(name)s") % {"name": self.entry.other_person.full_name}

    def handed_over(self) -> str:
        name = self.entry.other_person.full_name if self.entry.other_person is not None else ""
        return _("Handed over to %(name)s, who answers from now on") % {"name": name}

    def linked(self) -> str:
        return self._relation(0)

    def unlinked(self) -> str:
        return self._relation(1)

    def _relation(self, ended: int) -> SafeString:
        words = str(RELATIONS[self.payload["relation"]][ended])
        if self.payload["relation"] == "article":
            return format_html(words.replace("%(key)s", "{}"), of_software.article(self.view, self.payload["other"]))
        return format_html(words.replace("%(key)s", "{}"), self._key(self.payload["other"]))

    def repinned(self) -> str:
        subject = (
            _("The reaction deadline") if self.payload["subject"] == "reaction" else _("The term of the answer")
        )  # fmt: skip
        return _("The production calendar was corrected. %(subject)s moved from %(old)s to %(new)s") % {
            "subject": subject,
            "old": plain_instant(instant(parse_utc(self.payload["old"]))),
            "new": plain_instant(instant(parse_utc(self.payload["new"]))),
        }

    def _key(self, key: str) -> SafeString:
        """The key, as a link when the reader sees that ticket."""
        view = self.view
        seen = {row.other.key for row in view.links} | {row.ticket.key for row in view.back_links}
        if view.ticket.duplicate_of is not None:
            seen.add(view.ticket.duplicate_of.key)
        if key not in seen:
            return format_html("{}", key)
        return format_html('<a href="{}">{}</a>', address("ticket", key), key)


def _low(word: Words) -> str:
    """A word inside a sentence: its first letter small."""
    text = str(word)
    return text[:1].lower() + text[1:]


def _author_note(author: User, *, reader_is_customer: bool) -> str:
    if author.is_customer:
        return author.job_title
    if reader_is_customer:
        return _("support")
    return _("contractor") if person_kind(author) == "contractor" else author.job_title


_SENTENCES: dict[Kind, Callable[[_Teller], Any]] = {
    Kind.ACCEPTED: _Teller.accepted,
    Kind.ANALYSIS_RESUMED: lambda _teller: _("Back in analysis: the cause is looked at again"),
    Kind.ASKED: _Teller.asked,
    Kind.ASSIGNED: _Teller.assigned,
    Kind.CLOSED: _Teller.closed,
    Kind.COMMENTED: lambda _teller: "",
    Kind.CRITICALITY_PROPOSED: _Teller.criticality_proposed,
    Kind.CUSTOMER_REACTED: _Teller.reacted,
    Kind.DUPLICATE_UNDONE: lambda _teller: _("No duplicate after all: back in analysis"),
    Kind.EDITED: _Teller.edited,
    Kind.FILED: _Teller.filed,
    Kind.FILE_REMOVED: lambda _teller: _("A file was removed; its digest stays in the log"),
    Kind.FIX_CHANGED: of_software.fix_changed,
    Kind.HANDED_OVER: _Teller.handed_over,
    Kind.JOINED: lambda _teller: _("“We have it too”"),
    Kind.KNOWN_ERROR_LINKED: of_software.known_error_linked,
    Kind.KNOWN_ERROR_UNLINKED: of_software.known_error_unlinked,
    Kind.LINKED: _Teller.linked,
    Kind.MESSAGE_CORRECTED: lambda _teller: _("A text was corrected; the former one is kept"),
    Kind.MESSAGE_REMOVED: lambda _teller: _("A text was removed; its digest stays in the log"),
    Kind.OUTSIDE_SUPPORT: of_software.outside_support,
    Kind.PROPOSED: _Teller.proposed,
    Kind.REACTION_RECORDED: _Teller.reaction_recorded,
    Kind.RECEIPT: _Teller.receipt,
    Kind.RECLASSIFIED: _Teller.reclassified,
    Kind.REMINDED: _Teller.reminded,
    Kind.REOPENED: lambda _teller: _("Reopened: back in analysis; no second reaction clock starts"),
    Kind.REPINNED: _Teller.repinned,
    Kind.RETRACTED: _Teller.retracted,
    Kind.SCHEDULED: _Teller.scheduled,
    Kind.SESSION_CANCELLED: of_services.session_cancelled,
    Kind.SESSION_CONSENTED: of_services.session_consented,
    Kind.SESSION_CONSENT_WITHDRAWN: of_services.session_consent_withdrawn,
    Kind.SESSION_ENDED: of_services.session_ended,
    Kind.SESSION_MISSED: of_services.session_missed,
    Kind.SESSION_PROPOSED: of_services.session_proposed,
    Kind.SESSION_REFUSED: of_services.session_refused,
    Kind.SESSION_STARTED: of_services.session_started,
    Kind.SOLUTION_ACCEPTED: lambda _teller: _("The solution was accepted: closed as solved"),
    Kind.SUSPENDED: _Teller.suspended,
    Kind.SUSPENDED_UNANSWERED: _Teller.suspended_unanswered,
    Kind.UNLINKED: _Teller.unlinked,
    Kind.WITHDRAWN: lambda _teller: _("Withdrawn by the customer"),
    Kind.WITHIN_SUPPORT: of_software.within_support,
    Kind.WORK_CORRECTED: of_services.work_corrected,
    Kind.WORK_LOGGED: of_services.work_logged,
    Kind.WORK_STARTED: lambda _teller: _("In progress: the work itself has begun"),
    Kind.WORK_WITHDRAWN: of_services.work_withdrawn,
}

__all__ = ["CourseEntry", "CourseFile", "course", "files_of", "person_kind", "plain_instant"]
