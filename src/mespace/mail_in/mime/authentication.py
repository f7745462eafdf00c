"""What our own mail server found out about a mail's sender (RFC 8601)."""

import re
from email.message import Message

from mespace.mail_in.mime.headers import Address, raw

_RESULT = re.compile(r"\b(dmarc|spf|dkim)\s*=\s*([a-z]+)((?:(?!;).)*)", re.IGNORECASE | re.DOTALL)
_PROPERTY = re.compile(r"\b(?:header\.(?:d|i|from)|smtp\.mailfrom)\s*=\s*\"?([^\s;\"]+)", re.IGNORECASE)


def is_authenticated(headers: Message, sender: Address, *, server: str) -> bool:
    """Whether the topmost result of the trusted `server` confirms the domain of the sender.

    Only the topmost counts: whatever stands beneath it may have come with the mail.
    """
    for value in raw(headers, "Authentication-Results"):
        named, _semicolon, results = value.partition(";")
        if (named.split() or [""])[0].strip().lower() != server.lower():
            return False
        found = _RESULT.findall(results)
        return any(_confirms(method, verdict, rest, sender) for method, verdict, rest in found)
    return False


def _confirms(method: str, verdict: str, properties: str, sender: Address) -> bool:
    if verdict.lower() != "pass":
        return False
    named = [each.rpartition("@")[2].lower().rstrip(".") for each in _PROPERTY.findall(properties)]
    aligned = any(_aligned(domain, sender.domain) for domain in named)
    return aligned or (method.lower() == "dmarc" and not named)


def _aligned(domain: str, of_sender: str) -> bool:
    return domain == of_sender or (of_sender.endswith(f".{domain}") and domain.count(".") >= 1)
