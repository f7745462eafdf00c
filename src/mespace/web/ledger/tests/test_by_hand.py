"""An obligation is moved and withdrawn from its page, with a reason, by those who have the right."""

import json
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from mespace.customers.onboarding.naming import NamedPerson
from mespace.customers.operations.name_responsible import name_responsible
from mespace.obligations.models import Obligation
from mespace.obligations.operations.fulfil import fulfil
from mespace.obligations.tests.making import course, name, owed, registered, verified
from mespace.platform import clock
from mespace.products.fix import Confirmation, Fix
from mespace.products.models import FixChange, KnownError
from mespace.products.operations.add_known_error import add_known_error
from tests.cast import WEDNESDAY, Cast
from tests.properties.judging import verifier

pytestmark = pytest.mark.django_db
MOVE = {"due_on": "2026-12-24", "due_time": "12:30", "reason": "later", "note": "Ждём поставку"}
TAKE = {"reason": "mistake", "note": "Открыто дважды"}


@pytest.fixture(autouse=True)
def _present():
    with registered(), clock.stepped(WEDNESDAY) as steps:
        yield steps


def signed_in(cast: Cast, who: str) -> Client:
    client = Client()
    client.force_login(cast.users[who])
    return client


def planned(cast: Cast) -> Obligation:
    add_known_error(
        actor=cast.manager,
        now=WEDNESDAY,
        product_id=cast.product.pk,
        code="KE-9",
        title="Ошибка",
        confirmation=Confirmation("Руководство", "Сменить задание", "Чистая установка"),
        fix=Fix(planned_for_id=cast.build.pk, planned_on=date(2026, 12, 20)),
    )
    return Obligation.objects.get(kind="planned_fix")


def test_a_deadline_is_moved_and_the_bundle_proves_it(cast: Cast) -> None:
    obligation = owed(owed_to=cast.factory.pk)
    client, url = signed_in(cast, "manager"), f"/ledger/{obligation.pk}/"
    assert f"{url}move/" in client.get(url).content.decode()
    assert client.post(f"{url}move/", MOVE).status_code == 303
    page = client.get(url)
    assert "Ждём поставку" in page.content.decode()
    assert [each["due"].isoformat() for each in page.context["deadlines"]] == [
        "2026-11-23T14:00:00+00:00", "2026-12-24T09:30:00+00:00",
    ]  # fmt: skip
    bundle = client.get(f"{url}bundle.json").content
    assert verifier().verify(bundle)
    assert "note_digest" in json.loads(bundle)["events"][1]["payload"]
    assert course(obligation) == ["opened", "due_moved"]


def test_it_is_withdrawn_with_a_reason(cast: Cast) -> None:
    obligation = owed(owed_to=cast.factory.pk)
    client, url = signed_in(cast, "manager"), f"/ledger/{obligation.pk}/"
    assert client.post(f"{url}withdraw/", TAKE).status_code == 303
    obligation.refresh_from_db()
    assert (obligation.state, obligation.reason, obligation.notes.get().text) == (
        "withdrawn", "mistake", "Открыто дважды",
    )  # fmt: skip
    text = client.get(url).content.decode()
    assert f'href="{url}move/"' not in text
    assert f'href="{url}withdraw/"' not in text
    assert client.get(f"{url}withdraw/").status_code == 409
    assert client.post(f"{url}move/", MOVE).status_code == 409


@pytest.mark.parametrize(
    ("act", "changes", "field"),
    [
        ("move", {"note": " "}, "note"),
        ("move", {"reason": "mistake"}, "reason"),
        ("move", {"due_on": "2026-11-17"}, "due_on"),
        ("move", {"due_on": "soon"}, "due_on"),
        ("move", {"due_time": "25:00"}, "due_time"),
        ("withdraw", {"note": ""}, "note"),
        ("withdraw", {"reason": "later"}, "reason"),
    ],
)
def test_what_is_wrong_is_named_by_its_field_and_kept(cast: Cast, act: str, changes: Any, field: str) -> None:
    obligation = owed()
    sent = (MOVE if act == "move" else TAKE) | changes
    answer = signed_in(cast, "manager").post(f"/ledger/{obligation.pk}/{act}/", sent)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert answer.context["form"]["note"].value() == sent["note"]
    assert course(obligation) == ["opened"]


def test_who_may_read_it_and_not_change_it_is_refused(cast: Cast) -> None:
    obligation = owed(owed_to=cast.factory.pk)
    for who, status in (("agent", 403), ("director", 403), ("auditor", 403), ("responsible", 404), ("stranger", 404)):
        client = signed_in(cast, who)
        for act, sent in (("move", MOVE), ("withdraw", TAKE)):
            assert client.post(f"/ledger/{obligation.pk}/{act}/", sent).status_code == status, (who, act)
    assert course(obligation) == ["opened"]


def test_a_planned_fix_moves_with_its_known_error(cast: Cast) -> None:
    obligation = planned(cast)
    client, url = signed_in(cast, "manager"), f"/ledger/{obligation.pk}/"
    form = client.get(f"{url}move/").context["form"]
    assert (set(form.fields), form["due_on"].value()) == ({"due_on", "reason", "note"}, date(2026, 12, 20))
    sent = {"due_on": "2027-02-01", "reason": "replanned", "note": "Испытания"}
    past = client.post(f"{url}move/", sent | {"due_on": "2026-11-17"})
    assert (past.status_code, list(past.context["form"].errors)) == (422, ["due_on"])
    assert client.post(f"{url}move/", sent).status_code == 303
    error = KnownError.objects.get(code="KE-9")
    assert (error.planned_on, FixChange.objects.get().reason) == (date(2027, 2, 1), "Испытания")
    assert verified(obligation, WEDNESDAY)["due"] == "2027-02-01T20:59:59Z"
    assert client.post(f"{url}withdraw/", {"reason": "no_error", "note": "Настройка"}).status_code == 303
    error.refresh_from_db()
    assert (error.withdrawn_for, error.planned_on) == ("Настройка", None)
    page = client.get(f"/manage/known-errors/{error.pk}/")
    assert [promise["look"].tone for promise in page.context["promises"]] == ["plain"]


def test_onboarding_is_withdrawn_by_striking_the_person_and_never_moved(cast: Cast) -> None:
    person = name_responsible(
        actor=cast.manager,
        now=WEDNESDAY,
        contract_id=cast.contract.pk,
        person=NamedPerson("Анна Лебедева", "anna@example.org"),
        named_on=WEDNESDAY.date(),
    )
    client, url = signed_in(cast, "manager"), f"/ledger/{person.obligation_id}/"
    assert client.get(f"{url}move/").status_code == 404
    assert client.post(f"{url}withdraw/", {"reason": "left", "note": "Уволилась"}).status_code == 303
    person.refresh_from_db()
    assert (person.struck_for, Obligation.objects.get(pk=person.obligation_id).notes.get().text) == (
        "left", "Уволилась",
    )  # fmt: skip


def test_a_discriminator_finds_its_own(cast: Cast) -> None:
    from mespace.obligations.kinds import by_working_days
    from mespace.obligations.operations.open_obligation import open_obligation

    first = owed()
    second = open_obligation(actor=cast.manager, now=WEDNESDAY, name=name(1, "2"), promise=by_working_days(days=9))
    fulfil(actor=cast.manager, now=WEDNESDAY + timedelta(hours=1), name=name(1))
    assert signed_in(cast, "manager").post(f"/ledger/{second.pk}/withdraw/", TAKE).status_code == 303
    assert [Obligation.objects.get(pk=row.pk).state for row in (first, second)] == ["fulfilled", "withdrawn"]
