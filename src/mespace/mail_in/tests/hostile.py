"""Mails that somebody made to do harm, and those that harm by accident; each is bytes, of no real person."""

import base64

from mespace.mail_in.tests import corpus
from mespace.mail_in.tests.corpus import STRANGER, SUPPORT

_HEAD = f"From: {STRANGER}\r\nTo: {SUPPORT}\r\n".encode()
SECRET_BCC = "victim@elsewhere.example"


def nested_mails(depth: int = 3000) -> bytes:
    """A mail in a mail in a mail."""
    inner = b"Content-Type: message/rfc822\r\n\r\n" * depth
    return _HEAD + b"Message-ID: <nested@x>\r\nSubject: in\r\n" + inner + b"From: x@y.example\r\n\r\nbottom"


def nested_multiparts(depth: int = 3000) -> bytes:
    """Multiparts in one another, within a delivery report, for parsers that call themselves."""
    opened = b"".join(
        f'Content-Type: multipart/mixed; boundary="n{number}"\r\n\r\n--n{number}\r\n'.encode()
        for number in range(depth)
    )
    return (
        b"Return-Path: <>\r\nFrom: mailer-daemon@x.example\r\nMessage-ID: <bomb@x>\r\n"
        b'Content-Type: multipart/report; report-type=delivery-status; boundary="R"\r\n\r\n'
        b"--R\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; x\r\n\r\n--R\r\n" + opened + b"bottom"
    )


def injected() -> bytes:
    """Line breaks in coded words and raw ones, to put headers of its own into our answer."""
    word = base64.b64encode(f"Привет\r\nBcc: {SECRET_BCC}\r\n\r\nтело".encode()).decode()
    return (
        f"From: =?utf-8?B?{word}?= <{STRANGER}>\r\nTo: {SUPPORT}\r\nSubject: =?utf-8?B?{word}?=\r\n"
        f"Message-ID: <a\x01b\x0bBcc:{SECRET_BCC}@x>\r\n\r\nТекст"
    ).encode()


def crowd(count: int = 10_000, *, first: str = SUPPORT) -> bytes:
    """A mail to ten thousand people."""
    others = ",\r\n ".join(f"Person {number} <person{number}@zavod.example>" for number in range(count))
    head = f"From: {STRANGER}\r\nTo: {first},\r\n {others}\r\nMessage-ID: <crowd@x>\r\nSubject: to all\r\n"
    return f"{head}\r\nText".encode()


def many_headers(count: int = 40_000) -> bytes:
    """Each with a name of its own."""
    return _HEAD + b"".join(b"h%d:a\r\n" % number for number in range(count)) + b"\r\nText"


def endless_parameters() -> bytes:
    """Quotes and semicolons without end."""
    return _HEAD + b"Message-ID: <params@x>\r\nContent-Type: text/plain" + b';"' * 120_000 + b"\r\n\r\nText"


def nested_comments() -> bytes:
    """Parentheses in an address without end."""
    return b"From: " + b"(" * 9000 + f"{STRANGER}\r\nTo: {SUPPORT}\r\nMessage-ID: <nc@x>\r\n\r\nText".encode()


def impossible_dates() -> dict[str, bytes]:
    """Dates that no calendar has."""
    dates = (
        "Thu, 32 Foo 99999 25:61 +9999", "Mon, 01 Jan 0001 00:00:00 +1400", "Fri, 31 Dec 9999 23:59:59 -1400", "вчера",
        "", "1e309", "Thu, 18 Nov 2026 10:00:00 +99999999", "18 Nov 26", "\x00",
    )  # fmt: skip
    return {
        f"date {number}": _HEAD + f"Message-ID: <date{number}@x>\r\nDate: {date}\r\n\r\nТекст".encode()
        for number, date in enumerate(dates)
    }


def tracked() -> bytes:
    """HTML alone, with pictures that tell its sender that it was read, and words that nobody sees."""
    html = (
        "<html><head><title>t</title><style>.x{display:none}</style></head><body>"
        '<img src="https://track.example/open.gif?u=1" width=1 height=1 alt="">'
        "<p>Здравствуйте!</p><p>Принтер молчит, см. "
        '<a href="https://zavod.example/wiki">страницу</a>.</p><img src="cid:logo" alt="logo">'
        "<script>fetch('https://track.example')</script></body></html>"
    )
    return corpus.multipart(corpus.text(html, "html"), message_id="<tracked@x>")


def sealed() -> bytes:
    """S/MIME: the text lies in the envelope, signed and not readable from outside."""
    part = corpus.attached("smime.p7m", b"\x30\x82\x01\x00" + b"\x00" * 64, "pkcs7-mime")
    return corpus.multipart(part, message_id="<sealed@x>")


def invitation() -> bytes:
    """A calendar's invitation: text, HTML and the event."""
    event = "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nSUMMARY:Разбор\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    parts = (
        corpus.text("Приглашаем на разбор"),
        corpus.text("<p>Приглашаем</p>", "html"),
        corpus.text(event, "calendar"),
    )
    return corpus.multipart(*parts, kind="alternative", message_id="<invitation@x>")


def turned_names() -> bytes:
    """A name that reads as another one, by signs that turn the direction of writing."""
    part = corpus.attached("invoice\u202efdp.exe", b"MZ" + b"\0" * 90)
    return corpus.multipart(corpus.text("Счёт"), part, message_id="<turned@x>", sender=f"\u202e{STRANGER}")


def all_of_them() -> dict[str, bytes]:
    """Each by name."""
    return impossible_dates() | {
        "nested mails": nested_mails(),
        "nested multiparts": nested_multiparts(),
        "injected headers": injected(),
        "ten thousand recipients": crowd(),
        "forty thousand headers": many_headers(),
        "endless parameters": endless_parameters(),
        "nested comments": nested_comments(),
        "tracked": tracked(),
        "sealed": sealed(),
        "an invitation": invitation(),
        "turned names": turned_names(),
    }
