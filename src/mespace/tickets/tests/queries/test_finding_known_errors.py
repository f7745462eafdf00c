"""Known errors: found by words in any form, and offered for the component that a text names."""

from datetime import date

import pytest

from mespace.customers.models import Installation
from mespace.knowledge.operations.publish_article import publish_article
from mespace.knowledge.operations.submit_article import submit_article
from mespace.knowledge.operations.write_article import write_article
from mespace.knowledge.texts import ArticleText, Placement
from mespace.products.fix import Confirmation, Fix
from mespace.products.models import Component
from mespace.products.operations.add_known_error import add_known_error
from mespace.products.operations.change_known_error import change_known_error
from mespace.tickets.queries.find import find_everywhere
from mespace.tickets.queries.near import near_to
from tests.access.shelves import NOW, Shelves
from tests.cast import WEDNESDAY, Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def shelves(cast: Cast) -> Shelves:
    return Shelves(cast)


def test_errors_and_articles_of_the_component_that_the_text_names_come_first(shelves: Shelves) -> None:
    cast = shelves.cast
    Installation.objects.create(site=cast.site, product=cast.product, build=cast.build)
    scales, printing = (
        Component.objects.create(product=cast.product, name=name) for name in ("Весы", "Печать этикеток")
    )
    errors = {}
    for code, component in (("KE-20", printing), ("KE-21", scales)):
        error = add_known_error(
            actor=cast.manager,
            now=WEDNESDAY,
            product_id=cast.product.pk,
            code=code,
            title="Терминал зависает при смене задания",
            confirmation=Confirmation("a", "b", "c"),
            fix=Fix(planned_for_id=cast.build.pk, planned_on=date(2026, 12, 20)),
            affected_ids=[cast.build.pk],
        )
        ties = {"product_ids": frozenset({cast.product.pk}), "component_ids": frozenset({component.pk})}
        text = ArticleText("Терминал зависает", "Терминал зависает при смене задания.")
        placement = Placement(section_id=shelves.section.pk, known_error_id=error.pk, **ties)
        made = write_article(actor=cast.agent, now=NOW, kind="known_error", text=text, placement=placement)
        submit_article(actor=cast.agent, now=NOW, article_id=made.pk)
        publish_article(actor=cast.manager, now=NOW, article_id=made.pk)
        errors[code] = made.pk
    common = {"actor": cast.engineer, "product_id": cast.product.pk, "build_id": cast.build.pk, "site_id": None}
    for said, first in (("зависает терминал у весов", "KE-21"), ("зависает терминал: печать этикетки стоит", "KE-20")):
        near = near_to(text=said, **common)
        assert {error.code for error in near.known_errors} == {"KE-20", "KE-21"}
        assert (near.known_errors[0].code, near.articles[0].row.article.pk) == (first, errors[first])


def test_word_forms_and_every_word_count_for_known_errors(cast: Cast) -> None:
    def found(text: str) -> list[str]:
        return [each.code for each in find_everywhere(actor=cast.agent, text=text).known_errors]

    assert found("зависали очередью") == found("ЗАВИСАЛА") == found("ке-1") == ["KE-1"]
    assert found("очередь станков") == found("нетакого") == []
    change = {
        "title": "Станки молчат",
        "description": "Код E-1042.",
        "workaround": "",
        "affected_ids": [],
        "fix": Fix(planned_for_id=cast.build.pk, planned_on=date(2026, 12, 20)),
    }
    confirmation = Confirmation("a", "b", "c")
    common = {"actor": cast.manager, "now": WEDNESDAY, "known_error_id": cast.known_error.pk, "code": "KE-1"}
    change_known_error(**common, **change, confirmation=confirmation)
    assert found("станок") == found("Е-1042") == ["KE-1"]
    assert found("очередь") == []
