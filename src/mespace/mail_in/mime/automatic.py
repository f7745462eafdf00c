"""Which mails no person wrote, and which must not be answered by a machine (RFC 3834)."""

import re
from email.message import Message

from mespace.mail_in.mime.headers import Address, header, raw

NOBODY = ("noreply", "no-reply", "no_reply", "do-not-reply", "donotreply", "mailer-daemon", "postmaster", "nobody",
          "mail-daemon", "bounce", "bounces", "notifications", "listserv", "majordomo")  # fmt: skip
# Whom a mail can be sent to by any server, written so that no two programs read it differently.
_ORDINARY = re.compile(r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*@[a-z0-9-]+(?:\.[a-z0-9-]+)+")
_LISTS = ("List-Id", "List-Unsubscribe", "List-Help", "List-Subscribe", "List-Post", "List-Owner", "List-Archive",
          "Mailing-List", "X-Mailman-Version")  # fmt: skip
_REPLIES = ("X-Autoreply", "X-Autorespond", "X-Auto-Reply", "X-Autoreply-From", "X-Mail-Autoreply")
_VACATION = ("автоответ", "автоматический ответ", "automatic reply", "auto reply", "autoreply", "out of office",
             "вне офиса", "нет на месте")  # fmt: skip


def is_auto_reply(headers: Message) -> bool:
    """Whether a machine answered with it: a vacation notice, a ticket system's confirmation."""
    submitted = _submitted(headers)
    if submitted in {"auto-replied", "auto-notified"} or any(headers[name] for name in _REPLIES):
        return True
    if header(headers, "Precedence").lower() in {"auto_reply", "auto-reply"}:
        return True
    subject = header(headers, "Subject").lower()
    suppressed = header(headers, "X-Auto-Response-Suppress").lower()
    return subject.startswith(_VACATION) and bool(submitted not in {"", "no"} or suppressed or _has_no_path(headers))


def is_automatic(headers: Message) -> bool:
    """Whether a machine made it, in answer to something or of its own."""
    return is_auto_reply(headers) or _submitted(headers) not in {"", "no"}


def may_be_answered(headers: Message, sender: Address | None) -> bool:
    """Whether an automatic answer may go to the sender without any danger that machines talk to each other."""
    if sender is None or _ORDINARY.fullmatch(sender.address) is None:
        return False
    if is_automatic(headers) or any(headers[name] is not None for name in _LISTS):
        return False
    if header(headers, "Precedence").lower() in {"bulk", "junk", "list"}:
        return False
    suppressed = header(headers, "X-Auto-Response-Suppress").lower()
    if any(word in suppressed for word in ("all", "oof", "autoreply")):
        return False
    if header(headers, "X-Spam-Flag").lower() == "yes" or header(headers, "X-Spam-Status").lower().startswith("yes"):
        return False
    local = sender.address.partition("@")[0].partition("+")[0]
    if local in NOBODY or local.endswith(("-noreply", "-no-reply", ".noreply", "-bounces", "-owner", "-request")):
        return False
    return _path_fits(headers, sender)


def _submitted(headers: Message) -> str:
    return header(headers, "Auto-Submitted").partition(";")[0].partition("(")[0].strip().lower()


def _has_no_path(headers: Message) -> bool:
    return any(value.strip() == "<>" for value in raw(headers, "Return-Path"))


def _path_fits(headers: Message, sender: Address) -> bool:
    """The envelope's sender, where the mailbox tells it: a person of the same domain, not a list's or mailer's."""
    paths = raw(headers, "Return-Path")
    if not paths:
        return True
    domain = paths[0].strip().strip("<>").rpartition("@")[2].lower().rstrip(".")
    return bool(domain) and (domain == sender.domain or domain.endswith(f".{sender.domain}"))
