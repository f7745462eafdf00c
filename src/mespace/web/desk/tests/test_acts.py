"""Every act that the desk offers, sent once from the page's own form."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from mespace.platform import clock
from mespace.tickets.models import Audience, Draft, Link, Message, Ticket
from mespace.tickets.operations._steps import Closing, Question
from mespace.tickets.operations.accept import accept
from mespace.tickets.operations.desk import save_draft
from mespace.web.desk.tests.pages import form_to, send, signed_in
from tests.cast import WEDNESDAY, Cast

pytestmark = pytest.mark.django_db
LATER = WEDNESDAY + timedelta(minutes=30)


@pytest.fixture(autouse=True)
def at_work() -> Any:
    with clock.stepped(LATER):
        yield


def in_status(cast: Cast, status: str) -> Ticket:
    ticket = cast.file()
    then = {"analysis": None, "info_requested": Question("Какая модель?")}
    if status != "open":
        accept(ticket_id=ticket.pk, actor=cast.agent, now=WEDNESDAY + timedelta(minutes=5), then=then[status])
    return Ticket.objects.get(pk=ticket.pk)


def do(client: Client, ticket: Ticket, name: str, query: str = "", **fields: Any) -> Any:
    """Open the act's form on the ticket's page and send it."""
    page = client.get(f"/t/{ticket.key}/?do={name}{query}")
    assert page.status_code == 200
    answer = send(client, form_to(page, f"/act/{name}/"), **fields)
    assert answer.status_code == 303, answer.content.decode()[:3000]
    ticket.refresh_from_db()
    return answer


@pytest.mark.parametrize(
    ("status", "name", "fields", "after"),
    [
        ("analysis", "schedule", {"target": "4.12.4", "on": "2026-12-01", "body": "Исправим в декабре."}, "scheduled"),
        ("info_requested", "retract", {"reason": "Нашли сами."}, "analysis"),
        ("analysis", "link", {"other": "ZAVOD-1"}, "analysis"),
        ("analysis", "developers-task", {"url": "https://tasks.example.org/1"}, "analysis"),
        ("analysis", "details", {"expected": "Печатает"}, "analysis"),
        ("open", "reclassify", {"type": "incident", "reason": "Стоит линия"}, "open"),
    ],
)
def test_acts_with_a_form(cast: Cast, status: str, name: str, fields: dict[str, str], after: str) -> None:
    cast.file()
    ticket = in_status(cast, status)
    do(signed_in(cast, "agent"), ticket, name, **fields)
    assert ticket.status == after


def test_acts_at_once(cast: Cast) -> None:
    client, ticket = signed_in(cast, "agent"), in_status(cast, "open")
    for name, after in (("accept", "analysis"), ("start-work", "in_progress"), ("resume-analysis", "analysis")):
        page = client.get(f"/t/{ticket.key}/")
        assert send(client, form_to(page, f"/act/{name}/")).status_code == 303
        ticket.refresh_from_db()
        assert ticket.status == after


def test_somebody_of_the_customer_is_chosen(cast: Cast) -> None:
    client = signed_in(cast, "agent")
    asked = in_status(cast, "info_requested")
    do(client, asked, "record-reaction", by_person=str(cast.users["colleague"].pk), said="ZT410, сказал по телефону.")
    assert asked.status == "analysis"
    do(client, asked, "suspend", waiting_for="customer", requested_by=str(cast.users["engineer"].pk), reason="Отпуск.")
    assert (asked.status, asked.waiting_for) == ("suspended", "customer")


def test_only_people_of_the_customer_are_offered(cast: Cast) -> None:
    ticket = in_status(cast, "info_requested")
    form = form_to(signed_in(cast, "agent").get(f"/t/{ticket.key}/?do=record-reaction"), "/act/record-reaction/")
    names = ("engineer", "colleague", "far_colleague", "responsible")
    assert set(form.choices["by_person"]) - {""} == {str(cast.users[name].pk) for name in names}


def test_a_duplicate_is_undone(cast: Cast) -> None:
    original, ticket = cast.file(), cast.file()
    then = Closing("duplicate", duplicate_of=original.key)
    accept(ticket_id=ticket.pk, actor=cast.agent, now=WEDNESDAY + timedelta(minutes=5), then=then)
    do(signed_in(cast, "agent"), ticket, "undo-duplicate", reason="Другая причина.")
    assert ticket.status == "analysis"


def test_assigning_to_others_and_taking(cast: Cast) -> None:
    client, ticket = signed_in(cast, "agent"), in_status(cast, "open")
    do(client, ticket, "assign", assignee=str(cast.users["contractor"].pk))
    assert ticket.assignee == cast.users["contractor"]
    page = client.get(f"/t/{ticket.key}/")
    assert send(client, form_to(page, "/act/assign/")).status_code == 303
    ticket.refresh_from_db()
    assert ticket.assignee == cast.users["agent"]
    do(client, ticket, "assign", assignee="")
    assert ticket.assignee is None


def test_linked_and_unlinked(cast: Cast) -> None:
    client, other, ticket = signed_in(cast, "agent"), cast.file(), cast.file()
    do(client, ticket, "link", other=other.key.lower())
    assert Link.objects.count() == 1
    send(client, form_to(client.get(f"/t/{ticket.key}/"), "/act/unlink/"))
    assert not Link.objects.exists()


def test_watching(cast: Cast) -> None:
    client, ticket = signed_in(cast, "agent"), cast.file()
    send(client, form_to(client.get(f"/t/{ticket.key}/"), "/act/watch/"))
    assert ticket.watchers.filter(user=cast.users["agent"]).exists()
    send(client, form_to(client.get(f"/t/{ticket.key}/"), "/act/watch/"))
    assert not ticket.watchers.filter(user=cast.users["agent"]).exists()


@pytest.mark.parametrize(
    ("what", "fields", "status", "audience"),
    [
        ("question", {}, "info_requested", "customer"),
        ("proposal", {"answer": "consultation"}, "solution_proposed", "customer"),
        ("closing", {"resolution": "solved"}, "closed", "customer"),
        ("comment", {}, "open", "customer"),
        ("note", {}, "open", "staff"),
    ],
)
def test_one_stroke_accepts_and_answers(
    cast: Cast, what: str, fields: dict[str, str], status: str, audience: str
) -> None:
    client, ticket = signed_in(cast, "agent"), in_status(cast, "open")
    form = form_to(client.get(f"/t/{ticket.key}/"), "/act/reply/")
    assert what in form.choices["what"]
    assert send(client, form, what=what, body="Проверьте кабель.", **fields).status_code == 303
    ticket.refresh_from_db()
    assert ticket.status == status
    assert (ticket.reacted_at is not None) == (status != "open")
    message = Message.objects.filter(ticket=ticket).latest("pk")
    assert (message.body, message.audience) == ("Проверьте кабель.", audience)


@pytest.mark.parametrize(
    ("resolution", "name"), [("third_party", "vendor"), ("known_error", "known_error"), ("duplicate", "duplicate_of")]
)
def test_closing_with_what_the_resolution_needs(cast: Cast, resolution: str, name: str) -> None:
    client, other, ticket = signed_in(cast, "agent"), cast.file(), in_status(cast, "analysis")
    form = form_to(client.get(f"/t/{ticket.key}/"), "/act/reply/")
    value = {"vendor": str(cast.vendor.pk), "known_error": str(cast.known_error.pk), "duplicate_of": other.key}[name]
    assert name == "duplicate_of" or value in form.choices[name]
    refused = send(client, form, what="closing", resolution=resolution, body="")
    assert refused.status_code == 422
    again = form_to(refused, "/act/reply/")
    assert again.values["resolution"] == [resolution]
    assert send(client, again, **{name: value}).status_code == 303
    ticket.refresh_from_db()
    assert ticket.resolution == resolution


def test_what_was_typed_survives_a_refusal(cast: Cast) -> None:
    client, ticket = signed_in(cast, "agent"), in_status(cast, "open")
    page = client.get(f"/t/{ticket.key}/?do=reclassify")
    answer = send(client, form_to(page, "/act/reclassify/"), type="incident", reason="")
    assert answer.status_code == 422
    form = form_to(answer, "/act/reclassify/")
    assert form.values["type"] == ["incident"]
    answer = send(client, form_to(client.get(f"/t/{ticket.key}/"), "/act/reply/"), what="closing", body="Готово")
    assert answer.status_code == 422
    form = form_to(answer, "/act/reply/")
    assert (form.values["body"], form.values["what"]) == (["Готово"], ["closing"])


def test_a_file_survives_a_refusal(cast: Cast) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    client, ticket = signed_in(cast, "agent"), in_status(cast, "open")
    form = form_to(client.get(f"/t/{ticket.key}/"), "/act/reply/")
    file = SimpleUploadedFile("журнал.txt", "сбой".encode(), "text/plain")
    answer = send(client, form, what="closing", body="Готово", attachments=file)
    assert answer.status_code == 422
    assert "журнал.txt" in answer.content.decode()
    assert send(client, form_to(answer, "/act/reply/"), resolution="solved").status_code == 303
    assert ticket.attachments.get().name == "журнал.txt"


def test_a_lost_race_names_what_is_possible(cast: Cast) -> None:
    client, ticket = signed_in(cast, "agent"), in_status(cast, "open")
    form = form_to(client.get(f"/t/{ticket.key}/"), "/act/accept/")
    accept(ticket_id=ticket.pk, actor=cast.second_agent, now=LATER)
    answer = send(client, form)
    assert answer.status_code == 409
    for move in ("Запланировать", "Закрыть"):
        assert move in answer.content.decode()


def test_correcting_and_removing(cast: Cast) -> None:
    client, ticket = signed_in(cast, "agent"), in_status(cast, "info_requested")
    message = Message.objects.filter(ticket=ticket, author=cast.users["agent"]).get()
    do(client, ticket, "correct", f"&message={message.pk}", body="Какая у вас модель?")
    message.refresh_from_db()
    assert message.body == "Какая у вас модель?"
    described = Message.objects.filter(ticket=ticket).earliest("pk")
    do(client, ticket, "remove-message", f"&message={described.pk}")
    described.refresh_from_db()
    assert (described.body, described.removed_by) == ("", cast.users["agent"])


def test_a_file_is_removed(cast: Cast) -> None:
    from mespace.tickets.operations.uploads import upload

    pk = upload(actor=cast.engineer, now=WEDNESDAY, name="пароли.txt", chunks=[b"secret"]).pk
    ticket = cast.file(attachment_ids=[pk])
    do(signed_in(cast, "agent"), ticket, "remove-file", f"&file={pk}")
    assert ticket.attachments.get().removed_at is not None


def test_others_messages_are_not_corrected(cast: Cast) -> None:
    ticket = cast.file()
    message = Message.objects.get(ticket=ticket)
    page = signed_in(cast, "agent").get(f"/t/{ticket.key}/?do=correct&message={message.pk}")
    assert "/act/correct/" not in page.content.decode()


def test_a_draft_comes_back_as_what_it_was(cast: Cast) -> None:
    client, ticket = signed_in(cast, "agent"), cast.file()
    kept = client.post(f"/desk/t/{ticket.key}/draft/", {"what": "note", "body": "Между нами:\nпроверить стенд"})
    assert kept.status_code == 200
    form = form_to(client.get(f"/t/{ticket.key}/"), "/act/reply/")
    assert (form.values["what"], form.values["body"]) == (["note"], ["Между нами:\nпроверить стенд"])
    other = form_to(signed_in(cast, "second_agent").get(f"/t/{ticket.key}/"), "/act/reply/")
    assert other.values["body"] == [""]
    send(client, form)
    assert not Draft.objects.exists()
    assert Message.objects.filter(ticket=ticket).latest("pk").audience == Audience.STAFF


def test_an_emptied_draft_is_forgotten(cast: Cast) -> None:
    client, ticket = signed_in(cast, "agent"), cast.file()
    save_draft(actor=cast.agent, now=LATER, ticket_id=ticket.pk, form="reply", body="question\nКак?")
    client.post(f"/desk/t/{ticket.key}/draft/", {"what": "question", "body": " "})
    assert not Draft.objects.exists()


def test_asking_for_what_is_lacking_and_templates_need_no_script(cast: Cast) -> None:
    from mespace.tickets.models import AnswerTemplate

    client, ticket = signed_in(cast, "agent"), cast.file(place=cast.new().place.__class__(site_id=cast.site.pk))
    page = client.get(f"/t/{ticket.key}/")
    assert "?ask=all#answer" in page.content.decode()
    body = form_to(client.get(f"/t/{ticket.key}/?ask=all"), "/act/reply/").values["body"][0]
    assert "- сборка" in body
    assert form_to(client.get(f"/t/{ticket.key}/?ask=0"), "/act/reply/").values["body"][0].count("- ") == 1
    row = AnswerTemplate.objects.create(title="Привет", body="Здравствуйте, {имя}! Обращение {key}.")
    body = form_to(client.get(f"/t/{ticket.key}/?template={row.pk}"), "/act/reply/").values["body"][0]
    assert body == f"Здравствуйте, Engineer! Обращение {ticket.key}."
    assert client.get(f"/desk/t/{ticket.key}/template/{row.pk}/").content.decode() == body


def test_a_form_alone_is_given_to_the_dialog(cast: Cast) -> None:
    ticket = cast.file()
    answer = signed_in(cast, "agent").get(f"/t/{ticket.key}/?do=assign", headers={"HX-Request": "true"})
    assert "<html" not in answer.content.decode()
    assert form_to(answer, "/act/assign/")


def test_the_deadline_is_foretold(cast: Cast) -> None:
    incident = cast.file(type="incident")
    client = signed_in(cast, "agent")
    page = client.get(f"/t/{incident.key}/?do=reclassify").content.decode().replace("\u00a0", " ")
    assert "Критический инцидент: срок реакции — 18.11.2026 11:00" in page
    bug = cast.file()
    page = client.get(f"/t/{bug.key}/?do=reclassify")
    assert form_to(page, "/act/reclassify/").choices["criticality"] == ["non_critical"]


OFFERED: list[tuple[str, Callable[[str], bool]]] = [
    ("manager", lambda html: "/act/" not in html),
    ("director", lambda html: "/act/" not in html),
    ("auditor", lambda html: "/act/" not in html),
]


@pytest.mark.parametrize(("who", "is_right"), OFFERED)
def test_readers_have_no_buttons(cast: Cast, who: str, is_right: Callable[[str], bool]) -> None:
    ticket = in_status(cast, "info_requested")
    for query in ("", "?do=retract", "?do=assign", "?ask=all"):
        answer = signed_in(cast, who).get(f"/t/{ticket.key}/{query}")
        assert answer.status_code == 200
        assert is_right(answer.content.decode())
