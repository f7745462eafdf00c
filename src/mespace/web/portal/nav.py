"""What a customer's person finds in the top bar of every page."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from mespace.accounts.actor import NOBODY, Actor
from mespace.accounts.permissions import Permission


def customer_nav(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `nav`, `palette_url` and `home_url` for customers; nothing for anybody else."""
    actor: Actor = getattr(request, "actor", NOBODY)
    if not actor.is_customer:
        return {}
    match = request.resolver_match
    at = match.url_name if match is not None else ""
    contracts = {
        "url": reverse("contracts"),
        "label": _("Contract"),
        "icon": "file-certificate",
        "current": at in {"contracts", "contract", "contract_revision"},
    }
    ledger = {
        "url": reverse("ledger:list"),
        "label": _("Obligations"),
        "icon": "list-check",
        "current": match is not None and match.view_name.startswith("ledger:"),
    }
    return {
        "nav": [
            {
                "url": reverse("my_tickets"),
                "label": _("Requests"),
                "icon": "list",
                "current": at == "my_tickets",
                "hotkey": "g q",
            },
            {
                "url": reverse("new_ticket"),
                "label": pgettext("menu", "New request"),
                "icon": "plus",
                "current": at == "new_ticket",
                "hotkey": "g n",
            },
            {
                "url": reverse("sites"),
                "label": pgettext("menu", "Sites"),
                "icon": "map-pin",
                "current": at in {"sites", "site_passport", "passport_edit"},
            },
            {
                "url": reverse("releases"),
                "label": pgettext("menu", "Releases"),
                "icon": "package",
                "current": at in {"releases", "release"},
            },
            {
                "url": reverse("kb:home"),
                "label": _("Knowledge base"),
                "icon": "book",
                "current": match is not None and match.view_name.startswith("kb:"),
                "hotkey": "g k",
            },
            {
                "url": reverse("announcements:list"),
                "label": pgettext("menu", "Announcements"),
                "icon": "speakerphone",
                "current": match is not None and match.view_name.startswith("announcements:"),
            },
            {
                "url": reverse("worktime"),
                "label": _("Working time"),
                "icon": "calculator",
                "current": at == "worktime",
            },
            {
                "url": reverse("regulation:home"),
                "label": pgettext("menu", "Regulation"),
                "icon": "gavel",
                "current": match is not None and match.view_name.startswith("regulation:"),
            },
            *([contracts] if actor.can(Permission.CONTRACT_READ_OWN) else []),
            *([ledger] if actor.can(Permission.OBLIGATIONS_READ_OWN_CUSTOMER) else []),
        ],
        "palette_url": reverse("portal_palette"),
        "home_url": reverse("my_tickets"),
        "emergency_phone": settings.EMERGENCY_PHONE,
    }
