"""The authorization code flow with PKCE, from the button to whom the provider has signed in."""

import base64
import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote_plus, urlencode, urlsplit

from mespace.platform.oidc import discovery
from mespace.platform.oidc.fetch import fetch_json
from mespace.platform.oidc.id_token import checked_claims, seconds
from mespace.platform.oidc.provider import AnswerRefused, Identity, Provider

SCOPE = "openid email"  # no more than the address: name and job title are the product's own
LONGEST_CODE = 4096
LONGEST_EMAIL = 254


@dataclass(frozen=True)
class Attempt:
    """What only this browser's session knows of an attempt: without it, the provider's answer is worth nothing."""

    state: str
    nonce: str
    verifier: str

    @classmethod
    def begin(cls) -> "Attempt":
        """A new one."""
        return cls(secrets.token_urlsafe(32), secrets.token_urlsafe(32), secrets.token_urlsafe(48))


def authorization_url(provider: Provider, attempt: Attempt, *, redirect_uri: str, anew: bool) -> str:
    """Where the person is sent; `anew` asks the provider to let them prove again who they are.

    Raises ProviderUnreachable, AnswerRefused.
    """
    challenge = base64.urlsafe_b64encode(hashlib.sha256(attempt.verifier.encode()).digest()).rstrip(b"=").decode()
    asked = {
        "response_type": "code",
        "client_id": provider.client_id,
        "redirect_uri": redirect_uri,
        "scope": SCOPE,
        "state": attempt.state,
        "nonce": attempt.nonce,
        "code_challenge": challenge,
        "code_challenge_method": "S256",
    }
    if anew:
        asked |= {"prompt": "login", "max_age": "0"}
    address = urlsplit(discovery.endpoints(provider).authorization)
    return address._replace(query="&".join(filter(None, [address.query, urlencode(asked)]))).geturl()


def identity(
    provider: Provider, attempt: Attempt, *, code: str, issuer: str | None, redirect_uri: str, now: datetime
) -> Identity:
    """Whom the provider has signed in, for the `code` that came back (`issuer`: RFC 9207's, where it was sent).

    Raises ProviderUnreachable, AnswerRefused.
    """
    if issuer is not None and issuer != provider.issuer:
        raise AnswerRefused("the answer is of another issuer")
    if not 0 < len(code) <= LONGEST_CODE:
        raise AnswerRefused("there is no code")
    at = discovery.endpoints(provider)
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": redirect_uri,
        "code_verifier": attempt.verifier,
    }
    headers = {}
    if at.basic:
        pair = f"{quote_plus(provider.client_id)}:{quote_plus(provider.client_secret)}"
        headers["Authorization"] = f"Basic {base64.b64encode(pair.encode()).decode()}"
    else:
        form |= {"client_id": provider.client_id, "client_secret": provider.client_secret}
    tokens = fetch_json(at.token, form=form, headers=headers)
    claims = checked_claims(
        tokens.get("id_token"),
        provider=provider,
        find_keys=lambda key_id: discovery.keys(at, key_id=key_id),
        nonce=attempt.nonce,
        now=now,
    )
    said = claims if "email" in claims else _userinfo(at, tokens, claims["sub"])
    address = said.get("email")
    return Identity(
        issuer=provider.issuer,
        subject=claims["sub"],
        email=address.strip().lower() if isinstance(address, str) and len(address) <= LONGEST_EMAIL else "",
        # Some say it in letters; whatever else is there, such as "false", is no yes.
        email_verified=said.get("email_verified") is True or said.get("email_verified") == "true",
        methods=_methods(claims),
        authenticated_at=seconds(claims, "auth_time"),
    )


def _userinfo(at: discovery.Endpoints, tokens: Mapping[str, Any], subject: str) -> Mapping[str, Any]:
    """What the provider says where the ID token names no address; nothing unless it is about the same subject."""
    token = tokens.get("access_token")
    if not at.userinfo or not isinstance(token, str) or not token.isascii() or not token.isprintable():
        return {}
    found = fetch_json(at.userinfo, headers={"Authorization": f"Bearer {token}"})
    if found.get("sub") != subject:
        raise AnswerRefused("the provider's two answers are about different people")
    return found


def _methods(claims: Mapping[str, Any]) -> frozenset[str]:
    methods, level = claims.get("amr"), claims.get("acr")
    said = [*(methods if isinstance(methods, list) else []), level]
    return frozenset(each for each in said if isinstance(each, str))
