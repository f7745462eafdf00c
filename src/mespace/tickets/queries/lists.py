"""Lists of tickets: the customer's, the desk's queue, and what a search finds. Keyset pages, few statements each."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.fields.tuple_lookups import TupleGreaterThan, TupleLessThan

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.accounts.prepared_gate import PreparedFor, stand_in, values_of
from mespace.platform.prepared import Given, PreparedCounts
from mespace.platform.search import Asked, AskedPlace, FewMatching, TermsPlace
from mespace.platform.search import query as search_query
from mespace.tickets.lifecycle import WAITING, Criticality, Status, TicketType
from mespace.tickets.models import Contact, ReadMark, SearchEntry, Ticket, Watcher
from mespace.tickets.queries.cursors import BadCursor, decode, encode, instant, whole
from mespace.tickets.queries.neighbours import fetch_people

PAGE = 50
FEW_HITS = 500  # of a search: so many are looked up by their words first
LAST = 2**62  # no ticket has this number
COUNT_CAP = 100
_ROW_JOINS = ("customer", "site", "product")
_ROW_PEOPLE = ("requester", "assignee", "holder")  # fetched beside the rows: a few people hold many tickets


@dataclass(frozen=True)
class Page:
    """Some rows and the cursor of the next page, or None at the end."""

    rows: list[Ticket]
    next_cursor: str | None


@dataclass(frozen=True)
class QueueFilter:
    """What of the queue is wanted; empty means any. Lives in the address and in saved views."""

    view: str = "todo"  # one of VIEWS
    customer: int | None = None
    product: int | None = None
    site: int | None = None
    assignee: int | None = None
    type: str = ""
    criticality: str = ""
    status: str = ""

    @property
    def is_narrowed(self) -> bool:
        """Whether more than the view is chosen."""
        return any(getattr(self, each.name) for each in fields(self) if each.name != "view")


VIEWS = ("todo", "unaccepted", "mine", "unassigned", "waiting", "all")


def queue(*, actor: Actor, wanted: QueueFilter, cursor: str | None = None, limit: int = PAGE) -> Page:
    """Open work by urgency: running reactions by working time left, then support's moves, then those that wait.

    Raises BadCursor.
    """
    narrowed = _narrowed(wanted)
    if cursor:
        rank, at, pk = decode(cursor, 3)
        after = TupleGreaterThan(("queue_rank", "queue_at", "id"), (whole(rank), instant(at), whole(pk)))
        rows = list(_queue(actor, wanted.view, narrowed).filter(after)[: limit + 1])
    else:
        rows = _first_page(wanted.view, frozenset(narrowed), limit + 1).rows(actor, **narrowed)
    found = _with_people(rows)
    more = len(found) > limit
    last = found[limit - 1] if more else None
    return Page(found[:limit], encode(last.queue_rank, last.queue_at, last.pk) if last else None)


def queue_counts(*, actor: Actor) -> dict[str, int]:
    """How much open work each view holds, and how many `contacts` wait, counted up to COUNT_CAP; one statement."""
    return _counts(stand_in(actor)).counted(**values_of(actor))


@cache
def _counts(anybody: Actor) -> PreparedCounts:
    return PreparedCounts(lambda: {name: rows[:COUNT_CAP] for name, rows in _counted(anybody).items()})


def _counted(actor: Actor) -> dict[str, QuerySet[Any]]:
    counted: dict[str, QuerySet[Any]] = {view: _in_view(actor, view).order_by() for view in VIEWS}
    return {**counted, "contacts": Contact.objects.visible_to(actor).filter(rank=0).order_by()}


def _queue(actor: Actor, view: str, narrowed: Mapping[str, object]) -> QuerySet[Ticket]:
    """A view's rows in the queue's order, with the columns `narrowed` to one value each."""
    return _shown(_in_view(actor, view).filter(**narrowed), actor).order_by("queue_rank", "queue_at", "id")


@cache
def _first_page(view: str, narrowed: frozenset[str], limit: int) -> PreparedFor[Ticket]:
    values = {column: Given(column) for column in narrowed}
    return PreparedFor(lambda actor: _queue(actor, view, values)[:limit])


@dataclass(frozen=True)
class ListFilter:
    """What a customer's list shows."""

    whose: str = "all"  # mine, all
    state: str = "open"  # open, ours (the customer's move), closed, all
    site: int | None = None


def customer_list(*, actor: Actor, wanted: ListFilter, cursor: str | None = None, limit: int = PAGE) -> Page:
    """The tickets that the actor sees, most recently active first. Raises BadCursor."""
    if cursor:
        at, pk = decode(cursor, 2)
        before = TupleLessThan(("active_at", "id"), (instant(at), whole(pk)))
        rows = list(_newest(actor, wanted.whose, wanted.state, wanted.site).filter(before)[: limit + 1])
    else:
        first = _newest_page(wanted.whose, wanted.state, limit + 1, at_site=bool(wanted.site))
        rows = first.rows(actor, site=wanted.site)
    found = _with_people(rows)
    more = len(found) > limit
    last = found[limit - 1] if more else None
    return Page(found[:limit], encode(last.active_at, last.pk) if last else None)


