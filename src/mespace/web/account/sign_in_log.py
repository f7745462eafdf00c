"""Notes a request's sign-in, or its failure, in the log."""

from allauth.account.adapter import get_adapter
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from mespace.accounts.models import SignInKind, User
from mespace.accounts.operations.record_sign_in import record_sign_in
from mespace.platform import clock


def note(request: HttpRequest, kind: SignInKind, user: User | None) -> None:
    """One line; nothing that was typed into the form is in it."""
    try:
        ip = get_adapter().get_client_ip(request)
    except PermissionDenied:  # allauth's word for an address that cannot be told
        ip = ""
    record_sign_in(
        now=clock.now(),
        kind=kind,
        user_id=user.pk if user is not None else None,
        ip=ip,
        user_agent=request.headers.get("User-Agent", ""),
    )


def person_with(email: str) -> User | None:
    """The person whose e-mail was typed, if any."""
    return User.objects.filter(email=email.strip().lower()).first()
