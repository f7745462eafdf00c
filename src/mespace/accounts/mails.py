"""Mails that let a person in: an invitation, a password reset."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from mespace.accounts.links import IssuedLink
from mespace.accounts.models import LinkKind, User


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
            text = _(
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
        mail = EmailMessage(
            subject,
            text % facts,
            to=[user.email],
            headers={"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"},
        )
        mail.send()
