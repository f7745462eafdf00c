"""An invitation reached its person, whoever sent it: the contracts that name them are served."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from mespace.accounts.actor import TIMER
from mespace.accounts.models import User
from mespace.customers.onboarding.handing_over import hand_over
from mespace.customers.onboarding.models import ContractPerson, HandedOver


@transaction.atomic
def credentials_given(*, user_id: int, now: datetime, at: datetime, how: HandedOver) -> list[ContractPerson]:
    """Everybody whom a contract names, who still waited and is this person; handed over at `at`. Idempotent.

    Somebody who was named by address before an account existed is recognised by it, within the same customer.
    """
    user = User.objects.select_related("membership").filter(pk=user_id, membership__isnull=False).first()
    if user is None:
        return []
    same = Q(user=user) | Q(user=None, email__iexact=user.email, contract__customer_id=user.membership.customer_id)
    waiting = ContractPerson.objects.filter(same, handed_over_at=None, struck_at=None)
    people = list(waiting.select_for_update(of=("self",)).order_by("pk"))
    for person in people:
        if person.user_id is None:
            person.user = user
            person.save(update_fields=["user"])
        hand_over(person, actor=TIMER, now=now, at=at, how=how)
    return people
