"""Writing imported people: those who are there already, by e-mail, are changed, the others added."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mespace.accounts.actor import Actor
from mespace.accounts.models import User
from mespace.accounts.permissions import Role
from mespace.customers.importing.columns import ImportKind, Record, title_of
from mespace.customers.importing.naming import Contracts
from mespace.customers.importing.plan import CellChange, Line, Outcome, Plan
from mespace.customers.models import Customer, Membership, Site
from mespace.customers.operations._person import alter, enter

ROLES = {
    "пользователь": Role.CUSTOMER_USER,
    "user": Role.CUSTOMER_USER,
    "ответственный": Role.RESPONSIBLE,
    "ответственный сотрудник": Role.RESPONSIBLE,
    "responsible": Role.RESPONSIBLE,
}
Read = TypeVar("Read")
_BETWEEN_SITES = re.compile(r"[|;]")
_PLAIN = ("full_name", "job_title", "phone")


def write_people(customer: Customer, records: Sequence[Record], *, actor: Actor, now: datetime) -> Plan:
    """Write all rows inside the caller's transaction; rows with complaints are written back and told.

    An empty cell, or a column that is not there, leaves what is known of a person. Who becomes responsible is named in
    a contract, which owes them access from then on (clauses 3.1, 4.2).
    """
    plan = Plan(ImportKind.PEOPLE)
    rows = Membership.objects.filter(customer=customer).select_related("user", "home_site").prefetch_related("sites")
    known = {row.user.email: row for row in rows}
    sites = {site.name.casefold(): site for site in customer.sites.all()}
    contracts = Contracts(customer, actor=actor, now=now)
    seen: dict[str, int] = {}
    for record in records:
        try:
            with transaction.atomic():
                line, is_new = _write(customer, record, known=known, sites=sites, seen=seen, now=now)
                named = contracts.name(record, email=record.get("email").lower(), is_newly_responsible=is_new)
                if named is not None:
                    outcome = Outcome.CHANGED if line.outcome == Outcome.SAME else line.outcome
                    line = replace(line, outcome=outcome, changes=(*line.changes, named))
                plan.lines.append(line)
        except ValidationError as refusal:
            plan.refuse(record, refusal, {})
    return plan


def _write(
    customer: Customer,
    record: Record,
    *,
    known: Mapping[str, Membership],
    sites: Mapping[str, Site],
    seen: dict[str, int],
    now: datetime,
) -> tuple[Line, bool]:
    """What the row did, and whether it made its person a responsible employee."""
    email = record.get("email").lower()
    if email in seen:
        raise ValidationError({"email": _("The address is in row %(n)d, too.") % {"n": seen[email]}})
    seen[email] = record.number
    role, own, home, errors = _read(record, sites)
    if errors:  # told together with what is wrong in the other cells; nothing of the row is kept
        try:
            _put(customer, record, known.get(email), role=role, own=own, home=home, now=now)
        except ValidationError as refusal:
            errors |= refusal.message_dict
        raise ValidationError(errors)
    return _put(customer, record, known.get(email), role=role, own=own, home=home, now=now)


def _read(
    record: Record, sites: Mapping[str, Site]
) -> tuple[Role | None, list[Site], Site | None, dict[str, list[str]]]:
    """Role, own sites and usual site as the row has them, and what is wrong with each by column."""
    errors: dict[str, list[str]] = {}

    def read(what: Callable[[], Read], instead: Read) -> Read:
        try:
            return what()
        except ValidationError as refusal:
            errors.update(refusal.message_dict)
            return instead

    role = read(lambda: _role(record), None)
    own: list[Site] = read(lambda: _sites(record, sites), [])
    home = read(lambda: _home(record, sites), None)
    return role, own, home, errors


def _put(
    customer: Customer,
    record: Record,
    membership: Membership | None,
    *,
    role: Role | None,
    own: list[Site],
    home: Site | None,
    now: datetime,
) -> tuple[Line, bool]:
    """The row's person, added or changed. Raises ValidationError by field."""
    if membership is None:
        first = home or (own[0] if own else None)
        enter(
            now=now,
            customer_id=customer.pk,
            email=record.get("email").lower(),
            full_name=record.get("full_name"),
            role=role or Role.CUSTOMER_USER,
            job_title=record.get("job_title"),
            phone=record.get("phone"),
            site_ids=[site.pk for site in own],
            home_site_id=home.pk if home else None,
            **({"time_zone": first.time_zone} if first else {}),
        )
        return Line(record.number, Outcome.ADDED, record.get("full_name")), role == Role.RESPONSIBLE
    becomes = role == Role.RESPONSIBLE and Role.RESPONSIBLE not in membership.user.roles
    return _change(membership, record, role=role, own=own, home=home), becomes


def _change(membership: Membership, record: Record, *, role: Role | None, own: list[Site], home: Site | None) -> Line:
    user, before_sites = membership.user, list(membership.sites.all())
    after = {name: record.get(name) or getattr(user, name) for name in _PLAIN}
    new_role = role or Role(user.roles[0])
    new_sites, new_home = own or before_sites, home or membership.home_site
    if new_home is not None and new_home not in new_sites:
        new_sites = [*new_sites, new_home]
    pairs = [(name, getattr(user, name), after[name]) for name in _PLAIN]
    pairs += [
        ("role", str(Role(user.roles[0]).label), str(new_role.label)),
        ("sites", _names(before_sites), _names(new_sites)),
        ("home_site", str(membership.home_site or ""), str(new_home or "")),
    ]
    changes = tuple(
        CellChange(title_of(ImportKind.PEOPLE, name), was, becomes) for name, was, becomes in pairs if was != becomes
    )
    if not changes:
        return Line(record.number, Outcome.SAME, user.full_name)
    membership.user = User.objects.select_for_update().get(pk=user.pk)
    alter(
        membership,
        role=new_role,
        site_ids=[site.pk for site in new_sites],
        home_site_id=new_home.pk if new_home else None,
        **after,
    )
    return Line(record.number, Outcome.CHANGED, after["full_name"], changes)


def _role(record: Record) -> Role | None:
    word = record.get("role").casefold()
    if word and word not in ROLES:
        raise ValidationError({"role": _("Write “пользователь” or “ответственный”.")})
    return ROLES.get(word)


def _sites(record: Record, sites: Mapping[str, Site]) -> list[Site]:
    names = [name.strip() for name in _BETWEEN_SITES.split(record.get("sites")) if name.strip()]
    return [_site(name, sites, "sites") for name in dict.fromkeys(names)]


def _home(record: Record, sites: Mapping[str, Site]) -> Site | None:
    name = record.get("home_site")
    return _site(name, sites, "home_site") if name else None


def _site(name: str, sites: Mapping[str, Site], field: str) -> Site:
    site = sites.get(name.casefold())
    if site is None:
        raise ValidationError({field: _("The customer has no site “%(name)s”.") % {"name": name}})
    return site


def _names(sites: Sequence[Site]) -> str:
    return " | ".join(sorted(site.name for site in sites))
