"""Mails as they come: made here, of no real person. Each is bytes, as a mailbox holds it."""

import base64
import struct
from email.header import Header
from email.message import EmailMessage, Message
from email.mime.application import MIMEApplication
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

SUPPORT = "support@example.org"
ENGINEER = "engineer@example.org"
STRANGER = "petrov@zavod.example"
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
WRITTEN = "Wed, 18 Nov 2026 08:30:00 +0300"


def plain(
    text: str = "Принтер молчит с утра.",
    *,
    sender: str = f"Пётр Петров <{STRANGER}>",
    to: str = SUPPORT,
    subject: str = "Не печатает",
    message_id: str = "<m1@zavod.example>",
    **headers: str,
) -> bytes:
    """A plain mail in UTF-8; `in_reply_to="…"` and the like add headers."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"], mail["Date"] = sender, to, subject, WRITTEN
    if message_id:
        mail["Message-ID"] = message_id
    for name, value in headers.items():
        mail[name.replace("_", "-")] = value
    mail.set_content(text)
    return mail.as_bytes()


def in_charset(text: str, charset: str, *, named: str | None = None, coding: str = "8bit") -> bytes:
    """A mail whose text and subject are bytes of `charset`; `named` is what the header claims."""
    data = text.encode(charset)
    body = base64.encodebytes(data) if coding == "base64" else data
    word = base64.b64encode(text.encode(charset)[:40]).decode()
    head = (
        f"From: {STRANGER}\r\nTo: {SUPPORT}\r\nSubject: =?{named or charset}?B?{word}?=\r\n"
        f"Message-ID: <{charset}-{named}-{coding}@zavod.example>\r\nMIME-Version: 1.0\r\n"
        f"Content-Type: text/plain; charset={named or charset}\r\nContent-Transfer-Encoding: {coding}\r\n\r\n"
    )
    return head.encode() + body


def multipart(*parts: Message, kind: str = "mixed", sender: str = STRANGER, to: str = SUPPORT, **headers: str) -> bytes:
    """A mail of several parts."""
    mail = MIMEMultipart(kind)
    mail["From"], mail["To"], mail["Subject"] = sender, to, str(Header("Во вложении", "utf-8"))
    mail["Message-ID"] = headers.pop("message_id", "<parts@zavod.example>")
    for name, value in headers.items():
        mail[name.replace("_", "-")] = value
    for part in parts:
        mail.attach(part)
    return mail.as_bytes()


def text(words: str, subtype: str = "plain") -> MIMEText:
    """A text part."""
    return MIMEText(words, subtype, "utf-8")


def attached(name: str, data: bytes, kind: str = "octet-stream", *, inline: bool = False) -> MIMEApplication:
    """A file, its name in the way of Russian mailers (an encoded word inside the parameter)."""
    part = MIMEApplication(data, kind)
    word = Header(name, "utf-8").encode()
    part.add_header("Content-Disposition", f'{"inline" if inline else "attachment"}; filename="{word}"')
    return part


def tnef(*files: tuple[str, bytes], body: str = "") -> bytes:
    """An envelope of Outlook's own."""
    out = struct.pack("<IH", 0x223E9F78, 1)

    def attribute(level: int, number: int, data: bytes) -> bytes:
        return struct.pack("<BHHI", level, number, 6, len(data)) + data + struct.pack("<H", sum(data) & 0xFFFF)

    if body:
        out += attribute(1, 0x800C, body.encode("cp1251") + b"\0")
    for name, data in files:
        out += attribute(2, 0x9002, b"\0" * 14)
        out += attribute(2, 0x8010, name.encode("cp1251") + b"\0")
        out += attribute(2, 0x800F, data)
    return out


BOUNCERS = {
    "postfix": "MAILER-DAEMON@mx.zavod.example",
    "exchange": "postmaster@zavod.example",
    "yandex": "mailer-daemon@yandex.example",
    "mailru": "mailer-daemon@corp.mail.example",
}


def bounce(
    *, message_id: str, recipient: str, action: str = "failed", status: str = "5.1.1", server: str = "postfix"
) -> bytes:
    """A delivery status notification of one mail server or another."""
    blocks = (
        "Reporting-MTA: dns; mx.zavod.example\r\nArrival-Date: Wed, 18 Nov 2026 09:00:00 +0300\r\n\r\n"
        f"Final-Recipient: rfc822; {recipient}\r\nAction: {action}\r\nStatus: {status}\r\n"
        "Remote-MTA: dns; mail.zavod.example\r\nDiagnostic-Code: smtp; 550 5.1.1 unknown user\r\n"
    )
    original = f"From: {SUPPORT}\r\nTo: {recipient}\r\nSubject: ZAVOD-1\r\nMessage-ID: {message_id}\r\n"
    whole = server in {"postfix", "exchange"}
    if whole:
        original += "\r\nТекст\r\n"
    return (
        f"Return-Path: <>\r\nFrom: {BOUNCERS[server]}\r\nTo: {SUPPORT}\r\nSubject: Undelivered\r\n"
        f"Auto-Submitted: auto-replied\r\nMessage-ID: <dsn-{server}-{action}@mx.zavod.example>\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="B"\r\n\r\n'
        "--B\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nНе доставлено.\r\n"
        f"--B\r\nContent-Type: message/delivery-status\r\n\r\n{blocks}\r\n"
        f"--B\r\nContent-Type: {'message/rfc822' if whole else 'text/rfc822-headers'}\r\n\r\n{original}\r\n--B--\r\n"
    ).encode()


