"""Naming the responsible employees of a contract; shared by the operations that record or amend one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from mespace.accounts.actor import Actor
from mespace.accounts.models import User
from mespace.accounts.permissions import Role
from mespace.customers.entitlement import MOSCOW, moscow_date
from mespace.customers.models import Membership, SupportContract
from mespace.customers.onboarding.kind import name_of
from mespace.customers.onboarding.models import ContractPerson
from mespace.obligations.kinds import by_working_days
from mespace.obligations.operations.open_obligation import open_obligation
from mespace.regulation.queries import NoEdition


@dataclass(frozen=True)
class NamedPerson:
    """A responsible employee as the contract names them; an account may or may not exist."""

    full_name: str
    email: str
    job_title: str = ""
    phone: str = ""


def contract_signed(
    *,
    contract: SupportContract,
    people: Iterable[NamedPerson],
    now: datetime,
    actor: Actor,
    named_on: date | None = None,
) -> list[ContractPerson]:
    """The people whom a contract (or, `named_on` its date, an amendment) names, each with the onboarding owed to them.

    Runs inside the caller's transaction, which holds the contract's row and has checked the right. Somebody whom the
    contract names already is left as they are. An amendment that holds later owes from its day on.
    Raises ValidationError by field and person: `people-0-email` of the first.
    """
    named: list[ContractPerson] = []
    errors: dict[str, list[str]] = {}
    for number, person in enumerate(people):
        try:
            named.append(name(contract, person, named_on or contract.signed_on, actor=actor, now=now))
        except ValidationError as refusal:
            errors |= {f"people-{number}-{field}": texts for field, texts in refusal.message_dict.items()}
    if errors:
        raise ValidationError(errors)
    return named


def require_come(named_on: date, now: datetime) -> None:
    """Raise ValidationError for a day of naming that is still to come."""
    if named_on > moscow_date(now):
        raise ValidationError({"named_on": _("This date is still to come: name the person on that day.")})


def name(
    contract: SupportContract, person: NamedPerson, named_on: date, *, actor: Actor, now: datetime
) -> ContractPerson:
    """One named person. The day of naming is day 0; entered after the term, it is broken from the start (E5)."""
    email = person.email.strip().lower()
    known = ContractPerson.objects.filter(contract=contract, email__iexact=email, struck_at=None).first()
    if known is not None:
        return known
    _check_day(contract, named_on)
    user = _account(contract, email)
    row = ContractPerson(
        contract=contract,
        full_name=" ".join(person.full_name.split()),
        email=email,
        phone=person.phone.strip(),
        job_title=person.job_title.strip(),
        named_on=named_on,
        user=user,
        entered_at=now,
        entered_by_id=actor.user_id,
    )
    row.full_clean(exclude=["contract", "user", "entered_by", "obligation"], validate_constraints=False)
    row.save()
    if user is not None and Role.RESPONSIBLE not in user.roles:
        user.roles = [Role.RESPONSIBLE]
        user.save(update_fields=["roles"])
    if user is None or not _has_credentials(user):
        try:
            row.obligation = open_obligation(
                actor=actor,
                now=now,
                name=name_of(row),
                promise=by_working_days(parameter="onboarding_days"),
                since=datetime.combine(named_on, time(), MOSCOW),
                owed_to=contract.customer_id,
            )
        except NoEdition:
            raise ValidationError({"named_on": _("No edition of the regulation was in force on this date.")}) from None
        row.save(update_fields=["obligation"])
    return row


def _check_day(contract: SupportContract, named_on: date) -> None:
    if named_on < contract.signed_on:
        raise ValidationError({"named_on": _("Nobody can be named before the contract was signed.")})


def _account(contract: SupportContract, email: str) -> User | None:
    user = User.objects.filter(email__iexact=email).first()
    if user is None:
        return None
    if not Membership.objects.filter(user=user, customer_id=contract.customer_id).exists():
        raise ValidationError(
            {"email": _("This address belongs to somebody who is not one of this customer’s people.")}
        )
    if not user.is_active:
        raise ValidationError({"email": _("The account with this address is disabled. Enable it before.")})
    return user


def _has_credentials(user: User) -> bool:
    """Whether they were given before, by this contract or otherwise."""
    return user.has_credentials or ContractPerson.objects.filter(user=user, handed_over_at__isnull=False).exists()
