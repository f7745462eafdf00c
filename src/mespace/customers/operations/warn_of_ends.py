"""Warn of contracts that end, 60, 30 and 7 days ahead (clause 2.2)."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q

from mespace.accounts.models import User
from mespace.accounts.permissions import Role
from mespace.customers.after_the_end import uncovered_after
from mespace.customers.contract_news import CONTRACT
from mespace.customers.entitlement import moscow_date
from mespace.customers.models import ContractRevision, ContractWarning, SupportContract
from mespace.customers.queries import WARNING_DAYS
from mespace.platform.jobs import Job, defer


def warn_of_ends(*, now: datetime) -> int:
    """How many warnings were given: to managers and the customer's responsible employees, by Moscow dates.

    Each once per revision and threshold, however often this runs. A contract entered late is warned of at the nearest
    threshold alone; one whose software is covered further on, at none.
    """
    today = moscow_date(now)
    last = today + timedelta(days=max(WARNING_DAYS))
    ending = list(SupportContract.objects.filter(valid_from__lte=today, valid_until__range=(today, last)))
    lost = uncovered_after(ending)
    return sum(_warn(contract, today=today, now=now) for contract in ending if lost[contract.pk])


def _warn(contract: SupportContract, *, today: date, now: datetime) -> int:
    days = next(each for each in sorted(WARNING_DAYS) if (contract.valid_until - today).days <= each)
    with transaction.atomic():
        revision = ContractRevision.objects.filter(contract=contract).order_by("-number").first()
        if revision is None:
            return 0
        _warning, is_new = ContractWarning.objects.get_or_create(
            revision=revision, days=days, defaults={"given_at": now}
        )
        if not is_new:
            return 0
        defer(
            Job.ANNOUNCE,
            kind="contract_ends",
            subject_kind=CONTRACT,
            subject_id=contract.pk,
            recipients=_recipients(contract),
            occasion=f"{revision.number}:{days}",
        )
    return 1


def _recipients(contract: SupportContract) -> list[int]:
    responsible = Q(roles__contains=[Role.RESPONSIBLE], membership__customer_id=contract.customer_id)
    people = User.objects.filter(responsible | Q(roles__contains=[Role.MANAGER]), is_active=True)
    return list(people.order_by("pk").values_list("pk", flat=True))
