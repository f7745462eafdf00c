"""A small OpenID provider on this machine: real HTTP, signed tokens, PKCE; and it misbehaves in every way asked for."""

import base64
import hashlib
import hmac
import json
import secrets
import ssl
import threading
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote_plus, urlencode, urlsplit

import jwt
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from mespace.platform import clock
from mespace.platform.oidc.provider import Provider

SECRET = "a secret of the provider's"
CLIENT = "mespace"
HUGE = 600 * 1024


@cache
def rsa_key(number: int = 0, bits: int = 2048) -> rsa.RSAPrivateKey:
    """The provider's key; other numbers are other people's."""
    del number
    return rsa.generate_private_key(public_exponent=65537, key_size=bits)


@cache
def curve_key() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


@dataclass
class Member:
    """Somebody whom the provider knows."""

    subject: str
    email: str
    claims: dict[str, Any] = field(default_factory=lambda: {"email_verified": True})


@dataclass
class OpenIdProvider:
    """The running provider. Whoever is sent there is signed in as `member`, at once or after a page with buttons."""

    url: str = ""
    member: Member = field(default_factory=lambda: Member("4711", "colleague@example.org"))
    shows_a_page: bool = False
    claims: dict[str, Any] = field(default_factory=dict)  # put into the ID token last; None leaves one out
    signing: str = "RS256"
    key_id: str | None = "one"
    document: dict[str, Any] = field(default_factory=dict)  # the same for the discovery document
    userinfo: dict[str, Any] | None = None
    broken: dict[str, str] = field(default_factory=dict)  # path → 500, slow, drip, huge, text, list or redirect
    says_issuer: str | None = None  # RFC 9207's parameter
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)  # path and what came along
    when_asked: Callable[[], None] | None = None
    codes: dict[str, dict[str, str]] = field(default_factory=dict)

    def settings(self, organisation: str = "ZAVOD", key: str = "zavod", **changes: Any) -> Provider:
        """The provider as an installation's settings name it."""
        given: dict[str, Any] = {
            "key": key,
            "name_ru": "Завод",
            "name_en": "Plant",
            "issuer": self.url,
            "client_id": CLIENT,
            "client_secret": SECRET,
            "organisation": organisation,
        }
        return Provider(**(given | changes))

    def discovery(self) -> dict[str, Any]:
        found = {
            "issuer": self.url,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "jwks_uri": f"{self.url}/keys",
            "userinfo_endpoint": f"{self.url}/userinfo",
            "response_types_supported": ["code"],
            "id_token_signing_alg_values_supported": ["RS256"],
        }
        return _changed(found, self.document)

    def keys(self) -> dict[str, Any]:
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(rsa_key().public_key()))
        curve = json.loads(jwt.algorithms.ECAlgorithm.to_jwk(curve_key().public_key()))
        short = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(rsa_key(9, 1024).public_key()))
        return {
            "keys": [
                {**public, "kid": "one", "use": "sig", "alg": "RS256", "key_ops": ["verify"]},
                {**curve, "kid": "curve", "use": "sig"},
                {**short, "kid": "short", "use": "sig"},
                {**public, "kid": "for encryption", "use": "enc"},
            ]
        }

    def id_token(self, asked: dict[str, str]) -> str:
        now = int(clock.now().timestamp())
        claims: dict[str, Any] = {
            "iss": self.url,
            "aud": CLIENT,
            "sub": self.member.subject,
            "iat": now,
            "exp": now + 300,
            "nonce": asked["nonce"],
            "email": self.member.email,
            **self.member.claims,
        }
        if "max_age" in asked:
            claims["auth_time"] = now
        return self.signed(_changed(claims, self.claims))

    def signed(self, claims: dict[str, Any]) -> str:
        headers = {"kid": self.key_id} if self.key_id is not None else {}
        found = self._badly_signed(claims, headers)
        if found is not None:
            return found
        return jwt.encode(claims, curve_key() if self.signing == "ES256" else rsa_key(), self.signing, headers)

    def _badly_signed(self, claims: dict[str, Any], headers: dict[str, str]) -> str | None:
        match self.signing:
            case "none":
                return jwt.encode(claims, None, "none", headers)  # type: ignore[arg-type]
            case "the public key as a secret":
                secret = rsa_key().public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
                return _by_secret(claims, secret, headers)
            case "the client's secret":
                return _by_secret(claims, SECRET.encode(), headers)
            case "another key":
                return jwt.encode(claims, rsa_key(1), "RS256", headers)
            case "a short key":
                with warnings.catch_warnings(action="ignore"):  # the library warns of it, rightly
                    return jwt.encode(claims, rsa_key(9, 1024), "RS256", headers)
            case "an own key in the header":
                own = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(rsa_key(1).public_key()))
                return jwt.encode(claims, rsa_key(1), "RS256", headers | {"jwk": own})
            case "nothing":
                return jwt.encode(claims, rsa_key(), "RS256", headers).rpartition(".")[0] + "."
        return None


def _changed(found: dict[str, Any], changes: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in (found | changes).items() if value is not None}


def _by_secret(claims: dict[str, Any], secret: bytes, headers: dict[str, str]) -> str:
    """HS256 by hand: the library refuses to take a public key for a secret, and an attacker does not."""
    parts = [json.dumps({"alg": "HS256", "typ": "JWT", **headers}), json.dumps(claims)]
    said = b".".join(base64.urlsafe_b64encode(part.encode()).rstrip(b"=") for part in parts)
    mark = base64.urlsafe_b64encode(hmac.new(secret, said, hashlib.sha256).digest()).rstrip(b"=")
    return (said + b"." + mark).decode()


