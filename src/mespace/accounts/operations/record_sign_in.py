"""Write a line of the sign-in log."""

import ipaddress
from datetime import datetime

from mespace.accounts.models import SignIn, SignInKind

IPV4_BITS, IPV6_BITS = 24, 48


def record_sign_in(*, now: datetime, kind: SignInKind, user_id: int | None, ip: str, user_agent: str) -> SignIn:
    """The line. The address is cut to its network, so that the log tells places apart but not people."""
    return SignIn.objects.create(
        at=now, kind=kind, user_id=user_id, network=network_of(ip), user_agent=_printable(user_agent)[:200]
    )


def network_of(ip: str) -> str:
    """`203.0.113.0/24` for 203.0.113.77; an IPv6 address is cut to /48; nothing for what is no address."""
    try:
        address = ipaddress.ip_address(ip.strip())
    except ValueError:
        return ""
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    bits = IPV4_BITS if isinstance(address, ipaddress.IPv4Address) else IPV6_BITS
    return str(ipaddress.ip_network(f"{address}/{bits}", strict=False))


def _printable(text: str) -> str:
    return "".join(letter if letter.isprintable() else " " for letter in text)