def _newest(actor: Actor, whose: str, state: str, site: int | Given | None) -> QuerySet[Ticket]:
    """A customer's list in its order."""
    rows = Ticket.objects.visible_to(actor)
    if whose == "mine":
        watching = Watcher.objects.filter(user_id=actor.person_id, ticket=OuterRef("pk"))
        rows = rows.filter(Q(requester_id=actor.user_id) | Q(holder_id=actor.user_id) | Exists(watching))
    if state == "open":
        rows = rows.open_work()
    elif state == "ours":
        rows = rows.filter(status__in=WAITING)
    elif state == "closed":
        rows = rows.filter(status=Status.CLOSED)
    if site:
        rows = rows.filter(site_id=site)
    return _shown(rows, actor).order_by("-active_at", "-id")


@cache
def _newest_page(whose: str, state: str, limit: int, *, at_site: bool) -> PreparedFor[Ticket]:
    return PreparedFor(lambda actor: _newest(actor, whose, state, Given("site") if at_site else None)[:limit])


def search(*, actor: Actor, text: str, cursor: str | None = None, limit: int = PAGE) -> Page:
    """The newest tickets that the actor sees and in which all words occur, in any form; internal notes only for staff.

    Raises BadCursor.
    """
    asked = search_query(text)
    if asked is None:
        return Page([], None)
    before = whole(decode(cursor, 1)[0]) if cursor else None
    found = _with_people(newest_matching(actor=actor, asked=asked, before=before, limit=limit + 1))
    more = len(found) > limit
    return Page(found[:limit], encode(found[limit - 1].pk) if more else None)


def newest_matching(*, actor: Actor, asked: Asked, limit: int, before: int | None = None) -> list[Ticket]:
    """The newest tickets (registered before number `before`) that match, without their people; two statements.

    Three for words that stand in many: those are walked from the newest on, by a plan that is made for them.
    """
    column = "internal" if actor.can(Permission.TICKET_READ_INTERNAL) else "public"
    given = {"before": LAST if before is None else before}
    terms, hits = _few(column).found(asked, **given)
    if hits is None:
        hits = _walked(column, limit).rows(actor, terms=terms, **given)
    elif actor.can(Permission.TICKET_READ_ALL):
        hits = sorted(hits, reverse=True)[:limit]
    return _newest_of(limit).rows(actor, ids=hits) if hits else []


def by_ids(actor: Actor, ids: list[int]) -> list[Ticket]:
    """Those of the tickets that the actor sees as lists show them, newest first; one statement."""
    return _newest_of(PAGE).rows(actor, ids=ids) if ids else []


@cache
def _few(column: str) -> FewMatching:
    given = {"pk__lt": Given("before"), column: AskedPlace()}
    return FewMatching(lambda: SearchEntry.objects.filter(**given), FEW_HITS)


@cache
def _walked(column: str, limit: int) -> PreparedFor[int]:
    def make(actor: Actor) -> QuerySet[Ticket, int]:
        hits = SearchEntry.objects.filter(**{column: TermsPlace()}).values("pk")
        rows = Ticket.objects.visible_to(actor).filter(pk__in=Subquery(hits), pk__lt=Given("before"))
        return rows.order_by("-id").values_list("pk", flat=True)[:limit]

    return PreparedFor(make, keeps_plan=False)


@cache
def _newest_of(limit: int) -> PreparedFor[Ticket]:
    def make(actor: Actor) -> QuerySet[Ticket]:
        rows = Ticket.objects.visible_to(actor).filter(pk__any=Given("ids"))
        return _shown(rows, actor).order_by("-id")[:limit]

    return PreparedFor(make)


def unread_after(actor: Actor) -> Subquery:
    """An expression: the last event of a row's ticket that the actor was shown."""
    return Subquery(ReadMark.objects.filter(ticket=OuterRef("pk"), user_id=actor.person_id).values("seq")[:1])


def _shown(rows: QuerySet[Ticket], actor: Actor) -> QuerySet[Ticket]:
    """The rows with what a list shows of them; one is unread when its (public) version is above its `read_seq`."""
    return rows.select_related(*_ROW_JOINS).annotate(read_seq=unread_after(actor))


def _with_people(rows: list[Ticket]) -> list[Ticket]:
    fetch_people(rows, _ROW_PEOPLE)
    return rows


def _in_view(actor: Actor, view: str) -> QuerySet[Ticket]:
    """The open work that the actor sees in a view."""
    rows = Ticket.objects.visible_to(actor).open_work()
    match view:
        case "todo":
            return rows.filter(queue_rank__lte=1)
        case "unaccepted":
            return rows.filter(status=Status.OPEN)
        case "mine":
            return rows.filter(assignee_id=actor.user_id)
        case "unassigned":
            return rows.filter(assignee__isnull=True)
        case "waiting":
            return rows.filter(queue_rank=2)
    return rows


def _narrowed(wanted: QueueFilter) -> dict[str, object]:
    """The columns that a filter narrows to one value each; what is no type, status or the like narrows nothing."""
    exact = {
        "customer_id": wanted.customer,
        "product_id": wanted.product,
        "site_id": wanted.site,
        "assignee_id": wanted.assignee,
        "type": wanted.type if wanted.type in set(TicketType) else None,
        "criticality": wanted.criticality if wanted.criticality in set(Criticality) else None,
        "status": wanted.status if wanted.status in set(Status) else None,
    }
    return {name: value for name, value in exact.items() if value}


__all__ = [
    "COUNT_CAP",
    "PAGE",
    "VIEWS",
    "BadCursor",
    "ListFilter",
    "Page",
    "QueueFilter",
    "by_ids",
    "customer_list",
    "newest_matching",
    "queue",
    "queue_counts",
    "search",
]
