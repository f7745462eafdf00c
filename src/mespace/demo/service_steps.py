"""What is done for customers along the course of a demo ticket: work by service, and remote sessions."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from random import Random

from mespace.customers.entitlement import moscow_date
from mespace.demo.player import NotYet, Player, step
from mespace.products.models import Build
from mespace.regulation.services import Service
from mespace.tickets.lifecycle import TicketType
from mespace.tickets.models import RemoteSession, WorkEntry
from mespace.tickets.operations._work import Work
from mespace.tickets.operations.consent_to_session import consent_to_session
from mespace.tickets.operations.correct_work import correct_work
from mespace.tickets.operations.end_session import Report, end_session
from mespace.tickets.operations.log_work import log_work
from mespace.tickets.operations.propose_session import Terms, propose_session
from mespace.tickets.operations.refuse_session import refuse_session
from mespace.tickets.operations.start_session import start_session

SERVICES: dict[str, tuple[Service, ...]] = {
    TicketType.CONSULTATION: (Service.INSTALLATION_ADVICE, Service.ADMINISTRATION_ADVICE, Service.UPGRADE_ADVICE),
    TicketType.BUG: (Service.REMOTE_ANALYSIS, Service.ADMINISTRATION_ADVICE),
    TicketType.INCIDENT: (Service.REMOTE_ANALYSIS, Service.RECOVERY_ADVICE, Service.KIT_RESTORING),
    TicketType.CHANGE_REQUEST: (Service.IMPROVEMENT,),
}
TOOLS = ("RuDesktop", "AnyDesk", "RDP через VPN завода")
CORRECTED_EVERY = 17  # tickets


def log_what_was_done(p: Player) -> None:
    """At the end of its course, the time that the ticket took; chance of its own, so courses stay as they are."""
    dice = Random(p.ticket.key)  # noqa: S311 - a made-up past, the same each time
    if p.ticket.reacted_at is None or dice.random() < 0.2:  # noqa: PLR2004 - a share
        return
    try:
        for _ in range(dice.choice((1, 1, 1, 2))):
            p.reach(p.at + timedelta(minutes=dice.randint(4, 40)))
            services = SERVICES[p.ticket.type]
            minutes = dice.choice((10, 15, 20, 25, 30, 40, 45, 60, 75, 90, 120))
            work = Work(dice.choice(services), minutes, moscow_date(p.at))
            p.act(log_work, p.agent, work=work, note="" if dice.random() < 0.7 else NOTES[dice.randrange(len(NOTES))])  # noqa: PLR2004
        if p.ticket.number % CORRECTED_EVERY == 0:
            p.reach(p.at + timedelta(minutes=9))
            entry = WorkEntry.objects.counting().filter(ticket=p.ticket).latest("pk")
            better = Work(entry.service, entry.minutes + 15, entry.worked_on)
            p.act(correct_work, p.agent, work_id=entry.pk, work=better, reason="Забыли звонок с цехом: ещё 15 минут.")
    except NotYet:
        return


NOTES = (
    "Смотрел журналы службы печати, ничего необычного.",
    "Половина времени ушла на поиск доступа к тестовому стенду.",
    "Похожее было в прошлом квартале у другого заказчика.",
)


@step
def session(p: Player) -> None:
    """A remote session as agreed: looked at, nothing changed but a setting."""
    _held(p, "Посмотреть журналы и настройки на «{line}», перезапустить службу обмена.", _no_upgrade)


@step
def session_upgrade(p: Player) -> None:
    """A remote session in which the site got a newer build."""
    _held(p, "Обновить «{line}» до сборки, в которой ошибка исправлена. Линия остановится на 15 минут.", _upgrade)


@step
def session_awaits(p: Player) -> None:
    """Proposed for tomorrow morning; nobody of the factory has answered yet."""
    p.agent_after(0.1, 0.3)
    _propose(p, _tomorrow(p), timedelta(hours=1), "Снять журнал обмена с терминалом во время печати. Ничего не меняем.")


@step
def session_agreed(p: Player) -> None:
    """Proposed for tomorrow morning, and agreed."""
    p.agent_after(0.1, 0.3)
    purpose = "Проверить права службы печати и исправить их, если они не те."
    proposed = _propose(p, _tomorrow(p), timedelta(hours=2), purpose)
    p.reach(p.at + timedelta(minutes=p.rng.randint(3, 15)))
    p.act(consent_to_session, p.customer, session_id=proposed.pk)


@step
def session_refused(p: Player) -> None:
    """Proposed in the middle of a shift, and refused."""
    p.agent_after(0.2, 0.6)
    proposed = _propose(p, p.at + timedelta(hours=4), timedelta(hours=1), "Перенастроить очередь печати на «{line}».")
    p.reach(p.at + timedelta(minutes=p.rng.randint(10, 50)))
    reason = "Смена сдаёт заказ, до 20:00 к линии никого не пускаем. Предложите вечер."
    p.act(refuse_session, p.customer, session_id=proposed.pk, reason=reason)


def _held(p: Player, purpose: str, end: Callable[[Player], Report]) -> None:
    p.agent_after(0.3, 1.5)
    starts = (p.at + timedelta(hours=3)).replace(minute=0, second=0, microsecond=0)
    proposed = _propose(p, starts, timedelta(hours=2), purpose)
    p.reach(p.at + timedelta(minutes=p.rng.randint(6, 70)))
    p.act(consent_to_session, p.customer, session_id=proposed.pk)
    p.reach(starts + timedelta(minutes=p.rng.randint(1, 9)))
    p.act(start_session, p.agent, session_id=proposed.pk)
    p.reach(p.at + timedelta(minutes=p.rng.randint(20, 60)))
    p.act(end_session, p.agent, session_id=proposed.pk, report=end(p))


def _propose(p: Player, starts: datetime, lasts: timedelta, purpose: str) -> RemoteSession:
    starts = starts.replace(minute=0, second=0, microsecond=0)
    terms = Terms(
        starts_at=starts,
        ends_at=starts + lasts,
        tool=TOOLS[p.ticket.number % len(TOOLS)],
        target=p.text("Терминал «{line}» и сервер печати цеха"),
        purpose=p.text(purpose),
    )
    p.act(propose_session, p.agent, terms=terms)
    return RemoteSession.objects.filter(ticket=p.ticket).latest("number")


def _tomorrow(p: Player) -> datetime:
    local = p.stage.now.astimezone(p.customer.zone) + timedelta(days=1)
    return local.replace(hour=9, minute=0, second=0, microsecond=0).astimezone(UTC)


def _no_upgrade(p: Player) -> Report:
    build = p.plan.factory.builds.get((p.plan.work.site.pk, p.plan.story.product))
    pk = build.pk if build is not None else None
    changed = "Перезапустили службу обмена, увеличили время ожидания с 5 до 15 секунд. Остальное не меняли."
    return Report("done", changed, pk, pk)


def _upgrade(p: Player) -> Report:
    place = (p.plan.work.site.pk, p.plan.story.product)
    before = p.plan.factory.builds.get(place)
    released = [number for day, number in p.world.builds[p.plan.story.product] if day <= p.at.date()]
    version, major, minor = map(int, released[-1].split("."))
    after = Build.objects.select_related("version").get(
        version__product=p.world.products[p.plan.story.product], version__number=version, major=major, minor=minor
    )
    p.plan.factory.builds[place] = after
    changed = f"Установили сборку {after.full_number}, настройки перенесли без изменений. Линия печатает."
    return Report("done", changed, before.pk if before is not None else None, after.pk)
