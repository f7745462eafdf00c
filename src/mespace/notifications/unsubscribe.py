"""Turning a kind of mail off by the address in the mail itself, without signing in (RFC 8058)."""

from dataclasses import dataclass

from django.conf import settings
from django.core.signing import BadSignature, Signer

from mespace.notifications.kinds import Kind
from mespace.notifications.models import Delivery
from mespace.notifications.table import ROW, Relation

_SIGNER = "mespace.notifications.unsubscribe"


@dataclass(frozen=True)
class Wish:
    """Whose mails, and which: a kind of news, or the digest."""

    user_id: int
    kind: Kind


def unsubscribe_url(delivery: Delivery) -> str:
    """The address by which its recipient turns such mails off; empty for what the regulation wants them to get."""
    kind = Kind(delivery.kind)
    if kind is not Kind.DIGEST and Relation(delivery.relation or Relation.PARTY) in ROW[kind].required:
        return ""
    return f"{settings.BASE_URL}/mail/off/{token_for(delivery.recipient_id, kind)}/"


def token_for(user_id: int, kind: Kind) -> str:
    """A signed token; it never grows old, as the mail that holds it may be read late."""
    return Signer(salt=_SIGNER).sign_object([user_id, kind.value])


def wish_of(token: str) -> Wish | None:
    """What a token asks for; None for one that we have not signed."""
    try:
        user_id, kind = Signer(salt=_SIGNER).unsign_object(token)
        return Wish(int(user_id), Kind(kind))
    except (BadSignature, ValueError, TypeError):
        return None
