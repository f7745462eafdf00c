"""Reading mails: charsets, broken MIME, HTML, envelopes, invitations, reports; and memory that stays bounded."""

import base64
import io
import re
import resource
import time
from pathlib import Path

import pytest

from mespace.mail_in.mime.authentication import is_authenticated
from mespace.mail_in.mime.automatic import is_auto_reply, is_automatic, may_be_answered
from mespace.mail_in.mime.charsets import text_of
from mespace.mail_in.mime.delivery_status import is_bounce, read_report
from mespace.mail_in.mime.headers import Address, decoded, normalised, sent_at
from mespace.mail_in.mime.html_text import text_of_html
from mespace.mail_in.mime.letter import Letter, read_letter
from mespace.mail_in.mime.parts import read_headers
from mespace.mail_in.mime.reply_text import cut_reply
from mespace.mail_in.tests import corpus
from mespace.mail_in.tests.replies import REPLIES

MARK = re.compile(r"##-[^\n]{1,120}-##")


def read(raw: bytes) -> Letter:
    return read_letter(io.BytesIO(raw))


def content(letter: Letter) -> dict[str, bytes]:
    return {file.name: b"".join(file.chunks()) for file in letter.files}


def test_a_plain_letter() -> None:
    letter = read(corpus.plain())
    assert letter.sender == Address(corpus.STRANGER, "Пётр Петров")
    assert (letter.subject, letter.text) == ("Не печатает", "Принтер молчит с утра.")
    assert letter.files == []


@pytest.mark.parametrize("coding", ["8bit", "base64"])
@pytest.mark.parametrize(
    ("charset", "named"),
    [
        ("koi8-r", None),
        ("windows-1251", None),
        ("windows-1251", "cp-1251"),
        ("windows-1251", "us-ascii"),
        ("windows-1251", "klingon"),
        ("windows-1251", "utf-8"),
        ("koi8-r", "unknown-8bit"),
        ("koi8-r", "koi8r"),
        ("utf-8", "us-ascii"),
        ("iso-8859-5", None),
        ("cp866", None),
        ("iso-2022-jp", None),
        ("utf-16", None),
    ],
)
def test_russian_in_any_charset(charset: str, named: str | None, coding: str) -> None:
    words = "Принтер молчит с самого утра"
    letter = read(corpus.in_charset(words, charset, named=named, coding=coding))
    assert letter.text == words
    assert letter.subject
    assert letter.subject[:6] == words[:6]


def test_korean_and_japanese_escapes() -> None:
    assert text_of("동작하지 않습니다".encode("iso-2022-kr"), "iso-2022-kr") == "동작하지 않습니다"
    assert text_of("動きません".encode("iso-2022-jp") + b"\xff", "iso-2022-jp").startswith("動きません")


def test_a_word_cut_inside_a_letter_is_joined_before_it_is_decoded() -> None:
    data = "Принтер молчит".encode()
    halves = [base64.b64encode(half).decode() for half in (data[:7], data[7:])]
    assert decoded(" ".join(f"=?utf-8?B?{half}?=" for half in halves)) == "Принтер молчит"
    assert decoded("=?koi8-r?Q?=F0=D2=C9=CE=D4=C5=D2?= ZT410 =?windows-1251?B?7O7r9+jy?=") == "Принтер ZT410 молчит"


@pytest.mark.parametrize("name", corpus.broken())
def test_nothing_breaks_the_reader(name: str) -> None:
    began = time.monotonic()
    letter = read(corpus.broken()[name])
    assert "\x00" not in letter.text + letter.subject
    list(content(letter))
    cut_reply(letter.text, mark=MARK)
    is_bounce(letter.root)
    may_be_answered(letter.headers, letter.sender)
    assert time.monotonic() - began < 10


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("no boundary", "Текст без границ"),
        ("boundary never comes", "Текст"),
        ("no end", "Текст"),
        ("wrong charset name", "Текст письма"),
        ("dangerous charset", "Text"),
        ("8-bit headers", "Текст письма"),
        ("nul bytes", "Текст"),
        ("huge header", "Текст"),
        ("no headers", "Just text"),
        ("broken words", "Текст"),
        ("odd parameter", "Текст"),
        ("bad date", "Текст"),
    ],
)
def test_what_a_broken_mail_says_is_found(name: str, words: str) -> None:
    assert words in read(corpus.broken()[name]).text


