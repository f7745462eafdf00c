"""The layout of the reader's side: of a stranger's, too, since the regulation is public."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from mespace.accounts.permissions import Permission
from mespace.web.manage.menu import menu
from mespace.web.middleware import ActorRequest

SECTION = "editions"


def draw(request: ActorRequest, template: str, context: Mapping[str, Any], *, status: int = 200) -> HttpResponse:
    """The page `web/regulation/TEMPLATE.html`: with the managers' sections for those who have them."""
    shell: dict[str, Any] = {"shell": "web/app.html"}
    if request.actor.can(Permission.CUSTOMERS_READ):
        shell = {"shell": "web/manage/base.html", "nav": menu(request, SECTION)}
    return render(request, f"web/regulation/{template}.html", {**shell, **context}, status=status)
