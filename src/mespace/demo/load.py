"""Loading the demo into an empty database, all of it or nothing."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import override

from mespace.accounts.models import User
from mespace.demo import customer_steps, support_steps  # noqa: F401 - their steps register themselves
from mespace.demo.announcements import Prober, play_announcements
from mespace.demo.articles import write_articles
from mespace.demo.contacts import note_contacts
from mespace.demo.duty import plan_duty
from mespace.demo.fixed import play_fixed
from mespace.demo.mails import play_mails
from mespace.demo.onboarding import play_onboarding
from mespace.demo.player import Planned, Player, Stage
from mespace.demo.promises import play_promises
from mespace.demo.quiet import mark_old_read, take_back_jobs, tell_news
from mespace.demo.readers import play_readers
from mespace.demo.regulation import play_regulation
from mespace.demo.release import plan_release, play_release, stage_of_release
from mespace.demo.service_steps import log_what_was_done
from mespace.demo.software import play_software
from mespace.demo.texts import world_data
from mespace.demo.timetable import Timetable, chance
from mespace.demo.world import World, make_world
from mespace.regulation.queries import calendar_at, compiled, edition_in_force
from mespace.tickets.models import Ticket
from mespace.tickets.operations.settle import settle_ticket

Say = Callable[[str], None]
EVERY = 25  # tickets between two lines of progress


class NotEmpty(Exception):  # noqa: N818 - named as what it says
    """People have accounts here already, and a demo needs an empty database. `is_demo`: they are the demo's own."""

    def __init__(self, *, is_demo: bool) -> None:
        self.is_demo = is_demo
        super().__init__("the database is not empty")


@dataclass(frozen=True)
class SignIn:
    """One of those whom a visitor may sign in as."""

    who: str
    email: str
    password: str


@dataclass(frozen=True)
class Loaded:
    """What was made."""

    tickets: int
    people: int
    sign_ins: list[SignIn]


def load(*, now: datetime, say: Say, prober: Prober | None = None) -> Loaded:
    """The demo as of `now`, in one transaction; mails follow, each in its own.

    `prober` goes on measuring what the demo's own past was measured by. Raises NotEmpty.
    """
    data = world_data()
    with override("ru"), transaction.atomic():
        if User.objects.exists():
            known = User.objects.filter(email=data["staff"][0]["email"]).exists()
            raise NotEmpty(is_demo=known)
        say("people, factories and products")
        world = make_world(data, now=now)
        plan_duty(world, calendar=compiled(calendar_at(now).code, edition_in_force(now).code), now=now)
        play_onboarding(manager=world.staff["sokolova"].actor, now=now)
        articles = write_articles(world, now=now)
        stage = _stage(world, now=now)
        tickets, about_release = _tickets(stage, say=say)
        say("calls and mails")
        note_contacts(world, now=now)
        say("what became of the software")
        play_software(world, now=now)
        play_regulation(world, now=now)
        play_release(world, plans=about_release, now=now)
        play_readers(world, articles, now=now)
        _settle(now)
        play_promises(world, now=now)
        say("planned work and the state of the service")
        play_announcements(manager=world.staff["sokolova"].actor, now=now, prober=prober)
        say("what is news and what was read")
        tell_news(take_back_jobs(tickets), now=now)
        mark_old_read(world=world, now=now)
    with override("ru"):
        say("mails out and in")
        play_mails(stage)
    return Loaded(Ticket.objects.count(), User.objects.count(), _sign_ins(world, data))


def _stage(world: World, *, now: datetime) -> Stage:
    edition, calendar = edition_in_force(now), calendar_at(now)
    return Stage(world, chance(), compiled(calendar.code, edition.code), now)


def _tickets(stage: Stage, *, say: Say) -> tuple[list[int], list[Planned]]:
    made = [ticket.pk for ticket in play_fixed(stage)]
    release = stage_of_release(stage)
    about_release = plan_release(release)
    planned = [(stage, plan) for plan in Timetable(stage).make()] + [(release, plan) for plan in about_release]
    planned.sort(key=lambda row: row[1].filed_at)
    for number, (its_stage, plan) in enumerate(planned, 1):
        player = Player(its_stage, plan)
        made.append(player.play().pk)
        log_what_was_done(player)
        if number % EVERY == 0:
            say(f"{number} of {len(planned)} tickets")
    _settle(stage.now)
    return made, about_release


def _settle(now: datetime) -> None:
    for ticket_id in Ticket.objects.filter(wake_at__lt=now).values_list("pk", flat=True):
        settle_ticket(ticket_id=ticket_id, now=now)


def _sign_ins(world: World, data: dict[str, object]) -> list[SignIn]:
    rows = data["sign_ins"]
    assert isinstance(rows, list)  # noqa: S101 - our own file
    return [SignIn(who, world.person(name).user.email, str(data["password"])) for name, who in rows]
