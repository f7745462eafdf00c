"""The page of everything that is owed, and the page of one obligation."""

import json
from datetime import timedelta

import pytest
from django.test import Client

from mespace.customers.onboarding.naming import NamedPerson
from mespace.customers.operations.name_responsible import name_responsible
from mespace.obligations.kinds import by_instant
from mespace.obligations.operations.fulfil import fulfil
from mespace.obligations.operations.move_due import move_due
from mespace.obligations.operations.withdraw_obligation import withdraw_obligation
from mespace.obligations.tests.making import KIND, name, owed, registered
from mespace.platform import clock
from mespace.tickets.operations.accept import accept
from mespace.tickets.operations.withdraw import withdraw
from tests.cast import WEDNESDAY, Cast
from tests.properties.judging import verifier

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture(autouse=True)
def _present():
    with registered(), clock.stepped(WEDNESDAY + 2 * HOUR) as steps:
        yield steps


def signed_in(cast: Cast, who: str) -> Client:
    client = Client()
    client.force_login(cast.users[who])
    return client


def rows(client: Client, address: str = "") -> list[tuple[str, str]]:
    return [(row["title"], row["state"]) for row in client.get(f"/ledger/{address}").context["rows"]]


def everything(cast: Cast) -> None:
    """Reactions and other obligations in every state."""
    cast.file(subject="open")
    kept, late, gone = (cast.file(subject=each) for each in ("kept", "late", "gone"))
    accept(ticket_id=kept.pk, actor=cast.agent, now=WEDNESDAY + HOUR)
    accept(ticket_id=late.pk, actor=cast.agent, now=WEDNESDAY + DAY)
    withdraw(ticket_id=gone.pk, actor=cast.engineer, now=WEDNESDAY, reason="Нашли сами")
    for number in (1, 2, 3, 4):
        owed(number=number, owed_to=cast.factory.pk if number % 2 else None)
    fulfil(actor=cast.manager, now=WEDNESDAY, name=name(2))
    withdraw_obligation(actor=cast.manager, now=WEDNESDAY, name=name(3), reason="mistake")
    owed(number=5, since=WEDNESDAY - 40 * DAY, owed_to=cast.rival.pk)


def test_what_is_owed_now_is_there_whatever_it_is(cast: Cast) -> None:
    everything(cast)
    client = signed_in(cast, "manager")
    assert rows(client) == [
        ("thing 5", "missed"),
        ("ZAVOD-1 · open", "open"),
        ("thing 1", "open"),
        ("thing 4", "open"),
    ]
    assert {state for _title, state in rows(client, "?state=all")} == {
        "open", "missed", "fulfilled", "late", "withdrawn",
    }  # fmt: skip
    assert rows(client, "?state=withdrawn&kind=reaction") == [("ZAVOD-4 · gone", "withdrawn")]
    assert rows(client, f"?customer={cast.rival.pk}") == [("thing 5", "missed")]
    assert rows(client, f"?kind={KIND.code}&state=fulfilled") == [("thing 2", "fulfilled")]
    assert rows(client, "?first=2026-11-19") == [("thing 1", "open"), ("thing 4", "open")]
    assert rows(client, "?last=2026-11-18") == [("thing 5", "missed"), ("ZAVOD-1 · open", "open")]


def test_each_figure_is_the_length_of_the_list_that_it_opens(cast: Cast) -> None:
    everything(cast)
    client = signed_in(cast, "director")
    for tile in client.get("/ledger/").context["tiles"]:
        opened = client.get(tile["url"]).context["rows"]
        assert len(opened) == tile["value"], tile["label"]


def test_a_date_that_is_none_is_named_and_narrows_nothing(cast: Cast) -> None:
    page = signed_in(cast, "manager").get("/ledger/?first=soon&last=2026-13-01&kind=x&state=y&customer=z")
    assert page.status_code == 200
    assert "soon" in page.content.decode()
    assert page.context["wanted"].wrong == ("soon", "2026-13-01")
    assert signed_in(cast, "manager").get("/ledger/?after=junk").status_code == 400


@pytest.mark.parametrize("state", ["owed", "all"])
def test_pages_join_without_gap_or_repetition(cast: Cast, monkeypatch, state) -> None:
    everything(cast)
    for number in range(10, 16):
        owed(number=number, promise=by_instant(WEDNESDAY + 10 * HOUR))  # many at the same instant
    client = signed_in(cast, "manager")
    whole = rows(client, f"?state={state}")
    from mespace.tickets.queries import owed as query

    monkeypatch.setattr(query.owed, "__kwdefaults__", query.owed.__kwdefaults__ | {"limit": 3})
    found, address = [], f"/ledger/?state={state}"
    while address:
        page = client.get(address)
        found += [(row["title"], row["state"]) for row in page.context["rows"]]
        address = page.context["older_url"]
    assert found == whole


def test_a_responsible_employee_sees_what_is_owed_to_the_own_customer(cast: Cast) -> None:
    everything(cast)
    titles = {title for title, _state in rows(signed_in(cast, "responsible"), "?state=all")}
    assert titles == {"ZAVOD-1 · open", "ZAVOD-2 · kept", "ZAVOD-3 · late", "ZAVOD-4 · gone"} | {
        f"thing {number}" for number in (1, 2, 3, 4)
    }


def test_the_number_of_statements_does_not_grow(cast: Cast, django_assert_max_num_queries) -> None:
    everything(cast)
    client = signed_in(cast, "manager")
    client.get("/ledger/?state=all")
    with django_assert_max_num_queries(12):
        client.get("/ledger/?state=all")
    for number in range(20, 40):
        owed(number=number, owed_to=cast.factory.pk)
    with django_assert_max_num_queries(12):
        client.get("/ledger/?state=all")


def test_one_obligation_tells_its_course_its_days_and_its_proof(cast: Cast) -> None:
    owed(actor=cast.manager, owed_to=cast.factory.pk)
    due = WEDNESDAY + 20 * DAY
    moved = move_due(actor=cast.manager, now=WEDNESDAY, name=name(), due=due, reason="later", note="Ждём поставку")
    client = signed_in(cast, "responsible")
    page = client.get(f"/ledger/{moved.pk}/")
    text = page.content.decode()
    assert "Ждём поставку" in text
    assert [each["in_force"] for each in page.context["deadlines"]] == [False, True]
    bundle = json.loads(client.get(f"/ledger/{moved.pk}/bundle.json").content)
    assert verifier().verify(json.dumps(bundle).encode())[0].startswith("Obligation test_promise:thing:1")


def test_the_days_of_a_term_are_listed_with_their_sources(cast: Cast) -> None:
    page = signed_in(cast, "manager").get(f"/ledger/{owed().pk}/")
    assert [(row["is_counted"], row["number"]) for row in page.context["days"]] == [
        (False, None), (True, 1), (True, 2), (False, None), (True, 3),
    ]  # fmt: skip


def test_born_broken_says_so(cast: Cast) -> None:
    person = name_responsible(
        actor=cast.manager,
        now=WEDNESDAY,
        contract_id=cast.contract.pk,
        person=NamedPerson("Анна Лебедева", "anna@example.org"),
        named_on=WEDNESDAY.date() - 30 * DAY,
    )
    for who, is_linked in (("manager", True), ("responsible", False)):
        page = signed_in(cast, who).get(f"/ledger/{person.obligation_id}/")
        assert page.context["verdict"].was_entered_late
        assert "Анна Лебедева" in page.content.decode()
        assert (f"/manage/responsible/{person.pk}/" in page.content.decode()) is is_linked
    assert signed_in(cast, "stranger").get(f"/ledger/{person.obligation_id}/").status_code == 404
