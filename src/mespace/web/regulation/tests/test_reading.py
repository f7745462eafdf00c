"""The regulation as everybody reads it: editions, what differs, what changes for a contract, and receipts."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from mespace.accounts.subjects import About, subject_of
from mespace.customers.models import SupportContract
from mespace.notifications.models import Notification
from mespace.notifications.operations.announce import announce
from mespace.platform.clock import stepped
from mespace.regulation.data.shipped import edition as shipped
from mespace.regulation.models import EditionReading, RegulationEdition
from mespace.regulation.queries import editions_at
from mespace.regulation.tests.making import publish
from mespace.tickets.operations.accept import accept
from mespace.tickets.queries.evidence import bundle
from mespace.web.regulation.differences import parameter_changes
from mespace.web.regulation.templatetags.regulation import changes_since_signing, coming_changes
from tests.cast import WEDNESDAY, Cast

pytestmark = pytest.mark.django_db
NOW = WEDNESDAY + timedelta(hours=2)
DAY = date(2026, 12, 20)
FORMER = shipped("2019-09-01").parameters
SIX_HOURS = FORMER.as_json() | {"reaction_seconds": {"critical": 7200, "non_critical": 21600}, "answer_days": 5}
BEFORE, AFTER = "5.3 Одно\n5.5 Ждём три дня.", "5.3 Одно\n5.5 Ждём пять дней.\n5.6 Новое."


@pytest.fixture(autouse=True)
def at_eleven() -> Iterator[None]:
    with stepped(NOW):
        yield


def signed_in(cast: Cast, who: str) -> Client:
    client = Client()
    client.force_login(cast.users[who])
    return client


def announced(cast: Cast, **changes: Any) -> RegulationEdition:
    fields: dict[str, Any] = {
        "actor": cast.manager, "now": NOW, "code": "2027", "title": "Редакция 2027", "in_force_from": DAY,
        "parameters": SIX_HOURS, "source": AFTER,
    }  # fmt: skip
    return publish(**fields | changes)


def test_a_stranger_reads_the_regulation_and_its_clauses(cast: Cast) -> None:
    announced(cast)
    page = Client().get(reverse("regulation:home")).content.decode()
    assert "С 20.12.2026 действует редакция 2027" in page
    clause = Client().get(reverse("regulation:clause", args=["5.5"])).content.decode()
    assert "Текст редакции 2019-09-01 здесь не введён" in clause
    with stepped(datetime(2026, 12, 19, 21, 0, tzinfo=NOW.tzinfo)):
        assert "пять дней" in Client().get(reverse("regulation:clause", args=["5.5"])).content.decode()


def test_two_editions_are_compared_by_parameters_and_by_clauses(cast: Cast) -> None:
    announced(cast, code="first", source=BEFORE, parameters=FORMER.as_json())
    announced(cast, in_force_from=date(2027, 2, 1))
    found = Client().get(reverse("regulation:compared", args=["2027", "first"])).context["found"]
    assert [row.name for row in found.parameters] == ["non_critical_seconds", "answer_days"]
    assert [(each.number, each.state) for each in found.changed] == [("5.5", "changed"), ("5.6", "added")]
    without = Client().get(reverse("regulation:compared", args=["2027", "2019-09-01"])).context["found"]
    assert (without.has_texts, len(without.parameters)) == (False, 2)


def test_every_parameter_that_differs_is_a_sentence() -> None:
    other = FORMER.as_json() | {
        "day_start": "09:00", "day_end": "18:00", "reaction_seconds": {"critical": 3600, "non_critical": 36000},
        "answer_days": 4, "presumption_days": 2, "reminder_day": 1, "reopen_seconds": 864000, "onboarding_days": 1,
        "notice_days": 30, "decreed_days_work": False, "zone": "Asia/Omsk",
    }  # fmt: skip
    with override("en"):
        changes = parameter_changes(FORMER, type(FORMER).from_json(other))
    assert len(changes) == 11
    assert len({change.sentence for change in changes}) == 11
    assert any("sooner" in change.sentence for change in changes)
    assert any("later" in change.sentence for change in changes)


def test_the_contract_says_what_changes_for_its_people(cast: Cast) -> None:
    announced(cast)
    page = signed_in(cast, "responsible").get(reverse("contract", args=[cast.contract.pk])).content.decode()
    assert "Что изменится для вас с 20.12.2026" in page
    assert "за 6\xa0ч рабочего времени, а не за 8\xa0ч" in page
    assert "Что изменится для вас с 20.12.2026" in (
        signed_in(cast, "manager").get(reverse("manage:contract", args=[cast.contract.pk])).content.decode()
    )
    with stepped(NOW + timedelta(days=60)):
        later = signed_in(cast, "responsible").get(reverse("contract", args=[cast.contract.pk])).content.decode()
    assert "Что изменилось с подписания договора" in later
    assert "Что изменится для вас" not in later


def test_a_contract_that_ends_before_the_day_hears_nothing_of_it(cast: Cast) -> None:
    announced(cast)
    contract = SupportContract.objects.select_related("accepted_edition").get(pk=cast.contract.pk)
    contract.valid_until = DAY - timedelta(days=1)
    editions = editions_at(NOW)
    assert coming_changes(contract, editions) == []
    after = editions_at(NOW + timedelta(days=60))
    assert changes_since_signing(contract, after, today=(NOW + timedelta(days=60)).date()) is None


def test_a_request_stays_on_the_edition_of_its_registration(cast: Cast) -> None:
    """Registered before the change and accepted after seven hours: kept by the old eight, broken by the new six."""
    announced(cast)
    friday = datetime(2026, 12, 18, 6, 0, tzinfo=NOW.tzinfo)  # 09:00 in Moscow; the new edition holds from Sunday
    monday = datetime(2026, 12, 21, 6, 0, tzinfo=NOW.tzinfo)
    before, after = cast.file(now=friday), cast.file(now=monday)
    assert (before.regulation_edition.code, after.regulation_edition.code) == ("2019-09-01", "2027")
    assert before.reaction_due_at == friday + timedelta(hours=8)
    assert after.reaction_due_at == monday + timedelta(hours=6)
    old = accept(ticket_id=before.pk, actor=cast.agent, now=friday + timedelta(hours=7))
    new = accept(ticket_id=after.pk, actor=cast.agent, now=monday + timedelta(hours=7))
    assert (old.reaction_state, new.reaction_state) == ("kept", "broken")
    proof = bundle(actor=cast.agent, key=before.key, as_of=monday + timedelta(days=3))
    assert proof["regulation"]["edition"] == "2019-09-01"


# --- receipts


def test_the_news_leads_everybody_to_the_edition(cast: Cast) -> None:
    row = announced(cast)
    for who in ("engineer", "responsible", "manager"):
        words = subject_of("edition").words(cast.actors[who], [About("edition", row.pk)])
        assert words[About("edition", row.pk)].url == "/regulation/editions/2027/"
        assert signed_in(cast, who).get("/regulation/editions/2027/").status_code == 200


def test_who_was_told_and_who_has_opened_it(cast: Cast, django_assert_num_queries: Any) -> None:
    row = announced(cast)
    address = reverse("regulation:receipts", args=["2027"])
    client = signed_in(cast, "manager")
    assert client.get(address).context["found"].counts["untold"] > 2
    people = [cast.users[name].pk for name in ("engineer", "stranger", "responsible")]
    announce(kind="edition", subject_kind="edition", subject_id=row.pk, recipients=people, now=NOW)
    reader = signed_in(cast, "engineer")
    edition = reverse("regulation:edition", args=["2027"])
    reader.get(edition, headers={"Sec-Purpose": "prefetch"})
    assert not EditionReading.objects.exists()
    for _ in range(2):
        assert reader.get(edition).status_code == 200
    signed_in(cast, "agent").get(edition)
    Client().get(edition)
    found = client.get(address).context["found"]
    told = {each.name: each for each in found.rows}
    assert told["Engineer"].told_at == NOW == told["Engineer"].opened_at
    assert told["Stranger"].told_at == NOW
    assert told["Stranger"].opened_at is None
    assert told["Engineer"].mail
    assert (found.opened, Notification.objects.filter(subject_kind="edition").count()) == (1, 3)
    unopened = client.get(address, {"shown": "unopened"}).context["found"]
    assert "Engineer" not in {each.name for each in unopened.rows}


def test_pages_cost_a_fixed_number_of_statements(cast: Cast, django_assert_max_num_queries: Any) -> None:
    announced(cast)
    addresses = [
        reverse("regulation:home"),
        reverse("regulation:edition", args=["2027"]),
        reverse("regulation:compared", args=["2027", "2019-09-01"]),
        reverse("regulation:clause", args=["5.5"]),
    ]
    for address in addresses:
        Client().get(address)  # texts are read once per process
        with django_assert_max_num_queries(4):
            Client().get(address)
    manager = signed_in(cast, "manager")
    address = reverse("regulation:receipts", args=["2027"])
    manager.get(address)
    with django_assert_max_num_queries(6):  # session, person, edition, two of receipts, the bell
        manager.get(address)
