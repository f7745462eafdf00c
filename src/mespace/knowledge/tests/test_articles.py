"""Articles from the first draft to outdated: who may what, what readers have, and what the database refuses."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction

from mespace.accounts.actor import NOBODY, Refused
from mespace.knowledge.errors import ArticleNotFound, EditedMeanwhile
from mespace.knowledge.kinds import ArticleKind, Audience
from mespace.knowledge.lifecycle import MOVES, MoveRefused, State, Verb, state_changes
from mespace.knowledge.models import Article, ArticleFile, ArticleStep, Revision
from mespace.knowledge.operations.outdate_article import outdate_article
from mespace.knowledge.operations.place_article import place_article
from mespace.knowledge.operations.publish_article import publish_article
from mespace.knowledge.operations.revise_article import revise_article
from mespace.knowledge.operations.revive_article import revive_article
from mespace.knowledge.operations.send_back_article import send_back_article
from mespace.knowledge.operations.submit_article import submit_article
from mespace.knowledge.operations.upload_article_file import sweep_article_files, upload_article_file
from mespace.knowledge.operations.write_article import write_article
from mespace.knowledge.queries import articles
from mespace.knowledge.texts import LONGEST_BODY, ArticleText, Placement
from mespace.products.models import Component
from tests.access.shelves import NOW, Shelves
from tests.cast import Cast

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def shelves(cast: Cast) -> Shelves:
    return Shelves(cast)


@pytest.fixture
def files(settings: Any, tmp_path: Any) -> None:
    settings.FILES = tmp_path


def revised(shelves: Shelves, article: Article, body: str, base: int = 1) -> Article:
    text = ArticleText("title", body)
    return revise_article(actor=shelves.cast.agent, now=NOW, article_id=article.pk, text=text, base=base)


def seen_by(shelves: Shelves, article: Article) -> set[str]:
    everybody = {**shelves.cast.actors, "nobody": NOBODY}
    return {name for name, actor in everybody.items() if Article.objects.visible_to(actor).filter(pk=article.pk)}


CUSTOMERS = {"engineer", "colleague", "far_colleague", "responsible", "stranger"}
DRAFT_READERS = {"agent", "second_agent", "manager", "director", "auditor"}
STAFF = DRAFT_READERS | {"contractor"}


def test_who_reads_what(shelves: Shelves) -> None:
    line, lab = frozenset({shelves.cast.product.pk}), frozenset({shelves.cast.other_product.pk})
    assert seen_by(shelves, shelves.written("draft", audience=Audience.PUBLIC)) == DRAFT_READERS
    everybody = STAFF | CUSTOMERS | {"administrator", "nobody"}
    assert seen_by(shelves, shelves.published("p", audience=Audience.PUBLIC)) == everybody
    assert seen_by(shelves, shelves.published("c", audience=Audience.CUSTOMERS)) == STAFF | CUSTOMERS
    of_line = shelves.published("l", audience=Audience.PRODUCT_USERS, product_ids=line)
    assert seen_by(shelves, of_line) == STAFF | CUSTOMERS
    of_lab = shelves.published("b", audience=Audience.PRODUCT_USERS, product_ids=lab)
    assert seen_by(shelves, of_lab) == STAFF
    shelves.cast.contract.products.add(shelves.cast.other_product)
    assert seen_by(shelves, of_lab) == STAFF | CUSTOMERS - {"stranger"}
    shelves.cast.contract.valid_until = shelves.cast.contract.valid_from
    shelves.cast.contract.save()
    assert "engineer" in seen_by(shelves, of_lab)  # an ended contract still lets its people read
    assert seen_by(shelves, shelves.published("s", audience=Audience.STAFF)) == STAFF


def test_readers_keep_the_published_text_until_the_new_one_is_published(shelves: Shelves) -> None:
    cast = shelves.cast
    article = shelves.published("title", body="Первый", audience=Audience.CUSTOMERS)
    revised(shelves, article, "Второй")
    assert articles.article_view(actor=cast.engineer, article_id=article.pk).text.body == "Первый"
    with pytest.raises(ArticleNotFound):
        articles.find_revision(actor=cast.engineer, article_id=article.pk, number=2)
    assert articles.find_revision(actor=cast.agent, article_id=article.pk, number=2).body == "Второй"
    submit_article(actor=cast.agent, now=NOW, article_id=article.pk)
    article = publish_article(actor=cast.manager, now=NOW + DAY, article_id=article.pk)
    assert articles.article_view(actor=cast.engineer, article_id=article.pk).text.body == "Второй"
    assert (article.first_published_at, article.published_at) == (NOW, NOW + DAY)
    assert articles.find_revision(actor=cast.engineer, article_id=article.pk, number=1).body == "Первый"


def test_every_step_is_kept_with_who_and_when(shelves: Shelves) -> None:
    cast, article = shelves.cast, shelves.written("title")
    submit_article(actor=cast.agent, now=NOW, article_id=article.pk)
    send_back_article(actor=cast.manager, now=NOW, article_id=article.pk, reason="Нет снимка экрана")
    revised(shelves, article, "Со снимком")
    submit_article(actor=cast.agent, now=NOW, article_id=article.pk)
    publish_article(actor=cast.manager, now=NOW, article_id=article.pk)
    outdate_article(actor=cast.manager, now=NOW + DAY, article_id=article.pk, reason="Исправлено в 4.13.0")
    revive_article(actor=cast.manager, now=NOW + DAY, article_id=article.pk)
    steps = list(ArticleStep.objects.filter(article=article).values_list("verb", "before", "after", "revision__number"))
    assert steps == [
        ("write", "", "draft", 1),
        ("submit", "draft", "review", 1),
        ("send-back", "review", "draft", 1),
        ("revise", "draft", "draft", 2),
        ("submit", "draft", "review", 2),
        ("publish", "review", "published", 2),
        ("outdate", "published", "outdated", 2),
        ("revive", "outdated", "published", 2),
    ]


def test_the_same_text_again_writes_nothing(shelves: Shelves) -> None:
    article = shelves.published("title", body="Текст")
    assert revised(shelves, article, " Текст\r\n").state == State.PUBLISHED
    assert Revision.objects.filter(article=article).count() == 1


def test_who_was_slower_is_told_and_nothing_is_written(shelves: Shelves) -> None:
    article = shelves.written("title")
    revised(shelves, article, "Второй")
    with pytest.raises(EditedMeanwhile) as told:
        revised(shelves, article, "Тоже второй", base=1)
    assert told.value.newest.body == "Второй"
    assert Revision.objects.filter(article=article).count() == 2


@pytest.mark.parametrize("who", ["engineer", "responsible", "contractor", "director", "auditor", "administrator"])
def test_only_agents_and_managers_write(shelves: Shelves, who: str) -> None:
    placement, text = Placement(shelves.section.pk), ArticleText("t", "b")
    with pytest.raises(Refused):
        write_article(actor=shelves.cast.actors[who], now=NOW, kind=ArticleKind.HOW_TO, text=text, placement=placement)


def test_agents_do_not_publish_and_do_not_open_what_is_published(shelves: Shelves) -> None:
    cast, article = shelves.cast, shelves.written("title", audience=Audience.STAFF)
    submit_article(actor=cast.agent, now=NOW, article_id=article.pk)
    with pytest.raises(Refused):
        publish_article(actor=cast.agent, now=NOW, article_id=article.pk)
    place_article(actor=cast.agent, article_id=article.pk, placement=Placement(shelves.section.pk, Audience.STAFF))
    publish_article(actor=cast.manager, now=NOW, article_id=article.pk)
    opened = Placement(shelves.section.pk, Audience.PUBLIC)
    with pytest.raises(Refused):
        place_article(actor=cast.agent, article_id=article.pk, placement=opened)
    assert place_article(actor=cast.manager, article_id=article.pk, placement=opened).audience == Audience.PUBLIC


def test_what_the_state_does_not_allow_names_what_it_does(shelves: Shelves) -> None:
    article = shelves.written("title")
    with pytest.raises(MoveRefused) as refused:
        publish_article(actor=shelves.cast.manager, now=NOW, article_id=article.pk)
    assert [move.verb for move in refused.value.allowed] == [Verb.REVISE, Verb.SUBMIT, Verb.DISCARD]
    with pytest.raises(MoveRefused):
        outdate_article(actor=shelves.cast.manager, now=NOW, article_id=article.pk, reason="Никому не дано")


def test_a_reason_is_asked_for(shelves: Shelves) -> None:
    article = shelves.published("title")
    with pytest.raises(ValidationError) as refused:
        outdate_article(actor=shelves.cast.manager, now=NOW, article_id=article.pk, reason=" ")
    assert list(refused.value.message_dict) == ["reason"]


def test_an_outdated_text_with_a_newer_draft_cannot_be_revived(shelves: Shelves) -> None:
    article = shelves.published("title")
    revised(shelves, article, "Новый")
    outdate_article(actor=shelves.cast.manager, now=NOW, article_id=article.pk, reason="Не так")
    with pytest.raises(MoveRefused):
        revive_article(actor=shelves.cast.manager, now=NOW, article_id=article.pk)


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        (ArticleText("", ""), {"title", "body"}),
        (ArticleText("t" * 201, "b" * (LONGEST_BODY + 1), "s" * 401), {"title", "body", "summary"}),
        (ArticleText("t", "b", details={"minutes": "час"}), {"minutes"}),
        (ArticleText("t", "нет такого ![](attachment:999999)"), {"body"}),
    ],
)
def test_bad_input_is_told_by_field(shelves: Shelves, text: ArticleText, fields: set[str]) -> None:
    with pytest.raises(ValidationError) as refused:
        write_article(
            actor=shelves.cast.agent,
            now=NOW,
            kind=ArticleKind.HOW_TO,
            text=text,
            placement=Placement(shelves.section.pk),
        )
    assert set(refused.value.message_dict) == fields


def test_a_place_must_fit_together(shelves: Shelves) -> None:
    cast = shelves.cast
    foreign = Component.objects.create(product=cast.other_product, name="Весы")
    article = shelves.written("title")
    for placement, field in (
        (Placement(999_999), "section"),
        (Placement(shelves.section.pk, "somebody"), "audience"),
        (Placement(shelves.section.pk, Audience.PRODUCT_USERS), "products"),
        (
            Placement(
                shelves.section.pk,
                product_ids=frozenset({cast.product.pk}),
                component_ids=frozenset({foreign.pk}),
            ),
            "components",
        ),
    ):
        with pytest.raises(ValidationError) as refused:
            place_article(actor=cast.manager, article_id=article.pk, placement=placement)
        assert list(refused.value.message_dict) == [field]


def test_a_known_error_has_one_article(shelves: Shelves) -> None:
    cast, text = shelves.cast, ArticleText("t", "b")
    bound = Placement(shelves.section.pk, known_error_id=cast.known_error.pk)
    common: dict[str, Any] = {"actor": cast.agent, "now": NOW, "kind": ArticleKind.KNOWN_ERROR, "text": text}
    article = write_article(**common, placement=bound)
    assert article.known_error == cast.known_error
    for placement in (bound, Placement(shelves.section.pk)):
        with pytest.raises(ValidationError) as refused:
            write_article(**common, placement=placement)
        assert list(refused.value.message_dict) == ["known_error"]


def test_release_notes_wait_for_their_build(shelves: Shelves) -> None:
    cast = shelves.cast
    bound = Placement(shelves.section.pk, build_id=cast.build.pk)
    article = write_article(
        actor=cast.agent, now=NOW, kind=ArticleKind.RELEASE_NOTES, text=ArticleText("t", "b"), placement=bound
    )
    submit_article(actor=cast.agent, now=NOW, article_id=article.pk)
    with pytest.raises(ValidationError):
        publish_article(actor=cast.manager, now=NOW, article_id=article.pk)
    cast.build.released_on = NOW.date()
    cast.build.save()
    assert publish_article(actor=cast.manager, now=NOW, article_id=article.pk).state == State.PUBLISHED


def test_files_are_seen_with_the_revision_that_names_them(shelves: Shelves, files: None) -> None:
    cast = shelves.cast
    kept = upload_article_file(actor=cast.agent, now=NOW, name="схема.txt", chunks=[b"x"])
    for actor in (cast.engineer, cast.manager, NOBODY):
        with pytest.raises(ArticleNotFound):
            articles.file_for(actor=actor, file_id=kept.pk)
    article = shelves.published("title", audience=Audience.CUSTOMERS)
    revised(shelves, article, f"[схема](attachment:{kept.pk})")
    with pytest.raises(ArticleNotFound):
        articles.file_for(actor=cast.engineer, file_id=kept.pk)
    submit_article(actor=cast.agent, now=NOW, article_id=article.pk)
    publish_article(actor=cast.manager, now=NOW, article_id=article.pk)
    assert articles.file_for(actor=cast.engineer, file_id=kept.pk) == kept
    other = shelves.written("other", audience=Audience.PUBLIC)
    with pytest.raises(ValidationError):  # another article cannot borrow it, unless its writer sent it
        revise_article(
            actor=cast.second_agent,
            now=NOW,
            article_id=other.pk,
            text=ArticleText("t", f"[схема](attachment:{kept.pk})"),
            base=1,
        )


def test_files_that_no_text_names_are_swept_after_a_week(shelves: Shelves, files: None) -> None:
    loose = upload_article_file(actor=shelves.cast.agent, now=NOW, name="a.txt", chunks=[b"x"])
    named = upload_article_file(actor=shelves.cast.agent, now=NOW, name="b.txt", chunks=[b"x"])
    shelves.written("title", body=f"[b](attachment:{named.pk})")
    assert sweep_article_files(now=NOW + 7 * DAY) == 0
    assert sweep_article_files(now=NOW + 8 * DAY) == 1
    assert not ArticleFile.objects.filter(pk=loose.pk).exists()


def test_the_database_refuses_what_the_table_does(shelves: Shelves) -> None:
    article = shelves.published("title")
    draft = shelves.written("draft")
    for statement in (
        "UPDATE knowledge_revision SET body = 'x' WHERE article_id = %s",
        "DELETE FROM knowledge_revision WHERE article_id = %s",
        "UPDATE knowledge_articlestep SET reason = 'x' WHERE article_id = %s",
        "DELETE FROM knowledge_article WHERE id = %s",
        "UPDATE knowledge_article SET kind = 'solution' WHERE id = %s",
        "UPDATE knowledge_article SET state = 'review' WHERE id = %s",
        "UPDATE knowledge_article SET shown_id = NULL WHERE id = %s",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, [article.pk])
    for values in ("state = 'published', shown_id = head_id, published_at = now()", "state = 'outdated'"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE knowledge_article SET {values} WHERE id = %s", [draft.pk])


def test_the_table_of_moves_is_whole() -> None:
    assert {move.verb for move in MOVES} == set(Verb)
    assert ("draft", "published") not in state_changes()


def test_pages_take_few_statements(shelves: Shelves, django_assert_max_num_queries: Any) -> None:
    for number in range(12):
        shelves.published(
            f"Статья {number}", audience=Audience.CUSTOMERS, product_ids=frozenset({shelves.cast.product.pk})
        )
    article = shelves.published("title")
    with django_assert_max_num_queries(3):
        articles.home(actor=shelves.cast.engineer)
    with django_assert_max_num_queries(4):
        articles.home(actor=shelves.cast.agent)
    with django_assert_max_num_queries(3):
        articles.space_shelves(actor=shelves.cast.engineer, code="line")
    with django_assert_max_num_queries(5):
        found = articles.article_view(actor=shelves.cast.engineer, article_id=article.pk)
    assert len(found.related) == articles.MOST_RELATED
    with django_assert_max_num_queries(1):
        articles.waiting(actor=shelves.cast.agent)
