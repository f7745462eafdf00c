"""An article that answers a ticket, as the ticket's course calls it."""

from datetime import timedelta
from typing import Any

import pytest

from mespace.knowledge.kinds import Audience
from mespace.knowledge.models import Article
from mespace.tickets.operations.link_article import link_article
from mespace.tickets.queries.articles_named import articles_named
from mespace.tickets.queries.ticket import ticket_view
from mespace.web.acts.course import course
from tests.access.shelves import Shelves
from tests.cast import WEDNESDAY, Cast

pytestmark = pytest.mark.django_db
LATER = WEDNESDAY + timedelta(hours=2)


@pytest.fixture
def shelves(cast: Cast) -> Shelves:
    return Shelves(cast)


def test_the_course_calls_an_article_by_its_title_for_those_alone_who_may_read_it(
    shelves: Shelves, django_assert_num_queries: Any
) -> None:
    cast, article = shelves.cast, shelves.published("Очередь печати", audience=Audience.CUSTOMERS)
    ticket = cast.file()
    link_article(ticket_id=ticket.pk, actor=cast.agent, now=LATER, article_id=article.pk)

    def told(who: str) -> str:
        view = ticket_view(actor=cast.actors[who], key=ticket.key, now=LATER)
        return next(str(entry.text) for entry in course(view) if "/kb/" in str(entry.text) or "№" in str(entry.text))

    for who in ("engineer", "agent", "auditor"):
        assert f'<a href="/kb/{article.pk}/">«Очередь печати»</a>' in told(who)
    Article.objects.filter(pk=article.pk).update(audience=Audience.STAFF)
    assert "Очередь" not in told("engineer")
    assert (f"№ {article.pk}" in told("engineer"), "href" in told("engineer")) == (True, False)
    assert "Очередь печати" in told("agent")
    with django_assert_num_queries(0):
        assert articles_named(ticket.stream.events.none(), actor=cast.engineer) == {}
