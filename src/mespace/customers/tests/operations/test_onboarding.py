"""From the naming in a contract to the access that was handed over (clauses 3.1, 4.2, E5)."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError

from mespace.accounts.actor import Refused
from mespace.accounts.errors import AlreadyHasPassword
from mespace.accounts.models import User
from mespace.accounts.operations.accept_invitation import accept_invitation
from mespace.accounts.operations.send_password_link import send_password_link
from mespace.accounts.permissions import Role
from mespace.customers.onboarding.models import ContractPerson, HandedOver, StruckFor
from mespace.customers.onboarding.naming import NamedPerson, contract_signed
from mespace.customers.onboarding.queries import Shown, named_person, onboarding
from mespace.customers.operations.credentials_given import credentials_given
from mespace.customers.operations.mail_onboarding import mail_onboarding
from mespace.customers.operations.make_onboarding_link import make_onboarding_link
from mespace.customers.operations.name_responsible import name_responsible
from mespace.customers.operations.record_handing_over import record_handing_over
from mespace.customers.operations.strike_responsible import strike_responsible
from mespace.obligations.models import Obligation
from mespace.obligations.operations.miss import miss
from mespace.obligations.queries.evidence import bundle_of
from mespace.platform.rows import RowNotFound
from tests.cast import WEDNESDAY, Cast
from tests.properties.judging import verifier

pytestmark = pytest.mark.django_db
TODAY = WEDNESDAY.date()
DUE = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)
ANNA = NamedPerson("Анна  Лебедева", "Anna@Example.org", "Главный технолог", "+7 900 000-00-00")
PASSWORD = "another horse battery staple"


def named(cast: Cast, person: NamedPerson = ANNA, *, on: date = TODAY, now: datetime = WEDNESDAY) -> ContractPerson:
    return name_responsible(actor=cast.manager, now=now, contract_id=cast.contract.pk, person=person, named_on=on)


def state(person: ContractPerson) -> str:
    return Obligation.objects.get(pk=person.obligation_id).state


def test_named_without_an_account_the_term_runs_from_that_day(cast: Cast) -> None:
    person = named(cast)
    assert (person.full_name, person.email, person.user) == ("Анна Лебедева", "anna@example.org", None)
    owed = person.obligation
    assert owed is not None
    assert (owed.state, owed.due_at, owed.owed_to, owed.clause) == ("open", DUE, cast.factory.pk, "3.1")
    assert not User.objects.filter(email="anna@example.org").exists()


def test_a_link_handed_over_in_person_fulfils_it_and_who_did_is_kept(cast: Cast) -> None:
    person = named(cast)
    link = make_onboarding_link(actor=cast.manager, now=WEDNESDAY, person_id=person.pk)
    user = User.objects.get(email="anna@example.org")
    assert (user.roles, user.membership.customer, user.has_usable_password()) == (["responsible"], cast.factory, False)
    assert state(person) == "open"  # made is not handed over
    person = record_handing_over(actor=cast.manager, now=DUE, person_id=person.pk)
    assert (person.handed_over_at, person.handed_over_how) == (DUE, "in_person")
    assert person.handed_over_by == cast.users["manager"]
    assert state(person) == "fulfilled"
    record_handing_over(actor=cast.manager, now=DUE + timedelta(days=1), person_id=person.pk)
    person.refresh_from_db()
    assert person.handed_over_at == DUE
    assert accept_invitation(token=link.token, password=PASSWORD, now=DUE) == user


def test_nothing_is_recorded_without_a_link_that_works(cast: Cast) -> None:
    person = named(cast)
    with pytest.raises(ValidationError):
        record_handing_over(actor=cast.manager, now=WEDNESDAY, person_id=person.pk)
    make_onboarding_link(actor=cast.manager, now=WEDNESDAY, person_id=person.pk)
    with pytest.raises(ValidationError):
        record_handing_over(actor=cast.manager, now=WEDNESDAY + timedelta(days=7), person_id=person.pk)
    assert state(person) == "open"


def test_a_mailed_invitation_counts_when_a_server_took_it(cast: Cast, mailoutbox) -> None:
    person = mail_onboarding(actor=cast.manager, now=WEDNESDAY, person_id=named(cast).pk)
    assert state(person) == "open"
    assert send_password_link(email="anna@example.org", now=DUE)
    assert PASSWORD not in mailoutbox[0].body
    credentials_given(user_id=person.user_id, now=DUE + timedelta(seconds=30), at=DUE, how=HandedOver.MAIL)
    person.refresh_from_db()
    assert (state(person), person.handed_over_at, person.handed_over_how) == ("fulfilled", DUE, "mail")


def test_who_is_invited_elsewhere_is_recognised_by_address_within_the_customer_only(cast: Cast) -> None:
    person = named(cast, NamedPerson("Новая", "colleague-to-be@example.org"))
    user = User.objects.create_user(
        email="colleague-to-be@example.org", full_name="Новая", roles=[Role.CUSTOMER_USER], created_at=WEDNESDAY
    )
    assert credentials_given(user_id=user.pk, now=WEDNESDAY, at=WEDNESDAY, how=HandedOver.ACCEPTED) == []
    cast.factory.memberships.create(user=user)
    assert credentials_given(user_id=user.pk, now=WEDNESDAY, at=WEDNESDAY, how=HandedOver.ACCEPTED) == [person]
    person.refresh_from_db()
    assert (person.user, state(person)) == (user, "fulfilled")
    assert credentials_given(user_id=user.pk, now=WEDNESDAY, at=WEDNESDAY, how=HandedOver.ACCEPTED) == []


def test_entered_late_it_is_born_broken(cast: Cast) -> None:
    person = named(cast, on=TODAY - timedelta(days=20))
    assert person.obligation is not None
    assert person.obligation.was_entered_late
    make_onboarding_link(actor=cast.manager, now=WEDNESDAY, person_id=person.pk)
    record_handing_over(actor=cast.manager, now=WEDNESDAY, person_id=person.pk)
    assert state(person) == "late"
    obligation = Obligation.objects.select_related("regulation_edition").get(pk=person.obligation_id)
    lines = verifier().verify(json.dumps(bundle_of(obligation, as_of=DUE)).encode())
    assert "  note: its first deadline had passed when it was entered" in lines


def test_who_had_access_before_is_owed_nothing_and_becomes_responsible(cast: Cast) -> None:
    person = named(cast, NamedPerson("Engineer", "ENGINEER@example.org"))
    assert (person.user, person.obligation) == (cast.users["engineer"], None)
    assert User.objects.get(pk=person.user_id).roles == ["responsible"]
    with pytest.raises(AlreadyHasPassword):
        make_onboarding_link(actor=cast.manager, now=WEDNESDAY, person_id=person.pk)


@pytest.mark.parametrize(
    ("email", "on", "field"),
    [
        ("stranger@example.org", TODAY, "email"),
        ("agent@example.org", TODAY, "email"),
        ("no address", TODAY, "email"),
        ("x@example.org", date(2023, 12, 31), "named_on"),
        ("x@example.org", TODAY + timedelta(days=1), "named_on"),
    ],
)
def test_bad_input_is_answered_by_its_field(cast: Cast, email, on, field) -> None:
    with pytest.raises(ValidationError) as caught:
        named(cast, NamedPerson("Кто-то", email), on=on)
    assert list(caught.value.message_dict) == [field]
    assert not Obligation.objects.exists()


def test_an_address_is_named_once_in_a_contract_until_it_is_struck(cast: Cast) -> None:
    first = named(cast)
    with pytest.raises(ValidationError):
        named(cast)
    common = {"contract": cast.contract, "now": WEDNESDAY, "actor": cast.manager}
    assert contract_signed(people=[ANNA], **common) == [first]
    strike_responsible(actor=cast.manager, now=WEDNESDAY, person_id=first.pk, reason=StruckFor.MISTAKE)
    assert state(first) == "withdrawn"
    assert named(cast).pk != first.pk
    with pytest.raises(RowNotFound):
        make_onboarding_link(actor=cast.manager, now=WEDNESDAY, person_id=first.pk)


def test_an_amendment_counts_from_its_own_date(cast: Cast) -> None:
    (person,) = contract_signed(
        contract=cast.contract, people=[ANNA], now=WEDNESDAY, actor=cast.manager, named_on=TODAY - timedelta(days=1)
    )
    assert person.obligation is not None
    assert person.obligation.due_at == datetime(2026, 11, 20, 14, 0, tzinfo=UTC)


@pytest.mark.parametrize("who", ["agent", "responsible", "engineer", "director", "auditor", "administrator"])
def test_only_managers_name_invite_and_strike(cast: Cast, who) -> None:
    person, actor = named(cast), cast.actors[who]
    with pytest.raises(Refused):
        name_responsible(actor=actor, now=WEDNESDAY, contract_id=cast.contract.pk, person=ANNA, named_on=TODAY)
    for operation in (mail_onboarding, make_onboarding_link, record_handing_over):
        with pytest.raises(Refused):
            operation(actor=actor, now=WEDNESDAY, person_id=person.pk)
    with pytest.raises(Refused):
        strike_responsible(actor=actor, now=WEDNESDAY, person_id=person.pk, reason=StruckFor.LEFT)
    assert state(person) == "open"


def test_lists_tell_who_waits_who_is_late_and_who_is_done(cast: Cast, django_assert_num_queries) -> None:
    waiting, late, done = (named(cast, NamedPerson(f"№ {n}", f"n{n}@example.org")) for n in range(3))
    make_onboarding_link(actor=cast.manager, now=WEDNESDAY, person_id=done.pk)
    record_handing_over(actor=cast.manager, now=WEDNESDAY, person_id=done.pk)
    old = named(cast, NamedPerson("Давно", "old@example.org"), on=TODAY - timedelta(days=30))
    with django_assert_num_queries(2):
        page = onboarding(actor=cast.auditor, now=WEDNESDAY, shown=Shown.WAITING)
    assert page.rows == [waiting, late]
    assert page.counts == {Shown.WAITING: 2, Shown.LATE: 1, Shown.DONE: 1}
    assert onboarding(actor=cast.manager, now=WEDNESDAY, shown=Shown.LATE).rows == [old]
    after = DUE + timedelta(minutes=5)
    assert onboarding(actor=cast.manager, now=after, shown=Shown.LATE).rows == [waiting, late, old]
    assert miss(obligation_id=late.obligation_id, now=after) is not None
    assert onboarding(actor=cast.manager, now=after, shown=Shown.LATE).rows == [waiting, late, old]
    found = named_person(actor=cast.manager, person_id=done.pk, now=WEDNESDAY)
    assert (found.invited_until, found.first_sign_in) == (WEDNESDAY + timedelta(days=7), None)
    with pytest.raises(Refused):
        onboarding(actor=cast.responsible, now=WEDNESDAY, shown=Shown.DONE)
