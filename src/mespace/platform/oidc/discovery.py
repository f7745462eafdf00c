"""What a provider says of itself: where people are sent, where codes are exchanged, by which keys it signs."""

from collections.abc import Mapping
from dataclasses import dataclass
from time import monotonic
from typing import Any
from urllib.parse import urlsplit

from mespace.platform.oidc.configuration import is_on_this_machine
from mespace.platform.oidc.fetch import fetch_json
from mespace.platform.oidc.provider import AnswerRefused, Provider

WELL_KNOWN = "/.well-known/openid-configuration"
KEPT = 600.0  # seconds for which a document or a set of keys is not asked for again
LEAST_AGE = 10.0  # seconds before an unknown key lets the set be asked for anew
LONGEST_ADDRESS = 2000
MOST_KEYS = 100

Keys = tuple[Mapping[str, Any], ...]


@dataclass(frozen=True)
class Endpoints:
    """A provider's addresses; `basic` if the client's secret goes in a header. No `userinfo` is an empty text."""

    authorization: str
    token: str
    jwks: str
    userinfo: str
    basic: bool


_ENDPOINTS: dict[Provider, tuple[float, Endpoints]] = {}
_KEYS: dict[str, tuple[float, Keys]] = {}


def forget() -> None:
    """Ask everything anew."""
    _ENDPOINTS.clear()
    _KEYS.clear()


def endpoints(provider: Provider) -> Endpoints:
    """The provider's addresses, asked for at most every ten minutes. Raises ProviderUnreachable, AnswerRefused."""
    kept = _ENDPOINTS.get(provider)
    if kept is not None and monotonic() - kept[0] < KEPT:
        return kept[1]
    document = fetch_json(provider.issuer.rstrip("/") + WELL_KNOWN)
    if document.get("issuer") != provider.issuer:
        raise AnswerRefused(f"it calls itself {document.get('issuer')!a}, and the settings call it {provider.issuer!a}")
    codes = document.get("response_types_supported")
    if isinstance(codes, list) and "code" not in codes:
        raise AnswerRefused("it does not offer the authorization code flow")
    ways = document.get("token_endpoint_auth_methods_supported")
    found = Endpoints(
        authorization=_address(document, "authorization_endpoint", provider),
        token=_address(document, "token_endpoint", provider),
        jwks=_address(document, "jwks_uri", provider),
        userinfo=_address(document, "userinfo_endpoint", provider) if document.get("userinfo_endpoint") else "",
        basic=not isinstance(ways, list) or "client_secret_basic" in ways,  # the standard's default
    )
    _ENDPOINTS[provider] = (monotonic(), found)
    return found


def keys(at: Endpoints, *, key_id: str | None) -> Keys:
    """The keys that may have signed: those called `key_id`, all if it is None. A new one is asked for at once.

    Raises ProviderUnreachable, AnswerRefused.
    """
    kept = _KEYS.get(at.jwks)
    if kept is None or monotonic() - kept[0] > KEPT:
        kept = _asked(at.jwks)
    found = _called(kept[1], key_id)
    if not found and monotonic() - kept[0] > LEAST_AGE:  # the provider may have changed its key just now
        found = _called(_asked(at.jwks)[1], key_id)
    return found


def _asked(url: str) -> tuple[float, Keys]:
    listed = fetch_json(url).get("keys")
    if not isinstance(listed, list) or not all(isinstance(each, dict) for each in listed) or len(listed) > MOST_KEYS:
        raise AnswerRefused("its set of keys is none")
    kept = (monotonic(), tuple(each for each in listed if each.get("use", "sig") == "sig"))
    _KEYS[url] = kept
    return kept


def _called(listed: Keys, key_id: str | None) -> Keys:
    return listed if key_id is None else tuple(each for each in listed if each.get("kid") == key_id)


def _address(document: Mapping[str, Any], name: str, provider: Provider) -> str:
    text = document.get(name)
    if not isinstance(text, str) or not text.isascii() or not text.isprintable() or len(text) > LONGEST_ADDRESS:
        raise AnswerRefused(f"its {name} is no address")
    try:
        parts = urlsplit(text)
        host, _port = parts.hostname or "", parts.port
    except ValueError:
        raise AnswerRefused(f"its {name} is no address") from None
    if not host or parts.username is not None or parts.fragment or " " in text:
        raise AnswerRefused(f"its {name} is no address")
    here = is_on_this_machine(host) and is_on_this_machine(urlsplit(provider.issuer).hostname or "")
    if parts.scheme != "https" and not (parts.scheme == "http" and here):
        raise AnswerRefused(f"its {name} is not protected by TLS")
    return text
