"""An edition from its draft to its publication, and texts entered afterwards (clauses 7.3, 7.4)."""

from datetime import UTC, date, datetime, timedelta

import pytest

from mespace.accounts.actor import Refused
from mespace.platform.rows import RowNotFound
from mespace.regulation.data.shipped import edition
from mespace.regulation.models import EditionDraft, EditionReading, EditionText, RegulationEdition
from mespace.regulation.operations._draft import DraftChangedMeanwhile, DraftFields, EditionRefusedError
from mespace.regulation.operations.change_draft import change_draft
from mespace.regulation.operations.discard_draft import discard_draft
from mespace.regulation.operations.enter_text import enter_text
from mespace.regulation.operations.note_reading import note_reading
from mespace.regulation.operations.publish_edition import publish_edition
from mespace.regulation.operations.start_draft import start_draft
from mespace.regulation.queries import editions_at, text_of
from tests.cast import Cast

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 18, 6, 0, tzinfo=UTC)
PARAMETERS = edition("2019-09-01").parameters.as_json()
TEXT = "## 1. Слова\n\n1.1 Наш образец.\n\n5.5 Ждём ответа три дня."
NOBODY_ELSE = ["agent", "contractor", "director", "auditor", "administrator", "responsible", "engineer"]


def fields(**changes: object) -> DraftFields:
    given: dict[str, object] = {
        "code": "2027", "title": "Редакция", "in_force_from": date(2027, 1, 1), "parameters": PARAMETERS,
        "source": TEXT,
    }  # fmt: skip
    return DraftFields(**given | changes)  # type: ignore[arg-type]


def start(cast: Cast, **changes: object) -> EditionDraft:
    return start_draft(actor=cast.manager, now=NOW, fields=fields(**changes))


def test_a_draft_binds_nobody_until_it_is_published_with_its_text(cast: Cast) -> None:
    draft = start(cast, code="", title="", in_force_from=None, source="пока без пунктов")
    assert RegulationEdition.objects.count() == 1
    later = NOW + timedelta(hours=1)
    draft = change_draft(actor=cast.manager, now=later, draft_id=draft.pk, version=1, fields=fields())
    row = publish_edition(actor=cast.manager, now=later, draft_id=draft.pk, version=2)
    assert (row.published_at, row.published_by_id, row.published_on) == (later, cast.manager.user_id, later.date())
    assert not EditionDraft.objects.exists()
    text = text_of(row)
    assert text is not None
    assert [clause.number for clause in text.clauses] == ["1", "1.1", "5.5"]
    standing = editions_at(NOW)
    assert (standing.present.code, [each.code for each in standing.announced]) == ("2019-09-01", ["2027"])
    assert standing.before(row) == standing.present


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"in_force_from": None}, "in_force_from"),
        ({"in_force_from": date(2026, 12, 2)}, "in_force_from"),
        ({"source": "ни одного номера"}, "source"),
        ({"source": "5.5 Раз\n5.5 Два"}, "source"),
        ({"title": ""}, "title"),
        ({"code": ""}, "code"),
    ],
)
def test_what_is_kept_in_a_draft_may_still_be_refused_publication(
    cast: Cast, changes: dict[str, object], field: str
) -> None:
    draft = start(cast, **changes)
    with pytest.raises(EditionRefusedError) as refusal:
        publish_edition(actor=cast.manager, now=NOW, draft_id=draft.pk, version=1)
    assert refusal.value.field == field
    assert EditionDraft.objects.get().source == (changes.get("source") or TEXT)


def test_two_who_change_a_draft_at_once_notice_each_other(cast: Cast) -> None:
    draft = start(cast)
    change_draft(actor=cast.manager, now=NOW, draft_id=draft.pk, version=1, fields=fields(title="Первая"))
    for act in (
        lambda: change_draft(actor=cast.manager, now=NOW, draft_id=draft.pk, version=1, fields=fields()),
        lambda: publish_edition(actor=cast.manager, now=NOW, draft_id=draft.pk, version=1),
        lambda: discard_draft(actor=cast.manager, draft_id=draft.pk, version=1),
    ):
        with pytest.raises(DraftChangedMeanwhile):
            act()
    assert EditionDraft.objects.get().title == "Первая"
    discard_draft(actor=cast.manager, draft_id=draft.pk, version=2)
    with pytest.raises(RowNotFound):
        discard_draft(actor=cast.manager, draft_id=draft.pk, version=2)


@pytest.mark.parametrize("who", NOBODY_ELSE)
def test_only_managers_prepare_and_enter(cast: Cast, who: str) -> None:
    draft, actor = start(cast), cast.actors[who]
    for act in (
        lambda: start_draft(actor=actor, now=NOW, fields=fields()),
        lambda: change_draft(actor=actor, now=NOW, draft_id=draft.pk, version=1, fields=fields()),
        lambda: discard_draft(actor=actor, draft_id=draft.pk, version=1),
        lambda: publish_edition(actor=actor, now=NOW, draft_id=draft.pk, version=1),
        lambda: enter_text(actor=actor, now=NOW, code="2019-09-01", source=TEXT),
    ):
        with pytest.raises(Refused):
            act()


def test_the_text_of_a_shipped_edition_is_entered_and_corrected_with_a_reason(cast: Cast) -> None:
    assert text_of(RegulationEdition.objects.get()) is None
    enter_text(actor=cast.manager, now=NOW, code="2019-09-01", source=TEXT)
    for source, reason in ((TEXT, "то же"), (TEXT + " Опечатка исправлена.", " ")):
        with pytest.raises(EditionRefusedError):
            enter_text(actor=cast.manager, now=NOW, code="2019-09-01", source=source, reason=reason)
    enter_text(actor=cast.manager, now=NOW, code="2019-09-01", source=TEXT + " Верно.", reason="пропущено слово")
    shown = text_of(RegulationEdition.objects.get())
    assert shown is not None
    assert shown.clauses[-1].body.endswith("Верно.")
    assert list(EditionText.objects.order_by("number").values_list("number", "reason")) == [
        (1, ""),
        (2, "пропущено слово"),
    ]


def test_the_text_of_a_published_edition_is_never_entered_anew(cast: Cast) -> None:
    draft = start(cast)
    publish_edition(actor=cast.manager, now=NOW, draft_id=draft.pk, version=1)
    with pytest.raises(EditionRefusedError, match="source"):
        enter_text(actor=cast.manager, now=NOW, code="2027", source=TEXT + " Иначе.", reason="передумали")
    with pytest.raises(RowNotFound):
        enter_text(actor=cast.manager, now=NOW, code="2050", source=TEXT)


def test_who_opened_is_kept_once_and_of_customers_only(cast: Cast) -> None:
    row = RegulationEdition.objects.get()
    for minutes in (0, 5):
        note_reading(actor=cast.engineer, edition_id=row.pk, now=NOW + timedelta(minutes=minutes))
    note_reading(actor=cast.manager, edition_id=row.pk, now=NOW)
    assert list(EditionReading.objects.values_list("user_id", "opened_at")) == [(cast.engineer.user_id, NOW)]
