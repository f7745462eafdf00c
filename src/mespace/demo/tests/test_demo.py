"""The demo as people find it: made once, everything there to see, and every line of it recomputable."""

import json
import stat
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest
from django.conf import settings
from django.db import connection

from mespace.accounts.duty import on_duty
from mespace.accounts.models import User
from mespace.accounts.roster import Absence, Shift
from mespace.customers.actors import actor_of
from mespace.customers.models import ContractPerson, Customer, SupportContract
from mespace.demo.files import csv_export, service_log, terminal_picture
from mespace.demo.load import Loaded, NotEmpty, load
from mespace.demo.quiet import MAILS
from mespace.demo.tests.numbers import numbers_that_differ
from mespace.demo.texts import phrases, stories
from mespace.knowledge.models import ArticleFile
from mespace.ledger.models import Event
from mespace.notifications.models import Delivery, Notification
from mespace.obligations.models import Obligation
from mespace.obligations.queries.verification import differences as owed_differences
from mespace.platform.clock import stepped
from mespace.platform.files.inspection import judge
from mespace.platform.jobs import Job
from mespace.products.models import Build
from mespace.regulation.edition_text.diff import text_diff
from mespace.regulation.models import EditionReading
from mespace.regulation.queries import editions_at, text_of
from mespace.tickets.lifecycle import ReactionState, Resolution, Status
from mespace.tickets.models import Attachment, Message, Ticket
from mespace.tickets.queries.releases import release_view
from mespace.tickets.queries.verification import Difference, differences

NOW = datetime(2026, 11, 18, 9, 40, tzinfo=UTC)  # Wednesday, 12:40 in Moscow


@pytest.fixture
def files_in(tmp_path: Path, settings: object) -> Path:
    settings.FILES = tmp_path / "files"  # type: ignore[attr-defined]
    settings.MAIL_IS_SET = True  # type: ignore[attr-defined]
    return tmp_path


@pytest.mark.timeout(400)
def test_everything_is_there_to_see_and_agrees_with_its_log(db: None, files_in: Path) -> None:
    loaded = load(now=NOW, say=lambda _: None)  # loading takes seconds, so it is looked at from all sides at once
    _shows_every_state(loaded)
    _has_the_worked_saturday_of_2024()
    _has_a_duty_roster_with_somebody_away()
    _shows_onboarding_in_every_state()
    _has_a_release_with_answers()
    _shows_planned_fixes_kept_late_overdue_and_moved()
    _shows_an_announced_edition()
    _mails_nobody_about_the_past()
    _keeps_every_attached_file()
    _opens_every_number()


def _opens_every_number() -> None:
    with stepped(NOW):
        looked, differ = numbers_that_differ()
    assert looked > 100  # a number that is nought opens nothing
    assert not differ, "\n".join(differ)


def _has_a_release_with_answers() -> None:
    build = Build.objects.get(published_at__isnull=False, version__number=5, major=8, minor=3)
    manager = actor_of(User.objects.get(email="v.sokolova@mespace.example"))
    view = release_view(actor=manager, build_id=build.pk, now=NOW)
    assert (view.solved, view.not_solved) == (2, 1)
    assert view.unanswered >= 2
    assert not view.is_unfinished
    assert {site.is_installed for site in view.sites} == {True, False}
    assert any(answer.said for _ticket, _ask, answer in view.tickets if answer and answer.answer == "not_solved")


def _shows_onboarding_in_every_state() -> None:
    assert [found for found in owed_differences() if not isinstance(found, str)] == []
    states = Counter(ContractPerson.objects.values_list("obligation__state", flat=True))
    assert set(states) == {"fulfilled", "late", "open", "missed", None}  # None: they had access before
    assert any(row.was_entered_late for row in Obligation.objects.all())


def _shows_planned_fixes_kept_late_overdue_and_moved() -> None:
    plans = Obligation.objects.filter(kind="planned_fix")
    assert set(plans.values_list("state", flat=True)) == {"fulfilled", "late", "missed", "open"}
    assert any(row.was_moved for row in plans)


def _shows_an_announced_edition() -> None:
    editions = editions_at(NOW)
    assert editions.present.code == "2019-09-01"
    (announced,) = editions.announced
    assert set(Ticket.objects.values_list("regulation_edition__code", flat=True)) == {"2019-09-01"}
    texts = [text_of(editions.present), text_of(announced)]
    assert all(text is not None and not text.problems and "Образец" in text.preamble for text in texts)
    assert {each.number for each in text_diff(*texts) if each.state == "changed"} == {"5.5", "6.4"}
    told = Notification.objects.filter(subject_kind="edition", subject_id=announced.pk).count()
    assert 0 < EditionReading.objects.filter(edition=announced).count() < told
    assert Obligation.objects.get(kind="edition_notice").state == "fulfilled"


