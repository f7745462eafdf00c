"""Turning a kind of mail off by the address in a mail."""

from django.db import transaction

from mespace.accounts.models import User
from mespace.notifications.kinds import Kind
from mespace.notifications.models import Preference
from mespace.notifications.table import Timing
from mespace.notifications.unsubscribe import Wish


def turn_off(*, wish: Wish) -> bool:
    """Whether there is such a person, who gets no such mails any more. Behind the bell everything stays. Idempotent."""
    with transaction.atomic():
        user = User.objects.select_for_update(no_key=True).filter(pk=wish.user_id).first()
        if user is None:
            return False
        preference = Preference.objects.filter(user=user).first() or Preference(user=user)
        if wish.kind is Kind.DIGEST:
            preference.digest = False
        else:
            preference.timings = {**preference.timings, wish.kind.value: Timing.OFF.value}
        preference.save()
    return True
