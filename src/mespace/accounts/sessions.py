"""Ending a person's sessions; shared by operations, inside their transaction."""

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models import F

from mespace.accounts.models import User


def end_all(user: User) -> None:
    """Every session of the person is over, whatever becomes of its row; the next request is a stranger's."""
    User.objects.filter(pk=user.pk).update(session_generation=F("session_generation") + 1)
    user.refresh_from_db(fields=["session_generation"])
    keys = list(UserSession.objects.filter(user=user).values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    UserSession.objects.filter(user=user).delete()
