"""Choosing which news comes by mail."""

from collections.abc import Collection

from mespace.accounts.actor import Actor, Refused
from mespace.notifications.kinds import MAILED, Kind
from mespace.notifications.models import Preference


def set_preferences(*, actor: Actor, mail: bool, muted: Collection[str]) -> Preference:
    """The person's own preferences, stored, without unknown kinds and those never mailed. Raises Refused for nobody."""
    if actor.user_id is None:
        raise Refused("a signed-in person")
    kept = [kind.value for kind in MAILED if kind in {Kind(name) for name in muted if name in Kind.values}]
    preference, _made = Preference.objects.update_or_create(
        user_id=actor.user_id, defaults={"mail": mail, "muted": kept}
    )
    return preference
