"""Responsible employees whom the demo's contracts name: access given in time, late, running, overdue, born broken."""

from datetime import date, datetime, time, timedelta

from mespace.accounts.actor import Actor
from mespace.customers.entitlement import MOSCOW, moscow_date
from mespace.customers.models import SupportContract
from mespace.customers.onboarding.models import ContractPerson
from mespace.customers.onboarding.naming import NamedPerson
from mespace.customers.operations.make_onboarding_link import make_onboarding_link
from mespace.customers.operations.name_responsible import name_responsible
from mespace.customers.operations.record_handing_over import record_handing_over
from mespace.obligations.operations.miss import due_obligations, miss

# Who, what they do, named how many days ago, entered how many days after that, handed over how many days after that.
PEOPLE: tuple[tuple[str, str, str, int, int, int | None], ...] = (
    ("Гордеева Алла Викторовна", "gordeeva@example.com", "Начальник отдела АСУ ТП", 60, 0, 1),
    ("Тихонов Роман Сергеевич", "tikhonov@example.com", "Главный инженер", 45, 0, 11),
    ("Ермакова Вера Павловна", "ermakova@example.com", "Инженер-технолог", 0, 0, None),
    ("Сафин Ильдар Маратович", "safin@example.com", "Заместитель директора по производству", 20, 0, None),
    ("Лыкова Нина Андреевна", "lykova@example.com", "Главный метролог", 30, 28, None),
)


def play_onboarding(*, manager: Actor, now: datetime) -> list[ContractPerson]:
    """The named people, spread over the contracts valid now, made by the real operations at past instants."""
    today = moscow_date(now)
    contracts = list(
        SupportContract.objects.filter(valid_from__lte=today, valid_until__gte=today).order_by("signed_on", "pk")
    )
    return [_play(contracts[number % len(contracts)], row, manager, today, now) for number, row in enumerate(PEOPLE)]


def _play(
    contract: SupportContract,
    row: tuple[str, str, str, int, int, int | None],
    manager: Actor,
    today: date,
    now: datetime,
) -> ContractPerson:
    full_name, email, job_title, ago, entered, handed_over = row
    named_on = max(today - timedelta(days=ago), contract.signed_on)
    entered_at = min(_morning(named_on + timedelta(days=entered)), now)
    person = name_responsible(
        actor=manager,
        now=entered_at,
        contract_id=contract.pk,
        person=NamedPerson(full_name, email, job_title),
        named_on=named_on,
    )
    if handed_over is not None:
        at = min(_morning(named_on + timedelta(days=handed_over)), now)
        make_onboarding_link(actor=manager, now=at, person_id=person.pk)
        record_handing_over(actor=manager, now=at, person_id=person.pk)
    for obligation_id in due_obligations(now=now):
        miss(obligation_id=obligation_id, now=now)
    return person


def _morning(day: date) -> datetime:
    return datetime.combine(day, time(11, 20), MOSCOW)
