"""The demo's knowledge base: articles as files, written, reviewed and published by the real operations."""

import tomllib
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from django.db import connection

from mespace.accounts.actor import Actor
from mespace.demo.files import service_log, terminal_picture
from mespace.demo.texts import DATA
from mespace.demo.world import World
from mespace.knowledge.exchange.file_paths import with_numbers
from mespace.knowledge.exchange.front_matter import read_sheet
from mespace.knowledge.exchange.naming import named
from mespace.knowledge.lifecycle import State
from mespace.knowledge.models import Article, Space
from mespace.knowledge.news import ARTICLE
from mespace.knowledge.operations.outdate_article import outdate_article
from mespace.knowledge.operations.place_article import place_article
from mespace.knowledge.operations.publish_article import publish_article
from mespace.knowledge.operations.revise_article import revise_article
from mespace.knowledge.operations.save_space import SpaceEntry, add_space, save_section
from mespace.knowledge.operations.submit_article import submit_article
from mespace.knowledge.operations.upload_article_file import upload_article_file
from mespace.knowledge.operations.write_article import write_article
from mespace.knowledge.texts import ArticleText
from mespace.platform.jobs import Job

FOLDER = DATA / "articles"
REVIEWED_AFTER = timedelta(hours=5)
PUBLISHED_AFTER = timedelta(hours=26)


def write_articles(world: World, *, now: datetime) -> dict[str, Article]:
    """The articles by the names of their files, the newest texts as far as the shelves' list says."""
    data = tomllib.loads((FOLDER / "shelves.toml").read_text("utf-8"))
    manager = world.staff["sokolova"].actor
    spaces: dict[str, Space] = {}
    for place, row in enumerate(data["space"], 1):
        space = add_space(actor=manager, entry=SpaceEntry(row["code"], row["name"], row["description"], place * 10))
        for at, name in enumerate(row["sections"], 1):
            save_section(actor=manager, space_id=space.pk, name=name, position=at * 10)
        spaces[space.code] = space
    written = {row["file"]: _written(row, world, spaces, now) for row in data["article"]}
    _take_back_news()
    return written


def _take_back_news() -> None:
    """What was written long ago is no news."""
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM procrastinate_jobs WHERE task_name = %s AND args ->> 'subject_kind' = %s",
            [Job.ANNOUNCE.value, ARTICLE],
        )


def _written(row: dict[str, Any], world: World, spaces: dict[str, Space], now: datetime) -> Article:
    writer, manager = world.staff[row["by"]].actor, world.staff["sokolova"].actor
    space = spaces[row["file"].split("/")[0]]
    article: Article | None = None
    for path, days in zip(_texts(row["file"], len(row["days"])), row["days"], strict=True):
        said = named(read_sheet(path.read_text("utf-8")), space)
        at = now - timedelta(days=days) - PUBLISHED_AFTER
        text = _with_files(said.text, by=writer, at=at)
        if article is None:
            article = write_article(actor=writer, now=at, kind=said.kind, text=text, placement=said.placement)
        else:
            base = article.head.number if article.head is not None else 0
            article = revise_article(actor=writer, now=at, article_id=article.pk, text=text, base=base)
            place_article(actor=manager, article_id=article.pk, placement=said.placement)
        if row.get("state") == State.DRAFT:
            continue
        article = submit_article(actor=writer, now=at + REVIEWED_AFTER, article_id=article.pk)
        if row.get("state") != State.REVIEW:
            article = publish_article(actor=manager, now=at + PUBLISHED_AFTER, article_id=article.pk)
    assert article is not None  # noqa: S101 - every line of the list has a day
    if "outdated" in row:
        at = now - timedelta(days=row["outdated"])
        article = outdate_article(actor=manager, now=at, article_id=article.pk, reason=row["reason"])
    return article


def _with_files(text: ArticleText, *, by: Actor, at: datetime) -> ArticleText:
    """The text with the files that it names by path, made and uploaded."""

    def uploaded(path: str) -> int | None:
        name = path.removeprefix("files/")
        if name.endswith(".log"):
            content = service_log(Random(name), at, "104587")  # noqa: S311 - invented, and the same each time
        else:
            content = terminal_picture(
                line="Линия розлива 1", order="104587", clock=f"{at:%d.%m.%Y %H:%M}", message="Нет связи с сервером"
            )
        return upload_article_file(actor=by, now=at, name=name, chunks=[content]).pk

    body, missing = with_numbers(text.body, "space/article.md", by_number=lambda number: number, by_path=uploaded)
    assert not missing  # noqa: S101 - the demo's texts name what is made here
    return replace(text, body=body)


def _texts(name: str, count: int) -> list[Path]:
    if count == 1:
        return [FOLDER / f"{name}.md"]
    return [FOLDER / f"{name}.{number}.md" for number in range(1, count + 1)]
