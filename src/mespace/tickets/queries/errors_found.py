"""Known errors that a search finds, and those that a text being typed is near to, through one gate."""

from collections.abc import Collection

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.search import SearchRank
from django.db.models import Case, Exists, F, IntegerField, OuterRef, Q, QuerySet, Value, When

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.accounts.prepared_gate import PreparedFor
from mespace.customers.models import Installation
from mespace.customers.sites_seen import sites_seen
from mespace.knowledge.models import Article
from mespace.platform.prepared import Given, Prepared
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
    """At most five known errors of the build that match, those of the components first; two statements.

    The build's errors first, and then their words: any of a text's words stands in most of all errors.
    """
    of_build = _OF_BUILD.rows(actor, build=build_id)
    return _NEAR.rows(ids=of_build, components=sorted(component_ids), **asked.values) if of_build else []


def _ranked(rows: QuerySet[KnownError]) -> QuerySet[KnownError]:
    """Those of the rows that hold and match, best first."""
    hits = rows.filter(entry__words=AskedPlace(), withdrawn_at=None).order_by("-pk").values("pk")[:MOST_RANKED]
    return KnownError.objects.filter(pk__in=hits).order_by(-_rank(), "-code")


def _of_build(actor: Actor) -> QuerySet[KnownError, int]:
    """The newest known errors of the build. Those that may affect it are met by index before that is asked of each."""
    build = Build.objects.filter(pk=Given("build"))
    named = KnownError.affected_builds.through.objects.filter(build=Given("build")).values("knownerror_id")
    ties = KnownError.affected_versions.through.objects.filter(version__in=build.values("version_id"))
    of_version = ties.values("knownerror_id")
    rows = known_errors_seen(actor).filter(affecting(build), withdrawn_at=None)
    rows = rows.filter(Q(pk__any=ArraySubquery(named)) | Q(pk__any=ArraySubquery(of_version)))
    return rows.order_by("-pk").values_list("pk", flat=True)[:MOST_RANKED]


def _near() -> QuerySet[KnownError]:
    ties = Article.components.through.objects
    theirs = ties.filter(article__known_error=OuterRef("pk"), component__any=Given("components"))
    first = Case(When(Exists(theirs), then=0), default=1, output_field=IntegerField())
    rows = KnownError.objects.filter(pk__any=Given("ids"), entry__words=AskedPlace())
    return rows.order_by(first, -_rank(), "-code")[:MOST]


def _rank() -> SearchRank:
    return SearchRank(F("entry__words"), AskedPlace(), normalization=Value(1))


_CODED = PreparedFor(lambda actor: known_errors_seen(actor).filter(code=Given("code")))
_MATCHING = PreparedFor(lambda actor: _ranked(known_errors_seen(actor))[:MOST])
_OF_BUILD = PreparedFor(_of_build)
_NEAR = Prepared(_near)
