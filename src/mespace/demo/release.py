"""A release of the last days: some confirmed that it solved their request, one said no, some have not answered."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from random import Random

from mespace.accounts.permissions import Role
from mespace.customers.actors import actor_of
from mespace.customers.models import InstallationSource
from mespace.customers.operations.set_installation import set_installation
from mespace.customers.release_sites import note_release_sites, people_using
from mespace.customers.releases_seen import RELEASE
from mespace.demo.courses import Course
from mespace.demo.player import Planned, Stage
from mespace.demo.software import take_back
from mespace.demo.texts import stories
from mespace.demo.world import World
from mespace.notifications.operations.announce import announce
from mespace.platform.jobs import Job
from mespace.products.models import Build, FixChange
from mespace.products.operations.add_build import add_build
from mespace.products.operations.describe_release import describe_release
from mespace.products.operations.publish_release import publish_release
from mespace.tickets.models import AskOutcome, ReleaseAsk, Ticket
from mespace.tickets.operations.accept_solution import accept_solution
from mespace.tickets.operations.ask_about_release import ask_about_release, tickets_to_ask
from mespace.tickets.operations.customer_reacts import Reaction, customer_reacts

PRODUCT, NUMBER, FIXES = "line", "5.8.3", ("KE-103", "KE-108")
AGO = timedelta(hours=26)
CONFIRMED = Course("confirmed", 1, ("accept", "note", "link_known"))
NOTES = """
Исправительная сборка: то, чего ждали в 5.9.0, вышло раньше.

- **Терминал** читает список открытых заданий один раз, а не при каждом нажатии.
- **Отчёты** с группировкой по смене идут по индексу: месяц строится за минуту.

Установка занимает десять минут, терминалы перезапустятся сами. Перед ней сделайте копию базы.
"""
NOT_SOLVED = (
    "Поставили 5.8.3. Стало лучше, но при четырёхстах открытых заданиях «Далее» по-прежнему думает три-четыре секунды. "
    "Для смены это много, поэтому вопрос не закрываем."
)


@dataclass(frozen=True)
class Asked:
    """Whose request it is, how many days ago it came, and after how many hours it was answered (None: not yet)."""

    code: str
    person: str
    story: str
    days: int
    answered: float | None = None
    solved: bool = True


REQUESTS = (
    Asked("VOLPAK", "orlov", "terminal-slow", 9, 2.5),
    Asked("VOLPAK", "kuzmina", "terminal-slow", 8, 20),
    Asked("OBMOL", "shestakov", "terminal-slow", 8, 4, solved=False),
    Asked("OBMOL", "dorofeeva", "report-slow", 7),
    Asked("VOLPAK", "blinov", "report-slow", 6),
)


def stage_of_release(stage: Stage) -> Stage:
    """A stage with a chance of its own, so that all other requests stay as they are."""
    return replace(stage, rng=Random(583), said={})  # noqa: S311 - a demo, not a secret


def plan_release(stage: Stage) -> list[Planned]:
    """The requests that the release will be about, filed on the mornings of the days before."""
    return [_planned(stage, row) for row in REQUESTS]


def _planned(stage: Stage, row: Asked) -> Planned:
    factory = stage.world.factories[row.code]
    requester = next(one for one in factory.people if one.id == row.person)
    told = next(one for one in stories() if one.id == row.story)
    works = [work for work in factory.works if work.site == requester.home and not work.is_special]
    local = (stage.now - timedelta(days=row.days)).astimezone(requester.zone)
    morning = local.replace(hour=8, minute=20 + row.days, second=17, microsecond=0)
    return Planned(morning.astimezone(UTC), factory, told, CONFIRMED, stage.rng.choice(works), requester, pace=0.5)


def play_release(world: World, *, plans: list[Planned], now: datetime) -> Build:
    """The published build, asked about and announced as the worker does it, and the answers of `REQUESTS`."""
    manager, at = world.staff["sokolova"].actor, now - AGO
    build = add_build(actor=manager, product_id=world.products[PRODUCT].pk, number=NUMBER)
    fixed = [world.known_errors[code].pk for code in FIXES]
    describe_release(actor=manager, build_id=build.pk, notes=NOTES, resolves_ids=fixed)
    build = publish_release(actor=manager, now=at, build_id=build.pk)
    take_back(Job.RELEASE_PUBLISHED)
    build = Build.objects.select_related("version__product").get(pk=build.pk)
    note_release_sites(build)
    changes = list(FixChange.objects.filter(known_error__in=fixed, at=at))
    last = dict(Ticket.objects.filter(pk__in=tickets_to_ask(build=build)).values_list("pk", "active_at"))
    for ticket_id, active_at in last.items():
        ask_about_release(ticket_id=ticket_id, actor=manager, now=max(at, active_at), build=build, changes=changes)
    asked = {ask.ticket.key: ask for ask in build.asks.filter(outcome=AskOutcome.PROPOSED).select_related("ticket")}
    for row, plan in zip(REQUESTS, plans, strict=True):
        ask = asked.get(plan.key)  # none after long holidays, when nothing was confirmed yet
        if row.answered is not None and ask is not None:
            _answer(row, plan, ask, min(now, ask.at + timedelta(hours=row.answered)))
    readers = people_using(build.version.product_id, at=at)
    announce(kind="release", subject_kind=RELEASE, subject_id=build.pk, recipients=readers, now=at, at=at)
    return build


def _answer(row: Asked, plan: Planned, ask: ReleaseAsk, at: datetime) -> None:
    """Installed by the responsible employee of the company, and then confirmed or not by the requester."""
    responsible = next(one for one in plan.factory.people if Role.RESPONSIBLE in one.user.roles)
    set_installation(
        actor=actor_of(responsible.user),
        now=at - timedelta(hours=1),
        site_id=plan.work.site.pk,
        build_id=ask.build_id,
        since=at.date(),
        source=InstallationSource.RELEASE,
    )
    if row.solved:
        accept_solution(ticket_id=ask.ticket_id, actor=plan.requester.actor, now=at)
    else:
        customer_reacts(
            ticket_id=ask.ticket_id, actor=plan.requester.actor, now=at, reaction=Reaction(NOT_SOLVED, rejected=True)
        )