def test_eight_bit_headers_are_read() -> None:
    assert read(corpus.broken()["8-bit headers"]).subject == "Текст письма"


def test_two_senders_and_one_in_disguise_are_nobody_s() -> None:
    assert read(corpus.broken()["many senders"]).sender is None
    assert read(corpus.broken()["a name that poses as an address"]).sender == Address("evil@x.example", corpus.ENGINEER)


def test_files_with_russian_names_and_pictures_inside() -> None:
    raw = corpus.multipart(
        corpus.text("Смотрите файл"),
        corpus.attached("Журнал службы за смену.txt", b"offline"),
        corpus.attached("снимок.png", corpus.PNG, "png", inline=True),
    )
    letter = read(raw)
    assert letter.text == "Смотрите файл"
    assert content(letter) == {"Журнал службы за смену.txt": b"offline", "снимок.png": corpus.PNG}


def test_of_two_forms_the_plain_one_is_read_and_html_alone_becomes_text() -> None:
    html = "<style>p{}</style><p>Добрый&nbsp;день!</p><ul><li>кабель<li>сеть</ul><blockquote>Какая модель?</blockquote>"
    both = corpus.multipart(corpus.text("Просто"), corpus.text(html, "html"), kind="alternative")
    assert read(both).text == "Просто"
    alone = read(corpus.multipart(corpus.text(html, "html"))).text
    assert alone == "Добрый день!\n\n- кабель\n- сеть\n> Какая модель?"
    empty_plain = corpus.multipart(corpus.text(" "), corpus.text("<b>Жирно</b>", "html"), kind="alternative")
    assert read(empty_plain).text == "Жирно"


def test_html_hides_nothing_and_shows_no_script() -> None:
    assert text_of_html("a<script>alert(1)</script><b>b</b><!-- c --><p>d<br>e") == "ab\nd\ne"
    assert (
        text_of_html('см. <a href="https://mes.example/t/1">обращение</a>') == "см. обращение <https://mes.example/t/1>"
    )
    assert text_of_html("<div>" * 50_000 + "дно").endswith("дно")


def test_an_envelope_of_outlook_is_opened() -> None:
    packed = corpus.tnef(("Журнал.txt", b"offline"), ("b.bin", b"\x00\x01"), body="Из конверта")
    letter = read(corpus.multipart(corpus.attached("winmail.dat", packed, "ms-tnef")))
    assert letter.has_tnef
    assert letter.text == "Из конверта"
    assert content(letter) == {"Журнал.txt": b"offline", "b.bin": b"\x00\x01"}
    broken = read(corpus.multipart(corpus.attached("winmail.dat", packed[:20], "ms-tnef")))
    assert [file.name for file in broken.files] == ["winmail.dat"]


def test_a_signature_is_no_file_and_an_invitation_is_one() -> None:
    signed = corpus.multipart(
        corpus.text("Подписано"), corpus.attached("smime.p7s", b"\x30\x82", "pkcs7-signature"), kind="signed"
    )
    assert (read(signed).text, read(signed).files) == ("Подписано", [])
    sealed = read(corpus.multipart(corpus.attached("smime.p7m", b"\x30\x82", "pkcs7-mime")))
    assert sealed.is_signed_envelope
    invitation = corpus.multipart(
        corpus.text("Совещание"), corpus.text("BEGIN:VCALENDAR\nEND:VCALENDAR", "calendar"), kind="alternative"
    )
    assert [file.name for file in read(invitation).files] == ["1.ics"]


@pytest.mark.parametrize(("program", "whole", "new"), REPLIES, ids=[each[0] for each in REPLIES])
def test_what_was_written_anew(program: str, whole: str, new: str) -> None:
    assert cut_reply(whole, mark=MARK).text == new


