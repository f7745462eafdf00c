"""The environment variables that the product reads: typed, strict, each with a sentence for junk."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from mespace.platform.folders import data_folder

if TYPE_CHECKING:
    from mespace.platform.oidc.provider import Provider

YES = frozenset({"1", "yes", "true", "on"})
NO = frozenset({"0", "no", "false", "off"})
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
_AUTHSERV_ID = re.compile(r"[A-Za-z0-9._-]{1,255}")
_MAILBOX = re.compile(r"[A-Za-z0-9._-]{1,30}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
_DOMAIN = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+")
LEAST_SECRET = 50  # characters; Django's own deployment check asks for as many

# Every name, for `doctor` to find a misspelt one; the value says what it is.
VARIABLES = {
    "DATABASE_URL": "the database, as the application role",
    "MESPACE_ADMIN_EMAIL": "the first administrator's e-mail",
    "MESPACE_ADMIN_NAME": "the first administrator's name",
    "MESPACE_ADMIN_PASSWORD": "the first administrator's password",
    "MESPACE_BASE_URL": "the address that people type, used in mails",
    "MESPACE_BEHIND_TLS": "a proxy in front speaks HTTPS",
    "MESPACE_DATA": "the folder for files and the embedded database",
    "MESPACE_DEMO": "this installation shows made-up data",
    "MESPACE_EMERGENCY_PHONE": "shown beside a critical incident",
    "MESPACE_HOSTS": "names by which the site is reached, separated by commas",
    "MESPACE_IMAP_PROCESSED": "the mailbox's folder into which read mails are put",
    "MESPACE_IMAP_URL": "the mailbox that is read",
    "MESPACE_LOG_LEVEL": "the least important line that is logged",
    "MESPACE_MAIL_AUTHSERV_ID": "the mail server whose word on a sender is trusted",
    "MESPACE_MAIL_DIRECT_DOMAINS": "recipients' domains whose own server is the mail server",
    "MESPACE_MAIL_FROM": "the sender of mails",
    "MESPACE_MAIL_REPLY_ADDRESS": "the mailbox to which people answer mails",
    "MESPACE_MAIL_SIGNED_RETURN_PATH": "yes: each mail has a return address of its own",
    "MESPACE_MAX_FILE_MIB": "the largest attachment",
    "MESPACE_MAX_MAIL_MIB": "the largest mail that is read whole",
    "MESPACE_OIDC": "organisations' own providers of sign-in, by keys (each has MESPACE_OIDC_<KEY>_…)",
    "MESPACE_OWNER_DATABASE_URL": "the database, as the role that owns the tables",
    "MESPACE_PG_BIN": "the folder with the system's PostgreSQL programs",
    "MESPACE_PG_USER": "whom the embedded PostgreSQL runs as under root",
    "MESPACE_PORT": "the port that the web server listens on",
    "MESPACE_PROCESS": "set by the product's own commands",
    "MESPACE_PYTHON": "the Python that the launcher uses",
    "MESPACE_RATE_LIMIT_FACTOR": "how many times the ordinary pace customers' people may write",
    "MESPACE_SECRET_KEY": "signs sessions and links",
    "MESPACE_SMTP_URL": "the mail server",
    "MESPACE_STAFF_MFA": "staff must have a second factor (no in a demo, otherwise yes)",
    "MESPACE_TEST_DATABASE_URL": "a PostgreSQL for the tests, as a role that may create databases and roles",
    "MESPACE_TEST_EVERYTHING": "tests that lack a program fail instead of being skipped",
    "MESPACE_TRUSTED_PROXIES": "how many proxies stand in front",
    "MESPACE_WEB_THREADS": "requests that one web process serves at a time",
    "MESPACE_WHEELHOUSE": "a folder of wheels to install from without a network",
}


class SettingRefused(Exception):  # noqa: N818 - it says what happened
    """A variable holds junk; the message is one sentence that names it."""


@dataclass(frozen=True)
class Smtp:
    """A mail server."""

    host: str
    port: int
    user: str
    password: str
    use_tls: bool
    use_ssl: bool


@dataclass(frozen=True)
class Imap:
    """A mailbox that is read. `security` is tls, starttls or none."""

    host: str
    port: int
    user: str
    password: str
    security: str
    folder: str
    processed: str


@dataclass(frozen=True)
class Environment:
    """All settings of one process."""

    process: str
    database_url: str
    owner_database_url: str
    data: Path
    secret_key: str
    hosts: list[str]
    base_url: str
    port: int
    behind_tls: bool
    trusted_proxies: int
    smtp: Smtp | None
    imap: Imap | None
    mail_from: str
    mail_reply_address: str
    mail_authserv_id: str
    mail_signed_return_path: bool
    max_mail_mib: int
    mail_direct_domains: frozenset[str]
    max_file_mib: int
    demo: bool
    staff_mfa: bool
    log_level: str
    emergency_phone: str
    web_threads: int
    rate_limit_factor: int
    oidc: "tuple[Provider, ...]"

    @classmethod
    def read(cls, environ: Mapping[str, str] = os.environ) -> "Environment":
        """Settings from `environ`; SettingRefused for the first one that holds junk."""
        port = whole(environ, "MESPACE_PORT", 8000, low=1, high=65535)
        base_url = _base_url(environ, port)
        database_url = _database_url(environ, "DATABASE_URL")
        from mespace.platform.oidc.configuration import providers

        return cls(
            process=_one_of(environ, "MESPACE_PROCESS", ("command", "web", "worker", "owner")),
            database_url=database_url,
            owner_database_url=_database_url(environ, "MESPACE_OWNER_DATABASE_URL") or database_url,
            data=data_folder(environ),
            secret_key=_secret_key(environ),
            hosts=_hosts(environ, base_url),
            base_url=base_url,
            port=port,
            behind_tls=flag(environ, "MESPACE_BEHIND_TLS"),
            trusted_proxies=whole(environ, "MESPACE_TRUSTED_PROXIES", 0, low=0, high=10),
            smtp=_smtp(environ),
            imap=_imap(environ),
            mail_authserv_id=_authserv_id(environ),
            mail_signed_return_path=flag(environ, "MESPACE_MAIL_SIGNED_RETURN_PATH"),
            max_mail_mib=whole(environ, "MESPACE_MAX_MAIL_MIB", 70, low=1, high=2048),
            mail_from=_mail_from(environ),
            mail_reply_address=_mail_reply_address(environ),
            mail_direct_domains=_mail_direct_domains(environ),
            max_file_mib=whole(environ, "MESPACE_MAX_FILE_MIB", 50, low=1, high=2048),
            demo=flag(environ, "MESPACE_DEMO"),
            staff_mfa=flag(environ, "MESPACE_STAFF_MFA", default=not flag(environ, "MESPACE_DEMO")),
            log_level=_one_of(environ, "MESPACE_LOG_LEVEL", ("INFO", *LOG_LEVELS)),
            emergency_phone=line(environ, "MESPACE_EMERGENCY_PHONE"),
            web_threads=whole(environ, "MESPACE_WEB_THREADS", 8, low=1, high=64),
            rate_limit_factor=whole(environ, "MESPACE_RATE_LIMIT_FACTOR", 1, low=1, high=1_000_000),
            oidc=providers(environ),
        )

    @classmethod
    def read_for_serving(cls, environ: Mapping[str, str] = os.environ) -> "Environment":
        """The same; SettingRefused also when something is absent that a serving process cannot do without."""
        env = cls.read(environ)
        if not env.database_url:
            raise SettingRefused(
                "DATABASE_URL is missing: set it, or use `mespace up`, which brings its own PostgreSQL."
            )
        if not env.secret_key:
            raise SettingRefused("MESPACE_SECRET_KEY is missing: set it to 50 or more random characters.")
        return env


def refuse(name: str, value: str, why: str) -> SettingRefused:
    """The exception whose sentence names the variable, its value and what is wrong with it."""
    return SettingRefused(f'{name}="{value}" {why}.')


def whole(environ: Mapping[str, str], name: str, default: int, *, low: int, high: int) -> int:
    """A whole number between `low` and `high`."""
    text = environ.get(name, "").strip()
    if not text:
        return default
    if not (text.isascii() and text.isdigit()) or not low <= int(text) <= high:
        raise refuse(name, text, f"is not a whole number between {low} and {high}")
    return int(text)


def flag(environ: Mapping[str, str], name: str, *, default: bool = False) -> bool:
    """Yes or no; absent means `default`."""
    text = environ.get(name, "").strip().lower()
    if not text:
        return default
    if text in YES:
        return True
    if text in NO:
        return False
    raise refuse(name, text, "is neither yes nor no")


def _one_of(environ: Mapping[str, str], name: str, choices: tuple[str, ...]) -> str:
    """One of `choices`, the first of which is the default."""
    text = environ.get(name, "").strip() or choices[0]
    if text not in choices:
        raise refuse(name, text, f"is not one of {', '.join(sorted(set(choices)))}")
    return text


def line(environ: Mapping[str, str], name: str) -> str:
    """One line of text, without control characters."""
    text = environ.get(name, "").strip()
    if any(ord(letter) < ord(" ") for letter in text):
        raise refuse(name, text.encode("unicode_escape").decode(), "holds a line break or a control character")
    return text


def _database_url(environ: Mapping[str, str], name: str) -> str:
    text = environ.get(name, "").strip()
    if not text:
        return ""
    # The value may hold a password: it is never repeated.
    hint = f"{name} is not the address of a PostgreSQL database such as postgresql://user:password@host:5432/name"
    if not text.startswith(("postgresql://", "postgres://")):
        raise SettingRefused(f"{hint}.")
    from psycopg import ProgrammingError
    from psycopg.conninfo import conninfo_to_dict

    try:
        parts = conninfo_to_dict(text)
    except (ProgrammingError, UnicodeError):
        raise SettingRefused(f"{hint}.") from None
    if not parts.get("dbname"):
        raise SettingRefused(f"{name} names no database: it should end like …@host:5432/name.")
    for port in str(parts.get("port") or "5432").split(","):
        if port and not port.isdigit():
            raise SettingRefused(f"{name} has a port that is not a number.")
    return text


def _secret_key(environ: Mapping[str, str]) -> str:
    text = environ.get("MESPACE_SECRET_KEY", "")
    if text and len(text) < LEAST_SECRET:
        raise SettingRefused(f"MESPACE_SECRET_KEY is shorter than {LEAST_SECRET} characters: make a random one.")
    return text


def _base_url(environ: Mapping[str, str], port: int) -> str:
    text = environ.get("MESPACE_BASE_URL", "").strip().rstrip("/")
    if not text:
        return f"http://localhost:{port}"  # a name, not a number: passkeys belong to names
    parts = urlsplit(text)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path or parts.query or parts.fragment:
        raise refuse("MESPACE_BASE_URL", text, "is not an address like https://support.example.com")
    if flag(environ, "MESPACE_BEHIND_TLS") and parts.scheme != "https":
        raise refuse("MESPACE_BASE_URL", text, "must begin with https:// because MESPACE_BEHIND_TLS is on")
    return text


def _hosts(environ: Mapping[str, str], base_url: str) -> list[str]:
    named = [host.strip() for host in environ.get("MESPACE_HOSTS", "").split(",") if host.strip()]
    for host in named:
        if "/" in host or " " in host or (":" in host and not host.startswith("[")):
            raise refuse("MESPACE_HOSTS", host, "is not a host name (no scheme, no port)")
    own = urlsplit(base_url).hostname or ""
    return sorted({*named, own, "localhost", "127.0.0.1", "[::1]"})


def _smtp(environ: Mapping[str, str]) -> Smtp | None:
    text = environ.get("MESPACE_SMTP_URL", "").strip()
    if not text:
        return None
    hint = "MESPACE_SMTP_URL is not an address like smtp+tls://user:password@mail.example.com:587"
    default = {"smtp": 25, "smtp+tls": 587, "smtps": 465}
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        raise SettingRefused(f"{hint}.") from None
    if parts.scheme not in default or not parts.hostname:
        raise SettingRefused(f"{hint} (or smtp://, smtps://).")
    return Smtp(
        host=parts.hostname,
        port=port or default[parts.scheme],
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        use_tls=parts.scheme == "smtp+tls",
        use_ssl=parts.scheme == "smtps",
    )


def _imap(environ: Mapping[str, str]) -> Imap | None:
    text = environ.get("MESPACE_IMAP_URL", "").strip()
    if not text:
        return None
    # The value holds a password: it is never repeated.
    hint = "MESPACE_IMAP_URL is not an address like imaps://user:password@mail.example.com/INBOX"
    default = {"imap": (143, "none"), "imap+tls": (143, "starttls"), "imaps": (993, "tls")}
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        raise SettingRefused(f"{hint}.") from None
    if parts.scheme not in default or not parts.hostname:
        raise SettingRefused(f"{hint} (or imap+tls://, imap://).")
    if not parts.username or not parts.password:
        raise SettingRefused(f"{hint}: the user or the password is missing.")
    if parts.query or parts.fragment:
        raise SettingRefused(f"{hint}: a sign in the password must be written as %3F (?), %23 (#), %40 (@).")
    usual, security = default[parts.scheme]
    folder = unquote(parts.path.lstrip("/")) or "INBOX"
    processed = line(environ, "MESPACE_IMAP_PROCESSED") or "Processed"
    if processed == folder:
        raise refuse("MESPACE_IMAP_PROCESSED", processed, "is the very folder that is read")
    return Imap(
        host=parts.hostname,
        port=port or usual,
        user=unquote(parts.username),
        password=unquote(parts.password),
        security=security,
        folder=folder,
        processed=processed,
    )


def _authserv_id(environ: Mapping[str, str]) -> str:
    text = line(environ, "MESPACE_MAIL_AUTHSERV_ID")
    if text and not _AUTHSERV_ID.fullmatch(text):
        raise refuse("MESPACE_MAIL_AUTHSERV_ID", text, "is not a server's name like mx.example.com")
    return text


def _mail_from(environ: Mapping[str, str]) -> str:
    text = line(environ, "MESPACE_MAIL_FROM")
    if text and "@" not in text:
        raise refuse("MESPACE_MAIL_FROM", text, "is not an e-mail address")
    if not text and environ.get("MESPACE_SMTP_URL", "").strip():
        raise SettingRefused("MESPACE_MAIL_FROM is missing: a mail server is set, so mails need a sender.")
    return text or "support@localhost"


def _mail_reply_address(environ: Mapping[str, str]) -> str:
    """A plain mailbox; a token is put behind its name with a plus sign, so it may hold none itself."""
    text = line(environ, "MESPACE_MAIL_REPLY_ADDRESS")
    if text and not _MAILBOX.fullmatch(text):
        raise refuse(
            "MESPACE_MAIL_REPLY_ADDRESS", text, "is not a plain address like support@example.com, without a plus sign"
        )
    return text


def _mail_direct_domains(environ: Mapping[str, str]) -> frozenset[str]:
    named = [each.strip().lower() for each in environ.get("MESPACE_MAIL_DIRECT_DOMAINS", "").split(",") if each.strip()]
    for domain in named:
        if not _DOMAIN.fullmatch(domain):
            raise refuse("MESPACE_MAIL_DIRECT_DOMAINS", domain, "is not a domain like factory.example")
    return frozenset(named)
