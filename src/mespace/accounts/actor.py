"""Who acts: a value built once at the interface and handed down."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from mespace.accounts.permissions import CUSTOMER_ROLES, PERMISSIONS, STAFF_ROLES, Permission, Role


class Refused(Exception):
    """The actor sees the thing but may not do this to it (403)."""

    def __init__(self, permission: Permission | str) -> None:
        self.permission = permission
        super().__init__(f"needs {permission}")


@dataclass(frozen=True)
class Actor:
    """A person with their roles, customer and sites; or the timer or a mail server, who is nobody (`user_id` None)."""

    user_id: int | None
    roles: frozenset[Role]
    customer_id: int | None = None
    site_ids: frozenset[int] | None = None  # None: every site of the customer
    name: str = ""
    permissions: frozenset[Permission] = field(default=frozenset())
    machine: str = "timer"  # what the log names when nobody acts

    @classmethod
    def of(
        cls,
        *,
        user_id: int,
        roles: Iterable[Role],
        customer_id: int | None = None,
        site_ids: frozenset[int] | None = None,
        name: str = "",
    ) -> "Actor":
        """An actor with the rights of all of `roles`."""
        held = frozenset(roles)
        rights = frozenset(right for role in held for right in PERMISSIONS[role])
        return cls(user_id, held, customer_id, site_ids, name, rights)

    @property
    def is_customer(self) -> bool:
        """A customer's person."""
        return bool(self.roles & CUSTOMER_ROLES)

    @property
    def is_staff(self) -> bool:
        """One of the vendor's people, contractors included."""
        return bool(self.roles & STAFF_ROLES)

    @property
    def is_person(self) -> bool:
        """Somebody, not the timer."""
        return self.user_id is not None

    @property
    def person_id(self) -> int:
        """The person's row; raises TypeError for the timer, which is nobody."""
        if self.user_id is None:
            msg = "the timer is no person"
            raise TypeError(msg)
        return self.user_id

    @property
    def log_name(self) -> str:
        """How the log names this actor: `user:17`, `timer` or `mail`."""
        return f"user:{self.user_id}" if self.user_id is not None else self.machine

    def can(self, permission: Permission) -> bool:
        """Whether the actor holds the right at all (rows are narrowed by `visible_to`)."""
        return permission in self.permissions

    def require(self, permission: Permission) -> None:
        """Raise Refused unless the actor holds the right."""
        if permission not in self.permissions:
            raise Refused(permission)


TIMER = Actor(user_id=None, roles=frozenset())
MAIL = Actor(user_id=None, roles=frozenset(), machine="mail")
NOBODY = Actor(user_id=None, roles=frozenset())
