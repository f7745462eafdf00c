"""What tickets refer to: customers with people, sites and contracts, agents, a product."""

from datetime import UTC, date, datetime, timedelta

from corpus import Corpus
from histories import Frame, Place

from mespace.accounts.models import User
from mespace.accounts.permissions import Role
from mespace.accounts.provisioning import provision
from mespace.customers.models import (
    ContractRevision,
    Customer,
    Membership,
    Project,
    RevisionKind,
    Site,
    SupportContract,
)
from mespace.products.models import Build, Product, Version
from mespace.regulation.queries import calendar_at, edition_in_force
from mespace.tickets.models import Message, Ticket
from mespace.tickets.operations._steps import pin

PASSWORD = "benchmark-measures-itself"  # noqa: S105 - of made-up people
AGENT, ENGINEER = "agent-0@bench.example", "person-0-0@bench.example"
YEARS = 2.9
PEOPLE, AGENTS = 8, 12


def make_world(count: int, *, now: datetime, corpus: Corpus) -> Frame:
    """The frame of `count` tickets; the database must hold none."""
    if Ticket.objects.exists() or User.objects.exists():
        raise SystemExit("The benchmark loads into an empty, migrated database only.")
    long_ago = now - timedelta(days=int(365 * YEARS) + 30)
    hashed = ""

    def person(email: str, name: str, role: Role) -> User:
        nonlocal hashed
        user = provision(now=long_ago, email=email, full_name=name, roles={role})
        if not hashed:
            user.set_password(PASSWORD)
            hashed = user.password
        user.password = hashed
        user.save(update_fields=["password"])
        return user

    agents = [person(f"agent-{n}@bench.example", f"Инженер {n}", Role.AGENT) for n in range(AGENTS)]
    product = Product.objects.create(code="mes", name="MES")
    build = Build.objects.create(
        version=Version.objects.create(product=product, number=5), major=8, minor=2, released_on=date(2024, 1, 10)
    )
    edition, calendar = edition_in_force(now), calendar_at(now)
    places = []
    for number in range(min(40, max(4, count // 1000))):
        customer = Customer.objects.create(name=f"Завод {number}", short_name=f"Завод {number}", created_at=long_ago)
        project = Project.objects.create(customer=customer, code=f"Z{number:03}", name=f"Завод {number}")
        site = Site.objects.create(customer=customer, name="Площадка 1")
        contract = SupportContract.objects.create(
            customer=customer,
            number=f"Д-{number}",
            title="Договор на техническую поддержку",
            signed_on=long_ago.date(),
            valid_from=long_ago.date(),
            valid_until=now.date() + timedelta(days=900),
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
        people = []
        for one in range(PEOPLE):
            role = Role.RESPONSIBLE if one == 1 else Role.CUSTOMER_USER
            user = person(f"person-{number}-{one}@bench.example", f"Сотрудник {number}-{one}", role)
            Membership.objects.create(user=user, customer=customer, home_site=site).sites.add(site)
            people.append(user.pk)
        places.append(Place(customer.pk, project.pk, project.code, site.pk, contract.pk, revision.pk, tuple(people)))
    return Frame(
        places=tuple(places),
        agents=tuple(agent.pk for agent in agents),
        product=product.pk,
        build=build.pk,
        regulation={"edition": edition.code, "digest": edition.digest},
        regulation_id=edition.pk,
        calendar_pin=pin(calendar),
        calendar_id=calendar.pk,
        first_id=_next(Ticket),
        first_message=_next(Message),
        count=count,
        began=(now - timedelta(days=365 * YEARS)).replace(microsecond=0).astimezone(UTC),
        now=now,
    )


def _next(model: type[Ticket] | type[Message]) -> int:
    last = model._default_manager.order_by("-pk").values_list("pk", flat=True).first()
    return (last or 0) + 1
