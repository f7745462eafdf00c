"""The page of one search and what is offered beside the filing form: what stands there, for whom, at what cost."""

from html import escape
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client

from mespace.customers.models import Installation
from mespace.knowledge.kinds import Audience
from mespace.knowledge.operations.outdate_article import outdate_article
from mespace.knowledge.queries import article_hits
from mespace.products.models import KnownError
from mespace.products.search import index_known_error
from tests.access.shelves import NOW, Shelves
from tests.cast import Cast

pytestmark = pytest.mark.django_db
HOSTILE = '<script>alert("терминал")</script>'


@pytest.fixture
def shelves(cast: Cast) -> Shelves:
    Installation.objects.create(site=cast.site, product=cast.product, build=cast.build)
    cast.known_error.affected_builds.add(cast.build)
    KnownError.objects.filter(pk=cast.known_error.pk).update(title=f"Терминал {HOSTILE}")
    cast.known_error.refresh_from_db()
    index_known_error(cast.known_error)
    return Shelves(cast)


def found(client: Client, cast: Cast, who: str, text: str) -> str:
    client.force_login(cast.users[who])
    answer = client.get(f"/kb/search/?{urlencode({'q': text})}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_each_kind_is_shown_with_the_words_marked_and_nothing_of_it_is_markup(
    cast: Cast, client: Client, shelves: Shelves
) -> None:
    article = shelves.published(
        f"Терминалы {HOSTILE}", body=f"Текст {HOSTILE} о терминале", audience=Audience.CUSTOMERS
    )
    ticket = cast.file(subject=f"Терминал {HOSTILE}")
    page = found(client, cast, "engineer", "терминал")
    marked = escape(HOSTILE).replace("терминал", "<mark>терминал</mark>")
    assert "<script>alert" not in page
    assert f'<span class="key">KE-1</span> <mark>Терминал</mark> {marked}</a>' in page
    assert f'href="/kb/{article.pk}/"><mark>Терминалы</mark> {marked}</a>' in page
    assert f'<p class="kb-row-lead">Текст {marked} о <mark>терминале</mark></p>' in page
    assert f'href="/t/{ticket.key}/"><span class="key">{ticket.key}</span> <mark>Терминал</mark> {marked}</a>' in page
    assert 'data-status="open"' in page
    client.logout()
    assert "kb-row-title" not in client.get("/kb/search/?q=терминал").content.decode()


def test_those_who_read_drafts_see_how_far_a_text_has_come(cast: Cast, client: Client, shelves: Shelves) -> None:
    shelves.written("Терминал, черновик")
    shelves.published("Терминал", audience=Audience.CUSTOMERS)
    old = shelves.published("Терминал устарел", audience=Audience.CUSTOMERS)
    outdate_article(actor=cast.manager, now=NOW, article_id=old.pk, reason="Исправлено")
    page = found(client, cast, "agent", "терминал")
    assert ('data-code="draft"' in page, page.count('data-code="outdated"')) == (True, 1)
    assert '<li class="kb-row kb-old">' in page
    page = found(client, cast, "engineer", "терминал")
    assert ('data-code="draft"' in page, page.count('data-code="outdated"')) == (False, 1)


def test_what_is_meant_by_a_slip_is_said(cast: Cast, client: Client, shelves: Shelves) -> None:
    shelves.published("Терминал", audience=Audience.CUSTOMERS)
    page = found(client, cast, "engineer", "терминл")
    assert "<mark>Терминал</mark>" in page
    assert "«терминл»" in page


def test_the_pages_take_few_statements_however_much_is_found(
    cast: Cast, client: Client, shelves: Shelves, django_assert_max_num_queries: Any
) -> None:
    for number in range(8):
        shelves.published(f"Терминал {number}", audience=Audience.CUSTOMERS)
        cast.file(subject=f"Терминал {number}")
    found(client, cast, "engineer", "терминал")
    with django_assert_max_num_queries(13):
        page = client.get("/kb/search/?q=терминал").content.decode()
    assert page.count('<li class="kb-row') == 8 + 5 + 1
    form = {"site": cast.site.pk, "product": cast.product.pk, "subject": "Терминал молчит"}
    with django_assert_max_num_queries(16):
        near = client.get(f"/tickets/near/?{urlencode(form)}").content.decode()
    assert near.count("<li>") == 4 + 4 + 1


def test_the_page_says_when_only_the_newest_were_compared(
    cast: Cast, client: Client, shelves: Shelves, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelves.published("Терминал", audience=Audience.CUSTOMERS)
    told = "сравнивались не все"
    assert told not in found(client, cast, "engineer", "терминал")
    monkeypatch.setattr(article_hits, "MOST_RANKED", 0)
    assert told in found(client, cast, "engineer", "терминал")
