"""What a provider says is believed only if it holds; the provider of these tests is real, and misbehaves."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from mespace.platform import clock
from mespace.platform.environment import Environment, SettingRefused
from mespace.platform.oidc import discovery, fetch
from mespace.platform.oidc.configuration import is_known, providers
from mespace.platform.oidc.provider import AnswerRefused, Identity, ProviderUnreachable
from mespace.platform.oidc.sign_in import Attempt, authorization_url, identity
from tests.infrastructure.openid import OpenIdProvider, openid_provider, own_certificate

BACK = "http://testserver/account/by/zavod/back/"
GOOD = {
    "MESPACE_OIDC": "zavod",
    "MESPACE_OIDC_ZAVOD_NAME": "Завод",
    "MESPACE_OIDC_ZAVOD_ISSUER": "https://sso.zavod.example/realms/zavod",
    "MESPACE_OIDC_ZAVOD_CLIENT_ID": "mespace",
    "MESPACE_OIDC_ZAVOD_CLIENT_SECRET": "hunter2hunter2",
    "MESPACE_OIDC_ZAVOD_ORGANISATION": "ZAVOD",
}


@pytest.fixture
def sso() -> Iterator[OpenIdProvider]:
    with openid_provider() as running:
        yield running


def sign_in(sso: OpenIdProvider, **changes: Any) -> Identity:
    """The whole way, as a browser and this product go it."""
    import http.client

    provider, attempt = sso.settings(), Attempt.begin()
    sent = urlsplit(authorization_url(provider, attempt, redirect_uri=BACK, anew=False))
    asking = http.client.HTTPConnection(sent.netloc, timeout=5)
    asking.request("GET", f"{sent.path}?{sent.query}")
    found = parse_qs(urlsplit(asking.getresponse().headers["Location"]).query)
    assert found["state"] == [attempt.state]
    given: dict[str, Any] = {
        "code": found["code"][0],
        "issuer": found.get("iss", [None])[0],
        "redirect_uri": BACK,
        "now": clock.now(),
    }
    return identity(provider, changes.pop("attempt", attempt), **(given | changes))


def test_an_honest_provider_is_believed(sso: OpenIdProvider) -> None:
    found = sign_in(sso)
    assert (found.issuer, found.subject, found.email, found.email_verified) == (
        sso.url,
        "4711",
        "colleague@example.org",
        True,
    )


def test_no_more_than_the_address_is_asked_for_and_nothing_can_be_guessed(sso: OpenIdProvider) -> None:
    sign_in(sso)
    sign_in(sso)
    first, second = (asked for path, asked in sso.asked if path == "/authorize")
    assert first["scope"] == "openid email"
    assert all(first[name] != second[name] for name in ("state", "nonce", "code_challenge"))
    assert min(len(first[name]) for name in ("state", "nonce", "code_challenge")) >= 43
    assert sum(path.endswith("openid-configuration") for path, _ in sso.asked) == 1  # kept


HOUR = 3600
# What the provider does wrong, and what is said of it.
ATTACKS: dict[str, tuple[Callable[[OpenIdProvider], Any], str]] = {
    "another nonce": (lambda sso: sso.claims.update(nonce="x" * 43), "another attempt"),
    "no nonce": (lambda sso: sso.claims.update(nonce=None), "another attempt"),
    "a nonce that is no text": (lambda sso: sso.claims.update(nonce=["x"]), "another attempt"),
    "another audience": (lambda sso: sso.claims.update(aud="portal"), "for somebody else"),
    "no audience": (lambda sso: sso.claims.update(aud=None), "for somebody else"),
    "two audiences, presented by the other": (
        lambda sso: sso.claims.update(aud=["mespace", "portal"], azp="portal"),
        "given to somebody else",
    ),
    "two audiences, presented by nobody": (
        lambda sso: sso.claims.update(aud=["mespace", "portal"]),
        "given to somebody else",
    ),
    "presented by another": (lambda sso: sso.claims.update(azp="portal"), "given to somebody else"),
    "another issuer": (lambda sso: sso.claims.update(iss="https://evil.example"), "another issuer"),
    "no issuer": (lambda sso: sso.claims.update(iss=None), "another issuer"),
    "expired": (lambda sso: sso.claims.update(exp=int(clock.now().timestamp()) - 61), "has expired"),
    "without end": (lambda sso: sso.claims.update(exp=None), "has expired"),
    "an end that is a text": (lambda sso: sso.claims.update(exp="9999999999"), "has expired"),
    "an end beyond all numbers": (lambda sso: sso.claims.update(exp=10**400), "has expired"),
    "of yesterday": (lambda sso: sso.claims.update(iat=int(clock.now().timestamp()) - 24 * HOUR), "not made just now"),
    "of tomorrow": (lambda sso: sso.claims.update(iat=int(clock.now().timestamp()) + 24 * HOUR), "not made just now"),
    "not valid yet": (lambda sso: sso.claims.update(nbf=int(clock.now().timestamp()) + HOUR), "not valid yet"),
    "no subject": (lambda sso: sso.claims.update(sub=None), "names nobody"),
    "an empty subject": (lambda sso: sso.claims.update(sub=""), "names nobody"),
    "a subject that is a number": (lambda sso: sso.claims.update(sub=1), "names nobody"),
    "a subject of 256 characters": (lambda sso: sso.claims.update(sub="x" * 256), "names nobody"),
    "a subject with a line break": (lambda sso: sso.claims.update(sub="a\nb"), "names nobody"),
    "unsigned": (lambda sso: setattr(sso, "signing", "none"), "proves nothing"),
    "signed by the public key as a secret": (
        lambda sso: setattr(sso, "signing", "the public key as a secret"),
        "proves nothing",
    ),
    "signed by the client's secret": (lambda sso: setattr(sso, "signing", "the client's secret"), "proves nothing"),
    "signed by another key": (lambda sso: setattr(sso, "signing", "another key"), "none of the provider's keys"),
    "signed by a key that it brings along": (
        lambda sso: setattr(sso, "signing", "an own key in the header"),
        "none of the provider's keys",
    ),
    "its signature cut off": (lambda sso: setattr(sso, "signing", "nothing"), "none of the provider's keys"),
    "a key that nobody has": (lambda sso: setattr(sso, "key_id", "nobody's"), "none of the provider's keys"),
    "a key for encryption": (lambda sso: setattr(sso, "key_id", "for encryption"), "none of the provider's keys"),
    "a key too short": (
        lambda sso: (setattr(sso, "signing", "a short key"), setattr(sso, "key_id", "short")),
        "none of the provider's keys",
    ),
    "an algorithm that the key is not for": (lambda sso: setattr(sso, "signing", "RS512"), "none of the provider's"),
    "the answer says another issuer": (lambda sso: setattr(sso, "says_issuer", "https://evil.example"), "of another"),
    "userinfo about somebody else": (
        lambda sso: (sso.claims.update(email=None), setattr(sso, "userinfo", {"sub": "1", "email": "a@b.example"})),
        "different people",
    ),
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_what_does_not_hold_is_refused(sso: OpenIdProvider, attack: str) -> None:
    act, said = ATTACKS[attack]
    act(sso)
    with pytest.raises(AnswerRefused, match=said):
        sign_in(sso)


def test_an_id_token_that_is_none_is_refused(sso: OpenIdProvider, monkeypatch: pytest.MonkeyPatch) -> None:
    for token in (None, 7, "", "a.b.c", "x" * 70_000, "..", "é"):
        monkeypatch.setattr(OpenIdProvider, "id_token", lambda *_, token=token: token)
        with pytest.raises(AnswerRefused):
            sign_in(sso)


def test_another_verifier_or_a_code_used_twice_gets_no_tokens(sso: OpenIdProvider) -> None:
    with pytest.raises(ProviderUnreachable, match="invalid_grant"):
        sign_in(sso, attempt=Attempt.begin())
    with pytest.raises(ProviderUnreachable, match="invalid_grant"):
        sign_in(sso, code="guessed")
    with pytest.raises(AnswerRefused, match="no code"):
        sign_in(sso, code="")


@pytest.mark.parametrize(
    ("said", "held"), [(True, True), ("true", True), (False, False), ("false", False), (1, False), (None, False)]
)
def test_an_address_counts_as_verified_only_if_that_is_said(sso: OpenIdProvider, said: Any, held: bool) -> None:
    sso.claims["email_verified"] = said
    assert sign_in(sso).email_verified is held


def test_an_address_that_only_userinfo_has_is_taken_from_there(sso: OpenIdProvider) -> None:
    sso.claims["email"] = None
    sso.userinfo = {"sub": "4711", "email": "Other@Example.org", "email_verified": False}
    found = sign_in(sso)
    assert (found.email, found.email_verified) == ("other@example.org", False)  # the token's word was of no address


@pytest.mark.parametrize("signing", ["RS256", "ES256"])
@pytest.mark.parametrize("named", [True, False])
def test_keys_are_found_by_name_or_by_trying(sso: OpenIdProvider, signing: str, named: bool) -> None:
    sso.signing, sso.key_id = signing, {"RS256": "one", "ES256": "curve"}[signing] if named else None
    assert sign_in(sso).subject == "4711"


def test_a_key_that_is_new_is_asked_for_at_once(sso: OpenIdProvider, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = OpenIdProvider.keys
    monkeypatch.setattr(OpenIdProvider, "keys", lambda self: {"keys": whole(self)["keys"][:1]})
    sso.signing = "RS256"
    sign_in(sso)
    monkeypatch.setattr(OpenIdProvider, "keys", whole)
    sso.signing, sso.key_id = "ES256", "curve"
    with pytest.raises(AnswerRefused):  # nobody makes us ask for keys all the time
        sign_in(sso)
    monkeypatch.setattr(discovery, "LEAST_AGE", -1.0)
    assert sign_in(sso).subject == "4711"


def test_a_secret_goes_in_the_form_where_the_provider_wants_it_there(sso: OpenIdProvider) -> None:
    sso.document["token_endpoint_auth_methods_supported"] = ["client_secret_post"]
    sign_in(sso)
    assert "client_secret" in next(asked for path, asked in sso.asked if path == "/token")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"issuer": "https://evil.example"}, "it calls itself"),
        ({"issuer": None}, "it calls itself"),
        ({"authorization_endpoint": None}, "authorization_endpoint is no address"),
        ({"authorization_endpoint": "javascript:alert(1)"}, "authorization_endpoint is no address"),
        ({"token_endpoint": "http://169.254.169.254/latest"}, "token_endpoint is not protected by TLS"),
        ({"token_endpoint": "file:///etc/passwd"}, "token_endpoint is no address"),
        ({"token_endpoint": "ftp://127.0.0.1/x"}, "token_endpoint is not protected by TLS"),
        ({"jwks_uri": "https://user:password@sso.example/keys"}, "jwks_uri is no address"),
        ({"jwks_uri": "https://sso.example:port/keys"}, "jwks_uri is no address"),
        ({"jwks_uri": ["https://sso.example/keys"]}, "jwks_uri is no address"),
        ({"userinfo_endpoint": "https://sso.example/a\r\nX: y"}, "userinfo_endpoint is no address"),
        ({"response_types_supported": ["id_token"]}, "authorization code flow"),
    ],
)
def test_a_document_that_leads_elsewhere_is_refused(sso: OpenIdProvider, changes: dict[str, Any], said: str) -> None:
    sso.document.update(changes)
    with pytest.raises(AnswerRefused, match=said):
        sign_in(sso)


@pytest.mark.parametrize("path", ["/.well-known/openid-configuration", "/token", "/keys"])
@pytest.mark.parametrize("way", ["500", "huge", "text", "list", "redirect", "slow", "drip"])
def test_an_outage_is_told_in_time(sso: OpenIdProvider, path: str, way: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetch, "STEP", 0.3)
    monkeypatch.setattr(fetch, "WHOLE", 0.6)
    sso.broken[path] = way
    began = time.monotonic()
    with pytest.raises(ProviderUnreachable):
        sign_in(sso)
    assert time.monotonic() - began < 3
    assert not any(path == "/elsewhere" for path, _ in sso.asked)


def test_whoever_is_not_there_is_told(sso: OpenIdProvider) -> None:
    gone = sso.settings(issuer="http://127.0.0.1:9")
    with pytest.raises(ProviderUnreachable, match="does not answer"):
        authorization_url(gone, Attempt.begin(), redirect_uri=BACK, anew=False)


def test_a_certificate_that_nobody_vouches_for_is_not_believed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    certificate, tls = own_certificate(tmp_path)
    with openid_provider(tls) as sso:
        with pytest.raises(ProviderUnreachable, match="SSLCertVerificationError"):
            discovery.endpoints(sso.settings())
        assert sso.asked == []
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))  # a factory's own authority
        assert discovery.endpoints(sso.settings()).token == f"{sso.url}/token"


def test_a_shift_that_comes_at_once_gets_in(sso: OpenIdProvider) -> None:
    discovery.endpoints(sso.settings())
    with ThreadPoolExecutor(8) as people:
        found = list(people.map(lambda _: sign_in(sso).subject, range(24)))
    assert found == ["4711"] * 24


def test_a_provider_that_hangs_takes_three_threads_and_no_more(
    sso: OpenIdProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetch, "PATIENCE", 0.05)
    for _ in range(3):
        assert fetch.AT_ONCE.acquire(blocking=False)
    try:
        with pytest.raises(ProviderUnreachable, match="keeps other people waiting"):
            sign_in(sso)
    finally:
        for _ in range(3):
            fetch.AT_ONCE.release()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"MESPACE_OIDC": "Завод"}, 'MESPACE_OIDC="Завод" is not a key'),
        ({"MESPACE_OIDC": "zavod,zavod"}, "stands there twice"),
        ({"MESPACE_OIDC": "zavod,other"}, "MESPACE_OIDC_OTHER_NAME is missing"),
        ({"MESPACE_OIDC_ZAVOD_NAME": ""}, "MESPACE_OIDC_ZAVOD_NAME is missing"),
        ({"MESPACE_OIDC_ZAVOD_NAME": "Z" * 61}, "longer than 60 characters"),
        ({"MESPACE_OIDC_ZAVOD_ISSUER": ""}, "MESPACE_OIDC_ZAVOD_ISSUER is missing"),
        ({"MESPACE_OIDC_ZAVOD_ISSUER": "sso.zavod.example"}, "is not an address like https://"),
        ({"MESPACE_OIDC_ZAVOD_ISSUER": "https://sso.zavod.example:x"}, "is not an address like https://"),
        ({"MESPACE_OIDC_ZAVOD_ISSUER": "https://a:b@sso.zavod.example"}, "is not an address like https://"),
        ({"MESPACE_OIDC_ZAVOD_ISSUER": "https://sso.zavod.example/?a=b"}, "is not an address like https://"),
        ({"MESPACE_OIDC_ZAVOD_ISSUER": "http://sso.zavod.example"}, "must begin with https://"),
        ({"MESPACE_OIDC_ZAVOD_ISSUER": "http://10.0.0.5"}, "must begin with https://"),
        (
            {"MESPACE_OIDC_ZAVOD_ISSUER": "https://sso.zavod.example/.well-known/openid-configuration"},
            "leave out /.well-known",
        ),
        ({"MESPACE_OIDC_ZAVOD_CLIENT_ID": "мес"}, "holds a sign that"),
        ({"MESPACE_OIDC_ZAVOD_CLIENT_SECRET": ""}, "MESPACE_OIDC_ZAVOD_CLIENT_SECRET is missing"),
        ({"MESPACE_OIDC_ZAVOD_CLIENT_SECRET": "hunter2 hunter2 ё"}, "holds a sign that"),
        ({"MESPACE_OIDC_ZAVOD_ORGANISATION": ""}, "MESPACE_OIDC_ZAVOD_ORGANISATION is missing"),
        ({"MESPACE_OIDC_ZAVOD_ORGANISATION": "zavod"}, "is neither staff nor the code"),
        ({"MESPACE_OIDC_ZAVOD_PASSWORD": "never"}, "is neither yes nor no"),
        ({"MESPACE_OIDC_ZAVOD_LISTED": "x"}, "is neither yes nor no"),
        ({"MESPACE_OIDC_ZAVOD_SECOND_FACTOR": "mfa"}, "is for the provider of staff"),
    ],
)
def test_junk_in_a_provider_s_settings_is_refused_by_name(changes: dict[str, str], said: str) -> None:
    with pytest.raises(SettingRefused) as refused:
        Environment.read(GOOD | changes)
    assert said in str(refused.value)
    assert "hunter2" not in str(refused.value)
    assert "\n" not in str(refused.value)


def test_two_providers_cannot_have_one_issuer() -> None:
    twin = {name.replace("ZAVOD", "STAFF"): value for name, value in GOOD.items() if name != "MESPACE_OIDC"}
    with pytest.raises(SettingRefused, match="the issuer of two providers"):
        Environment.read(GOOD | twin | {"MESPACE_OIDC": "zavod,staff", "MESPACE_OIDC_STAFF_ORGANISATION": "staff"})


def test_good_settings_are_understood_and_keep_their_secret() -> None:
    (found,) = providers(GOOD | {"MESPACE_OIDC_ZAVOD_PASSWORD": "no", "MESPACE_OIDC_ZAVOD_NAME_EN": "Plant"})
    assert (found.name("ru"), found.name("en"), found.password_allowed, found.is_listed) == (
        "Завод",
        "Plant",
        False,
        True,
    )
    assert "hunter2" not in repr(found)
    assert providers({}) == ()


def test_a_provider_s_variables_are_settings_and_others_are_not() -> None:
    assert all(is_known(name, GOOD) for name in GOOD if name != "MESPACE_OIDC")
    assert not is_known("MESPACE_OIDC_OTHER_NAME", GOOD)
    assert not is_known("MESPACE_OIDC_ZAVOD_CLIENT_SECRETE", GOOD)
