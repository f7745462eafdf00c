"""Pages of the portal are for customers' people; to anybody else they do not exist."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import Http404, HttpResponse

from mespace.web.middleware import ActorRequest

P = ParamSpec("P")


def customers_only(
    view: Callable[Concatenate[ActorRequest, P], HttpResponse],
) -> Callable[Concatenate[ActorRequest, P], HttpResponse]:
    """The view, answering 404 to staff."""

    @wraps(view)
    def guarded(request: ActorRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not request.actor.is_customer:
            raise Http404
        return view(request, *args, **kwargs)

    return guarded
