"""Checking an ID token: whose word it is, for whom, about which attempt, and until when."""

import hmac
import json
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from mespace.platform.oidc.discovery import Keys
from mespace.platform.oidc.provider import AnswerRefused, Provider

# The kind of key that each algorithm needs. No `none`, and no secrets shared with the provider.
ALGORITHMS = {
    **dict.fromkeys(("RS256", "RS384", "RS512", "PS256", "PS384", "PS512"), "RSA"),
    **dict.fromkeys(("ES256", "ES384", "ES512"), "EC"),
    "EdDSA": "OKP",
}
LEAST_RSA_BITS = 2048
LEEWAY = 60  # seconds by which the two clocks may differ
OLDEST = 600  # seconds since it was made
LONGEST = 64 * 1024  # characters
LONGEST_SUBJECT = 255


def checked_claims(
    token: object,
    *,
    provider: Provider,
    find_keys: Callable[[str | None], Keys],
    nonce: str,
    now: datetime,
) -> dict[str, Any]:
    """What the token says, signed by one of the provider's keys, for this installation and this very attempt.

    Raises AnswerRefused, and what `find_keys` raises.
    """
    if not isinstance(token, str) or len(token) > LONGEST:
        raise AnswerRefused("there is no ID token")
    claims = _signed(token, find_keys)
    instant = now.timestamp()
    if claims.get("iss") != provider.issuer:
        raise AnswerRefused("the ID token is of another issuer")
    _check_audience(claims, provider.client_id)
    expires, made = seconds(claims, "exp"), seconds(claims, "iat")
    if expires is None or instant >= expires + LEEWAY:
        raise AnswerRefused("the ID token has expired, or the clocks differ")
    if made is None or not instant - OLDEST <= made <= instant + LEEWAY:
        raise AnswerRefused("the ID token was not made just now, or the clocks differ")
    starts = seconds(claims, "nbf")
    if "nbf" in claims and (starts is None or starts > instant + LEEWAY):
        raise AnswerRefused("the ID token is not valid yet, or the clocks differ")
    said = claims.get("nonce")
    if not isinstance(said, str) or not hmac.compare_digest(said.encode(), nonce.encode()):
        raise AnswerRefused("the ID token is of another attempt")
    subject = claims.get("sub")
    if not isinstance(subject, str) or not 0 < len(subject) <= LONGEST_SUBJECT or not subject.isprintable():
        raise AnswerRefused("the ID token names nobody")
    return claims


def _signed(token: str, find_keys: Callable[[str | None], Keys]) -> dict[str, Any]:
    import jwt  # late: nobody pays for it who signs in by a password

    try:
        header = jwt.get_unverified_header(token)
    except jwt.PyJWTError:
        raise AnswerRefused("the ID token is none") from None
    algorithm, key_id = header.get("alg"), header.get("kid")
    kind = ALGORITHMS.get(algorithm) if isinstance(algorithm, str) else None
    if kind is None:
        raise AnswerRefused(f"the ID token is signed by {str(algorithm)[:20]!a}, which proves nothing")
    for listed in find_keys(key_id if isinstance(key_id, str) else None):
        if listed.get("kty") != kind or listed.get("alg", algorithm) != algorithm:
            continue
        try:
            key = jwt.PyJWK({**listed, "alg": algorithm}).key
            if kind == "RSA" and key.key_size < LEAST_RSA_BITS:
                continue
            payload = jwt.PyJWS().decode_complete(token, key, algorithms=[algorithm])["payload"]
            claims = json.loads(payload)
        except (jwt.PyJWTError, ValueError, TypeError, RecursionError):
            continue
        if isinstance(claims, dict):
            return claims
    raise AnswerRefused("the ID token is signed by none of the provider's keys")


def _check_audience(claims: Mapping[str, Any], client_id: str) -> None:
    audience = claims.get("aud")
    named = audience if isinstance(audience, list) else [audience]
    if client_id not in named:
        raise AnswerRefused("the ID token is for somebody else")
    presented = claims.get("azp")
    if (len(named) > 1 or presented is not None) and presented != client_id:
        raise AnswerRefused("the ID token was given to somebody else")


def seconds(claims: Mapping[str, Any], name: str) -> float | None:
    """The claim as seconds since 1970; None if it is no number."""
    value = claims.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        return float(value)
    except OverflowError:
        return None
