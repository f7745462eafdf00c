"""The layout of the reader's side."""

from typing import Any

from mespace.web.manage.menu import menu
from mespace.web.middleware import ActorRequest


def shell_of(request: ActorRequest) -> dict[str, Any]:
    """The layout as `shell`, and what it needs: the managers' sections for staff, the top bar for customers."""
    if request.actor.is_customer:
        return {"shell": "web/app.html"}
    return {"shell": "web/manage/base.html", "nav": menu(request, "ledger:list")}