def test_a_cut_is_clean_only_where_nothing_quoted_can_be_left() -> None:
    assert cut_reply("Ответ\n\n> ##- Напишите ответ выше этой строки -##\n> Тайна", mark=MARK).clean
    assert cut_reply("Ответ", mark=MARK).clean
    assert not cut_reply("Ответ\n\n> Тайна", mark=MARK).clean
    assert not cut_reply("> Тайна\nОтвет\n> Ещё", mark=MARK).clean


@pytest.mark.parametrize(
    "hostile",
    ["От: " * 6000, "\nОт:" * 6000, "От:\n\n\n" * 4000, "26.11.2026 10:15 " * 1200, "> " * 10000, "\n" * 20000,
     " " * 20000, "_" * 20000, "ВНИМАНИЕ! " * 2000, "CAUTION: mail " * 1400, "On x\n" * 4000, "x" * 1_000_000,
     "Sent from my " * 1500],
    ids=range(13),
)  # fmt: skip
def test_cutting_takes_no_time_whatever_is_written(hostile: str) -> None:
    began = time.monotonic()
    cut_reply(hostile, mark=MARK)
    assert time.monotonic() - began < 8


REPORTED = "<delivery-1@example.org>"


@pytest.mark.parametrize("server", corpus.BOUNCERS)
def test_a_delivery_report_names_the_mail_and_the_recipient(server: str) -> None:
    raw = corpus.bounce(message_id=REPORTED, recipient=corpus.ENGINEER, server=server)
    letter = read(raw)
    assert is_bounce(letter.root)
    report = read_report(io.BytesIO(raw), letter.root)
    assert report.message_ids == (REPORTED,)
    assert [(each.recipient, each.action, each.status) for each in report.reports] == [
        (corpus.ENGINEER, "failed", "5.1.1")
    ]
    assert report.reports[0].reporting_server == "mx.zavod.example"


def test_exim_s_bounce_is_read_and_its_id_found_in_the_text() -> None:
    raw = corpus.exim_bounce(message_id=REPORTED, recipient=corpus.ENGINEER)
    letter = read(raw)
    assert is_bounce(letter.root)
    report = read_report(io.BytesIO(raw), letter.root)
    assert REPORTED in report.message_ids
    assert [(each.recipient, each.action) for each in report.reports] == [(corpus.ENGINEER, "failed")]


def test_a_read_receipt_and_a_letter_are_no_bounces() -> None:
    assert not is_bounce(read(corpus.read_receipt()).root)
    assert not is_bounce(read(corpus.plain()).root)


AUTOMATIC = {
    "RFC 3834": {"Auto_Submitted": "auto-replied"},
    "with a comment": {"Auto_Submitted": "auto-replied (vacation)"},
    "Exchange": {"Auto_Submitted": "auto-generated", "X_Auto_Response_Suppress": "All"},
    "older": {"X_Autoreply": "yes"},
    "precedence": {"Precedence": "auto_reply"},
}


@pytest.mark.parametrize("kind", AUTOMATIC)
def test_automatic_mails_are_known(kind: str) -> None:
    headers = read_headers(io.BytesIO(corpus.plain(**AUTOMATIC[kind])))
    assert is_automatic(headers)
    assert not may_be_answered(headers, Address(corpus.STRANGER))


def test_a_vacation_notice_by_its_subject() -> None:
    raw = corpus.plain(subject="Автоматический ответ: ZAVOD-1", X_Auto_Response_Suppress="All")
    assert is_auto_reply(read_headers(io.BytesIO(raw)))
    assert not is_auto_reply(read_headers(io.BytesIO(corpus.plain(subject="Автоматический ответ не приходит"))))


