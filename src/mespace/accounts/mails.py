"""Mails that let a person in: an invitation, a password reset."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from mespace.accounts.links import IssuedLink
from mespace.accounts.models import LinkKind, User
from mespace.accounts.organisation import may_have_password, providers_of


def link_url(token: str) -> str:
    """The address to be opened. It is built from BASE_URL: what a request calls this host is not to be trusted."""
    return f"{settings.BASE_URL}{reverse('account_password_link', args=[token])}"


def send_link(*, user: User, link: IssuedLink) -> None:
    """Send the link to its person, in their language. Raises what the mail server's client raises."""
    with translation.override(user.language), timezone.override(user.time_zone):
        end = date_format(timezone.localtime(link.expires_at), "DATETIME_FORMAT")
        facts = {"name": user.full_name, "url": link_url(link.token), "end": end, "zone": user.time_zone}
        if link.kind == LinkKind.INVITATION:
            subject = _("Your access to MESPACE Support")
            facts["names"] = _names(user)
            text = _invitation_by_organisation(user) or _(
                "Hello, %(name)s,\n\nan account was created for you. Open this address and choose a password:\n\n"
                "%(url)s\n\n"
                "The address works once, until %(end)s (%(zone)s). After that, ask for a new one on the sign-in page.\n"
            )
        else:
            subject = _("A new password for MESPACE Support")
            text = _(
                "Hello, %(name)s,\n\n"
                "somebody, we hope you, asked for a new password. Open this address and choose it:\n\n"
                "%(url)s\n\nThe address works once, until %(end)s (%(zone)s). If it was not you, do nothing: your "
                "password stays as it is.\n"
            )
        _send(user, subject, text % facts)


def send_way_in(*, user: User) -> None:
    """Tell somebody who asked for a password that the organisation's own sign-in is the way in. Raises the same."""
    with translation.override(user.language):
        url = f"{settings.BASE_URL}{reverse('account_login')}"
        facts = {"name": user.full_name, "names": _names(user), "url": url}
        text = _(
            "Hello, %(name)s,\n\nsomebody, we hope you, asked for a new password. Your organisation lets its people in "
            "by its own sign-in only: open this address and choose %(names)s.\n\n%(url)s\n\n"
            "If that sign-in does not take you, ask the administrators of your organisation.\n"
        )
        _send(user, _("How you sign in to MESPACE Support"), text % facts)


def _names(user: User) -> str:
    return ", ".join(f"«{each.name(user.language)}»" for each in providers_of(user))


def _invitation_by_organisation(user: User) -> str:
    """What an invitation says to somebody whose organisation has a sign-in of its own; nothing to others."""
    if not providers_of(user):
        return ""
    if may_have_password(user):
        return _(
            "Hello, %(name)s,\n\nan account was created for you. Open this address, and sign in with %(names)s or "
            "choose a password:\n\n%(url)s\n\n"
            "The address works once, until %(end)s (%(zone)s). After that, ask for a new one on the sign-in page.\n"
        )
    return _(
        "Hello, %(name)s,\n\nan account was created for you. Open this address and sign in with %(names)s:\n\n"
        "%(url)s\n\n"
        "The address works once, until %(end)s (%(zone)s). After that, ask for a new one on the sign-in page.\n"
    )


def _send(user: User, subject: str, text: str) -> None:
    headers = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}
    EmailMessage(subject, text, to=[user.email], headers=headers).send()
