"""Drafts given up, and who hears what of an article."""

import json
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import Client

from mespace.accounts.actor import Refused
from mespace.accounts.subjects import About
from mespace.knowledge.kinds import Audience
from mespace.knowledge.lifecycle import MoveRefused, State
from mespace.knowledge.models import Article
from mespace.knowledge.news import ARTICLE, DECIDED, REVIEW, article_words
from mespace.knowledge.operations.discard_article import discard_article
from mespace.knowledge.operations.publish_article import publish_article
from mespace.knowledge.operations.revise_article import revise_article
from mespace.knowledge.operations.send_back_article import send_back_article
from mespace.knowledge.operations.submit_article import submit_article
from mespace.knowledge.queries import articles
from mespace.knowledge.queries.find import find_articles
from mespace.knowledge.texts import ArticleText
from mespace.notifications.models import Notification
from mespace.notifications.operations.announce import announce
from mespace.platform.jobs import Job
from tests.access.shelves import NOW, Shelves
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def shelves(cast: Cast) -> Shelves:
    return Shelves(cast)


def test_a_draft_that_was_given_up_is_in_no_list_and_stays_under_its_address(shelves: Shelves) -> None:
    cast, draft = shelves.cast, shelves.written("Очередь печати")
    made = discard_article(actor=cast.agent, now=NOW, article_id=draft.pk, reason="Уже есть")
    assert (made.state, made.steps.last().reason) == (State.DISCARDED, "Уже есть")  # type: ignore[union-attr]
    _space, kept = articles.space_shelves(actor=cast.agent, code="line")
    assert [row for shelf in kept for row in shelf.rows] == []
    assert (find_articles(actor=cast.agent, text="печати").hits, articles.waiting(actor=cast.agent)) == ([], [])
    assert sum(space.found for space in articles.home(actor=cast.agent).spaces) == 0  # type: ignore[attr-defined]
    assert articles.find_article(actor=cast.agent, article_id=draft.pk) == draft
    again = revise_article(
        actor=cast.agent, now=NOW, article_id=draft.pk, text=ArticleText("Очередь печати", "Иначе"), base=1
    )
    assert again.state == State.DRAFT
    assert len(find_articles(actor=cast.agent, text="печати").hits) == 1


def test_its_author_gives_it_up_or_who_publishes(shelves: Shelves) -> None:
    cast, draft = shelves.cast, shelves.written("Очередь")
    for who in ("second_agent", "auditor", "director"):
        with pytest.raises(Refused):
            discard_article(actor=cast.actors[who], now=NOW, article_id=draft.pk, reason="x")
    with pytest.raises(ValidationError):
        discard_article(actor=cast.agent, now=NOW, article_id=draft.pk, reason=" ")
    labels = {
        who: {move.verb for move in articles.moves_for(draft, cast.actors[who])} for who in ("agent", "second_agent")
    }
    assert labels["agent"] - labels["second_agent"] == {"discard"}
    assert discard_article(actor=cast.manager, now=NOW, article_id=draft.pk, reason="x").state == State.DISCARDED


def test_what_readers_had_is_not_given_up(shelves: Shelves) -> None:
    cast, article = shelves.cast, shelves.published("Очередь")
    with pytest.raises(MoveRefused):
        discard_article(actor=cast.manager, now=NOW, article_id=article.pk, reason="x")
    revise_article(actor=cast.agent, now=NOW, article_id=article.pk, text=ArticleText("Очередь", "Новое"), base=1)
    with pytest.raises(MoveRefused):
        discard_article(actor=cast.manager, now=NOW, article_id=article.pk, reason="x")
    with pytest.raises(IntegrityError), transaction.atomic():
        Article.objects.filter(pk=article.pk).update(state=State.DISCARDED)


def test_the_page_gives_it_up(client: Client, shelves: Shelves) -> None:
    draft = shelves.written("Очередь")
    client.force_login(shelves.cast.users["agent"])
    assert client.post(f"/kb/{draft.pk}/acts/discard/", {"reason": ""}).status_code == 422
    assert client.post(f"/kb/{draft.pk}/acts/discard/", {"reason": "Повтор"}).status_code == 303
    assert client.get(f"/kb/{draft.pk}/").status_code == 200
    assert client.post(f"/kb/{draft.pk}/acts/submit/").status_code == 409


def queued() -> list[dict[str, Any]]:
    """What was queued to be told of articles, oldest first; taken away."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs WHERE task_name = %s RETURNING id, args", [Job.ANNOUNCE.value])
        rows = sorted(cursor.fetchall())
    return [args if isinstance(args, dict) else json.loads(args) for _id, args in rows]


def told(cast: Cast, job: dict[str, Any]) -> set[str]:
    """Who is told by it, by name in the cast."""
    Notification.objects.all().delete()
    announce(**{**job, "at": NOW}, now=NOW)
    by_id = {user.pk: name for name, user in cast.users.items()}
    return {by_id[pk] for pk in Notification.objects.values_list("user", flat=True)}


def test_who_publishes_hears_of_a_review_and_the_writer_what_became_of_it(shelves: Shelves) -> None:
    cast, draft = shelves.cast, shelves.written("Очередь", audience=Audience.CUSTOMERS)
    submit_article(actor=cast.agent, now=NOW, article_id=draft.pk)
    (review,) = queued()
    assert (review["kind"], told(cast, review)) == (REVIEW, {"manager"})
    send_back_article(actor=cast.manager, now=NOW, article_id=draft.pk, reason="Короче")
    (back,) = queued()
    assert (back["kind"], told(cast, back)) == (DECIDED, {"agent"})
    submit_article(actor=cast.agent, now=NOW, article_id=draft.pk)
    queued()
    publish_article(actor=cast.manager, now=NOW, article_id=draft.pk)
    decided, new = queued()
    assert (decided["kind"], told(cast, decided)) == (DECIDED, {"agent"})
    assert new["kind"] == ARTICLE
    hear = told(cast, new)
    assert {"engineer", "responsible", "stranger", "agent"} <= hear
    assert not {"manager", "administrator"} & hear  # who published it, and who reads no such article
    revise_article(actor=cast.agent, now=NOW, article_id=draft.pk, text=ArticleText("Очередь", "Новее"), base=1)
    submit_article(actor=cast.manager, now=NOW, article_id=draft.pk)
    assert queued() == []  # whoever hands it over and could publish it needs no telling
    publish_article(actor=cast.manager, now=NOW, article_id=draft.pk)
    assert [job["kind"] for job in queued()] == [DECIDED]  # a newer text is no new article


def test_news_of_an_article_reach_those_alone_who_may_read_it(shelves: Shelves) -> None:
    cast = shelves.cast
    shelves.published("Наша", audience=Audience.PRODUCT_USERS, product_ids=frozenset({cast.other_product.pk}))
    (new,) = [job for job in queued() if job["kind"] == ARTICLE]
    assert not {"engineer", "responsible"} & told(cast, new)
    draft = shelves.written("Черновик")
    about = About(REVIEW, draft.pk)
    assert article_words(cast.engineer, [about]) == {}
    assert article_words(cast.agent, [about])[about].url == f"/kb/{draft.pk}/"
