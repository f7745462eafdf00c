"""Known errors that a search finds, and those that a text being typed is near to, through one gate."""

from collections.abc import Collection

from django.contrib.postgres.search import SearchRank
from django.db.models import Case, Exists, F, IntegerField, OuterRef, Q, QuerySet, Value, When

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.accounts.prepared_gate import PreparedFor
from mespace.customers.models import Installation
from mespace.customers.sites_seen import sites_seen
from mespace.knowledge.models import Article
from mespace.platform.prepared import Given
from mespace.platform.search import Asked, AskedPlace, codes
from mespace.products.affected import affecting
from mespace.products.models import Build, KnownError
from mespace.tickets.models import Ticket

MOST = 5
MOST_RANKED = 350  # of too many matches the newest


def known_errors_seen(actor: Actor) -> QuerySet[KnownError]:
    """Readers of the catalogue: all; others those of builds at their sites and of their tickets, as on their pages."""
    if actor.can(Permission.PRODUCTS_READ):
        return KnownError.objects.all()
    running = Installation.objects.filter(site__in=sites_seen(actor), site__is_active=True)
    builds = Build.objects.filter(pk__in=running.values("build"))
    linked = Ticket.objects.visible_to(actor).filter(known_error=OuterRef("pk"))
    return KnownError.objects.filter(Q(affecting(builds), withdrawn_at=None) | Q(Exists(linked)))


def known_errors_matching(*, actor: Actor, text: str, asked: Asked | None) -> list[KnownError]:
    """That with the code, and those with all the words in any form in title, description and workaround, best first.

    At most five; two statements. One that was withdrawn is found by its code alone: it is no answer to anything.
    """
    code = text.strip().upper().replace("\x00", "")
    coded = _CODED.rows(actor, code=code) if codes(code) and " " not in code else []
    ranked = _MATCHING.rows(actor, **asked.values) if asked is not None else []
    return [*coded, *(error for error in ranked if error not in coded)][:MOST]


def known_errors_near(*, actor: Actor, asked: Asked, build_id: int, component_ids: Collection[int]) -> list[KnownError]:
    """At most five known errors of the build that match, those of the components first; one statement."""
    return _NEAR.rows(actor, build=build_id, components=sorted(component_ids), **asked.values)


def _ranked(rows: QuerySet[KnownError]) -> QuerySet[KnownError]:
    """Those of the rows that hold and match, best first."""
    hits = rows.filter(entry__words=AskedPlace(), withdrawn_at=None).order_by("-pk").values("pk")[:MOST_RANKED]
    rank = SearchRank(F("entry__words"), AskedPlace(), normalization=Value(1))
    return KnownError.objects.filter(pk__in=hits).order_by(-rank, "-code")


def _near(actor: Actor) -> QuerySet[KnownError]:
    rows = _ranked(known_errors_seen(actor).filter(affecting(Build.objects.filter(pk=Given("build")))))
    ties = Article.components.through.objects
    theirs = ties.filter(article__known_error=OuterRef("pk"), component__any=Given("components"))
    first = Case(When(Exists(theirs), then=0), default=1, output_field=IntegerField())
    return rows.order_by(first, *rows.query.order_by)[:MOST]


_CODED = PreparedFor(lambda actor: known_errors_seen(actor).filter(code=Given("code")))
_MATCHING = PreparedFor(lambda actor: _ranked(known_errors_seen(actor))[:MOST])
_NEAR = PreparedFor(_near)
