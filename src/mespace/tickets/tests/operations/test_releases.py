"""A release: whom it concerns, what it asks on each ticket, and going on after a failure (clause 4.6b)."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from mespace.accounts.actor import Refused
from mespace.accounts.models import User
from mespace.accounts.subjects import About
from mespace.customers.models import Installation, ReleaseSite, SupportContract
from mespace.customers.release_sites import concerned_installations, people_using
from mespace.customers.releases_seen import release_words, releases_seen
from mespace.platform.clock import stepped
from mespace.platform.jobs import Job
from mespace.platform.rows import RowNotFound
from mespace.products.models import Build, FixChange, KnownError
from mespace.products.operations.describe_release import describe_release
from mespace.products.operations.publish_release import publish_release, resume_release
from mespace.tickets import tasks
from mespace.tickets.models import Message, ReleaseAsk, Ticket
from mespace.tickets.operations._steps import Closing, Proposal, Question
from mespace.tickets.operations.accept import accept
from mespace.tickets.operations.accept_solution import accept_solution
from mespace.tickets.operations.ask_about_release import ask_about_release
from mespace.tickets.operations.customer_reacts import Reaction, customer_reacts
from mespace.tickets.operations.link_known_error import link_known_error
from mespace.tickets.operations.propose_solution import propose_solution
from mespace.tickets.queries.releases import customers_release, customers_releases, release_view
from mespace.tickets.tests.operations.logs import fresh, kinds, last, sound
from tests.cast import WEDNESDAY, Cast

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def build(cast: Cast) -> Build:
    """4.13.0, a draft that fixes KE-1, which affects 4.12.3."""
    cast.known_error.affected_builds.add(cast.build)
    row = Build.objects.create(version=cast.build.version, major=13, minor=0)
    describe_release(actor=cast.manager, build_id=row.pk, notes="Очередь **цела**.", resolves_ids=[cast.known_error.pk])
    return row


def linked(cast: Cast, **changes: Any) -> Ticket:
    ticket = cast.file(**changes)
    return link_known_error(ticket_id=ticket.pk, actor=cast.agent, now=WEDNESDAY, known_error_id=cast.known_error.pk)


def publish(cast: Cast, build: Build) -> Build:
    return publish_release(actor=cast.manager, now=WEDNESDAY + HOUR, build_id=build.pk)


def deferred(job: Job) -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT args::text FROM procrastinate_jobs WHERE task_name = %s ORDER BY id", [job.value])
        import json

        return [json.loads(args) for (args,) in cursor.fetchall()]


def test_publishing_makes_it_available_and_fixes_what_it_fixes(cast: Cast, build: Build) -> None:
    published = publish(cast, build)
    assert (published.released_on, published.published_by) == (date(2026, 11, 18), cast.users["manager"])
    error = KnownError.objects.get(pk=cast.known_error.pk)
    assert (error.fixed_in, error.planned_on) == (build, None)
    assert FixChange.objects.get().state == "fixed"
    assert deferred(Job.RELEASE_PUBLISHED) == [{"build_id": build.pk}]
    assert deferred(Job.TELL_FIX_CHANGED) == []  # the release tells by itself
    assert publish(cast, build).published_at == published.published_at
    assert len(deferred(Job.RELEASE_PUBLISHED)) == 1


def test_what_is_refused(cast: Cast, build: Build) -> None:
    for name in ("agent", "director", "responsible"):
        with pytest.raises(Refused):
            publish_release(actor=cast.actors[name], now=WEDNESDAY, build_id=build.pk)
        with pytest.raises(Refused):
            describe_release(actor=cast.actors[name], build_id=build.pk, notes="x", resolves_ids=[])
        with pytest.raises(Refused):
            resume_release(actor=cast.actors[name], build_id=build.pk)
    foreign = KnownError.objects.create(product=cast.other_product, code="KE-7", title="Чужая")
    empty = Build.objects.create(version=cast.build.version, major=14, minor=0)
    wrong: list[tuple[dict[str, Any], str]] = [
        ({"notes": "x", "resolves_ids": [foreign.pk]}, "resolves"),
        ({"notes": "x" * 50_001, "resolves_ids": []}, "notes"),
    ]
    for said, field in wrong:
        with pytest.raises(ValidationError) as refusal:
            describe_release(actor=cast.manager, build_id=empty.pk, **said)
        assert set(refusal.value.message_dict) == {field}
    with pytest.raises(ValidationError):
        publish_release(actor=cast.manager, now=WEDNESDAY, build_id=empty.pk)
    publish(cast, build)
    with pytest.raises(ValidationError) as told:
        describe_release(actor=cast.manager, build_id=build.pk, notes="Иначе", resolves_ids=[])
    assert set(told.value.message_dict) == {"resolves"}
    describe_release(actor=cast.manager, build_id=build.pk, notes="Иначе", resolves_ids=[cast.known_error.pk])


def test_exactly_the_sites_that_run_an_affected_build_are_concerned(cast: Cast, build: Build) -> None:
    here = Installation.objects.create(site=cast.site, product=cast.product, build=cast.build)
    older = Build.objects.create(version=cast.build.version, major=11, minor=0)  # KE-1 does not affect it
    Installation.objects.create(site=cast.other_site, product=cast.product, build=older)
    Installation.objects.create(site=cast.rival.sites.get(), product=cast.product, build=build)
    assert concerned_installations(Build.objects.select_related("version").get(pk=build.pk)) == [here]
    publish(cast, build)
    tasks.tell_of_release(build_id=build.pk)
    assert [(row.site, row.ran) for row in ReleaseSite.objects.all()] == [(cast.site, cast.build)]
    view = release_view(actor=cast.director, build_id=build.pk, now=WEDNESDAY)
    assert [(one.site, one.is_installed) for one in view.sites] == [(cast.site, False)]
    Installation.objects.filter(pk=here.pk).update(build=build)
    tasks.tell_of_release(build_id=build.pk)
    view = release_view(actor=cast.director, build_id=build.pk, now=WEDNESDAY)
    assert [(one.site, one.ran, one.is_installed) for one in view.sites] == [(cast.site, cast.build, True)]


def test_what_customers_answered_first_is_shown_by_ticket(cast: Cast, build: Build) -> None:
    solved, doubted, wrote, silent = (linked(cast, subject=name) for name in ("solved", "doubted", "wrote", "silent"))
    for ticket in (solved, doubted, wrote, silent):
        accept(ticket_id=ticket.pk, actor=cast.agent, now=WEDNESDAY)
    unasked = linked(cast, subject="open")
    publish(cast, build)
    with stepped(WEDNESDAY + HOUR):
        tasks.tell_of_release(build_id=build.pk)
    then = {"actor": cast.engineer, "now": WEDNESDAY + 2 * HOUR}
    accept_solution(ticket_id=solved.pk, **then)
    customer_reacts(ticket_id=doubted.pk, reaction=Reaction("Всё так же", rejected=True), **then)
    customer_reacts(ticket_id=wrote.pk, reaction=Reaction("Поставим завтра"), **then)
    propose_solution(ticket_id=doubted.pk, actor=cast.agent, now=WEDNESDAY + 3 * HOUR, proposal=Proposal("Тогда так."))
    accept_solution(ticket_id=doubted.pk, actor=cast.engineer, now=WEDNESDAY + 4 * HOUR)
    view = release_view(actor=cast.director, build_id=build.pk, now=WEDNESDAY)
    answers = {ticket.pk: answer and (answer.answer, answer.said) for ticket, _ask, answer in view.tickets}
    assert answers == {
        solved.pk: ("solved", ""),
        doubted.pk: ("not_solved", "Всё так же"),
        wrote.pk: ("wrote", "Поставим завтра"),
        silent.pk: None,
        unasked.pk: None,
    }
    assert (view.solved, view.not_solved, view.unanswered) == (1, 1, 1)


def test_each_ticket_is_asked_as_its_status_allows_and_once(cast: Cast, build: Build) -> None:
    open_one, work, asked, closed = (linked(cast, subject=name) for name in ("open", "work", "asked", "closed"))
    other = cast.file(subject="не связана")
    for ticket, then in ((work, None), (asked, Question("Какая модель?")), (closed, Closing("solved", "Готово."))):
        accept(ticket_id=ticket.pk, actor=cast.agent, now=WEDNESDAY, then=then)
    publish(cast, build)
    for _ in range(2):
        tasks.tell_of_release(build_id=build.pk)
    assert {ask.ticket_id: ask.outcome for ask in ReleaseAsk.objects.all()} == {
        open_one.pk: "written", work.pk: "proposed", asked.pk: "proposed", closed.pk: "written",
    }  # fmt: skip
    assert [fresh(each).status for each in (open_one, work, asked, closed)] == [
        "open", "solution_proposed", "solution_proposed", "closed",
    ]  # fmt: skip
    for ticket in (open_one, work, asked, closed):
        assert kinds(ticket).count("fix_changed") == 1
        assert (kinds(ticket).count("proposed") + kinds(ticket).count("commented")) == 1
    assert last(work).payload["answer"] == "solution"
    body = Message.objects.filter(ticket=work).latest("pk").body
    assert body.startswith("Вышла сборка MES Линия 4.13.0. Она исправляет ошибку KE-1 «Очередь печати зависает»")
    assert "откройте обращение снова" in Message.objects.filter(ticket=closed).latest("pk").body
    assert kinds(other) == ["filed"]
    assert not release_view(actor=cast.manager, build_id=build.pk, now=WEDNESDAY).is_unfinished
    assert sound()


def test_a_ticket_that_fails_holds_up_nobody_and_is_tried_again(
    cast: Cast, build: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = linked(cast, subject="1"), linked(cast, subject="2")
    publish(cast, build)

    def broken(**arguments: Any) -> Any:
        if arguments["ticket_id"] == first.pk:
            msg = "disk"
            raise OSError(msg)
        return ask_about_release(**arguments)

    with monkeypatch.context() as patched:
        patched.setattr(tasks, "ask_about_release", broken)
        with pytest.raises(RuntimeError):
            tasks.tell_of_release(build_id=build.pk)
    assert {ask.ticket_id: ask.outcome for ask in ReleaseAsk.objects.all()} == {
        first.pk: "failed", second.pk: "written",
    }  # fmt: skip
    assert release_view(actor=cast.manager, build_id=build.pk, now=WEDNESDAY).is_unfinished
    resume_release(actor=cast.manager, build_id=build.pk)
    tasks.tell_of_release(build_id=build.pk)
    assert {ask.outcome for ask in ReleaseAsk.objects.all()} == {"written"}
    assert kinds(second).count("commented") == 1


def test_the_people_of_customers_that_use_it_hear_of_it(cast: Cast, build: Build) -> None:
    everybody = {cast.users[name].pk for name in ("engineer", "colleague", "far_colleague", "responsible", "stranger")}
    assert set(people_using(cast.product.pk, at=WEDNESDAY)) == everybody
    SupportContract.objects.filter(customer=cast.rival).update(valid_until=date(2025, 1, 1))
    User.objects.filter(pk=cast.users["colleague"].pk).update(is_active=False)
    publish(cast, build)
    tasks.tell_of_release(build_id=build.pk)
    [said] = deferred(Job.ANNOUNCE)
    assert set(said["recipients"]) == everybody - {cast.users["stranger"].pk, cast.users["colleague"].pk}
    assert (said["kind"], said["subject_kind"], said["subject_id"]) == ("release", "release", build.pk)
    about = About("release", build.pk)
    assert release_words(cast.engineer, [about])[about].url == f"/releases/{build.pk}/"


def test_customers_see_published_releases_of_their_software_and_only_their_own_tickets(
    cast: Cast, build: Build
) -> None:
    mine = linked(cast)
    theirs = linked(cast, by="stranger", place=cast.new().place.__class__(site_id=cast.rival.sites.get().pk))
    with pytest.raises(RowNotFound):
        customers_release(actor=cast.engineer, build_id=build.pk)  # a draft
    publish(cast, build)
    assert customers_release(actor=cast.engineer, build_id=build.pk).tickets == [mine]
    assert customers_release(actor=cast.stranger, build_id=build.pk).tickets == [theirs]
    assert customers_releases(actor=cast.engineer) == [build]
    cast.contract.products.set([cast.other_product])
    with pytest.raises(RowNotFound):
        customers_release(actor=cast.engineer, build_id=build.pk)
    assert not releases_seen(cast.contractor).exists()
    assert not releases_seen(cast.administrator).exists()