def _shows_every_state(loaded: Loaded) -> None:
    assert 200 <= loaded.tickets == Ticket.objects.count() <= 260
    assert [found for found in differences() if isinstance(found, Difference)] == []
    tickets = Ticket.objects.values_list("status", "resolution", "reaction_state", "waiting_for", "type", "criticality")
    statuses, resolutions, reactions, waiting, types, criticalities = (
        Counter(column) for column in zip(*tickets, strict=True)
    )
    assert set(statuses) == set(Status)
    assert set(resolutions) == {"", *Resolution}
    assert set(reactions) == set(ReactionState)
    assert {"customer", "third_party"} < set(waiting)
    assert len(types) == 4
    assert criticalities["critical"] >= 5
    kinds = set(Event.objects.values_list("kind", flat=True))
    wanted = "suspended_unanswered reminded receipt reclassified criticality_proposed reopened duplicate_undone"
    wanted += " handed_over joined linked message_corrected message_removed retracted reaction_recorded withdrawn"
    assert kinds >= set(wanted.split())
    assert Event.objects.filter(kind="filed", payload__has_key="continues").exists()
    assert Message.objects.filter(audience="staff").exists()
    assert {"image/png", "text/plain"} <= {
        kind.split(";")[0] for kind in Attachment.objects.values_list("media_type", flat=True)
    }

    running = Ticket.objects.filter(status=Status.OPEN)
    assert running.filter(reaction_due_at__lt=NOW).count() >= 2
    assert running.filter(criticality="critical", reaction_due_at__gt=NOW).count() >= 2
    assert running.filter(reaction_due_at__range=(NOW, NOW + timedelta(minutes=30))).exists()
    assert not Ticket.objects.filter(wake_at__lt=NOW).exists()
    assert not Event.objects.filter(at__gt=NOW).exists()

    today = NOW.date()
    ends = sorted(SupportContract.objects.values_list("valid_until", flat=True))
    assert ends[0] < today
    assert any(today < end <= today + timedelta(days=30) for end in ends)
    assert Customer.objects.count() == 3
    assert loaded.people == User.objects.count()
    assert all(User.objects.get(email=one.email).check_password(one.password) for one in loaded.sign_ins)


def _has_a_duty_roster_with_somebody_away() -> None:
    assert 1 <= len(on_duty(NOW)) <= 2
    assert Shift.objects.filter(starts_at__gt=NOW).count() >= 20
    assert Absence.objects.filter(ends_at__gt=NOW).exists()


def _has_the_worked_saturday_of_2024() -> None:
    rows = Ticket.objects.filter(registered_at__lt=datetime(2025, 1, 1, tzinfo=UTC)).order_by("pk")
    moscow = timedelta(hours=3)
    due = [(row.reaction_due_at + moscow).strftime("%m-%d %H:%M") for row in rows]
    assert due == ["12-28 09:30", "12-28 09:30", "12-28 16:00", "01-09 09:05", "01-09 15:30"]
    assert [row.reaction_state for row in rows] == ["kept", "broken", "kept", "kept", "kept"]
    suspended = Event.objects.get(stream_id=rows[3].stream_id, kind="suspended_unanswered")
    assert suspended.at == datetime(2025, 1, 14, 14, 0, tzinfo=UTC)


def _mails_nobody_about_the_past() -> None:
    # Without a mail server the last mails go to the folder; with one, a demo mails nobody.
    planned = sorted(Delivery.objects.filter(state="planned").values_list("pk", flat=True))
    assert len(planned) == Delivery.objects.count() <= MAILS
    with connection.cursor() as cursor:
        cursor.execute(
            "select (args ->> 'delivery_id')::bigint from procrastinate_jobs where task_name <> %s order by 1",
            [Job.RENDER_STATUS.value],  # the status page's copy is made once, and tells nobody
        )
        assert [row[0] for row in cursor.fetchall()] == planned
    oldest = Notification.objects.earliest("created_at").created_at
    assert oldest > NOW - timedelta(days=5)
    assert Notification.objects.filter(read_at=None).exists()