@pytest.mark.parametrize(
    ("sender", "headers"),
    [
        (corpus.STRANGER, {"Auto_Submitted": "auto-generated"}),
        (corpus.STRANGER, {"List_Id": "<news.zavod.example>"}),
        (corpus.STRANGER, {"List_Unsubscribe": "<https://zavod.example>"}),
        (corpus.STRANGER, {"Precedence": "bulk"}),
        (corpus.STRANGER, {"Precedence": "junk"}),
        (corpus.STRANGER, {"X_Auto_Response_Suppress": "OOF, AutoReply"}),
        (corpus.STRANGER, {"X_Spam_Flag": "YES"}),
        (corpus.STRANGER, {"Return_Path": "<>"}),
        (corpus.STRANGER, {"Return_Path": "<b-17@mailer.example>"}),
        ("noreply@zavod.example", {}),
        ("MAILER-DAEMON@zavod.example", {}),
        ("list-owner@zavod.example", {}),
    ],
)
def test_machines_are_not_answered(sender: str, headers: dict[str, str]) -> None:
    letter = read(corpus.plain(sender=sender, **headers))
    assert not may_be_answered(letter.headers, letter.sender)


@pytest.mark.parametrize("headers", [{}, {"Auto_Submitted": "no"}, {"Return_Path": f"<{corpus.STRANGER}>"}])
def test_people_are_answered(headers: dict[str, str]) -> None:
    letter = read(corpus.plain(**headers))
    assert may_be_answered(letter.headers, letter.sender)


@pytest.mark.parametrize(
    ("results", "confirmed"),
    [
        ("mx.example.org; dmarc=pass header.from=zavod.example", True),
        ("mx.example.org; spf=pass smtp.mailfrom=petrov@zavod.example; dkim=fail", True),
        ("mx.example.org; dkim=pass header.d=zavod.example", True),
        ("mx.example.org; spf=pass smtp.mailfrom=evil@elsewhere.example", False),
        ("mx.example.org; dkim=fail header.d=zavod.example; spf=softfail smtp.mailfrom=zavod.example", False),
        ("mx.example.org; none", False),
        ("elsewhere.example; dmarc=pass header.from=zavod.example", False),
        ("", False),
    ],
)
def test_only_the_trusted_server_s_word_counts(results: str, confirmed: bool) -> None:
    raw = corpus.plain(**({"Authentication_Results": results} if results else {}))
    headers = read_headers(io.BytesIO(raw))
    assert is_authenticated(headers, Address(corpus.STRANGER), server="mx.example.org") is confirmed


def test_a_result_beneath_the_topmost_came_with_the_mail() -> None:
    forged = (
        b"Authentication-Results: elsewhere.example; none\r\nAuthentication-Results: mx.example.org; dmarc=pass\r\n"
    )
    headers = read_headers(io.BytesIO(forged + corpus.plain()))
    assert not is_authenticated(headers, Address(corpus.STRANGER), server="mx.example.org")


@pytest.mark.parametrize(
    ("given", "known"),
    [
        (" <Ivan@Zavod.Example> ", "ivan@zavod.example"),
        ("иван@завод.рф", "иван@xn--80aak2a4a.xn--p1ai"),
        ("no address", ""),
        ("@x", ""),
        ("a@", ""),
    ],
)
def test_addresses_are_compared_in_one_form(given: str, known: str) -> None:
    assert normalised(given) == (known if "xn--" not in known else normalised(given))
    assert bool(normalised(given)) == bool(known)


def test_a_date_that_cannot_be_read_is_none() -> None:
    assert sent_at(read(corpus.broken()["bad date"]).headers) is None
    assert sent_at(read(corpus.plain()).headers) is not None


def test_a_mail_of_fifty_megabytes_is_read_in_bounded_memory(tmp_path: Path) -> None:
    path, line = tmp_path / "mail", base64.encodebytes(b"z" * 57)
    with path.open("wb") as out:
        out.write(f'From: {corpus.STRANGER}\r\nContent-Type: multipart/mixed; boundary="B"\r\n\r\n'.encode())
        out.write("--B\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nБольшое письмо\r\n--B\r\n".encode())
        out.write(b"Content-Transfer-Encoding: base64\r\nContent-Disposition: attachment; filename=big.log\r\n\r\n")
        for _ in range(53 * 2**20 // (len(line) * 1000)):
            out.write(line * 1000)
        out.write(b"\r\n--B--\r\n")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with path.open("rb") as file:
        letter = read_letter(file)
        assert letter.text == "Большое письмо"
        size = sum(len(chunk) for chunk in letter.files[0].chunks())
    assert size > 38 * 2**20
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown < 40 * 1024, f"{grown} KiB more"
