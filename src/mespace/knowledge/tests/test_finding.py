"""Finding articles: word forms, codes, typos, the reader's own software first, and nothing that is not theirs."""

from typing import Any

import pytest

from mespace.accounts.actor import NOBODY, Actor
from mespace.customers.models import Installation
from mespace.knowledge.kinds import Audience
from mespace.knowledge.models import ArticleEntry, WordWithout
from mespace.knowledge.operations.outdate_article import outdate_article
from mespace.knowledge.operations.revise_article import revise_article
from mespace.knowledge.queries.find import find_articles, offered_articles, rarest
from mespace.knowledge.queries.slips import is_near
from mespace.knowledge.texts import ArticleText
from mespace.products.models import Version
from tests.access.shelves import NOW, Shelves
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def shelves(cast: Cast) -> Shelves:
    return Shelves(cast)


def titles(actor: Actor, text: str) -> list[str]:
    return [hit.row.text.title for hit in find_articles(actor=actor, text=text).hits]


@pytest.mark.parametrize(
    "typed", ["станки", "остановка станка", "E-1042", "е-1042", "4.12.3", "connecting", "СТАНКОВ", "станок -принтер"]
)
def test_words_in_any_form_and_codes_as_typed_are_found(shelves: Shelves, typed: str) -> None:
    body = "Станок остановился: остановки не было. Код E-1042, сборка 4.12.3, connected machines."
    shelves.published("Простои", body=body, audience=Audience.CUSTOMERS)
    shelves.published("Другое", body="Ничего похожего.", audience=Audience.CUSTOMERS)
    assert titles(shelves.cast.engineer, typed) == ["Простои"]


@pytest.mark.parametrize("typed", ["", "и", "---", "'", "\\", ":*", "a & | !", "\x00", "((", "нетакогослова"])
def test_what_cannot_be_searched_for_finds_nothing_and_breaks_nothing(shelves: Shelves, typed: str) -> None:
    shelves.published("Простои", audience=Audience.CUSTOMERS)
    assert titles(shelves.cast.engineer, typed) == []
    assert offered_articles(actor=shelves.cast.engineer, text=typed, product_id=None) == []


@pytest.mark.parametrize("typed", ["пичать", "печат", "печаать", "пеачть", "gtxfnm"])
def test_a_slip_of_a_finger_and_the_other_keyboard_are_understood(shelves: Shelves, typed: str) -> None:
    shelves.published("Печать этикеток", body="Принтер молчит.", audience=Audience.CUSTOMERS)
    found = find_articles(actor=shelves.cast.engineer, text=typed)
    assert [hit.row.text.title for hit in found.hits] == ["Печать этикеток"]
    assert found.meant in {"печать", ""}


def test_a_word_that_only_staff_read_is_not_offered(shelves: Shelves) -> None:
    shelves.published("Пароль гостинца", audience=Audience.STAFF)
    assert find_articles(actor=shelves.cast.agent, text="гостинц").hits
    for actor in (shelves.cast.engineer, NOBODY):
        found = find_articles(actor=actor, text="гостинцу")
        assert (found.hits, found.meant) == ([], "")
        assert find_articles(actor=actor, text="гастинца").meant == ""


def test_readers_do_not_find_what_is_only_in_a_draft(shelves: Shelves) -> None:
    cast, article = shelves.cast, shelves.published("Простои", body="Старое", audience=Audience.CUSTOMERS)
    revise_article(actor=cast.agent, now=NOW, article_id=article.pk, text=ArticleText("t", "секретище"), base=1)
    assert titles(cast.engineer, "секретище") == []
    assert titles(cast.agent, "секретище") == ["t"]
    assert titles(cast.engineer, "старое") == ["Простои"]