class _Handler(BaseHTTPRequestHandler):
    provider: OpenIdProvider
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
        self._answer(parts.path, asked)

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        self._answer(urlsplit(self.path).path, {name: values[0] for name, values in parse_qs(body).items()})

    def _answer(self, path: str, asked: dict[str, str]) -> None:
        self.provider.asked.append((path, asked))
        if self.provider.when_asked is not None:
            self.provider.when_asked()
        with suppress(OSError):  # whoever asked has gone
            if (way := self.provider.broken.get(path)) and self._misbehave(way):
                return
            match path:
                case "/.well-known/openid-configuration":
                    self._json(self.provider.discovery())
                case "/keys":
                    self._json(self.provider.keys())
                case "/authorize":
                    self._authorize(asked)
                case "/token":
                    self._token(asked)
                case "/userinfo":
                    self._userinfo()
                case _:
                    self._send(404, b"")

    def _misbehave(self, way: str) -> bool:
        match way:
            case "500":
                self._send(500, b"{}")
            case "slow":
                time.sleep(30)
            case "drip":
                self.send_response(200)
                self.send_header("Content-Length", "100000")
                self.end_headers()
                for _ in range(60):
                    self.wfile.write(b" ")
                    self.wfile.flush()
                    time.sleep(0.5)
            case "huge":
                self._send(200, b'{"x": "' + b"x" * HUGE + b'"}')
            case "text":
                self._send(200, b"<html>not at all</html>", "text/html")
            case "list":
                self._send(200, b"[]")
            case "redirect":
                self._send(302, b"", location=f"{self.provider.url}/elsewhere")
            case _:
                return False
        return True

    def _authorize(self, asked: dict[str, str]) -> None:
        fits = (
            asked.get("client_id") == CLIENT
            and asked.get("response_type") == "code"
            and "openid" in asked.get("scope", "").split()
            and asked.get("code_challenge_method") == "S256"
        )
        if not fits:
            self._send(400, b"what is asked for does not fit")
            return
        code = secrets.token_urlsafe(16)
        self.provider.codes[code] = asked
        back = {"code": code, "state": asked["state"]}
        if self.provider.says_issuer is not None:
            back["iss"] = self.provider.says_issuer
        yes = f"{asked['redirect_uri']}?{urlencode(back)}"
        if not self.provider.shows_a_page:
            self._send(302, b"", location=yes)
            return
        no = f"{asked['redirect_uri']}?{urlencode({'error': 'access_denied', 'state': asked['state']})}"
        page = (
            "<!doctype html><html lang=en><title>Plant</title><h1>Plant</h1>"
            f"<a id=yes href='{escape(yes)}'>Sign in</a> <a id=no href='{escape(no)}'>Cancel</a>"
        )
        self._send(200, page.encode(), "text/html")

    def _token(self, asked: dict[str, str]) -> None:
        begun = self.provider.codes.pop(asked.get("code", ""), None)
        digest = hashlib.sha256(asked.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if not self._is_client(asked):
            self._json({"error": "invalid_client"}, 401)
        elif (
            begun is None
            or begun["redirect_uri"] != asked.get("redirect_uri")
            or not hmac.compare_digest(begun["code_challenge"], challenge)
        ):
            self._json({"error": "invalid_grant"}, 400)
        else:
            tokens = {"token_type": "Bearer", "access_token": "access", "id_token": self.provider.id_token(begun)}
            self._json(tokens)

    def _is_client(self, asked: dict[str, str]) -> bool:
        scheme, _, pair = self.headers.get("Authorization", "").partition(" ")
        if scheme == "Basic":
            name, _, secret = base64.b64decode(pair).decode().partition(":")
            return (unquote_plus(name), unquote_plus(secret)) == (CLIENT, SECRET)
        return (asked.get("client_id"), asked.get("client_secret")) == (CLIENT, SECRET)

    def _userinfo(self) -> None:
        if self.headers.get("Authorization") != "Bearer access":
            self._json({"error": "invalid_token"}, 401)
            return
        self._json(self.provider.userinfo or {})

    def _json(self, found: dict[str, Any], status: int = 200) -> None:
        self._send(status, json.dumps(found).encode())

    def _send(self, status: int, body: bytes, kind: str = "application/json", location: str = "") -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Connection", "close")
        if location:
            self.send_header("Location", location)
        self.end_headers()
        self.wfile.write(body)


def own_certificate(folder: Path) -> tuple[Path, ssl.SSLContext]:
    """A certificate for 127.0.0.1 that vouches for itself, and what serves by it."""
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    begins = datetime.now(UTC) - timedelta(days=1)
    made = (
        x509.CertificateBuilder(name, name, rsa_key().public_key(), x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(begins + timedelta(days=2))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(rsa_key(), hashes.SHA256())
    )
    certificate, key = folder / "certificate.pem", folder / "key.pem"
    certificate.write_bytes(made.public_bytes(Encoding.PEM))
    key.write_bytes(rsa_key().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    serving = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    serving.load_cert_chain(certificate, key)
    return certificate, serving


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Whoever hangs up is no news."""


@contextmanager
def openid_provider(tls: ssl.SSLContext | None = None) -> Iterator[OpenIdProvider]:
    """A provider on a free port of 127.0.0.1, and nothing remembered of another one that had it."""
    from mespace.platform.oidc import discovery

    provider = OpenIdProvider()
    handler = type("Handler", (_Handler,), {"provider": provider})
    server = _Server(("127.0.0.1", 0), handler)
    if tls is not None:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    provider.url = f"{'https' if tls else 'http'}://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    discovery.forget()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join(10)
