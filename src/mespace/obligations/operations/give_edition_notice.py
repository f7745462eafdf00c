"""A published edition of the regulation is made known to everybody whom it binds (clauses 7.3, 7.4)."""

from datetime import datetime

from django.db import transaction

from mespace.accounts.actor import TIMER
from mespace.accounts.models import User
from mespace.accounts.permissions import CUSTOMER_ROLES
from mespace.obligations.edition_notice import CODE
from mespace.obligations.kinds import Name, ahead_of
from mespace.obligations.models import Obligation
from mespace.obligations.operations.fulfil import fulfil
from mespace.obligations.operations.open_obligation import open_obligation
from mespace.platform.jobs import Job, defer
from mespace.regulation.models import RegulationEdition


@transaction.atomic
def give_edition_notice(*, code: str, published_at: datetime, now: datetime) -> Obligation:
    """The notice owed from the publication on, opened and done: the news is queued for every customer's people.

    How long ahead is the parameter of the edition in force at the publication. Idempotent.
    """
    edition = RegulationEdition.objects.get(code=code)
    name = Name(CODE, edition.pk)
    open_obligation(
        actor=TIMER,
        now=now,
        name=name,
        promise=ahead_of(edition.in_force_from, parameter="notice_days"),
        since=published_at,
    )
    people = User.objects.filter(is_active=True, roles__overlap=sorted(CUSTOMER_ROLES)).order_by("pk")
    defer(
        Job.ANNOUNCE,
        kind="edition",
        subject_kind="edition",
        subject_id=edition.pk,
        recipients=list(people.values_list("pk", flat=True)),
        at=published_at.isoformat(),
    )
    return fulfil(actor=TIMER, now=now, name=name, how="announced")
