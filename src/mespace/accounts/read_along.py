"""What is read together with the person of a session, so that a page need not ask for it by a statement of its own."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django.db.models import QuerySet

_ALONG: dict[str, Callable[[], Any]] = {}


def read_along(name: str, make: Callable[[], Any]) -> None:
    """Have `user.NAME` filled by the expression that `make` gives; called by a room's AppConfig.ready()."""
    _ALONG[name] = make


def with_everything_along(users: "QuerySet[Any]") -> "QuerySet[Any]":
    """`users` with all that rooms have asked for."""
    annotated: QuerySet[Any] = users.annotate(**{name: make() for name, make in _ALONG.items()})
    return annotated
