"""The ticket as its customer sees it: expectations, acts, course; nothing internal or of others (clauses 4.6, 7.2)."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from mespace.platform.clock import stepped
from mespace.platform.forms import new_key
from mespace.products.models import Build, Version
from mespace.tickets.models import Message, Ticket
from mespace.tickets.operations._steps import Closing, Plan, Proposal, Question
from mespace.tickets.operations.accept import accept
from mespace.tickets.operations.close import close
from mespace.tickets.operations.comment import Remark, comment
from mespace.tickets.operations.link import link
from mespace.tickets.operations.schedule import schedule
from mespace.tickets.operations.suspend import Suspension, suspend
from mespace.tickets.operations.withdraw import withdraw
from tests.cast import WEDNESDAY, Cast

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
LATER = WEDNESDAY + 3 * HOUR
PAGES = ("", "clock/", "print/", "details/", "news/")


@pytest.fixture
def engineer(cast: Cast, client: Client) -> Client:
    client.force_login(cast.users["engineer"])
    return client


def text(response: Any) -> str:
    return str(response.content.decode())


def page(client: Client, ticket: Ticket, at: Any = LATER) -> str:
    with stepped(at):
        answer = client.get(f"/t/{ticket.key}/")
    assert answer.status_code == 200
    return text(answer)


def act(client: Client, ticket: Ticket, name: str, at: Any = LATER, **data: Any) -> Any:
    with stepped(at):
        return client.post(f"/t/{ticket.key}/act/{name}/", {"key": new_key(), **data})


def asked(cast: Cast, **changes: Any) -> Ticket:
    ticket = cast.file(**changes)
    accept(ticket_id=ticket.pk, actor=cast.agent, now=WEDNESDAY + HOUR, then=Question("Какая версия драйвера?"))
    ticket.refresh_from_db()
    return ticket


def proposed(cast: Cast, **changes: Any) -> Ticket:
    ticket = cast.file(**changes)
    accept(ticket_id=ticket.pk, actor=cast.agent, now=WEDNESDAY + HOUR, then=Proposal("Обновите драйвер.", "solution"))
    ticket.refresh_from_db()
    return ticket


def test_an_open_ticket_says_that_support_must_react_and_what_is_left(cast: Cast, engineer: Client) -> None:
    shown = page(engineer, cast.file(), WEDNESDAY + HOUR)
    assert "Ход поддержки: принять обращение" in shown
    assert "7\xa0ч" in shown
    assert "Зарегистрировано под ключом ZAVOD-1" in shown


def test_an_overdue_reaction_is_said_openly(cast: Cast, engineer: Client) -> None:
    shown = page(engineer, cast.file(), WEDNESDAY + 26 * HOUR)
    assert "Поддержка опаздывает: обещала принять обращение" in shown


def test_a_question_is_answered_from_the_page(cast: Cast, engineer: Client) -> None:
    ticket = asked(cast)
    shown = page(engineer, ticket)
    assert "Ответьте на вопрос" in shown
    assert "Какая версия драйвера?" in shown
    assert "считается полученным" in shown  # no evidence yet when the page was drawn
    assert "страница с текстом открыта получателем" in page(engineer, ticket)  # now there is
    files = [SimpleUploadedFile("версия.txt", b"1.2")]
    assert act(engineer, ticket, "comment", body="Версия 1.2", attachments=files).status_code == 303
    shown = page(engineer, ticket)
    assert "Версия 1.2" in shown
    assert "версия.txt" in shown
    assert "Поддержка выясняет причину" in shown
    assert "От вас сейчас ничего не требуется" in shown


def test_an_empty_answer_is_refused_and_its_form_stands_open(cast: Cast, engineer: Client) -> None:
    ticket = asked(cast)
    answer = act(engineer, ticket, "comment", body="  ", attachments=[SimpleUploadedFile("a.txt", b"1")])
    assert answer.status_code == 422
    assert answer.context["form_comment"].errors
    assert 'name="attachment_ids"' in text(answer)


def test_a_solution_is_accepted(cast: Cast, engineer: Client) -> None:
    ticket = proposed(cast)
    assert "Принять: помогло" in page(engineer, ticket)
    assert act(engineer, ticket, "accept-solution").status_code == 303
    shown = page(engineer, ticket)
    assert "Закрыто: решено" in shown
    assert "Решение принято: закрыто как решённое" in shown


def test_a_solution_is_turned_down_with_a_reason(cast: Cast, engineer: Client) -> None:
    ticket = proposed(cast)
    refused = act(engineer, ticket, "reject-solution", body="")
    assert refused.status_code == 422
    assert '<details class="act-details" open' in text(refused)
    assert act(engineer, ticket, "reject-solution", body="Всё так же").status_code == 303
    shown = page(engineer, ticket)
    assert "Решение не помогло" in shown
    assert "Всё так же" in shown


def test_withdrawn_reopened_and_continued(cast: Cast, engineer: Client) -> None:
    ticket = cast.file()
    accept(ticket_id=ticket.pk, actor=cast.agent, now=WEDNESDAY + HOUR)
    assert act(engineer, ticket, "withdraw", reason="Разобрались").status_code == 303
    shown = page(engineer, ticket)
    assert "Открыть снова можно до" in shown
    assert f"/tickets/new/?continues={ticket.key}" in shown
    assert act(engineer, ticket, "reopen", reason="").status_code == 422
    assert act(engineer, ticket, "reopen", reason="Вернулось").status_code == 303
    assert "Открыто снова" in page(engineer, ticket)


def test_withdrawn_before_the_reaction_it_cannot_be_reopened(cast: Cast, engineer: Client) -> None:
    ticket = cast.file()
    withdraw(ticket_id=ticket.pk, actor=cast.engineer, now=WEDNESDAY + HOUR)
    shown = page(engineer, ticket)
    assert "Открыть его снова уже нельзя" in shown
    assert "form_reopen" not in shown
    assert "act/reopen/" not in shown


def test_a_colleague_joins_watches_and_takes_over(cast: Cast, client: Client) -> None:
    ticket = cast.file()
    client.force_login(cast.users["colleague"])
    assert "У нас тоже…" in page(client, ticket)
    assert act(client, ticket, "join", note="И на линии 2").status_code == 303
    shown = page(client, ticket)
    assert "«У нас тоже»" in shown
    assert "act/join/" not in shown
    assert "Не следить" in shown
    assert act(client, ticket, "watch").status_code == 303
    assert "Следить: получать все новости" in page(client, ticket)
    answer = act(client, ticket, "hand-over", to_user=cast.users["colleague"].pk)
    assert answer.status_code == 303
    assert "Передано, теперь отвечает Colleague" in page(client, ticket)


def test_a_request_is_not_handed_over_to_another_company(cast: Cast, engineer: Client) -> None:
    ticket = cast.file()
    shown = page(engineer, ticket)
    assert f'<option value="{cast.users["stranger"].pk}">' not in shown
    answer = act(engineer, ticket, "hand-over", to_user=cast.users["stranger"].pk)
    assert answer.status_code == 422


def test_another_criticality_is_proposed(cast: Cast, engineer: Client) -> None:
    ticket = cast.file(type="incident")
    assert "Предложить другую критичность" in page(engineer, ticket)
    sent = act(engineer, ticket, "propose-criticality", WEDNESDAY + HOUR, criticality="critical", reason="Стоит склад")
    assert sent.status_code == 303
    shown = page(engineer, ticket, WEDNESDAY + HOUR)
    assert "Заказчик предложил: Инцидент, критический" in shown
    assert "Реакция теперь обещана до 18.11.2026 11:00" in shown


def test_what_is_lacking_is_named_and_completed(cast: Cast, engineer: Client) -> None:
    ticket = cast.file()
    shown = page(engineer, ticket)
    assert "Что поможет поддержке" in shown
    assert "что ожидалось" in shown
    form = text(engineer.get(f"/t/{ticket.key}/details/"))
    assert "Цех 1" in form
    details = {
        "site": cast.site.pk,
        "area": cast.area.pk,
        "work_center": cast.work_center.pk,
        "build": cast.build.pk,
        "what_was_done": "Смена задания",
        "expected": "Печать",
    }
    assert act(engineer, ticket, "details", **details).status_code == 303
    shown = page(engineer, ticket)
    assert "Линия 3" in shown
    assert "Дополнены сведения" in shown
    wrong = act(engineer, ticket, "details", **{**details, "site": cast.other_site.pk, "expected": "Другое"})
    assert wrong.status_code == 422
    assert "Другое" in text(wrong)
    assert "Выберите цех" in text(wrong)


def test_an_own_message_is_corrected_with_its_history_and_removed_for_good(cast: Cast, engineer: Client) -> None:
    ticket = cast.file(description="Пароль: hunter2")
    message = Message.objects.get()
    assert act(engineer, ticket, "correct", message=message.pk, body="").status_code == 422
    assert act(engineer, ticket, "correct", message=message.pk, body="Без пароля").status_code == 303
    history = f"/t/{ticket.key}/messages/{message.pk}/"
    assert history in page(engineer, ticket)
    both = text(engineer.get(history))
    assert "hunter2" in both
    assert "Без пароля" in both
    assert act(engineer, ticket, "remove-message", message=message.pk).status_code == 303
    shown = page(engineer, ticket)
    assert "Без пароля" not in shown
    assert "Текст удалён" in shown
    assert Message.objects.get().removed_digest in shown
    assert engineer.get(history).status_code == 404


def test_a_message_is_put_into_its_form_as_it_was_typed(cast: Cast, engineer: Client) -> None:
    ticket = cast.file(description="</textarea><script>alert(1)</script> [[pk]] [[form-key]] & [[body]]")
    shown = page(engineer, ticket)
    assert "<script>alert" not in shown
    typed = "&lt;/textarea&gt;&lt;script&gt;alert(1)&lt;/script&gt; [[pk]] [[form-key]] &amp; [[body]]</textarea>"
    assert typed in shown
    message = Message.objects.get().pk
    refused = text(act(engineer, ticket, "correct", message=message, body=" "))
    assert f'id="correct-{message}"' in refused


def test_nobody_corrects_another_s_message(cast: Cast, client: Client) -> None:
    ticket = cast.file()
    client.force_login(cast.users["colleague"])
    assert "act/correct/" not in page(client, ticket)
    assert act(client, ticket, "correct", message=Message.objects.get().pk, body="Чужое").status_code == 403


def test_an_own_file_is_removed_and_leaves_a_tombstone(cast: Cast, engineer: Client) -> None:
    taken = engineer.post("/files/", {"file": SimpleUploadedFile("пароли.txt", b"x")}).json()["id"]
    ticket = cast.file(attachment_ids=[taken])
    shown = page(engineer, ticket)
    assert "пароли.txt" in shown
    assert f"/t/{ticket.key}/files.zip" in shown
    assert act(engineer, ticket, "remove-file", file=taken).status_code == 303
    shown = page(engineer, ticket)
    assert "пароли.txt" not in shown
    assert "Файл удалён" in shown
    assert "files.zip" not in shown


def test_a_pasted_picture_is_shown_in_the_text(cast: Cast, engineer: Client) -> None:
    from io import BytesIO

    from PIL import Image

    picture = BytesIO()
    Image.new("RGB", (4, 4), "red").save(picture, "PNG")
    taken = engineer.post("/files/", {"file": SimpleUploadedFile("screen.png", picture.getvalue())}).json()["id"]
    ticket = cast.file(description=f"Вот: ![screen.png](attachment:{taken})")
    assert f'<img src="/files/{taken}/"' in page(engineer, ticket)


def test_another_vendor_is_named_with_the_way_to_its_support(cast: Cast, engineer: Client) -> None:
    ticket = cast.file()
    ending = Closing("third_party", "Это драйвер.", (), cast.vendor.pk)
    accept(ticket_id=ticket.pk, actor=cast.agent, now=WEDNESDAY + HOUR, then=ending)
    shown = page(engineer, ticket)
    assert "Принт-Сервис" in shown
    assert "Звоните по будням." in shown
    assert "+7 495 000-00-00" in shown


def test_a_known_error_tells_fix_and_workaround(cast: Cast, engineer: Client) -> None:
    error = cast.known_error
    error.workaround = "Перезапустите `Spooler`. <script>alert(1)</script>"
    error.fixed_in = Build.objects.create(version=cast.build.version, major=13, minor=0)
    error.save()
    ticket = cast.file()
    ending = Closing("known_error", "Исправлено.", (), None, "", error.pk)
    accept(ticket_id=ticket.pk, actor=cast.agent, now=WEDNESDAY + HOUR, then=ending)
    shown = page(engineer, ticket)
    assert "KE-1" in shown
    assert "Исправлено в 4.13.0" in shown
    assert "Перезапустите <code>Spooler</code>." in shown
    assert "<script>alert" not in shown


def test_a_planned_fix_is_what_is_expected_next(cast: Cast, engineer: Client) -> None:
    ticket = cast.file()
    accept(ticket_id=ticket.pk, actor=cast.agent, now=WEDNESDAY + HOUR)
    plan = Plan("4.13.0", (WEDNESDAY + timedelta(days=30)).date())
    schedule(ticket_id=ticket.pk, actor=cast.agent, now=WEDNESDAY + HOUR, plan=plan)
    assert "Запланировано: 4.13.0, 18.12.2026" in page(engineer, ticket)


def test_limited_support_of_the_version_is_explained(cast: Cast, engineer: Client) -> None:
    Version.objects.filter(pk=cast.build.version_id).update(limited_from="2026-01-01")
    assert "Поддержка версии 4 ограничена." in page(engineer, cast.file())
    Version.objects.filter(pk=cast.build.version_id).update(ended_from="2026-02-01")
    assert "Поддержка версии 4 закончилась." in page(engineer, Ticket.objects.get())


def test_both_keys_of_a_duplicate_stay_alive(cast: Cast, engineer: Client) -> None:
    first, second = cast.file(), cast.file()
    accept(ticket_id=second.pk, actor=cast.agent, now=WEDNESDAY + HOUR)
    ending = Closing("duplicate", "", (), None, first.key)
    close(ticket_id=second.pk, actor=cast.agent, now=WEDNESDAY + HOUR, closing=ending)
    shown = page(engineer, second)
    assert f'<a href="/t/{first.key}/">{first.key}</a>' in shown
    assert "Оба ключа остаются действительными" in shown


def test_links_are_shown_from_both_sides(cast: Cast, engineer: Client) -> None:
    first, second = cast.file(subject="Первое"), cast.file(subject="Второе")
    link(ticket_id=first.pk, actor=cast.agent, now=WEDNESDAY + HOUR, other_key=second.key)
    assert "Второе" in page(engineer, first)
    assert "Первое" in page(engineer, second)


def test_an_expired_term_says_what_follows_and_how_to_go_on(cast: Cast, engineer: Client) -> None:
    ticket = proposed(cast)
    shown = page(engineer, ticket, WEDNESDAY + timedelta(days=9))
    assert "Приостановлено: ждём вас" in shown
    assert "услуга считается оказанной своевременно" in shown
    assert "act/accept-solution/" in shown


def test_waiting_for_another_vendor_is_told(cast: Cast, engineer: Client) -> None:
    ticket = cast.file()
    accept(ticket_id=ticket.pk, actor=cast.agent, now=WEDNESDAY + HOUR)
    pause = Suspension("third_party", "Ждём производителя", None)
    suspend(ticket_id=ticket.pk, actor=cast.agent, now=WEDNESDAY + HOUR, suspension=pause)
    assert "Приостановлено: ход другого поставщика" in page(engineer, ticket)


def test_no_internal_note_reaches_the_customer_by_any_page(cast: Cast, engineer: Client) -> None:
    ticket = cast.file()
    accept(ticket_id=ticket.pk, actor=cast.agent, now=WEDNESDAY + HOUR)
    comment(ticket_id=ticket.pk, actor=cast.agent, now=LATER, remark=Remark("Сверхтайна", internal=True))
    note = Message.objects.get(kind="note")
    for name in PAGES:
        assert "Сверхтайна" not in text(engineer.get(f"/t/{ticket.key}/{name}"))
    assert engineer.get(f"/t/{ticket.key}/messages/{note.pk}/").status_code == 404
    assert "Сверхтайна" not in text(engineer.get("/tickets/", {"q": "сверхтайна"}))


@pytest.mark.parametrize("name", [*PAGES, "bundle.json", "files.zip", "messages/1/"])
def test_another_company_s_request_does_not_exist(cast: Cast, client: Client, name: str) -> None:
    ticket = cast.file()
    client.force_login(cast.users["stranger"])
    assert client.get(f"/t/{ticket.key}/{name}").status_code == 404
    assert client.post(f"/t/{ticket.key}/act/comment/", {"body": "x", "key": "k"}).status_code == 404


def test_news_since_the_page_was_opened_is_announced_without_its_text(cast: Cast, engineer: Client) -> None:
    ticket = cast.file()
    seen = f"/t/{ticket.key}/news/?seen={ticket.public_version}"
    quiet = engineer.get(seen)
    assert text(quiet).strip() == ""
    assert engineer.get(seen, headers={"If-None-Match": quiet["ETag"]}).status_code == 304
    comment(ticket_id=ticket.pk, actor=cast.agent, now=LATER, remark=Remark("Секретный ответ"))
    news = engineer.get(seen, headers={"If-None-Match": quiet["ETag"]})
    assert "В обращении есть новое" in text(news)
    assert "Секретный ответ" not in text(news)
    fresh = Ticket.objects.get()
    assert text(engineer.get(f"/t/{ticket.key}/news/?seen={fresh.public_version}")).strip() == ""


def test_what_is_new_since_the_last_visit_is_marked_once(cast: Cast, engineer: Client) -> None:
    ticket = cast.file()
    comment(ticket_id=ticket.pk, actor=cast.agent, now=WEDNESDAY + HOUR, remark=Remark("Смотрим"))
    assert page(engineer, ticket).count("tag-new") == 1
    assert "tag-new" not in page(engineer, ticket)


def test_a_failed_act_without_its_form_keeps_what_was_typed(cast: Cast, engineer: Client) -> None:
    ticket = cast.file()
    withdraw(ticket_id=ticket.pk, actor=cast.engineer, now=WEDNESDAY + HOUR)
    answer = act(engineer, ticket, "comment", body="Долгий труд")
    assert answer.status_code == 422
    assert "Долгий труд" in text(answer)


def test_the_page_needs_few_statements_whatever_its_course(
    cast: Cast, engineer: Client, django_assert_max_num_queries: Any
) -> None:
    ticket = asked(cast, type="incident")
    for number in range(15):
        comment(ticket_id=ticket.pk, actor=cast.agent, now=LATER, remark=Remark(f"Сообщение {number}"))
    page(engineer, ticket)
    with django_assert_max_num_queries(16):
        page(engineer, ticket)


def test_a_director_sees_the_desk_s_page(cast: Cast, client: Client) -> None:
    ticket = cast.file()
    client.force_login(cast.users["director"])
    answer = client.get(f"/t/{ticket.key}/clock/")
    assert answer.status_code == 200
    assert "Реакция" in text(answer)
