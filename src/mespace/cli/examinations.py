"""What `mespace doctor` looks at. Each examination yields what it found; nothing means that all is well."""

import difflib
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from mespace.platform.environment import VARIABLES, Environment
from mespace.platform.oidc.configuration import is_known

LITTLE_DISK = 1024 * 1024 * 1024  # bytes
SKEW = 2.0  # seconds
OLDEST_SERVER = 15
STUCK = "15 minutes"


@dataclass(frozen=True)
class Finding:
    """One sentence; `wrong` if it must be mended."""

    wrong: bool
    text: str


def wrong(text: str) -> Finding:
    """Something that must be mended."""
    return Finding(wrong=True, text=text)


def remark(text: str) -> Finding:
    """Something to know."""
    return Finding(wrong=False, text=text)


def value(query: str, *parameters: str) -> Any:  # noqa: ANN401 - a column's type is the query's
    """The first column of the query's one row."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(query, parameters)
        row = cursor.fetchone()
    return row[0] if row else None


def python() -> Iterator[Finding]:
    """The interpreter and its environment."""
    if sys.version_info < (3, 11):  # noqa: UP036 - the examination itself
        yield wrong("Python 3.11 or newer is needed.")
    if sys.prefix == sys.base_prefix:
        yield remark("this Python is not the product's own environment: start by ./mespace")


def settings() -> Iterator[Finding]:
    """Names in the environment that look like settings and are none."""
    for name in sorted(os.environ):
        if name.startswith("MESPACE_") and name not in VARIABLES and not is_known(name, os.environ):
            near = difflib.get_close_matches(name, VARIABLES, 1)
            meant = f"; did you mean {near[0]}?" if near else ""
            yield remark(f"{name} is no setting of this product{meant}")
    env = Environment.read()
    if not env.secret_key:
        yield wrong("MESPACE_SECRET_KEY is missing: the web server will not start.")
    if env.behind_tls and not env.trusted_proxies:
        yield wrong(
            "MESPACE_BEHIND_TLS is on and MESPACE_TRUSTED_PROXIES is 0: all visitors would share one rate limit."
        )
    if not env.behind_tls and env.base_url.startswith("https://"):
        yield wrong("MESPACE_BASE_URL is https:// and MESPACE_BEHIND_TLS is off: cookies would not be secure.")


def database() -> Iterator[Finding]:
    """Version, encoding and letters."""
    version = int(value("show server_version_num")) // 10_000
    if version < OLDEST_SERVER:
        yield wrong(f"PostgreSQL {version} is too old: 15 or newer is needed.")
    if value("show server_encoding") != "UTF8":
        yield wrong("the database's encoding is not UTF8.")
    if value("select lower('Ё') = 'ё'") is not True:
        yield wrong(
            "the database does not know Russian letters (lower('Ё') is not 'ё'): create it with a UTF-8 locale."
        )
    if value("show fsync") != "on" or value("show synchronous_commit") == "off":
        yield wrong("the server does not sync to disk (fsync, synchronous_commit): what it confirms can be lost.")
    if value("select pg_is_in_recovery()"):
        yield wrong("this is a read-only replica: connect with target_session_attrs=read-write.")


def rights() -> Iterator[Finding]:
    """What the application's role may do to the log."""
    from mespace.platform.db_roles import excess_rights

    role = value("select current_user")
    for sentence in excess_rights(role):
        yield wrong(f"{sentence}: give the application a role of its own (DATABASE_URL, MESPACE_OWNER_DATABASE_URL).")
    if value("select count(*) from pg_tables where tableowner = current_user and schemaname = current_schema()"):
        yield wrong(
            f"the role {role} owns tables: let MESPACE_OWNER_DATABASE_URL's role own them and run `mespace migrate`."
        )


def migrations() -> Iterator[Finding]:
    """Whether the tables are of this version."""
    from mespace.cli.migrate import pending

    if names := pending():
        yield wrong(f"{len(names)} migrations are not applied ({names[0]} …): run `mespace migrate`.")


def worker() -> Iterator[Finding]:
    """Whether jobs and timers run."""
    alive = value("select count(*) from procrastinate_workers where last_heartbeat > now() - interval '1 minute'")
    if not alive:
        yield wrong("no worker is alive: timers, mails and reminders stand still. Start `mespace worker`.")
    stuck = value(
        "select count(*) from procrastinate_jobs where status = 'doing' and id in "
        "(select job_id from procrastinate_events where type = 'started' and at < now() - %s::interval)",
        STUCK,
    )
    if stuck:
        yield wrong(f"{stuck} jobs have been running for more than {STUCK}.")
    waiting = value(
        "select count(*) from procrastinate_jobs where status = 'todo' and coalesce(scheduled_at, now()) <= now()"
        " and id in "
        "(select job_id from procrastinate_events where type = 'deferred' and at < now() - %s::interval)",
        STUCK,
    )
    if waiting:
        yield wrong(f"{waiting} jobs have been waiting for more than {STUCK}.")
    failed = value("select count(*) from procrastinate_jobs where status = 'failed'")
    if failed:
        yield remark(f"{failed} jobs have failed for good: see the worker's log.")


