"""What stands in a person's menu on every page, and the tabs of the account pages."""

from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.platform.folding.address import address


def person_menu(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `user_nav` and `account_tabs`, looked up when a page shows them."""
    return {
        "user_nav": SimpleLazyObject(lambda: menu_of(getattr(request, "actor", None))),
        "account_tabs": SimpleLazyObject(lambda: account_tabs(request)),
    }


def menu_of(actor: Actor | None) -> list[dict[str, Any]]:
    """The entries for `actor`."""
    items = [
        {"url": address("account_profile"), "label": _("Profile"), "icon": "user"},
        {"url": address("mfa_index"), "label": _("Signing in and security"), "icon": "shield-check"},
    ]
    if actor is not None and actor.is_staff and actor.can(Permission.TICKET_WORK):
        items.append({"url": address("duty:absences"), "label": _("My absences"), "icon": "calendar-event"})
    if actor is not None and actor.can(Permission.REPORTS_READ_OWN_CUSTOMER):
        items.append({"url": address("reports:reaction"), "label": _("Reaction report"), "icon": "chart-bar"})
        items.append({"url": address("reports:work"), "label": _("Work by service"), "icon": "stopwatch"})
    if actor is not None and actor.can(Permission.COLLEAGUES_MANAGE):
        items.append({"url": address("colleagues"), "label": _("Colleagues and access"), "icon": "users"})
    if actor is not None and actor.can(Permission.ACCOUNTS_MANAGE):
        items.append({"url": address("people_list"), "label": _("People and access"), "icon": "users"})
    if actor is not None and (actor.can(Permission.ACCOUNTS_MANAGE) or actor.can(Permission.AUDIT_READ)):
        items.append({"url": address("people_sign_ins"), "label": _("Sign-in log"), "icon": "list-check"})
        items.append({"url": address("mails"), "label": _("Mails"), "icon": "mail"})
    if actor is not None and actor.can(Permission.MAIL_IN_READ):
        items.append({"url": address("inbound_list"), "label": _("Inbound mail"), "icon": "mail"})
    return items


def account_tabs(request: HttpRequest) -> list[dict[str, Any]]:
    """The account's pages, the present one marked."""
    tabs = [
        ("account_profile", _("Profile"), "user"),
        ("account_change_password", _("Password"), "key"),
        ("mfa_index", _("Second factor"), "shield-check"),
        ("usersessions_list", _("Sessions"), "device-desktop"),
        ("account_notifications", _("Notifications"), "bell"),
    ]
    found = []
    for name, label, icon in tabs:
        try:
            url = address(name)
        except NoReverseMatch:  # the room that has this page is not mounted
            continue
        found.append({"url": url, "label": label, "icon": icon, "current": request.path.startswith(url)})
    return found
