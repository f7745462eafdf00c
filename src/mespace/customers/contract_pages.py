"""What the pages about one contract show, fully fetched: to staff, and to the customer's responsible employees."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Prefetch, QuerySet

from mespace.accounts.actor import Actor
from mespace.accounts.models import User
from mespace.accounts.permissions import Permission, Role
from mespace.customers.after_the_end import uncovered_after
from mespace.customers.entitlement import moscow_date
from mespace.customers.models import ContractFile, ContractRevision, FilePurpose, Membership, SupportContract
from mespace.customers.tickets_of import last_filing
from mespace.platform.rows import RowNotFound, found, name_key
from mespace.products.models import Product


@dataclass(frozen=True)
class ContractCard:
    """A contract today: its revisions from the last to the first, and when something was last filed under it.

    `uncovered` is the software for which nothing can be filed after its end.
    """

    contract: SupportContract
    revisions: Sequence[ContractRevision]
    today: date
    last_filing: datetime | None
    successor: SupportContract | None
    uncovered: Sequence[Product]
    responsible: Sequence[User]

    @property
    def latest(self) -> ContractRevision:
        """What was agreed last."""
        return self.revisions[0]

    @property
    def in_force(self) -> ContractRevision:
        """The revision in force today; before the contract begins, the first that will be."""
        begun = [row for row in self.revisions if row.effective_on <= self.today]
        return begun[0] if begun else self.revisions[-1]

    @property
    def to_come(self) -> list[ContractRevision]:
        """Revisions agreed and not yet in force, the next first."""
        return [row for row in reversed(self.revisions) if row.number > self.in_force.number]

    @property
    def scans(self) -> list[ContractFile]:
        """The scans that belong to what was agreed last."""
        return [file for file in self.latest.files.all() if file.purpose == FilePurpose.SCAN]

    @property
    def division_files(self) -> list[ContractFile]:
        """The files on the division of responsibility in force."""
        return [file for file in self.in_force.files.all() if file.purpose == FilePurpose.DIVISION]


def contract_card(*, actor: Actor, contract_id: int, now: datetime) -> ContractCard:
    """A contract with its revisions, for readers of customers. Raises Refused or RowNotFound."""
    actor.require(Permission.CUSTOMERS_READ)
    return _card(found(_contracts(), contract_id), now)


def own_contracts(*, actor: Actor) -> list[SupportContract]:
    """The contracts of a responsible employee's customer, the longest-lived first. Raises Refused."""
    actor.require(Permission.CONTRACT_READ_OWN)
    rows = SupportContract.objects.filter(customer_id=actor.customer_id or 0).prefetch_related(
        Prefetch("products", Product.objects.order_by("name"))
    )
    return list(rows.select_related("renewed_by").order_by("-valid_until", "-pk"))


def own_contract_card(*, actor: Actor, contract_id: int, now: datetime) -> ContractCard:
    """A contract of a responsible employee's own customer. Raises RowNotFound (another customer's, too) or Refused."""
    contract: SupportContract = found(_contracts().filter(customer_id=actor.customer_id or 0), contract_id)
    actor.require(Permission.CONTRACT_READ_OWN)
    return _card(contract, now)


def contract_named(*, actor: Actor, contract_id: int | None) -> SupportContract | None:
    """The contract by its number, for those who may open its page; None for anybody else, or without one."""
    if contract_id is None:
        return None
    rows = SupportContract.objects.select_related("customer")
    if actor.can(Permission.CUSTOMERS_READ):
        return rows.filter(pk=contract_id).first()
    if not actor.can(Permission.CONTRACT_READ_OWN):
        return None
    return rows.filter(pk=contract_id, customer_id=actor.customer_id or 0).first()


@dataclass(frozen=True)
class RevisionCard:
    """A revision, the one before it, and the contract's numbers of revisions."""

    contract: SupportContract
    revision: ContractRevision
    before: ContractRevision | None
    numbers: Sequence[int]


def revision_card(*, actor: Actor, contract_id: int, number: int, against: int | None = None) -> RevisionCard:
    """A revision beside another (`against`; else the one before it). Raises RowNotFound or Refused.

    For readers of customers, and responsible employees of the contract's customer.
    """
    rows, reads_all = SupportContract.objects.select_related("customer"), actor.can(Permission.CUSTOMERS_READ)
    contract: SupportContract = found(
        rows if reads_all else rows.filter(customer_id=actor.customer_id or 0), contract_id
    )
    if not reads_all:
        actor.require(Permission.CONTRACT_READ_OWN)
    revisions = {row.number: row for row in _revisions().filter(contract=contract)}
    other = against if against is not None else number - 1
    if number not in revisions or (against is not None and against not in revisions):
        raise RowNotFound("customers.contractrevision")
    return RevisionCard(contract, revisions[number], revisions.get(other), sorted(revisions))


def _contracts() -> "QuerySet[SupportContract]":
    return SupportContract.objects.select_related("customer__project", "accepted_edition", "renews", "renewed_by")


def _revisions() -> "QuerySet[ContractRevision]":
    products = Prefetch("products", Product.objects.order_by(name_key("name")))
    rows = ContractRevision.objects.select_related("made_by", "accepted_edition").prefetch_related(products, "files")
    return rows.order_by("-number")


def _card(contract: SupportContract, now: datetime) -> ContractCard:
    responsible = Membership.objects.filter(
        customer_id=contract.customer_id, user__roles__contains=[Role.RESPONSIBLE], user__is_active=True
    )
    return ContractCard(
        contract=contract,
        revisions=list(_revisions().filter(contract=contract)),
        today=moscow_date(now),
        last_filing=last_filing(contract),
        successor=getattr(contract, "renewed_by", None),
        uncovered=uncovered_after([contract])[contract.pk],
        responsible=[
            row.user for row in responsible.select_related("user").order_by(name_key("user__full_name"), "pk")
        ],
    )
