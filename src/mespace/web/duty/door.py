"""Who enters the pages about absences: all of the vendor's people who work on requests or plan those who do."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from mespace.accounts.actor import Refused
from mespace.accounts.errors import PersonNotFound
from mespace.accounts.permissions import Permission
from mespace.platform.rows import RowNotFound
from mespace.web.errors import error_page
from mespace.web.middleware import ActorRequest

View = Callable[..., HttpResponse]


def everybody_on_requests(*methods: str, right: Permission = Permission.DUTY_READ) -> Callable[[View], View]:
    """Lets those in who work on requests, manage duty, or hold `right`; other staff get 403, customers' people 404."""

    def guard(view: View) -> View:
        @require_http_methods(methods)
        @wraps(view)
        def guarded(request: ActorRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.actor.is_staff:
                return error_page(request, 404)
            if not any(map(request.actor.can, (right, Permission.TICKET_WORK, Permission.DUTY_MANAGE))):
                raise Refused(right)
            try:
                return view(request, *args, **kwargs)
            except (RowNotFound, PersonNotFound):
                return error_page(request, 404)

        return guarded

    return guard
