"""The tickets room's tables."""

from mespace.tickets.models.articles import ArticleTie, TicketArticle
from mespace.tickets.models.contact import Channel, Contact, ContactFile, Outcome
from mespace.tickets.models.desk import AnswerTemplate, Draft, Presence, SavedView
from mespace.tickets.models.links import Link, ReadMark, Watcher
from mespace.tickets.models.messages import Attachment, Audience, MailedMessage, Message, MessageKind, MessageRevision
from mespace.tickets.models.referral import Referral
from mespace.tickets.models.releases import AskOutcome, ReleaseAsk
from mespace.tickets.models.search import SearchEntry
from mespace.tickets.models.session import RemoteSession
from mespace.tickets.models.ticket import Ticket
from mespace.tickets.models.work import WorkEntry

__all__ = [
    "AnswerTemplate",
    "ArticleTie",
    "AskOutcome",
    "Attachment",
    "Audience",
    "Channel",
    "Contact",
    "ContactFile",
    "Draft",
    "Link",
    "MailedMessage",
    "Message",
    "MessageKind",
    "MessageRevision",
    "Outcome",
    "Presence",
    "ReadMark",
    "Referral",
    "ReleaseAsk",
    "RemoteSession",
    "SavedView",
    "SearchEntry",
    "Ticket",
    "TicketArticle",
    "Watcher",
    "WorkEntry",
]
