"""What prepared statements find is what the gates let through, for everybody, however common the words are."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.postgres.search import SearchVectorField
from django.db import connection
from django.db.models import Model
from django.test.utils import CaptureQueriesContext

from mespace.accounts.actor import MAIL, NOBODY, TIMER, Actor
from mespace.accounts.permissions import Permission, Role
from mespace.customers.models import Installation, Site
from mespace.knowledge.kinds import Audience
from mespace.knowledge.models import Article, ArticleEntry
from mespace.knowledge.operations.discard_article import discard_article
from mespace.knowledge.operations.outdate_article import outdate_article
from mespace.knowledge.operations.revise_article import revise_article
from mespace.knowledge.queries import article_hits
from mespace.knowledge.queries.find import find_articles, offered_articles
from mespace.knowledge.texts import ArticleText
from mespace.knowledge.visibility import reads_drafts
from mespace.platform.search import FewMatching, query
from mespace.products.models import Build, KnownError
from mespace.products.search import index_known_error
from mespace.tickets.models import SearchEntry, Ticket
from mespace.tickets.operations._place import Place
from mespace.tickets.operations.accept import accept
from mespace.tickets.operations.assign import assign
from mespace.tickets.operations.comment import Remark, comment
from mespace.tickets.queries import lists
from mespace.tickets.queries.errors_found import known_errors_matching, known_errors_seen
from mespace.tickets.queries.find import find_everywhere
from mespace.tickets.queries.near import near_to
from tests.access.shelves import NOW, Shelves
from tests.cast import Cast, narrowed

pytestmark = pytest.mark.django_db
TYPED = ("терминал", "терминалы молчат", "секретище", "E-1042", "KE-2", "терминал -принтер", "нетакого")
EVERYBODY = (
    *("engineer", "colleague", "far_colleague", "responsible", "stranger"),
    *("agent", "contractor", "manager", "director", "auditor", "administrator"),
    *("narrowed engineer", "narrowed far_colleague", "agent and administrator", "nobody", "timer", "mail"),
)


class World:
    """Something of every audience, state and customer that says the same words."""

    def __init__(self, cast: Cast) -> None:
        self.cast, self.shelves = cast, Shelves(cast)
        self._articles()
        self._known_errors()
        self._tickets()

    def actor(self, name: str) -> Actor:
        """Somebody of EVERYBODY."""
        if name in {"nobody", "timer", "mail"}:
            return {"nobody": NOBODY, "timer": TIMER, "mail": MAIL}[name]
        if name == "agent and administrator":
            return Actor.of(user_id=self.cast.users["agent"].pk, roles=[Role.AGENT, Role.ADMINISTRATOR])
        return narrowed(self.cast, name.split()[1]) if " " in name else self.cast.actors[name]

    def _articles(self) -> None:
        cast, shelves = self.cast, self.shelves
        body = "Терминалы молчат. Код E-1042."
        for audience in (Audience.PUBLIC, Audience.CUSTOMERS, Audience.STAFF):
            shelves.published(f"Терминал {audience}", body=body, audience=audience)
        for product in (cast.product, cast.other_product):
            ties = {"audience": Audience.PRODUCT_USERS, "product_ids": frozenset({product.pk})}
            shelves.published(f"Терминал {product.code}", body=body, **ties)
        shelves.written("Терминал, черновик", body=body)
        gone = shelves.written("Терминал, брошено", body=body)
        discard_article(actor=cast.agent, now=NOW, article_id=gone.pk, reason="Не нужно")
        old = shelves.published("Терминал устарел", body=body, audience=Audience.PUBLIC)
        outdate_article(actor=cast.manager, now=NOW, article_id=old.pk, reason="Исправлено")
        changed = shelves.published("Терминал прежний", body="Терминалы", audience=Audience.CUSTOMERS)
        text = ArticleText("Терминал новый", "Секретище терминала")
        revise_article(actor=cast.agent, now=NOW, article_id=changed.pk, text=text, base=1)

    def _known_errors(self) -> None:
        cast = self.cast
        other = Build.objects.create(version=cast.build.version, major=13, minor=0)
        Installation.objects.create(site=cast.site, product=cast.product, build=cast.build)
        Installation.objects.create(site=cast.other_site, product=cast.product, build=other)
        errors = []
        for number, builds in enumerate(([], [cast.build], [other], [cast.build, other], [cast.build]), 2):
            error = KnownError.objects.create(
                product=cast.product, code=f"KE-{number}", title="Терминалы молчат", description="E-1042"
            )
            error.affected_builds.set(builds)
            index_known_error(error)
            errors.append(error)
        KnownError.objects.filter(pk=errors[-1].pk).update(withdrawn_at=NOW, withdrawn_for="Настройка")

    def _tickets(self) -> None:
        cast = self.cast
        said: dict[str, Any] = {"subject": "Терминал молчит", "description": "Терминалы молчат, E-1042"}
        their_site = Place(site_id=Site.objects.get(customer=cast.rival).pk)
        ours, theirs = cast.file(**said), cast.file(by="stranger", place=their_site, **said)
        by_colleague = cast.file(by="colleague", **said)
        accept(ticket_id=ours.pk, actor=cast.agent, now=NOW)
        assign(ticket_id=ours.pk, actor=cast.agent, now=NOW, to_user_id=cast.users["contractor"].pk)
        for ticket in (ours, theirs):
            remark = Remark("Секретище: терминал", internal=True)
            comment(ticket_id=ticket.pk, actor=cast.agent, now=NOW + timedelta(minutes=1), remark=remark)
        unbuilt = KnownError.objects.get(code="KE-2")
        Ticket.objects.filter(pk=by_colleague.pk).update(known_error=unbuilt)


@pytest.fixture
def world(cast: Cast) -> World:
    return World(cast)


@pytest.fixture(params=["rare", "frequent", "common"])
def commonness(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """As if the words that are typed stood in few rows, in more than are ranked, or in most of all."""
    if request.param != "rare":
        monkeypatch.setattr(article_hits, "MOST_RANKED", 0)
    if request.param == "common":
        monkeypatch.setattr(article_hits, "FEW_HITS", 0)
        monkeypatch.setattr(lists, "FEW_HITS", 0)
        article_hits._few.cache_clear()
        lists._few.cache_clear()
    yield request.param
    article_hits._few.cache_clear()
    lists._few.cache_clear()


def test_everybody_finds_what_their_gates_let_through(world: World, commonness: str) -> None:
    for name in EVERYBODY:
        actor = world.actor(name)
        for text in TYPED:
            told = (name, text)
            assert articles_found(actor, text) == articles_allowed(actor, text), told
            assert tickets_found(actor, text) == tickets_allowed(actor, text), told
            assert errors_found(actor, text) == errors_allowed(actor, text), told


def test_everybody_is_offered_what_their_gates_let_through(world: World, commonness: str) -> None:
    cast = world.cast
    place = {"site_id": cast.site.pk, "product_id": cast.product.pk, "build_id": cast.build.pk}
    for name in EVERYBODY:
        actor = world.actor(name)
        near = near_to(actor=actor, text="терминалы молчат, секретище", **place)
        seen = Ticket.objects.visible_to(actor).filter(site=cast.site, product=cast.product)
        assert {ticket.pk for ticket in near.tickets} == set(seen.values_list("pk", flat=True)), name
        allowed = known_errors_seen(actor).filter(affected_builds=cast.build, withdrawn_at=None)
        assert {error.pk for error in near.known_errors} == set(allowed.values_list("pk", flat=True)), name
        current = Article.objects.visible_to(actor).kept().current().exclude(products=cast.other_product)
        offered = offered_articles(actor=actor, text="терминалы", product_id=cast.product.pk)
        assert {hit.row.article.pk for hit in offered} <= set(current.values_list("pk", flat=True)), name
        assert len(offered) == min(4, current.count()), name


def test_how_common_words_are_does_not_change_the_order(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    actor = world.cast.engineer
    ranked = [hit.row.article.pk for hit in find_articles(actor=actor, text="терминалы").hits]
    for name in ("MOST_RANKED", "FEW_HITS"):
        monkeypatch.setattr(article_hits, name, 0)
        article_hits._few.cache_clear()
        assert [hit.row.article.pk for hit in find_articles(actor=actor, text="терминалы").hits] == ranked
    article_hits._few.cache_clear()


def test_a_search_says_when_not_all_that_match_were_compared(world: World, commonness: str) -> None:
    found = find_articles(actor=world.cast.engineer, text="терминалы")
    assert found.of_the_newest is (commonness != "rare")
    assert find_articles(actor=world.cast.engineer, text="нетакого").of_the_newest is False


def test_the_same_words_make_no_statement_of_their_own(world: World) -> None:
    """All of the same rights share each statement; words and people are values."""
    shared: set[str] = set()
    for name, text in (("engineer", "терминал"), ("stranger", "молчат -принтер"), ("colleague", "E-1042 or весы")):
        with CaptureQueriesContext(connection) as sent:
            find_everywhere(actor=world.actor(name), text=text)
        texts = {each["sql"] for each in sent}
        assert not shared or texts <= shared
        shared |= texts


@pytest.mark.parametrize(
    ("few", "model", "column"),
    [
        (lists._few("public"), SearchEntry, "public"),
        (lists._few("internal"), SearchEntry, "internal"),
        (article_hits._few("shown"), ArticleEntry, "shown"),
        (article_hits._few("newest"), ArticleEntry, "newest"),
    ],
)
def test_a_plan_that_does_not_see_the_words_goes_by_their_index(
    few: FewMatching, model: type[Model], column: str
) -> None:
    text, names = few.sql()
    asked = query("терминал -принтер E-1042")
    assert asked is not None
    given = {"before": lists.LAST, **asked.values}
    table = crowded(model)
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {text}", [given[name] for name in names])
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert f"Bitmap Index Scan on {table}_{column}_idx" in plan


def crowded(model: type[Model]) -> str:
    """The model's table as it is for this connection until its test ends: 5,000 rows, with statistics of them."""
    table, key = model._meta.db_table, model._meta.pk.column
    values = {
        field.column: "to_tsvector('simple', md5(n::text))" if isinstance(field, SearchVectorField) else "md5(n::text)"
        for field in model._meta.concrete_fields
    } | {key: "n"}
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE {table} (LIKE {table} INCLUDING ALL)")
        cursor.execute(
            f"INSERT INTO {table} ({', '.join(values)}) SELECT {', '.join(values.values())}"
            " FROM generate_series(1, 5000) n"
        )
        cursor.execute(f"ANALYZE {table}")
    return table


