"""Who enters the managers' pages. Deny by default: a view without `needs` is not in urls.py (held by a test)."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from mespace.accounts.errors import PersonNotFound
from mespace.accounts.permissions import Permission
from mespace.customers.errors import CustomerNotFound
from mespace.platform.rows import RowNotFound
from mespace.web.errors import error_page
from mespace.web.middleware import ActorRequest

View = Callable[..., HttpResponse]


def needs(right: Permission, *methods: str) -> Callable[[View], View]:
    """Lets a person with `right` in; staff without it get 403, everybody else 404, as for a row that does not exist."""

    def guard(view: View) -> View:
        @require_http_methods(methods or ("GET", "HEAD"))
        @wraps(view)
        def guarded(request: ActorRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.actor.is_staff:
                return error_page(request, 404)
            request.actor.require(right)
            try:
                return view(request, *args, **kwargs)
            except (RowNotFound, CustomerNotFound, PersonNotFound):
                return error_page(request, 404)

        guarded.needs = right  # type: ignore[attr-defined]
        return guarded

    return guard


def reads_customers(view: View) -> View:
    """GET for those with CUSTOMERS_READ."""
    return needs(Permission.CUSTOMERS_READ)(view)


def reads_products(view: View) -> View:
    """GET for those with PRODUCTS_READ."""
    return needs(Permission.PRODUCTS_READ)(view)


def fills_customers(view: View) -> View:
    """A form, GET and POST, for those with CUSTOMERS_MANAGE."""
    return needs(Permission.CUSTOMERS_MANAGE, "GET", "HEAD", "POST")(view)


def fills_products(view: View) -> View:
    """A form, GET and POST, for those with PRODUCTS_MANAGE."""
    return needs(Permission.PRODUCTS_MANAGE, "GET", "HEAD", "POST")(view)


def fills_known_errors(view: View) -> View:
    """A form, GET and POST, for those with KNOWN_ERRORS_CONFIRM."""
    return needs(Permission.KNOWN_ERRORS_CONFIRM, "GET", "HEAD", "POST")(view)


def changes_customers(view: View) -> View:
    """An act, POST only, for those with CUSTOMERS_MANAGE."""
    return needs(Permission.CUSTOMERS_MANAGE, "POST")(view)


def changes_products(view: View) -> View:
    """An act, POST only, for those with PRODUCTS_MANAGE."""
    return needs(Permission.PRODUCTS_MANAGE, "POST")(view)
