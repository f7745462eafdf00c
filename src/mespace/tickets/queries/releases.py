"""A release with whom it concerns: for the managers who publish it, and for a customer's people."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.customers.models import Installation, ReleaseSite, Site
from mespace.customers.release_sites import concerned_installations, people_using
from mespace.customers.releases_seen import releases_seen
from mespace.customers.sites_seen import sites_seen
from mespace.platform.rows import found
from mespace.products.models import Build, KnownError
from mespace.tickets.models import AskOutcome, ReleaseAsk, Ticket
from mespace.tickets.queries.release_answers import Answer, ReleaseAnswer, release_answers

PAGE = 50


@dataclass(frozen=True)
class ConcernedSite:
    """A site that ran an affected build: what it ran, and what it runs now."""

    site: Site
    ran: Build
    runs: Build | None
    is_installed: bool


@dataclass(frozen=True)
class ReleaseView:
    """A build with what it fixes, the sites and tickets that it concerns, and what was done on each ticket."""

    build: Build
    resolves: Sequence[KnownError]
    sites: list[ConcernedSite]
    tickets: list[tuple[Ticket, ReleaseAsk | None, ReleaseAnswer | None]]
    people: int  # who hears, or heard, of it

    @property
    def is_unfinished(self) -> bool:
        """Whether some ticket was not asked, although it is published."""
        return self.build.published_at is not None and any(
            ask is None or ask.outcome == "failed" for _ticket, ask, _answer in self.tickets
        )

    def answered(self, answer: Answer) -> int:
        """On how many tickets that was answered."""
        return sum(each is not None and each.answer == answer for _ticket, _ask, each in self.tickets)

    @property
    def solved(self) -> int:
        """How many confirmed that it solved their request."""
        return self.answered(Answer.SOLVED)

    @property
    def not_solved(self) -> int:
        """How many said that it did not."""
        return self.answered(Answer.NOT_SOLVED)

    @property
    def unanswered(self) -> int:
        """How many were asked by a proposal, which waits for an answer, and have not answered."""
        proposed = [answer for _ticket, ask, answer in self.tickets if ask and ask.outcome == AskOutcome.PROPOSED]
        return proposed.count(None)


def release_view(*, actor: Actor, build_id: int, now: datetime) -> ReleaseView:
    """The release as managers see it: before publishing whom it will concern, afterwards whom it did.

    Raises Refused or RowNotFound.
    """
    actor.require(Permission.PRODUCTS_READ)
    build: Build = found(Build.objects.select_related("version__product", "published_by"), build_id)
    resolves = list(build.resolves.order_by("-pk"))
    tickets = Ticket.objects.visible_to(actor).filter(known_error__in=resolves)
    rows = list(tickets.select_related("customer").order_by("-pk")[:200])
    asks = {ask.ticket_id: ask for ask in ReleaseAsk.objects.filter(build=build).select_related("ticket")}
    answers = release_answers(asks.values())
    at = build.published_at or now
    return ReleaseView(
        build=build,
        resolves=resolves,
        sites=_sites(build),
        tickets=[(ticket, asks.get(ticket.pk), answers.get(ticket.pk)) for ticket in rows],
        people=len(people_using(build.version.product_id, at=at)),
    )


def unfinished_releases(*, actor: Actor) -> list[Build]:
    """Published builds about which a linked ticket was not asked yet, oldest first; one statement. Raises Refused."""
    actor.require(Permission.PRODUCTS_READ)
    asked = ReleaseAsk.objects.filter(build=OuterRef(OuterRef("pk")), ticket=OuterRef("pk"))
    linked = Ticket.objects.filter(known_error__resolved_by=OuterRef("pk"))
    waiting = linked.filter(~Exists(asked.exclude(outcome=AskOutcome.FAILED)))
    rows = Build.objects.filter(Exists(waiting), published_at__isnull=False).select_related("version__product")
    return list(rows.order_by("published_at", "pk")[:PAGE])


def _sites(build: Build) -> list[ConcernedSite]:
    if build.published_at is None:
        return [ConcernedSite(row.site, row.build, row.build, False) for row in concerned_installations(build)]
    kept = ReleaseSite.objects.filter(build=build).select_related("site__customer", "ran__version")
    sites = list(kept.order_by("site__customer__short_name", "site__name"))
    running = Installation.objects.filter(
        product_id=build.version.product_id, site__in=[row.site_id for row in sites]
    ).select_related("build__version")
    now_there = {row.site_id: row.build for row in running}
    return [
        ConcernedSite(row.site, row.ran, runs, runs is not None and runs.order >= build.order)
        for row in sites
        for runs in [now_there.get(row.site_id)]
    ]


@dataclass(frozen=True)
class CustomersRelease:
    """A release as a customer's person sees it."""

    build: Build
    resolves: Sequence[KnownError]
    sites: list[tuple[Site, Build, bool]]  # own sites with the software, what runs there, whether it is older
    tickets: list[Ticket]  # own, linked to what it fixes
    linked: frozenset[int]  # known errors whose pages the person may open


def customers_release(*, actor: Actor, build_id: int) -> CustomersRelease:
    """A published build of software that the actor's customer uses. Raises RowNotFound."""
    build: Build = found(releases_seen(actor).select_related("version__product"), build_id)
    resolves = list(build.resolves.order_by("-pk"))
    running = Installation.objects.filter(site__in=sites_seen(actor), product_id=build.version.product_id)
    running = running.filter(site__is_active=True).select_related("site", "build__version").order_by("site__name")
    tickets = list(Ticket.objects.visible_to(actor).filter(known_error__in=resolves).order_by("-pk")[:PAGE])
    return CustomersRelease(
        build=build,
        resolves=resolves,
        sites=[(row.site, row.build, row.build.order < build.order) for row in running],
        tickets=tickets,
        linked=frozenset(ticket.known_error_id for ticket in tickets if ticket.known_error_id is not None),
    )


def customers_releases(*, actor: Actor) -> list[Build]:
    """The newest published builds that concern the actor's customer, latest first."""
    rows = releases_seen(actor).select_related("version__product").order_by("-published_at", "-pk")
    return list(rows[:PAGE])
