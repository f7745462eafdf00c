"""What a person would leave behind, before their account is disabled."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from mespace.accounts.actor import Actor
from mespace.accounts.doors import lock_person
from mespace.accounts.models import User
from mespace.platform.rows import name_key
from mespace.tickets.operations.disable_person import open_tickets_of, sessions_with, successors_of


@dataclass(frozen=True)
class Leaving:
    """The person, how many open tickets they hold or work on, and who could go on with them, by name.

    `sessions`: how many remote sessions that are ahead they were to take part in, which must be agreed anew.
    """

    person: User
    open_tickets: int
    successors: Sequence[User]
    sessions: int


def leaving(*, actor: Actor, user_id: int) -> Leaving:
    """What the page that asks shows. Raises PersonNotFound, Refused, for a person whom the actor does not manage."""
    with transaction.atomic():
        person = lock_person(actor=actor, user_id=user_id)
    successors = successors_of(person).distinct().annotate(name_key=name_key("full_name"))
    by_name = list(successors.order_by("name_key", "pk"))
    return Leaving(person, open_tickets_of(person).count(), by_name, sessions_with(person).count())
