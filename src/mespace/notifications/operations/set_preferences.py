"""Choosing which news comes by mail, and when."""

from collections.abc import Mapping

from mespace.accounts.actor import Actor, Refused
from mespace.notifications.models import Preference
from mespace.notifications.table import ROWS, Timing


def set_preferences(*, actor: Actor, timings: Mapping[str, str], digest: bool) -> Preference:
    """The person's own preferences, stored. What is no kind or no timing is dropped; so is what means “by default”.

    Where the regulation wants a mail, it comes at once whatever is stored here. Raises Refused for nobody.
    """
    if actor.user_id is None:
        raise Refused("a signed-in person")
    kept = {
        row.kind.value: Timing(timings[row.kind]).value
        for row in ROWS
        if row.of_side(customers=actor.is_customer) and timings.get(row.kind) in Timing.values
    }
    preference, _made = Preference.objects.update_or_create(
        user_id=actor.user_id, defaults={"timings": kept, "digest": digest}
    )
    return preference
