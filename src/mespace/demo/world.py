"""The people, products and factories of the demo, made by the operations that managers use."""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from mespace.accounts.actor import Actor
from mespace.accounts.models import User
from mespace.accounts.operations.create_first_administrator import create_first_administrator
from mespace.accounts.operations.create_user import create_user
from mespace.accounts.permissions import Role
from mespace.customers.actors import actor_of
from mespace.customers.contract_files import NewFile
from mespace.customers.contract_terms import ContractTerms
from mespace.customers.legal_entity import LegalEntity
from mespace.customers.models import Area, FilePurpose, Site, SupportContract, WorkCenter
from mespace.customers.onboarding.naming import NamedPerson
from mespace.customers.operations.add_area import add_area
from mespace.customers.operations.add_contract import add_contract
from mespace.customers.operations.add_customer import add_customer
from mespace.customers.operations.add_person import add_person
from mespace.customers.operations.add_site import add_site
from mespace.customers.operations.add_work_center import add_work_center
from mespace.customers.operations.amend_contract import Amendment, amend_contract
from mespace.customers.operations.end_contract_early import end_contract_early
from mespace.customers.operations.set_installation import set_installation
from mespace.products.fix import Confirmation, Fix
from mespace.products.matrix import Item
from mespace.products.models import Build, KnownError, OtherVendor, Product
from mespace.products.operations._configuration import ConfigurationLine
from mespace.products.operations._vendor import VendorEntry
from mespace.products.operations.add_build import add_build
from mespace.products.operations.add_component import add_component
from mespace.products.operations.add_configuration import add_configuration
from mespace.products.operations.add_known_error import add_known_error
from mespace.products.operations.add_product import add_product
from mespace.products.operations.add_vendor import add_vendor
from mespace.products.operations.add_version import add_version
from mespace.tickets.operations.answer_templates import Template, save_template
from mespace.tickets.operations.saved_views import save_view

BEGAN = datetime(2024, 1, 9, 7, 0, tzinfo=UTC)


@dataclass
class Person:
    """Somebody of the demo."""

    id: str
    user: User
    actor: Actor
    zone: ZoneInfo
    home: Site | None = None

    @property
    def first_name(self) -> str:
        """How colleagues call them."""
        return self.user.full_name.split(" ", 1)[0]


@dataclass
class Work:
    """A work center with its area and site."""

    site: Site
    area: Area
    center: WorkCenter
    is_special: bool = False


@dataclass
class Factory:
    """A customer with all that its tickets name."""

    code: str
    pk: int
    zone: ZoneInfo
    people: list[Person] = field(default_factory=list)
    works: list[Work] = field(default_factory=list)
    builds: dict[tuple[int, str], Build] = field(default_factory=dict)  # by site and product
    covered: list[tuple[date, date, frozenset[str]]] = field(default_factory=list)

    def covers(self, product: str, day: date) -> bool:
        """Whether a contract gives the right to file about the product on a Moscow date."""
        return any(first <= day <= last and product in products for first, last, products in self.covered)


@dataclass
class World:
    """Everything by the names that the data give."""

    staff: dict[str, Person] = field(default_factory=dict)
    factories: dict[str, Factory] = field(default_factory=dict)
    products: dict[str, Product] = field(default_factory=dict)
    builds: dict[str, list[tuple[date, str]]] = field(default_factory=dict)  # by product, released ones first to last
    next_build: dict[str, str] = field(default_factory=dict)
    known_errors: dict[str, KnownError] = field(default_factory=dict)
    vendors: dict[str, OtherVendor] = field(default_factory=dict)

    @property
    def agents(self) -> list[Person]:
        """Those who accept tickets."""
        return [person for person in self.staff.values() if person.user.roles == [Role.AGENT]]

    def build_after(self, product: str, day: date) -> str:
        """The first build released after a date, else the one that comes next."""
        later = [number for released, number in self.builds[product] if released > day]
        return later[0] if later else self.next_build[product]

    def person(self, name: str) -> Person:
        """Staff or a customer's person by the data's name. Raises KeyError."""
        everybody = [*self.staff.values(), *(one for factory in self.factories.values() for one in factory.people)]
        return {one.id: one for one in everybody}[name]


