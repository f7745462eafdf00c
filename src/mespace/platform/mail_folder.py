"""Where mails go when there is no mail server: a folder, which holds the newest ones."""

import secrets
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from mespace.platform import clock

MOST_FILES = 1000
MOST_BYTES = 100 * 1024 * 1024


class FolderBackend(BaseEmailBackend):
    """Writes each mail as an .eml file that only the product's account can read."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """How many were written."""
        return len([self.keep(one) for one in email_messages])

    def keep(self, mail: EmailMessage) -> str:
        """The name of the file that now holds the mail; the oldest files beyond the bounds are gone."""
        folder = Path(settings.MAIL_FOLDER)
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        name = f"{clock.now():%Y%m%dT%H%M%SZ}-{secrets.token_hex(6)}.eml"
        file = folder / name
        file.touch(mode=0o600)
        message: Any = mail.message()  # Django's class, which its types do not name
        file.write_bytes(message.as_bytes(linesep="\r\n"))
        _prune(folder)
        return name


def kept_mail(name: str) -> bytes | None:
    """The content of a file of the folder; None when it has gone."""
    file = Path(settings.MAIL_FOLDER) / Path(name).name
    return file.read_bytes() if name and file.suffix == ".eml" and file.is_file() else None


def _prune(folder: Path) -> None:
    """The newest stay: names begin with the instant."""
    room, files = MOST_BYTES, sorted(folder.glob("*.eml"), reverse=True)
    for number, file in enumerate(files):
        room -= file.stat().st_size
        if number >= MOST_FILES or (room < 0 and number > 0):
            file.unlink(missing_ok=True)
