"""Mail a one-time link to a person who asked for it or is invited."""

from datetime import datetime

from django.db import transaction

from mespace.accounts import links, mails
from mespace.accounts.models import LinkKind, User
from mespace.accounts.organisation import may_have_password
from mespace.platform.jobs import Job, defer


def send_password_link(*, email: str, now: datetime) -> bool:
    """Whether a mail went out: not to strangers, not to disabled accounts.

    Somebody who has accepted none gets an invitation, anybody else a reset link; where the organisation allows no
    password, a mail that says by what they sign in. The token exists only in the mail.
    """
    with transaction.atomic():
        user = User.objects.select_for_update().filter(email=email, is_active=True).first()
        if user is None:
            return False
        kind = LinkKind.RESET if user.has_credentials else LinkKind.INVITATION
        by_organisation_only = kind == LinkKind.RESET and not may_have_password(user)
        if not by_organisation_only:
            link = links.issue(user=user, kind=kind, created_by=None, now=now)
    if by_organisation_only:
        mails.send_way_in(user=user)
        return True
    mails.send_link(user=user, link=link)
    if kind == LinkKind.INVITATION:
        defer(Job.CREDENTIALS_GIVEN, user_id=user.pk, at=now.isoformat(), how="mail")
    return True
