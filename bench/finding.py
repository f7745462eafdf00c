"""What finding costs at full size: python bench/finding.py --folder DIR [--articles 10000] [--plans] [--pages].

DIR is a folder of bench/run.py that holds tickets (run.py makes it). Articles and known errors are added by COPY, once.
Then the search and the suggestions beside the filing form are asked as an agent, a factory's engineer and a stranger
ask them: milliseconds of the whole query function, and of the database for each of its statements.
"""

import argparse
import os
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

sys.path[:0] = [str(Path(__file__).resolve().parent), str(Path(__file__).resolve().parents[1] / "src")]

import psycopg

if TYPE_CHECKING:
    from corpus import Corpus

SPACES, SECTIONS = 10, 10
ERRORS, BUILDS, COMPONENTS = 2_000, 40, 12
BATCH = 500
ROUNDS = 40
WORST = 3  # statements whose plans are printed
Ask = Callable[[], object]


def main() -> None:
    """Fill what is missing, then measure."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument(
        "--folder", type=Path, required=True, help="an installation that run.py has filled with tickets"
    )
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--plans", action="store_true", help="print the plans of the slowest statements")
    parser.add_argument("--pages", action="store_true", help="measure the pages over HTTP, too")
    options = parser.parse_args()
    from processes import database

    with database(options.folder) as cluster:
        import django

        django.setup()
        from mespace.knowledge.models import Article
        from mespace.products.models import KnownError
        from mespace.tickets.models import Ticket

        fill(options.articles)
        sizes = (Article.objects.count(), KnownError.objects.count(), Ticket.objects.count())
        print(f"{sizes[0]} articles, {sizes[1]} known errors, {sizes[2]} tickets; load {os.getloadavg()[0]:.1f}\n")
        print("| question | statements | least, ms | p50, ms | p95, ms | own CPU, ms | database, ms | pages |")
        print("|---|---:|---:|---:|---:|---:|---:|---:|")
        for name, ask in questions().items():
            print(measured(name, ask, plans=options.plans), flush=True)
        if options.pages:
            pages(options.folder, cluster)


def pages(folder: Path, cluster: Any) -> None:
    """The pages on which the same is asked, and an empty one, as a browser gets them."""
    from client import Client
    from processes import serving
    from run import ACCOUNTS, PASSWORD, cpu, sequential

    from mespace.customers.models import Installation, Membership

    at = Installation.objects.filter(site__customer=Membership.objects.get(user__email=ACCOUNTS["engineer"]).customer)[
        0
    ]
    form = urlencode({"site": at.site_id, "product": at.product_id, "build": "", "subject": LONG.partition("\n")[0]})
    search = f"/kb/search/?{urlencode({'q': COMMON})}"
    print("\n| page | p50, ms | p95, ms | CPU of web and database, ms |\n|---|---:|---:|---:|")
    with serving(folder) as port:
        people = {name: Client(port).sign_in(email, PASSWORD) for name, email in ACCOUNTS.items()}
        for name, who, path in (
            ("empty signed-in page", "engineer", "/worktime/"),
            ("search, common words, agent", "agent", search),
            ("search, common words, engineer", "engineer", search),
            ("suggestions beside the form", "engineer", f"/tickets/near/?{form}"),
        ):

            def act(who: str = who, path: str = path) -> None:
                people[who].get(path)

            found = sequential(act, lambda: people["engineer"].get("/worktime/"), seconds=6)
            web, server = cpu(act, cluster)
            print(f"| {name} | {found.p50:.1f} | {found.p95:.1f} | {web:.1f} + {server:.1f} |", flush=True)


def measured(name: str, ask: Ask, *, plans: bool) -> str:
    """A line of the table."""
    from explain import cost, statements

    for _ in range(5):
        ask()
    took, cpu = [], time.process_time()
    for _ in range(ROUNDS):
        began = time.perf_counter()
        ask()
        took.append((time.perf_counter() - began) * 1000)
    cpu = (time.process_time() - cpu) * 1000 / ROUNDS
    took.sort()
    sent = statements(ask)
    costs = sorted((cost(each) for each in sent), reverse=True)
    if plans:
        for milliseconds, _pages, sql, plan in costs[:WORST]:
            print(f"\n{milliseconds:.1f} ms  {sql[:600]}\n{plan}\n")
    database, pages = sum(each[0] for each in costs), sum(each[1] for each in costs)
    p50, p95 = statistics.median(took), took[int(len(took) * 0.95)]
    return f"| {name} | {len(sent)} | {took[0]:.1f} | {p50:.1f} | {p95:.1f} | {cpu:.1f} | {database:.1f} | {pages} |"


def questions() -> dict[str, Ask]:
    """As people ask them: common and rare words, codes, slips, and texts that are being typed."""
    from corpus import RARE

    from mespace.accounts.actor import NOBODY
    from mespace.accounts.models import User
    from mespace.customers.actors import actor_of
    from mespace.customers.models import Installation
    from mespace.tickets.queries.find import find_everywhere
    from mespace.tickets.queries.near import near_to

    agent = actor_of(User.objects.get(email="agent-0@bench.example"))
    engineer = actor_of(User.objects.get(email="person-0-0@bench.example"))
    installed = Installation.objects.select_related("build").filter(site__customer=engineer.customer_id)[0]
    place = {"site_id": installed.site_id, "product_id": installed.product_id, "build_id": installed.build_id}

    def search(actor: Any, text: str) -> Ask:
        return lambda: find_everywhere(actor=actor, text=text)

    def near(text: str) -> Ask:
        return lambda: near_to(actor=engineer, text=text, **place)

    return {
        "search, common words, agent": search(agent, COMMON),
        "search, common words, engineer": search(engineer, COMMON),
        "search, common words, stranger": search(NOBODY, COMMON),
        "search, a rare word, agent": search(agent, RARE),
        "search, a rare word, engineer": search(engineer, RARE),
        "search, a code, engineer": search(engineer, "E-1042"),
        "search, a build, engineer": search(engineer, "5.8.2"),
        "search, a known error's code, agent": search(agent, "KE-1500"),
        "search, a word mistyped, engineer": search(engineer, "терминл"),
        "search, nothing, engineer": search(engineer, "нетакогослова совсем"),
        "suggestions, a subject": near("Не печатаются этикетки после смены задания"),
        "suggestions, subject and description": near(LONG),
    }


COMMON = "терминал не печатает"
LONG = (
    "Терминал зависает при смене задания\n"
    "После обновления до 5.8.2 терминал на участке упаковки зависает, когда оператор меняет задание. На экране "
    "остаётся прошлое задание, кнопка «Далее» не отвечает, принтер этикеток молчит. Перезапуск "
    "помогает на час. Код E-1042."
)


def fill(count: int) -> None:
    """Software, known errors and articles, as far as they are not there."""
    from corpus import Corpus

    from mespace.knowledge.models import Article
    from mespace.products.models import KnownError

    corpus, rng = Corpus(), Random(11)  # noqa: S311 - the same every time
    with psycopg.connect(os.environ["MESPACE_OWNER_DATABASE_URL"], autocommit=True) as admin:
        admin.execute("SET session_replication_role = replica")
        if not KnownError.objects.exists():
            _software(admin, corpus, rng)
        if Article.objects.count() < count:
            _articles(admin, corpus, rng, count)
        for table in ("knowledge_article", "knowledge_articleentry", "products_knownerror", "products_knownerrorentry"):
            admin.execute(f"VACUUM (ANALYZE) {table}")


def _software(admin: psycopg.Connection, corpus: "Corpus", rng: Random) -> None:
    """Builds, one of them at each site, components, and known errors of one to three builds each."""
    from mespace.customers.models import Installation, Site
    from mespace.platform import clock
    from mespace.products.models import Build, Component, KnownError, Product
    from mespace.products.search import index_known_error

    product = Product.objects.get()
    version = Build.objects.filter(version__product=product)[0].version
    for minor in range(BUILDS):
        Build.objects.get_or_create(version=version, major=9, minor=minor)
    builds = list(Build.objects.filter(version=version))
    for name in ("Терминал", "Печать этикеток", *(f"Модуль {number}" for number in range(COMPONENTS - 2))):
        Component.objects.get_or_create(product=product, name=name)
    for number, site in enumerate(Site.objects.order_by("pk")):
        build = builds[number % len(builds)]
        Installation.objects.get_or_create(site=site, product=product, defaults={"build": build})
    for number in range(ERRORS):
        error = KnownError.objects.create(
            product=product,
            code=f"KE-{number}",
            title=corpus.subject(rng).body[:200],
            description=corpus.text(rng, number).body,
            workaround=corpus.text(rng, None).body,
            confirmed_at=clock.now(),
        )
        error.affected_builds.set(rng.sample(builds, rng.randint(1, 3)))
        index_known_error(error)
    admin.execute("VACUUM (ANALYZE) products_knownerror_affected_builds")


def _articles(admin: psycopg.Connection, corpus: "Corpus", rng: Random, count: int) -> None:
    """Published articles of every audience; the texts are the demo's, a paragraph of its own in each."""
    from mespace.accounts.models import User
    from mespace.knowledge.models import Article, ArticleEntry, KnownWord, Publication, Revision, Section, Space
    from mespace.knowledge.search import learn_words
    from mespace.platform import clock
    from mespace.platform.markdown import plain_text
    from mespace.platform.search import words_of
    from mespace.products.models import Component, Product

    now, writer = clock.now(), User.objects.get(email="agent-0@bench.example").pk
    product, components = Product.objects.get().pk, list(Component.objects.values_list("pk", flat=True))
    sections = []
    for number in range(SPACES):
        space, _ = Space.objects.get_or_create(code=f"space-{number}", defaults={"name": f"Пространство {number}"})
        names = [f"Раздел {each}" for each in range(SECTIONS)]
        sections += [Section.objects.get_or_create(space=space, name=name)[0].pk for name in names]
    first = (Article.objects.order_by("-pk").values_list("pk", flat=True).first() or 0) + 1
    revision = (Revision.objects.order_by("-pk").values_list("pk", flat=True).first() or 0) + 1
    for start in range(first, count + 1, BATCH):
        articles, revisions, given, entries, ties, parts = [], [], [], [], [], []
        for pk in range(start, min(start + BATCH, count + 1)):
            at = now - timedelta(hours=rng.randrange(1, 24 * 900))
            title = f"{corpus.subject(rng).body[:180]} {pk}"
            body = "\n\n".join(corpus.text(rng, pk if part == 0 else None).body for part in range(6))
            audience = rng.choice(("public", "customers", "customers", "product_users", "staff"))
            shared = (at, writer)
            place = (rng.choice(sections), "how_to", audience)
            articles.append((pk, *place, "published", revision, revision, *shared, at, at, ""))
            revisions.append((revision, pk, 1, title, "", body, "{}", "", writer, at))
            given.append((revision, writer, at))
            ties.append((pk, product))
            parts.append((pk, rng.choice(components)))
            text = plain_text(body)
            entries.append((pk, title, text))
            revision += 1
        _copy(admin, Article, "id section_id kind audience state head_id shown_id created_at created_by_id"
              " first_published_at published_at outdated_reason", articles)  # fmt: skip
        _copy(admin, Revision, "id article_id number title summary body details note by_id at", revisions)
        _copy(admin, Publication, "revision_id by_id at", given)
        _copy(admin, Article.products.through, "article_id product_id", ties)
        _copy(admin, Article.components.through, "article_id component_id", parts)
        _entries(admin, ArticleEntry, entries)
        print(f"{min(start + BATCH - 1, count)} of {count} articles", file=sys.stderr, flush=True)
        for _pk, title, text in entries[:40]:
            learn_words(words_of(f"{title}\n{text}"))
    for model in (Article, Revision):
        table = model._meta.db_table
        admin.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))")
    # Words were learnt of a sample; how common each is, is what the index says.
    admin.execute(f"UPDATE {KnownWord._meta.db_table} k SET articles = greatest(1, k.articles * {BATCH} / 40)")


