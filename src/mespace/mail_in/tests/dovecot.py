"""A Dovecot of our own: unprivileged, in a temporary folder, on loopback."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from mespace.platform.environment import Imap

PROGRAM = shutil.which("dovecot", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
PASSWORD = "lathe-and-lace"
CONFIG = """
protocols = imap
listen = 127.0.0.1
base_dir = {folder}/run
state_dir = {folder}/state
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
ssl = no
disable_plaintext_auth = no
log_path = {folder}/dovecot.log
mail_location = maildir:{folder}/mail/%u
first_valid_uid = 1
auth_mechanisms = plain login
mail_max_userip_connections = 50
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}/mail/%u
}}
service imap-login {{
  chroot =
  process_min_avail = 1
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
namespace inbox {{
  inbox = yes
  separator = /
}}
"""


@dataclass(frozen=True)
class Dovecot:
    """A running server; every name is a mailbox of its own."""

    port: int
    folder: Path

    def mailbox(self, user: str, *, processed: str = "Processed") -> Imap:
        """The settings of a user's mailbox."""
        return Imap("127.0.0.1", self.port, user, PASSWORD, "none", "INBOX", processed)


@contextmanager
def started() -> Iterator[Dovecot]:
    """The server, running until the block ends. Skips where there is none; a run of everything fails instead."""
    if PROGRAM is None:
        if os.environ.get("MESPACE_TEST_EVERYTHING"):
            pytest.fail("no Dovecot is installed: apt-get install dovecot-imapd")
        pytest.skip("no Dovecot is installed: the tests over a real IMAP server are left out")
    folder = Path(tempfile.mkdtemp(prefix="mespace-imap-"))
    user = pwd.getpwnam("nobody") if os.geteuid() == 0 else pwd.getpwuid(os.geteuid())
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port = one.getsockname()[1]
    for name in ("run", "state", "mail"):
        (folder / name).mkdir()
        os.chown(folder / name, user.pw_uid, user.pw_gid)
    folder.chmod(0o755)
    group = subprocess.run(["id", "-gn", user.pw_name], capture_output=True, text=True, check=True).stdout.strip()
    config = folder / "dovecot.conf"
    values = {"folder": folder, "user": user.pw_name, "group": group, "uid": user.pw_uid, "gid": user.pw_gid}
    config.write_text(CONFIG.format(**values, port=port, password=PASSWORD))
    process = subprocess.Popen([PROGRAM, "-F", "-c", str(config)])
    try:
        _wait(port, process, folder)
        yield Dovecot(port, folder)
    finally:
        process.terminate()
        process.wait(timeout=20)
        shutil.rmtree(folder, ignore_errors=True)


def _wait(port: int, process: "subprocess.Popen[bytes]", folder: Path) -> None:
    end = time.monotonic() + 30
    while time.monotonic() < end and process.poll() is None:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
                if connection.recv(100).startswith(b"* OK"):
                    return
        except OSError:
            time.sleep(0.1)
    log = folder / "dovecot.log"
    pytest.fail(f"Dovecot does not answer: {log.read_text()[-2000:] if log.exists() else 'no log'}")
