"""Who enters the managers' pages about announcements, and what refusals look like."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mespace.accounts.permissions import Permission
from mespace.announcements.errors import NoticeNotFound, NotNow
from mespace.announcements.lifecycle import Kind
from mespace.platform.rows import RowNotFound
from mespace.web.announcements.vocabulary import ACTS
from mespace.web.errors import error_page
from mespace.web.middleware import ActorRequest

View = Callable[..., HttpResponse]


def door(*methods: str, right: Permission | None = None) -> Callable[[View], View]:
    """Lets in whoever has `right` (None: everybody signed in); to customers' people the rest does not exist."""

    def guard(view: View) -> View:
        @require_http_methods(methods)
        @wraps(view)
        def guarded(request: ActorRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if right is not None and not request.actor.is_staff:
                return error_page(request, 404)
            if right is not None:
                request.actor.require(right)
            try:
                return view(request, *args, **kwargs)
            except (NoticeNotFound, RowNotFound):
                return error_page(request, 404)
            except NotNow as refusal:
                return error_page(
                    request,
                    409,
                    message=_("This is not possible any more: things have moved on."),
                    moves=[str(ACTS[Kind(kind)]) for kind in refusal.allowed],
                )

        return guarded

    return guard
