"""Where passkeys work when the page was opened by an IP address, which they refuse (WebAuthn)."""

from ipaddress import ip_address
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest


def where_passkeys_work(request: HttpRequest) -> str:
    """The page's address by name: on this machine `localhost`, elsewhere the installation's.

    Empty where the page was opened by a name, or no name is known.
    """
    parts = urlsplit(f"//{request.get_host()}")
    name = parts.hostname or ""
    if not _is_number(name):
        return ""
    if ip_address(name).is_loopback:
        base = f"{request.scheme}://localhost{f':{parts.port}' if parts.port else ''}"
    else:
        base = settings.BASE_URL
    return "" if _is_number(urlsplit(base).hostname or "") else f"{base}{request.get_full_path()}"


def _is_number(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True
