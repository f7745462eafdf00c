"""Articles and tickets: made from one without the customer's data, answering one, and all found by one search."""

from datetime import timedelta

import pytest

from mespace.accounts.actor import NOBODY, Refused
from mespace.customers.models import Installation
from mespace.knowledge.kinds import Audience
from mespace.ledger.models import Event
from mespace.products.operations.withdraw_known_error import withdraw_known_error
from mespace.tickets.errors import Invalid, TicketNotFound
from mespace.tickets.models import TicketArticle
from mespace.tickets.operations._steps import Proposal
from mespace.tickets.operations.accept import accept
from mespace.tickets.operations.comment import Remark, comment
from mespace.tickets.operations.link_article import link_article, note_article_made
from mespace.tickets.queries.article_from_ticket import draft_from_ticket
from mespace.tickets.queries.find import find_everywhere
from mespace.tickets.queries.near import near_to
from tests.access.shelves import Shelves
from tests.cast import WEDNESDAY, Cast

pytestmark = pytest.mark.django_db
LATER = WEDNESDAY + timedelta(hours=2)


@pytest.fixture
def shelves(cast: Cast) -> Shelves:
    return Shelves(cast)


def test_a_draft_from_a_ticket_does_not_tell_whose_it_was(cast: Cast) -> None:
    said = (
        "На площадке «Завод: площадка 1», Завод, терминал молчит. Звонил Engineer, +7 (912) 345-67-89, a@zavod.ru.\n"
        "Адрес 10.1.2.3, см. ZAVOD-7 и E-1042, UTF-8.\n![экран](attachment:7)"
    )
    ticket = cast.file(subject="Завод: молчит терминал", description=said)
    comment(ticket_id=ticket.pk, actor=cast.agent, now=WEDNESDAY, remark=Remark("Пароль root", internal=True))
    then = Proposal("Перезапустите терминал на Заводе.")
    accept(ticket_id=ticket.pk, actor=cast.agent, now=WEDNESDAY, then=then)
    draft = draft_from_ticket(actor=cast.agent, key=ticket.key)
    whole = f"{draft.text.title}\n{draft.text.body}\n{draft.text.details['symptom']}"
    for secret in ("Завод", "Engineer", "345-67-89", "zavod.ru", "10.1.2.3", "ZAVOD-7", "attachment", "Пароль"):
        assert secret not in whole
    assert "E-1042" in whole
    assert "UTF-8" in whole
    assert "терминал молчит" in whole
    left_out = {(one.kind, one.value) for one in draft.left_out}
    assert {("contact", "a@zavod.ru"), ("contact", "10.1.2.3"), ("key", "ZAVOD-7")} <= left_out
    assert {kind for kind, _value in left_out} >= {"customer", "person", "file"}
    assert "a@zavod.ru" in draft_from_ticket(actor=cast.agent, key=ticket.key, kept=["contact"]).text.details["symptom"]


def test_nobody_makes_articles_of_what_they_do_not_see(shelves: Shelves) -> None:
    cast, article = shelves.cast, shelves.written("t")
    ticket = cast.file()
    with pytest.raises(TicketNotFound):
        draft_from_ticket(actor=cast.stranger, key=ticket.key)
    with pytest.raises(Refused):
        note_article_made(ticket_id=ticket.pk, actor=cast.contractor, now=LATER, article_id=article.pk)
    events = Event.objects.count()
    for _ in range(2):
        note_article_made(ticket_id=ticket.pk, actor=cast.agent, now=LATER, article_id=article.pk)
    assert (TicketArticle.objects.count(), Event.objects.count()) == (1, events)


def test_an_article_answers_a_ticket_once_and_the_log_says_so(shelves: Shelves) -> None:
    cast, article = shelves.cast, shelves.published("t", audience=Audience.CUSTOMERS)
    ticket = cast.file()
    for _ in range(2):
        link_article(ticket_id=ticket.pk, actor=cast.agent, now=LATER, article_id=article.pk)
    events = Event.objects.filter(stream=ticket.stream, kind="linked")
    assert [event.payload for event in events] == [{"relation": "article", "other": str(article.pk)}]
    with pytest.raises(Refused):
        link_article(ticket_id=ticket.pk, actor=cast.engineer, now=LATER, article_id=article.pk)


def test_an_article_that_the_requester_may_not_read_is_no_answer(shelves: Shelves) -> None:
    cast, ticket = shelves.cast, shelves.cast.file()
    for article in (shelves.published("s", audience=Audience.STAFF), shelves.written("d")):
        with pytest.raises(Invalid):
            link_article(ticket_id=ticket.pk, actor=cast.agent, now=LATER, article_id=article.pk)


def test_one_search_finds_each_kind_through_its_own_gate(shelves: Shelves) -> None:
    cast = shelves.cast
    ticket = cast.file(subject="Очередь печати стоит")
    shelves.published("Очередь печати", audience=Audience.PUBLIC)
    found = find_everywhere(actor=cast.engineer, text="очередь печати")
    assert ([one.key for one in found.tickets], len(found.articles.hits)) == ([ticket.key], 1)
    assert found.known_errors == []  # it concerns no build of theirs
    Installation.objects.create(site=cast.site, product=cast.product, build=cast.build)
    cast.known_error.affected_builds.add(cast.build)
    assert list(find_everywhere(actor=cast.engineer, text="очереди печати").known_errors) == [cast.known_error]
    assert list(find_everywhere(actor=cast.agent, text="KE-1").known_errors) == [cast.known_error]
    theirs = find_everywhere(actor=cast.stranger, text="очередь печати")
    assert (theirs.tickets, theirs.known_errors, len(theirs.articles.hits)) == ([], [], 1)
    unsigned = find_everywhere(actor=NOBODY, text="очередь печати")
    assert (len(unsigned.articles.hits), unsigned.tickets, unsigned.known_errors) == (1, (), ())


def test_a_withdrawn_known_error_is_found_by_its_code_alone(cast: Cast) -> None:
    error = cast.known_error.pk
    withdraw_known_error(actor=cast.manager, now=WEDNESDAY, known_error_id=error, reason="Дело было в настройке.")
    assert list(find_everywhere(actor=cast.agent, text="очередь печати").known_errors) == []
    assert [each.pk for each in find_everywhere(actor=cast.agent, text="KE-1").known_errors] == [error]


def test_what_is_near_to_a_text_being_typed(shelves: Shelves) -> None:
    cast = shelves.cast
    Installation.objects.create(site=cast.site, product=cast.product, build=cast.build)
    cast.known_error.affected_builds.add(cast.build)
    ticket = cast.file(subject="Зависает очередь печати")
    shelves.published("Очередь печати", audience=Audience.CUSTOMERS)
    common = {"text": "опять зависла очередь печати", "product_id": cast.product.pk, "build_id": cast.build.pk}
    near = near_to(actor=cast.engineer, **common, site_id=cast.site.pk)
    assert [error.code for error in near.known_errors] == ["KE-1"]
    assert [one.key for one in near.tickets] == [ticket.key]
    assert [hit.row.text.title for hit in near.articles] == ["Очередь печати"]
    elsewhere = near_to(actor=cast.engineer, **common, site_id=cast.other_site.pk)
    assert elsewhere.tickets == []
    strange = near_to(actor=cast.stranger, **common, site_id=cast.site.pk)
    assert (strange.tickets, strange.known_errors) == ([], [])
    assert near_to(actor=cast.engineer, **{**common, "text": " "}, site_id=cast.site.pk).is_empty
