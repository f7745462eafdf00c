"""Who enters the knowledge base: readers everywhere, also unsigned; writers where something is written."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mespace.accounts.permissions import Permission
from mespace.knowledge.errors import ArticleNotFound
from mespace.knowledge.lifecycle import BY_VERB, MoveRefused
from mespace.platform.rows import RowNotFound
from mespace.web.errors import error_page
from mespace.web.gate import public
from mespace.web.middleware import ActorRequest

Answer = HttpResponse | FileResponse | StreamingHttpResponse
View = Callable[..., Answer]


def reading(*methods: str) -> Callable[[View], View]:
    """A page that may be read without signing in. What a stranger may not read leads to signing in, there or not."""

    def guard(view: View) -> View:
        @public
        @require_http_methods(methods or ("GET", "HEAD"))
        @wraps(view)
        def guarded(request: ActorRequest, *args: Any, **kwargs: Any) -> Answer:
            try:
                return view(request, *args, **kwargs)
            except (ArticleNotFound, RowNotFound):
                if not request.user.is_authenticated:
                    return redirect_to_login(request.get_full_path())
                return error_page(request, 404)

        return guarded

    return guard


def writing(right: Permission, *methods: str) -> Callable[[View], View]:
    """A page for staff with `right`; staff without it get 403, everybody else 404."""

    def guard(view: View) -> View:
        @require_http_methods(methods or ("GET", "HEAD", "POST"))
        @wraps(view)
        def guarded(request: ActorRequest, *args: Any, **kwargs: Any) -> Answer:
            if not request.actor.is_staff:
                return error_page(request, 404)
            request.actor.require(right)
            try:
                return view(request, *args, **kwargs)
            except (ArticleNotFound, RowNotFound):
                return error_page(request, 404)
            except MoveRefused as refusal:
                return error_page(
                    request,
                    409,
                    message=_("“%(move)s” is not possible any more: the article is now “%(state)s”.")
                    % {"move": BY_VERB[refusal.verb].label, "state": refusal.state.label},
                    moves=[move.label for move in refusal.allowed],
                )

        return guarded

    return guard
