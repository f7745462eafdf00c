"""What a customer's person finds in the top bar of every page."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from mespace.accounts.actor import NOBODY, Actor
from mespace.accounts.permissions import Permission
from mespace.platform.folding.address import address


def customer_nav(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `nav`, `palette_url` and `home_url` for customers; nothing for anybody else."""
    actor: Actor = getattr(request, "actor", NOBODY)
    if not actor.is_customer:
        return {}
    match = request.resolver_match
    at = match.url_name if match is not None else ""
    contracts = {
        "url": address("contracts"),
        "label": _("Contract"),
        "icon": "file-certificate",
        "current": at in {"contracts", "contract", "contract_revision"},
    }
    ledger = {
        "url": address("ledger:list"),
        "label": _("Obligations"),
        "icon": "list-check",
        "current": match is not None and match.view_name.startswith("ledger:"),
    }
    return {
        "nav": [
            {
                "url": address("my_tickets"),
                "label": _("Requests"),
                "icon": "list",
                "current": at == "my_tickets",
                "hotkey": "g q",
            },
            {
                "url": address("new_ticket"),
                "label": pgettext("menu", "New request"),
                "icon": "plus",
                "current": at == "new_ticket",
                "hotkey": "g n",
            },
            {
                "url": address("sites"),
                "label": pgettext("menu", "Sites"),
                "icon": "map-pin",
                "current": at in {"sites", "site_passport", "passport_edit"},
            },
            {
                "url": address("releases"),
                "label": pgettext("menu", "Releases"),
                "icon": "package",
                "current": at in {"releases", "release"},
            },
            {
                "url": address("kb:home"),
                "label": _("Knowledge base"),
                "icon": "book",
                "current": match is not None and match.view_name.startswith("kb:"),
                "hotkey": "g k",
            },
            {
                "url": address("announcements:list"),
                "label": pgettext("menu", "Announcements"),
                "icon": "speakerphone",
                "current": match is not None and match.view_name.startswith("announcements:"),
            },
            {
                "url": address("worktime"),
                "label": _("Working time"),
                "icon": "calculator",
                "current": at == "worktime",
            },
            {
                "url": address("regulation:home"),
                "label": pgettext("menu", "Regulation"),
                "icon": "gavel",
                "current": match is not None and match.view_name.startswith("regulation:"),
            },
            *([contracts] if actor.can(Permission.CONTRACT_READ_OWN) else []),
            *([ledger] if actor.can(Permission.OBLIGATIONS_READ_OWN_CUSTOMER) else []),
        ],
        "palette_url": address("portal_palette"),
        "home_url": address("my_tickets"),
        "emergency_phone": settings.EMERGENCY_PHONE,
    }
