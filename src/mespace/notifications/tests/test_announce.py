"""News of things that are no tickets: told by a room that knows nothing of bells and mails, by name."""

from collections.abc import Collection, Mapping
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail

from mespace.accounts import subjects
from mespace.accounts.actor import Actor
from mespace.accounts.models import User
from mespace.accounts.subjects import About, Subject, UnknownSubject, Words
from mespace.customers.models import SupportContract
from mespace.notifications import queries
from mespace.notifications.models import Delivery, Notification, Reason, State
from mespace.notifications.operations.announce import NotAnnounced, announce
from mespace.notifications.operations.send_mail import send_mail
from mespace.notifications.tests.jobs import queued
from mespace.platform.jobs import Job
from tests.cast import WEDNESDAY, Cast

pytestmark = pytest.mark.django_db
NOW = WEDNESDAY + timedelta(minutes=10)


def visible(actor: Actor) -> Any:
    """The customer's own contract; every contract for staff."""
    rows = SupportContract.objects.all()
    return rows if actor.is_staff else rows.filter(customer_id=actor.customer_id)


def words(actor: Actor, news: Collection[About]) -> Mapping[About, Words]:
    found = visible(actor).in_bulk([about.subject_id for about in news])
    return {
        about: Words(
            title=f"Договор {found[about.subject_id].number}",
            url=f"/contract/{about.subject_id}/",
            text=f"Осталось **{about.occasion}** дней.\n\n[Договор](/contract/{about.subject_id}/)",
        )
        for about in news
        if about.subject_id in found
    }


@pytest.fixture(autouse=True)
def _contracts(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.MAIL_IS_SET = True
    settings.BASE_URL = "https://support.example.com"
    settings.MAIL_REPLY_ADDRESS = "support@example.org"
    monkeypatch.setattr(subjects, "_SUBJECTS", dict(subjects._SUBJECTS))
    subjects.register_subject(Subject("contract", visible, words))


def tell(cast: Cast, *names: str, occasion: str = "30", **changes: Any) -> int:
    fields = {
        "kind": "contract_ends",
        "subject_kind": "contract",
        "subject_id": cast.contract.pk,
        "recipients": [cast.users[name].pk for name in names],
        "now": NOW,
        "occasion": occasion,
    }
    return announce(**{**fields, **changes})


def test_each_person_who_sees_the_thing_is_told_once_per_occasion(cast: Cast) -> None:
    User.objects.filter(pk=cast.users["second_agent"].pk).update(is_active=False)
    names = ("manager", "engineer", "stranger", "second_agent")
    assert tell(cast, *names) == 2
    assert tell(cast, *names) == 2  # a job that ran before its death, and again
    assert Notification.objects.count() == Delivery.objects.count() == 2
    assert tell(cast, "manager", occasion="7") == 1
    assert Notification.objects.filter(user=cast.users["manager"]).count() == 2
    assert Notification.objects.filter(user=cast.users["stranger"]).count() == 0


def test_it_stands_behind_the_bell_beside_the_news_of_tickets(cast: Cast, django_assert_num_queries: Any) -> None:
    tell(cast, "manager", "engineer")
    for person in ("manager", "engineer"):
        with django_assert_num_queries(3):  # the count; the lines; their contracts
            assert queries.unread_count(cast.actors[person]) == 1
            [line] = queries.latest(cast.actors[person])
        assert (line.title, line.url) == ("Договор ТП-ZAVOD-1", f"/contract/{cast.contract.pk}/")
    Notification.objects.filter(user=cast.users["manager"]).update(user=cast.users["stranger"])
    assert queries.unread_count(cast.stranger) == 0
    assert queries.latest(cast.stranger) == []


def test_its_mail_says_what_the_room_says(cast: Cast) -> None:
    tell(cast, "manager")
    for arguments in queued(Job.SEND_MAIL):
        send_mail(**arguments, now=NOW)
    [sent] = mail.outbox
    assert sent.subject == "Заканчивается договор: Договор ТП-ZAVOD-1"
    assert "Осталось 30 дней." in sent.body
    assert f'href="https://support.example.com/contract/{cast.contract.pk}/"' in sent.alternatives[0].content  # type: ignore[attr-defined]
    assert sent.reply_to == []  # an answer to it belongs to no ticket
    assert sent.message()["References"] == f"<contract-{cast.contract.pk}@support.example.com>"


def test_who_lost_the_thing_from_sight_gets_no_mail(cast: Cast) -> None:
    tell(cast, "engineer")
    cast.users["engineer"].membership.delete()
    [arguments] = queued(Job.SEND_MAIL)
    done = send_mail(**arguments, now=NOW)
    assert done is not None
    assert (done.state, done.reason) == (State.NOT_SENT, Reason.NO_LONGER_SEEN)


def test_what_is_days_old_is_shown_and_not_mailed(cast: Cast) -> None:
    tell(cast, "manager", at=NOW - timedelta(days=3))
    assert Delivery.objects.get().reason == Reason.OUTDATED
    assert Notification.objects.get().created_at == NOW - timedelta(days=3)


def test_unknown_kinds_are_refused(cast: Cast) -> None:
    with pytest.raises(NotAnnounced):
        tell(cast, "manager", kind="question")
    with pytest.raises(UnknownSubject):
        tell(cast, "manager", subject_kind="moon")
    with pytest.raises(ValueError, match="two rooms"):
        subjects.register_subject(Subject("contract", visible, lambda _actor, _news: {}))
