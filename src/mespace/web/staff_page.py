"""How staff's pages outside the desk are drawn: the sections of the managers' pages for those who may see them."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from mespace.accounts.permissions import Permission
from mespace.web.manage.menu import menu
from mespace.web.middleware import ActorRequest


def draw_staff(
    request: ActorRequest, template: str, context: Mapping[str, Any], *, section: str, status: int = 200
) -> HttpResponse:
    """The page `web/TEMPLATE.html` with `section` marked; without the managers' sections it keeps the staff's bar."""
    shared = {"nav": menu(request, section)} if request.actor.can(Permission.CUSTOMERS_READ) else {}
    return render(request, f"web/{template}.html", {**shared, **context}, status=status)
