"""Who enters the desk: the vendor's people who read tickets. For customers there is no such address."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.http import Http404, HttpResponseBase

from mespace.accounts.actor import Refused
from mespace.accounts.permissions import Permission
from mespace.web.middleware import ActorRequest

Response = TypeVar("Response", bound=HttpResponseBase)


def desk_view(view: Callable[..., Response]) -> Callable[..., Response]:
    """The view for desk people only: customers get 404, staff who read no tickets 403."""

    @wraps(view)
    def guarded(request: ActorRequest, *args: Any, **kwargs: Any) -> Response:
        if not request.actor.is_staff:
            raise Http404
        if not reads_tickets(request):
            raise Refused(Permission.TICKET_READ_ALL)
        return view(request, *args, **kwargs)

    return guarded


def reads_tickets(request: ActorRequest) -> bool:
    """Whether the person sees any tickets at all."""
    return request.actor.can(Permission.TICKET_READ_ALL) or request.actor.can(Permission.TICKET_READ_ASSIGNED)
