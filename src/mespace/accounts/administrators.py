"""There is always an administrator."""

from mespace.accounts.errors import LastAdministrator
from mespace.accounts.models import User
from mespace.accounts.permissions import Role


def lock_administrators() -> frozenset[int]:
    """The ids of the active administrators, whose rows are locked: two who are removed at once wait for each other."""
    rows = User.objects.select_for_update().filter(roles__contains=[Role.ADMINISTRATOR], is_active=True)
    return frozenset(rows.order_by("pk").values_list("pk", flat=True))


def require_another(user_id: int, administrators: frozenset[int]) -> None:
    """Raise LastAdministrator if `user_id` is the only one."""
    if administrators == {user_id}:
        raise LastAdministrator