def folders() -> Iterator[Finding]:
    """The data folder and its disk."""
    folder = Environment.read().data
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=folder) as probe:
            probe.write(b"x" * 65536)
            probe.flush()
            os.fsync(probe.fileno())
    except OSError as exc:
        yield wrong(f"{folder} cannot be written ({exc.strerror}): attachments cannot be kept.")
        return
    free = shutil.disk_usage(folder).free
    if free < LITTLE_DISK:
        yield wrong(f"only {free // 1024 // 1024} MiB are free on the disk of {folder}.")


def mail() -> Iterator[Finding]:
    """Whether mails leave."""
    import smtplib

    smtp = Environment.read().smtp
    if smtp is None:
        yield remark("no mail server is set (MESPACE_SMTP_URL): mails are files in the data folder's mail/.")
        return
    kind = smtplib.SMTP_SSL if smtp.use_ssl else smtplib.SMTP
    try:
        with kind(smtp.host, smtp.port, timeout=10) as server:
            if smtp.use_tls:
                server.starttls()
            if smtp.user:
                server.login(smtp.user, smtp.password)
    except (OSError, smtplib.SMTPException) as exc:
        yield wrong(f"the mail server {smtp.host}:{smtp.port} does not accept us ({type(exc).__name__}).")


def mailbox() -> Iterator[Finding]:
    """Whether mails are taken in."""
    import imaplib
    from datetime import timedelta

    from imap_tools.errors import ImapToolsError

    from mespace.mail_in.mailbox import opened
    from mespace.mail_in.models import Inbound, State
    from mespace.mail_in.queries import TO_BE_LOOKED_AT
    from mespace.platform import clock

    env = Environment.read()
    if env.imap is None:
        yield remark("no mailbox is set (MESPACE_IMAP_URL): mails to support are not taken in.")
        if env.mail_reply_address:
            yield wrong("MESPACE_MAIL_REPLY_ADDRESS is set and no mailbox is read: answers by mail are lost.")
        return
    where = f"{env.imap.host}:{env.imap.port}"
    if env.imap.security == "none" and env.imap.host not in {"localhost", "127.0.0.1", "::1"}:
        yield wrong(f"the mailbox's password goes to {where} unencrypted: use imaps:// or imap+tls://.")
    try:
        with opened(env.imap) as inbox:
            waits = len(inbox.uids())
    except (OSError, imaplib.IMAP4.error, ImapToolsError) as exc:
        yield wrong(f"the mailbox at {where} cannot be read ({type(exc).__name__}).")
        return
    if waits:
        yield remark(f"{waits} mails lie in {env.imap.folder}: the worker takes them in within a minute.")
    late = Inbound.objects.filter(state=State.WAITING, kept_at__lt=clock.now() - timedelta(minutes=30)).count()
    if late:
        yield wrong(f"{late} mails have waited for more than half an hour: see the worker's log.")
    held = Inbound.objects.filter(state=State.QUARANTINED).count()
    if held:
        yield remark(f"{held} mails are in quarantine: look at /inbound/.")
    unclear = Inbound.objects.filter(TO_BE_LOOKED_AT).count()
    if unclear:
        yield remark(f"{unclear} bounces fit no mail: look at /inbound/?state=unclear.")


def clocks() -> Iterator[Finding]:
    """This machine's clock against the database's."""
    import time

    before = time.time()
    theirs = float(value("select extract(epoch from clock_timestamp())"))
    apart = theirs - (before + time.time()) / 2
    if abs(apart) > SKEW:
        yield wrong(f"this machine's clock differs from the database's by {apart:+.1f} s: run a time service on both.")


def calendar() -> Iterator[Finding]:
    """Whether deadlines of next year can be computed."""
    from mespace.platform import clock
    from mespace.regulation.models import CalendarEdition

    edition = CalendarEdition.objects.order_by("-adopted_at").first()
    if edition is None:
        yield wrong("no production calendar has been adopted: nothing can be filed. Run `mespace migrate`.")
        return
    last = max(int(year) for year in edition.content["years"])
    if last < clock.now().year + 1:
        yield wrong(f"the production calendar ends with {last}: next year's deadlines rest on nothing.")


def organisations() -> Iterator[Finding]:
    """Whether each provider can be reached, is who it is said to be, and lets somebody in."""
    from mespace.cli.organisations import examined

    for found in examined():
        yield Finding(wrong=found.wrong, text=found.text)


EXAMINATIONS: dict[str, Callable[[], Iterator[Finding]]] = {
    "Python": python,
    "settings": settings,
    "database": database,
    "rights": rights,
    "migrations": migrations,
    "worker": worker,
    "data folder": folders,
    "mail": mail,
    "mailbox": mailbox,
    "sign-in by organisations": organisations,
    "clock": clocks,
    "calendar": calendar,
}