def test_finding_and_offering_take_a_fixed_number_of_statements(world: World, django_assert_num_queries: Any) -> None:
    cast = world.cast
    place = {"site_id": cast.site.pk, "product_id": cast.product.pk, "build_id": cast.build.pk}
    for number in range(8):
        world.shelves.published(f"Терминал {number}", audience=Audience.CUSTOMERS)
        cast.file(subject=f"Терминал {number}")
    for actor, statements in ((cast.engineer, 8), (cast.agent, 6), (NOBODY, 3)):
        with django_assert_num_queries(statements):
            assert find_everywhere(actor=actor, text="терминал").articles.hits
    with django_assert_num_queries(12):
        assert near_to(actor=cast.engineer, text="Терминал молчит у весов", **place).articles
    with django_assert_num_queries(5):
        assert find_everywhere(actor=cast.engineer, text="нетакогослова").is_empty


def articles_found(actor: Actor, text: str) -> set[int]:
    found = find_articles(actor=actor, text=text)
    return set() if found.meant else {hit.row.article.pk for hit in found.hits}


def articles_allowed(actor: Actor, text: str) -> set[int]:
    column = "newest" if reads_drafts(actor) else "shown"
    rows = Article.objects.visible_to(actor).kept().filter(**{f"entry__{column}": query(text)})
    return set(rows.values_list("pk", flat=True))


def tickets_found(actor: Actor, text: str) -> list[int]:
    return [ticket.pk for ticket in find_everywhere(actor=actor, text=text).tickets]


def tickets_allowed(actor: Actor, text: str) -> list[int]:
    column = "internal" if actor.can(Permission.TICKET_READ_INTERNAL) else "public"
    rows = Ticket.objects.visible_to(actor).filter(**{f"search_entry__{column}": query(text)})
    return list(rows.order_by("-pk").values_list("pk", flat=True)[:5]) if actor.is_person else []


def errors_found(actor: Actor, text: str) -> set[int]:
    return {error.pk for error in known_errors_matching(actor=actor, text=text, asked=query(text))}


def errors_allowed(actor: Actor, text: str) -> set[int]:
    seen = known_errors_seen(actor)
    matching = seen.filter(entry__words=query(text), withdrawn_at=None)
    coded = seen.filter(code=text.upper())
    return {*matching.values_list("pk", flat=True), *coded.values_list("pk", flat=True)}
