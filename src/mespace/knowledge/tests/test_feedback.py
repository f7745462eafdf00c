"""Did it help: one answer a person, a reason when not, and counts that name nobody."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from mespace.accounts.actor import NOBODY
from mespace.knowledge.errors import ArticleNotFound
from mespace.knowledge.kinds import Audience
from mespace.knowledge.models import ArticleViews, Feedback
from mespace.knowledge.operations.count_view import count_view
from mespace.knowledge.operations.give_feedback import give_feedback
from mespace.knowledge.queries.usefulness import usefulness
from tests.access.shelves import NOW, Shelves
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def shelves(cast: Cast) -> Shelves:
    return Shelves(cast)


def test_a_person_has_one_answer_the_latest(shelves: Shelves) -> None:
    cast, article = shelves.cast, shelves.published("t", audience=Audience.CUSTOMERS)
    common = {"actor": cast.engineer, "now": NOW, "article_id": article.pk}
    give_feedback(**common, helped=False, reason="unclear", note="Где это меню?")
    give_feedback(**common, helped=True, source="filing")
    row = Feedback.objects.get()
    assert (row.helped, row.reason, row.note, row.source) == (True, "", "", "filing")
    assert usefulness(article, today=NOW.date()).instead_of_a_request == 1


def test_strangers_answers_have_no_name(shelves: Shelves) -> None:
    article = shelves.published("t", audience=Audience.PUBLIC)
    for _ in range(2):
        give_feedback(actor=NOBODY, now=NOW, article_id=article.pk, helped=False, reason="wrong", note="Опечатка")
    assert set(Feedback.objects.values_list("by", flat=True)) == {None}
    useful = usefulness(article, today=NOW.date())
    assert (useful.helped, useful.not_helped, useful.reasons[0][1], len(useful.notes)) == (0, 2, 2, 2)


def test_no_needs_a_reason(shelves: Shelves) -> None:
    article = shelves.published("t", audience=Audience.CUSTOMERS)
    for reason in ("", "because"):
        with pytest.raises(ValidationError) as refused:
            give_feedback(actor=shelves.cast.engineer, now=NOW, article_id=article.pk, helped=False, reason=reason)
        assert list(refused.value.message_dict) == ["reason"]


def test_what_cannot_be_read_cannot_be_judged(shelves: Shelves) -> None:
    cast = shelves.cast
    for article in (shelves.published("s", audience=Audience.STAFF), shelves.written("d", audience=Audience.PUBLIC)):
        with pytest.raises(ArticleNotFound):
            give_feedback(actor=cast.engineer, now=NOW, article_id=article.pk, helped=True)


def test_openings_are_counts_by_day_and_staff_are_not_counted(shelves: Shelves) -> None:
    cast, article = shelves.cast, shelves.published("t", audience=Audience.PUBLIC)
    for actor in (cast.engineer, cast.engineer, NOBODY, cast.agent, cast.manager):
        count_view(actor=actor, now=NOW, article_id=article.pk)
    count_view(actor=NOBODY, now=NOW + timedelta(days=1), article_id=article.pk)
    assert list(ArticleViews.objects.order_by("day").values_list("count", flat=True)) == [3, 1]
    assert {field.name for field in ArticleViews._meta.get_fields()} == {"id", "article", "day", "count"}
