"""Providers of sign-in as environment variables name them: MESPACE_OIDC lists keys, each has MESPACE_OIDC_<KEY>_…."""

import re
from collections.abc import Mapping
from ipaddress import ip_address
from urllib.parse import urlsplit

from mespace.platform.environment import SettingRefused, flag, line, refuse
from mespace.platform.oidc.provider import STAFF, Provider

LIST = "MESPACE_OIDC"
FIELDS = {
    "NAME": "what the button says, such as “Завод” (required)",
    "NAME_EN": "the same for English pages",
    "ISSUER": "the provider's issuer, an https:// address (required)",
    "CLIENT_ID": "how the provider knows this installation (required)",
    "CLIENT_SECRET": "the secret that goes with it (required)",
    "ORGANISATION": "staff, or the code of the customer's project, such as ZAVOD (required)",
    "PASSWORD": "no: its people have no other way in",
    "LISTED": "no: the sign-in page offers it only with ?by=KEY",
    "SECOND_FACTOR": "values of amr or acr that count as the staff's second factor, separated by commas",
}
_KEY = re.compile(r"[a-z][a-z0-9]{0,19}")
_CODE = re.compile(r"[A-Z][A-Z0-9]{1,11}")
_REFERENCE = re.compile(r"[\x20-\x7e]{1,1000}")  # RFC 6749, appendix A
LONGEST_NAME = 60


def providers(environ: Mapping[str, str]) -> tuple[Provider, ...]:
    """All providers, in the order of the list. Raises SettingRefused for the first that holds junk."""
    keys = [each.strip() for each in environ.get(LIST, "").split(",") if each.strip()]
    for key in keys:
        if not _KEY.fullmatch(key):
            raise refuse(LIST, key, "is not a key: small Latin letters and digits, at most 20, a letter first")
        if keys.count(key) > 1:
            raise refuse(LIST, key, "stands there twice: each provider needs a key of its own")
    found = tuple(_provider(environ, key) for key in keys)
    issuers = [each.issuer for each in found]
    for each in found:
        if issuers.count(each.issuer) > 1:
            name = variable(each.key, "ISSUER")
            raise refuse(name, each.issuer, "is the issuer of two providers: a subject would belong to both")
    return found


def variable(key: str, field: str) -> str:
    """The variable's name."""
    return f"{LIST}_{key.upper()}_{field}"


def is_known(name: str, environ: Mapping[str, str]) -> bool:
    """Whether the variable belongs to a provider that the list names."""
    keys = [each.strip() for each in environ.get(LIST, "").split(",")]
    return any(name == variable(key, field) for key in keys for field in FIELDS)


def is_on_this_machine(host: str) -> bool:
    """Whether a host name means this machine itself: the only one that may be asked without TLS."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _provider(environ: Mapping[str, str], key: str) -> Provider:
    name_ru = _short(variable(key, "NAME"), _required(environ, key, "NAME"))
    name_en = _short(variable(key, "NAME_EN"), line(environ, variable(key, "NAME_EN")) or name_ru)
    organisation = _required(environ, key, "ORGANISATION")
    if organisation != STAFF and not _CODE.fullmatch(organisation):
        raise refuse(
            variable(key, "ORGANISATION"), organisation, "is neither staff nor the code of a project, such as ZAVOD"
        )
    second_factor = frozenset(
        each.strip() for each in line(environ, variable(key, "SECOND_FACTOR")).split(",") if each.strip()
    )
    if second_factor and organisation != STAFF:
        raise SettingRefused(
            f"{variable(key, 'SECOND_FACTOR')} is for the provider of staff: nobody else must have a second factor."
        )
    return Provider(
        key=key,
        name_ru=name_ru,
        name_en=name_en,
        issuer=_issuer(environ, key),
        client_id=_reference(environ, key, "CLIENT_ID"),
        client_secret=_reference(environ, key, "CLIENT_SECRET"),
        organisation=organisation,
        password_allowed=flag(environ, variable(key, "PASSWORD"), default=True),
        is_listed=flag(environ, variable(key, "LISTED"), default=True),
        second_factor=second_factor,
    )


def _required(environ: Mapping[str, str], key: str, field: str) -> str:
    text = line(environ, variable(key, field))
    if not text:
        raise SettingRefused(
            f'{variable(key, field)} is missing: {LIST} names the provider "{key}". Set {FIELDS[field]}.'
        )
    return text


def _short(name: str, text: str) -> str:
    if len(text) > LONGEST_NAME:
        raise refuse(name, text, f"is longer than {LONGEST_NAME} characters: it has to fit on a button")
    return text


def _reference(environ: Mapping[str, str], key: str, field: str) -> str:
    text = _required(environ, key, field)
    if not _REFERENCE.fullmatch(text):  # it may be a secret: never repeated
        raise SettingRefused(f"{variable(key, field)} holds a sign that no provider gives out.")
    return text


def _issuer(environ: Mapping[str, str], key: str) -> str:
    name, text = variable(key, "ISSUER"), _required(environ, key, "ISSUER")
    try:
        parts = urlsplit(text)
        host, _port = parts.hostname or "", parts.port
    except ValueError:
        raise refuse(name, text, "is not an address like https://sso.example.com/realms/plant") from None
    if parts.scheme not in {"https", "http"} or not host or parts.username or parts.query or parts.fragment:
        raise refuse(name, text, "is not an address like https://sso.example.com/realms/plant")
    if parts.scheme == "http" and not is_on_this_machine(host):
        raise refuse(name, text, "must begin with https://: only a provider on this machine is asked without TLS")
    if "/.well-known/" in text:
        raise refuse(name, text, "is the address of a document: leave out /.well-known and what follows")
    return text