def test_the_own_software_and_version_come_first_and_the_outdated_last(shelves: Shelves) -> None:
    cast = shelves.cast
    line = frozenset({cast.product.pk})
    old = Version.objects.create(product=cast.product, number=3)
    Installation.objects.create(site=cast.site, product=cast.product, build=cast.build)
    common: dict[str, Any] = {"body": "Терминал молчит", "audience": Audience.CUSTOMERS}
    gone = shelves.published("устарела", **common, product_ids=line)
    outdate_article(actor=cast.manager, now=NOW, article_id=gone.pk, reason="Исправлено")
    shelves.published("версия 3", **common, product_ids=line, version_ids=frozenset({old.pk}))
    shelves.published("версия 4", **common, product_ids=line, version_ids=frozenset({cast.build.version_id}))
    shelves.published("чужое", **common, product_ids=frozenset({cast.other_product.pk}))
    assert titles(cast.engineer, "терминал") == ["версия 4", "версия 3", "чужое", "устарела"]


def test_a_fragment_keeps_cells_and_items_apart(shelves: Shelves) -> None:
    body = "| Модель | Зазор |\n|---|---|\n| ZT411 | 3 мм |\n\n- Почистить\n- Заправить"
    shelves.published("Принтеры", body=body, audience=Audience.CUSTOMERS)
    (hit,) = find_articles(actor=shelves.cast.engineer, text="ZT411").hits
    shown = "".join(bit.text for bit in hit.fragment)
    assert "Модель · Зазор · ZT411 · 3 мм · Почистить · Заправить" in shown


def test_fragments_show_the_place_and_mark_it_without_any_markup(shelves: Shelves) -> None:
    body = "Начало. " * 60 + "Здесь <script>станки</script> стоят. " + "Конец. " * 60
    shelves.published("Простои", body=body, audience=Audience.CUSTOMERS)
    (hit,) = find_articles(actor=shelves.cast.engineer, text="станок").hits
    assert [bit.text for bit in hit.fragment if bit.is_hit] == ["станки"]
    assert len("".join(bit.text for bit in hit.fragment)) < 300


def test_while_a_text_is_typed_its_rare_words_find_articles(shelves: Shelves) -> None:
    cast = shelves.cast
    for number in range(4):
        shelves.published(f"Общее {number}", body="Терминал и смена", audience=Audience.CUSTOMERS)
    shelves.published("Весы", body="Весы не отвечают терминалу", audience=Audience.CUSTOMERS)
    text = "С утра терминал не видит весы, смена стоит"
    assert rarest(text)[0] == "весы"
    offered = offered_articles(actor=cast.engineer, text=text, product_id=cast.product.pk)
    assert offered[0].row.text.title == "Весы"
    other = frozenset({cast.other_product.pk})
    shelves.published("Весы лаборатории", body="Весы", audience=Audience.CUSTOMERS, product_ids=other)
    offered = offered_articles(actor=cast.engineer, text=text, product_id=cast.product.pk)
    assert "Весы лаборатории" not in {hit.row.text.title for hit in offered}


@pytest.mark.parametrize(
    ("typed", "known", "near"),
    [
        ("печать", "печать", False),
        ("пичать", "печать", True),
        ("печат", "печать", True),
        ("ппечать", "печать", True),
        ("пеачть", "печать", True),
        ("пичеть", "печать", False),
        ("печатью", "печать", True),
    ],
)
def test_one_slip_is_near(typed: str, known: str, near: bool) -> None:
    assert is_near(typed, known) is near


def test_words_are_learnt_once(shelves: Shelves) -> None:
    shelves.published("Слово", body="молоко молоко", audience=Audience.CUSTOMERS)
    before = WordWithout.objects.filter(word="молоко").count()
    shelves.published("Слово ещё", body="молоко", audience=Audience.CUSTOMERS)
    assert WordWithout.objects.filter(word="молоко").count() == before == 7
    assert ArticleEntry.objects.count() == 2


def test_searching_takes_few_statements(shelves: Shelves, django_assert_max_num_queries: Any) -> None:
    for number in range(12):
        shelves.published(f"Терминал {number}", audience=Audience.CUSTOMERS)
    with django_assert_max_num_queries(7):
        assert len(find_articles(actor=shelves.cast.engineer, text="терминал").hits) == 10