def _copy(admin: psycopg.Connection, model: Any, columns: str, rows: Iterable[Sequence[object]]) -> None:
    table, names = model._meta.db_table, ", ".join(columns.split())
    with admin.cursor().copy(f"COPY {table} ({names}) FROM STDIN") as sink:
        for row in rows:
            sink.write_row(row)


def _entries(admin: psycopg.Connection, model: Any, rows: Sequence[tuple[int, str, str]]) -> None:
    """The search index, by the product's own expression."""
    from mespace.platform.search import Parts, parts, sql_vector

    names = ", ".join(["%s"] * (3 + 2 * len(Parts._fields)))
    whole, head = ([f"{prefix}{name}" for name in Parts._fields] for prefix in ("w_", "t_"))
    columns = ", ".join(["pk", "title", "text", *whole, *head])
    for pk, title, text in rows:
        values = [pk, title, text, *parts(a=title, b=text), *parts(a=title)]
        admin.execute(
            f"INSERT INTO {model._meta.db_table}"
            " (article_id, newest, shown, newest_title, shown_title, newest_text, shown_text)"
            f" SELECT t.pk, v, v, h, h, t.text, t.text FROM (VALUES ({names})) AS t ({columns}),"
            f" LATERAL (SELECT {sql_vector('t.w_')} AS v, {sql_vector('t.t_')} AS h) made",
            values,
        )


if __name__ == "__main__":
    main()