def exim_bounce(*, message_id: str, recipient: str) -> bytes:
    """Exim's kind: a header names the recipient, the mail that failed stands in the text."""
    return (
        f"Return-path: <>\r\nFrom: Mail Delivery System <Mailer-Daemon@mx.zavod.example>\r\nTo: {SUPPORT}\r\n"
        f"X-Failed-Recipients: {recipient}\r\nAuto-Submitted: auto-replied\r\nSubject: Mail delivery failed\r\n"
        "Message-ID: <exim@mx.zavod.example>\r\n\r\n"
        f"  {recipient}\r\n    host mail.zavod.example: 550 unknown user\r\n\r\n"
        f"------ This is a copy of the message ------\r\n\r\nFrom: {SUPPORT}\r\nMessage-ID: {message_id}\r\n"
        "\r\nТекст\r\n"
    ).encode()


def read_receipt() -> bytes:
    """A read receipt (MDN)."""
    return (
        f"From: {ENGINEER}\r\nTo: {SUPPORT}\r\nSubject: Read: ZAVOD-1\r\nMessage-ID: <mdn@zavod.example>\r\n"
        'Content-Type: multipart/report; report-type=disposition-notification; boundary="B"\r\n\r\n'
        "--B\r\nContent-Type: text/plain\r\n\r\nYour message was displayed.\r\n"
        "--B\r\nContent-Type: message/disposition-notification\r\n\r\n"
        f"Final-Recipient: rfc822; {ENGINEER}\r\nDisposition: manual-action/MDN-sent-manually; displayed\r\n"
        "\r\n--B--\r\n"
    ).encode()


def broken() -> dict[str, bytes]:
    """Mails that keep to no standard; each must be kept, read as far as can be, and end somewhere."""
    head = f"From: {STRANGER}\r\nTo: {SUPPORT}\r\n"
    raw, russian = head.encode(), "Текст письма".encode("cp1251")
    nested = b"".join(
        f'Content-Type: multipart/mixed; boundary="b{depth}"\r\n\r\n--b{depth}\r\n'.encode() for depth in range(60)
    )
    many = b"".join(b"--m\r\nContent-Type: text/plain\r\n\r\nx\r\n" for _ in range(1200))
    quoted = b"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
    return {
        "no boundary": raw + "Content-Type: multipart/mixed\r\n\r\nТекст без границ\r\n".encode(),
        "boundary never comes": raw + 'Content-Type: multipart/mixed; boundary="X"\r\n\r\nТекст\r\n'.encode(),
        "no end": raw + 'Content-Type: multipart/mixed; boundary="X"\r\n\r\n--X\r\n\r\nТекст\r\n'.encode(),
        "wrong charset name": raw + b"Content-Type: text/plain; charset=klingon-8\r\n\r\n" + russian,
        "dangerous charset": raw + b"Content-Type: text/plain; charset=zlib\r\n\r\nText",
        "8-bit headers": raw + b"Subject: " + russian + b"\r\n\r\n" + russian,
        "nul bytes": raw + "Subject: a\x00b\r\n\r\nТек\x00ст\x00".encode(),
        "deep": raw + nested + b"\r\nbottom",
        "many parts": raw + b'Content-Type: multipart/mixed; boundary="m"\r\n\r\n' + many + b"--m--\r\n",
        "huge header": raw + f"X-Long: {'я' * 400_000}\r\nSubject: after\r\n\r\nТекст".encode(),
        "endless line": raw + b"\r\n" + b"x" * 3_000_000,
        "broken base64": raw + b"Content-Transfer-Encoding: base64\r\n\r\n0KLQtdC60YHR!!!!\r\ngg=\r\n=====",
        "broken quoted": raw + quoted + b"=D0=A2=ZZ=\r\n=",
        "broken words": raw + "Subject: =?utf-8?B?@@@?= =?klingon?Q?=D0?= =?utf-8?Q??=\r\n\r\nТекст".encode(),
        "no headers": b"\r\nJust text",
        "only headers": raw,
        "nothing": b"",
        "rubbish": bytes(range(256)) * 40,
        "bad date": raw + "Date: вчера\r\n\r\nТекст".encode(),
        "many senders": f"From: a@x.example, b@x.example\r\nTo: {SUPPORT}\r\n\r\nТекст".encode(),
        "a name that poses as an address": f'From: "{ENGINEER}" <evil@x.example>\r\n\r\nText'.encode(),
        "bare cr": raw.replace(b"\r\n", b"\r") + b"\r\rText",
        "odd parameter": raw
        + "Content-Type: text/plain; charset*=klingon'ru'%FF; name*0*=x'y'%zz\r\n\r\nТекст".encode(),
        "odd boundary": raw + "Content-Type: multipart/mixed; boundary*=utf-99''%D0\r\n\r\n--\r\nТекст".encode(),
        "odd address": b'From: "a@b" <<x@y.example>, ;:\r\nTo: @\r\n\r\nText',
        "a mail in a mail": raw + b"Content-Type: message/rfc822\r\n\r\nFrom: x@y.example\r\n\r\nInner",
    }