@pytest.mark.long
@pytest.mark.timeout(900)
def test_the_same_instant_gives_the_same_tickets(db: None, files_in: Path) -> None:
    from django.db import transaction

    seen = []
    for _ in range(2):
        with transaction.atomic():
            load(now=NOW, say=lambda _: None)
            seen.append(
                list(Ticket.objects.order_by("pk").values_list("key", "subject", "status", "registered_at", "version"))
            )
            transaction.set_rollback(True)
    assert seen[0] == seen[1]


@pytest.mark.long
@pytest.mark.timeout(400)
@pytest.mark.parametrize(
    "now",
    [
        datetime(2026, 11, 22, 19, 0, tzinfo=UTC),  # Sunday night
        datetime(2026, 1, 5, 8, 0, tzinfo=UTC),  # amid the holidays
        datetime(2026, 11, 20, 14, 0, tzinfo=UTC),  # 17:00:00 on a Friday
        datetime(2028, 7, 4, 2, 0, tzinfo=UTC),  # a calendar year that is provisional
    ],
)
def test_any_day_is_a_good_day(now: datetime, db: None, files_in: Path) -> None:
    load(now=now, say=lambda _: None)
    assert [found for found in differences() if isinstance(found, Difference)] == []
    assert set(Ticket.objects.values_list("status", flat=True)) == set(Status)
    assert set(Ticket.objects.values_list("resolution", flat=True)) == {"", *Resolution}
    assert set(Ticket.objects.values_list("reaction_state", flat=True)) == set(ReactionState)


def test_it_is_loaded_into_an_empty_database_only(cast: object, files_in: Path) -> None:
    with pytest.raises(NotEmpty) as refusal:
        load(now=NOW, say=lambda _: None)
    assert not refusal.value.is_demo
    assert Ticket.objects.count() == 0


@pytest.mark.long
def test_the_command_writes_the_sign_ins_for_its_owner_and_does_nothing_twice(
    own_database: object, mespace_command: object, tmp_path: Path
) -> None:
    first = mespace_command("demo", MESPACE_DATA=str(tmp_path))  # type: ignore[operator]
    assert first.returncode == 0, first.stderr
    path = tmp_path / "demo-sign-ins.json"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    people = json.loads(path.read_text("utf-8"))
    assert 6 <= len(people) <= 10
    assert all(set(person) == {"who", "email", "password"} for person in people)
    assert people[0]["password"] in first.stdout
    count = Ticket.objects.count()
    again = mespace_command("demo", MESPACE_DATA=str(tmp_path))  # type: ignore[operator]
    assert again.returncode == 0
    assert "already" in again.stdout
    assert Ticket.objects.count() == count


def test_texts_name_only_slots_and_things_that_exist() -> None:
    slots = dict.fromkeys(
        [
            "line",
            "area",
            "order",
            "batch",
            "printer",
            "scanner",
            "scale",
            "n",
            "time",
            "shift",
            "name",
            "build",
            "next_build",
            "other",
            "reply",
        ],
        "x",
    )
    ids = [story.id for story in stories()]
    assert len(ids) == len(set(ids))
    for story in stories():
        for text in (
            *story.subjects,
            story.description,
            story.question,
            story.reply,
            story.solution,
            story.note,
            story.plan,
        ):
            text.format_map(slots)
        assert all(len(subject.format_map({**slots, "line": "x" * 30})) <= 250 for subject in story.subjects)
    for texts in phrases().values():
        for text in texts:
            text.format_map(slots)


def test_files_are_what_their_names_say() -> None:
    import io

    picture = terminal_picture(
        line="Линия 3", order="104587", clock="18.11.2026 12:40", message="Не печатаются этикетки"
    )
    assert judge("terminal.png", io.BytesIO(picture)).is_image
    assert len(picture) < 40_000
    log = service_log(Random(1), NOW, "104587")
    assert judge("service.log", io.BytesIO(log)).refused_reason is None
    table = csv_export(Random(1), NOW, "Линия 3").decode("utf-8-sig").splitlines()
    assert len({row.count(";") for row in table}) == 1


def _keeps_every_attached_file() -> None:
    from mespace.platform.files import path_of

    blobs = list(Attachment.objects.filter(removed_at=None).values_list("blob", "size"))
    assert len(blobs) > 10
    named = ArticleFile.objects.filter(revisions__article__shown__isnull=False)
    assert set(named.values_list("name", "is_image")) == {("terminal.png", True), ("service.log", False)}
    blobs += named.values_list("blob", "size")
    assert settings.FILES
    assert all(path_of(name).stat().st_size == size for name, size in blobs)