class _Maker:
    def __init__(self, data: dict[str, Any], now: datetime) -> None:
        self.data, self.now, self.today = data, now, now.date()
        self.world = World()

    def day(self, offset: int) -> date:
        return self.today + timedelta(days=offset)

    def make(self) -> World:
        self._staff()
        for row in self.data["product"]:
            self._product(row)
        for row in self.data["known_error"]:
            self._known_error(row)
        for row in self.data["vendor"]:
            self.world.vendors[row["name"]] = add_vendor(actor=self.manager, entry=VendorEntry(**row))
        for row in self.data["customer"]:
            self._customer(row)
        self._desk()
        return self.world

    @property
    def manager(self) -> Actor:
        return self.world.staff["sokolova"].actor

    def _staff(self) -> None:
        rows = self.data["staff"]
        for row in rows:
            if row["id"] == "admin":
                user = create_first_administrator(
                    email=row["email"], full_name=row["name"], password=self.data["password"], now=BEGAN
                )
            else:
                user = create_user(
                    actor=self.world.staff["admin"].actor,
                    now=BEGAN,
                    email=row["email"],
                    full_name=row["name"],
                    job_title=row["title"],
                    roles=[Role(role) for role in row["roles"]],
                    time_zone=row.get("zone", "Europe/Moscow"),
                )
                self._let_in(user)
            self.world.staff[row["id"]] = Person(row["id"], user, actor_of(user), ZoneInfo(user.time_zone))

    def _let_in(self, user: User) -> None:
        """Hashing takes long by design, so the others get the hash of the administrator's password."""
        user.password = self.world.staff["admin"].user.password
        user.save(update_fields=["password"])

    def _product(self, row: dict[str, Any]) -> None:
        product = add_product(actor=self.manager, code=row["code"], name=row["name"], description=row["description"])
        self.world.products[row["id"]], self.world.next_build[row["id"]] = product, row["next"]
        for name in row["components"]:
            add_component(actor=self.manager, product_id=product.pk, name=name)
        for number, dates in row["versions"].items():
            add_version(
                actor=self.manager,
                product_id=product.pk,
                number=int(number),
                limited_from=self.day(dates["limited"]),
                ended_from=self.day(dates["ended"]),
            )
        for number, released in row["builds"]:
            add_build(actor=self.manager, product_id=product.pk, number=number, released_on=self.day(released))
        add_build(actor=self.manager, product_id=product.pk, number=row["next"])
        for line in row["configurations"]:
            self._configuration(product, line)
        self.world.builds[row["id"]] = sorted((self.day(released), number) for number, released in row["builds"])

    def _configuration(self, product: Product, row: dict[str, Any]) -> None:
        version = product.versions.filter(number=row["version"]).first() if "version" in row else None
        line = ConfigurationLine(
            kind=row["kind"],
            name=row["name"],
            lowest=row.get("lowest", ""),
            highest=row.get("highest", ""),
            note=row.get("note", ""),
            version_id=version.pk if version is not None else None,
            supported_until=self.day(row["until"]) if "until" in row else None,
        )
        add_configuration(actor=self.manager, product_id=product.pk, line=line)

    def _build(self, product: str, number: str) -> Build:
        version, major, minor = map(int, number.split("."))
        return Build.objects.select_related("version").get(
            version__product=self.world.products[product], version__number=version, major=major, minor=minor
        )

    def _known_error(self, row: dict[str, Any]) -> None:
        fix = Fix()
        if "fixed_in" in row:
            fix = Fix(fixed_in_id=self._build(row["product"], row["fixed_in"]).pk)
        elif "planned_for" in row:
            build = self._build(row["product"], row["planned_for"])
            fix = Fix(planned_for_id=build.pk, planned_on=self.day(row["planned_in"]))
        self.world.known_errors[row["code"]] = add_known_error(
            actor=self.manager,
            now=datetime.combine(self.day(-20), BEGAN.timetz()),
            product_id=self.world.products[row["product"]].pk,
            code=row["code"],
            title=row["title"],
            description=row["description"],
            workaround=row["workaround"],
            confirmation=Confirmation(row["differs_from"], row["reproduced"], row["ruled_out"]),
            affected_ids=[self._build(row["product"], number).pk for number in row["affected"]],
            fix=fix,
        )

    def _customer(self, row: dict[str, Any]) -> None:
        customer = add_customer(
            actor=self.manager,
            now=BEGAN,
            name=row["name"],
            short_name=row["short"],
            project_code=row["code"],
            project_name=f"{row['short']}: поддержка MESPACE",
            narrow_to_sites=row.get("narrow", False),
            note=row["note"],
            legal=LegalEntity(**{name: row[name] for name in ("inn", "kpp", "ogrn", "legal_address")}),
        )
        factory = Factory(row["code"], customer.pk, ZoneInfo(row["zone"]))
        self.world.factories[row["code"]] = factory
        sites = [self._site(factory, site) for site in row["site"]]
        for person in row["person"]:
            self._person(factory, sites, person)
        named = [
            NamedPerson(person["name"], person["email"], person["title"])
            for person in row["person"]
            if person.get("role") == Role.RESPONSIBLE
        ]
        for contract in row["contract"]:
            self._contract(factory, contract, named)

    def _site(self, factory: Factory, row: dict[str, Any]) -> Site:
        site = add_site(
            actor=self.manager,
            customer_id=factory.pk,
            name=row["name"],
            address=row["address"],
            time_zone=row["zone"],
        )
        for product, number in row["installed"].items():
            build = self._build(product, number)
            beside = [Item(*line.split("|")) for line in row.get("beside", {}).get(product, ())]
            said: dict[str, Any] = {"build_id": build.pk, "since": build.released_on, "items": beside}
            noted = datetime.combine(build.released_on or BEGAN.date(), BEGAN.timetz())
            set_installation(actor=self.manager, now=noted, site_id=site.pk, **said)
            factory.builds[site.pk, product] = build
        for name, centers in row["areas"].items():
            area = add_area(actor=self.manager, site_id=site.pk, name=name)
            for center in centers:
                made = add_work_center(actor=self.manager, area_id=area.pk, name=center.removeprefix("!"))
                factory.works.append(Work(site, area, made, is_special=center.startswith("!")))
        return site

    def _contract(self, factory: Factory, row: dict[str, Any], named: list[NamedPerson]) -> None:
        first = date.fromisoformat(row["from"]) if "from" in row else self.day(row["from_days"])
        signed = date.fromisoformat(row["signed"]) if "signed" in row else self.day(row["signed_days"])
        last = self.day(row["until"])
        terms = ContractTerms(
            number=row["number"],
            title=row["title"],
            form=row["form"],
            product_ids=[self.world.products[name].pk for name in row["products"]],
            signed_on=signed,
            valid_from=first,
            valid_until=last,
            type=row["type"],
            division_of_responsibility=row["division"],
        )
        renewed = SupportContract.objects.filter(customer=factory.pk, number=row.get("renews", "")).first()
        contract = add_contract(
            actor=self.manager,
            now=BEGAN,
            customer_id=factory.pk,
            terms=terms,
            people=named,
            renews_id=renewed.pk if renewed is not None else None,
        )
        if "amended" in row:
            self._amend(contract, terms, row)
        if "ended_early" in row:
            last = self.day(row["ended_early"])
            end_contract_early(
                actor=self.manager,
                now=self.now + timedelta(days=row["ended_early"] - 5),
                contract_id=contract.pk,
                last_day=last,
                reason=row["early_end"],
            )
        factory.covered.append((first, last, frozenset(row["products"])))

    def _amend(self, contract: SupportContract, terms: ContractTerms, row: dict[str, Any]) -> None:
        division = row["amended_division"]
        file = NewFile(FilePurpose.DIVISION, row["amendment_file"], [division.encode()])
        amendment = Amendment(
            replace(terms, division_of_responsibility=division),
            effective_on=self.day(row["amended"]),
            reason=row["amendment"],
            files=[file],
        )
        amend_contract(
            actor=self.manager,
            now=self.now + timedelta(days=row["amended"] - 3),
            contract_id=contract.pk,
            amendment=amendment,
        )

    def _person(self, factory: Factory, sites: list[Site], row: dict[str, Any]) -> None:
        home = sites[row["site"]]
        membership = add_person(
            actor=self.manager,
            now=BEGAN,
            customer_id=factory.pk,
            email=row["email"],
            full_name=row["name"],
            role=Role(row.get("role", "customer_user")),
            job_title=row["title"],
            site_ids=[home.pk],
            home_site_id=home.pk,
            time_zone=home.time_zone,
        )
        user = membership.user
        self._let_in(user)
        factory.people.append(Person(row["id"], user, actor_of(user), ZoneInfo(home.time_zone), home))

    def _desk(self) -> None:
        for row in self.data["template"]:
            product = self.world.products[row["product"]].pk if "product" in row else None
            save_template(actor=self.manager, template=Template(row["title"], row["body"], product))
        ids = {code: str(factory.pk) for code, factory in self.world.factories.items()}
        for row in self.data["view"]:
            save_view(
                actor=self.world.staff[row["owner"]].actor,
                name=row["name"],
                query=row["query"].format(**ids),
                is_shared=row["shared"],
            )


def make_world(data: dict[str, Any], *, now: datetime) -> World:
    """The world, written to the database as if it had been there for years; needs an empty one."""
    return _Maker(data, now).make()
