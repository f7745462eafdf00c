"""The fixed cast of the tests: a factory's people, the vendor's of every role, a stranger, and what they need."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from mespace.accounts.actor import Actor
from mespace.accounts.models import User
from mespace.accounts.permissions import Role
from mespace.customers.models import (
    Area,
    ContractRevision,
    Customer,
    Membership,
    Project,
    RevisionKind,
    Site,
    SupportContract,
    WorkCenter,
)
from mespace.products.models import Build, KnownError, OtherVendor, Product, Version
from mespace.products.search import index_known_error
from mespace.regulation.models import RegulationEdition
from mespace.tickets.models import Ticket
from mespace.tickets.operations._place import Place
from mespace.tickets.operations.file_ticket import NewTicket, file_ticket

PASSWORD = "correct horse battery staple"
WEDNESDAY = datetime(2026, 11, 18, 6, 0, tzinfo=UTC)  # 09:00 in Moscow, an ordinary working day


@dataclass
class Cast:
    """People by name, as actors; `users` holds their rows."""

    users: dict[str, User]
    actors: dict[str, Actor]
    factory: Customer
    rival: Customer
    site: Site
    other_site: Site
    area: Area
    work_center: WorkCenter
    product: Product
    other_product: Product
    build: Build
    contract: SupportContract
    vendor: OtherVendor
    known_error: KnownError

    def __getattr__(self, name: str) -> Actor:
        try:
            return self.__dict__["actors"][name]
        except KeyError:
            raise AttributeError(name) from None

    def new(self, **changes: object) -> NewTicket:
        """A complete filing form, with changes."""
        fields: dict[str, object] = {
            "type": "bug",
            "subject": "Не печатаются этикетки",
            "description": "После смены **задания** принтер молчит.",
            "product_id": self.product.pk,
            "place": Place(site_id=self.site.pk, build_id=self.build.pk),
        }
        return NewTicket(**{**fields, **changes})

    def file(self, *, now: datetime = WEDNESDAY, by: str = "engineer", **changes: object) -> Ticket:
        """A ticket filed by somebody of the cast."""
        return file_ticket(actor=self.actors[by], now=now, new=self.new(**changes))


STAFF = {
    "agent": [Role.AGENT],
    "second_agent": [Role.AGENT],
    "contractor": [Role.CONTRACTOR],
    "manager": [Role.MANAGER],
    "director": [Role.DIRECTOR],
    "auditor": [Role.AUDITOR],
    "administrator": [Role.ADMINISTRATOR],
}


def make_cast() -> Cast:
    """Insert the cast into the database."""
    long_ago = datetime(2024, 1, 9, 9, 0, tzinfo=UTC)
    users, actors = {}, {}

    def person(name: str, roles: list[Role]) -> User:
        user = User.objects.create_user(
            email=f"{name}@example.org",
            password=PASSWORD,
            full_name=name.replace("_", " ").title(),
            roles=roles,
            created_at=long_ago,
        )
        users[name] = user
        actors[name] = Actor.of(user_id=user.pk, roles=roles, name=user.full_name)
        return user

    for name, roles in STAFF.items():
        person(name, roles)
    product = Product.objects.create(code="mes-line", name="MES Линия")
    other_product = Product.objects.create(code="mes-lab", name="MES Лаборатория")
    build = Build.objects.create(version=Version.objects.create(product=product, number=4), major=12, minor=3)
    vendor = OtherVendor.objects.create(
        name="Принт-Сервис", phone="+7 495 000-00-00", how_to_reach="Звоните по будням."
    )
    known_error = KnownError.objects.create(product=product, code="KE-1", title="Очередь печати зависает")
    index_known_error(known_error)
    edition = RegulationEdition.objects.order_by("in_force_from").first()

    def customer(name: str, code: str) -> tuple[Customer, Site, SupportContract]:
        row = Customer.objects.create(name=name, short_name=name, created_at=long_ago)
        Project.objects.create(customer=row, code=code, name=f"Внедрение {name}")
        site = Site.objects.create(customer=row, name=f"{name}: площадка 1", time_zone="Asia/Yekaterinburg")
        contract = SupportContract.objects.create(
            customer=row,
            number=f"ТП-{code}-1",
            title="Договор на техническую поддержку",
            signed_on=date(2024, 1, 1),
            valid_from=date(2024, 1, 1),
            valid_until=date(2027, 12, 31),
            accepted_edition=edition,
        )
        contract.products.add(product)
        revision = ContractRevision.objects.create(
            contract=contract,
            number=1,
            kind=RevisionKind.SIGNED,
            made_at=long_ago,
            effective_on=contract.valid_from,
            contract_number=contract.number,
            title=contract.title,
            form=contract.form,
            signed_on=contract.signed_on,
            valid_from=contract.valid_from,
            valid_until=contract.valid_until,
            accepted_edition=edition,
        )
        revision.products.add(product)
        return row, site, contract

    factory, site, contract = customer("Завод", "ZAVOD")
    rival, rival_site, _rival_contract = customer("Соперник", "RIVAL")
    other_site = Site.objects.create(customer=factory, name="Завод: площадка 2", time_zone="Europe/Moscow")
    area = Area.objects.create(site=site, name="Цех 1")
    work_center = WorkCenter.objects.create(area=area, name="Линия 3")
    for name, role, row, home in (
        ("engineer", Role.CUSTOMER_USER, factory, site),
        ("colleague", Role.CUSTOMER_USER, factory, site),
        ("far_colleague", Role.CUSTOMER_USER, factory, other_site),
        ("responsible", Role.RESPONSIBLE, factory, site),
        ("stranger", Role.CUSTOMER_USER, rival, rival_site),
    ):
        user = person(name, [role])
        membership = Membership.objects.create(user=user, customer=row, home_site=home)
        membership.sites.add(home)
        actors[name] = Actor.of(user_id=user.pk, roles=[role], customer_id=row.pk, name=user.full_name)
    return Cast(
        users=users,
        actors=actors,
        factory=factory,
        rival=rival,
        site=site,
        other_site=other_site,
        area=area,
        work_center=work_center,
        product=product,
        other_product=other_product,
        build=build,
        contract=contract,
        vendor=vendor,
        known_error=known_error,
    )


def narrowed(cast: Cast, name: str) -> Actor:
    """The named customer's person as the product sees them when the customer narrows its people to their own sites."""
    actor = cast.actors[name]
    sites = frozenset(cast.users[name].membership.sites.values_list("pk", flat=True))
    return Actor.of(
        user_id=actor.user_id or 0, roles=actor.roles, customer_id=actor.customer_id, site_ids=sites, name=actor.name
    )
