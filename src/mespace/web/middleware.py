"""Middleware: who acts in a request."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.contrib.auth.middleware import get_user
from django.http import HttpRequest, HttpResponseBase

from mespace.customers.actors import actor_of

if TYPE_CHECKING:
    from mespace.accounts.actor import Actor
    from mespace.accounts.models import User

    class ActorRequest(HttpRequest):
        """A signed-in person's request."""

        user: User
        actor: Actor
else:
    ActorRequest = HttpRequest


class RequestActor:
    """Sets `request.actor`, and `request.user` to the person, whom every page asks for. Comes after authentication."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The response; a stranger's actor is NOBODY."""
        request.user = get_user(request)  # not looked up behind each access any more
        request.actor = actor_of(request.user)  # type: ignore[attr-defined]
        return self.get_response(request)
