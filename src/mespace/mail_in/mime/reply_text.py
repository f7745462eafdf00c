"""What somebody wrote anew in an answer: without the quoted mail, the signature and what mail programs add."""

import re
from dataclasses import dataclass

from mailparser_reply.constants import MAIL_LANGUAGES, QUOTED_MATCH_INCLUDE
from mailparser_reply.parser import EmailMessage

LONGEST_CUT = 20_000  # characters that are searched for quotes: the library's expressions are slow on longer ones

_WEEKDAY = r"(?:пн|вт|ср|чт|пт|сб|вс|понедельник|вторник|среда|четверг|пятница|суббота|воскресенье)"
_DATE = r"\d{1,2}(?:[./]\d{1,2}[./]\d{2,4}|\s[а-яё.]+\s\d{4}(?:\s?г\.?)?)"
_WROTE = r"(?:пишет|писал(?:\(а\)|а)?|написал(?:\(а\)|а)?|<\n?[^>\n]+@[^>\n]+>)"
RUSSIAN = {
    "wrote_header": (
        rf"^({QUOTED_MATCH_INCLUDE}(?:{_WEEKDAY},?\s)?{_DATE}[^\n]{{0,20}}?\d{{1,2}}:\d{{2}}[^\n]{{0,300}}?"
        rf"(?:\n[^\n]{{0,120}})?{_WROTE}\s?:)$"
    ),
    "from_header": (
        rf"((?:(?:^|\n|\n{QUOTED_MATCH_INCLUDE})[* ]*(?:От|От кого|Отправлено|Кому|Тема|Дата|Копия)(?: кого)?:[ *]*"
        r"(?:\s{,2}).*){2,}(?:\n.*){,1})"
    ),
    "disclaimers": ["ВНИМАНИЕ[!:]", "Это сообщение (?:и любые вложения )?(?:является|содержит)"],
    "signatures": ["С уважением", "С наилучшими пожеланиями", "Всего доброго"],
    "sent_from": "Отправлено (?:из|с)",
}
MAIL_LANGUAGES["ru"] = RUSSIAN  # the library knows a dozen languages, and not this one

_GAPS = re.compile(r"\n{3,}")
_SEPARATOR = re.compile(
    r"\s*(?:-{2,}\s*(?:Исходное сообщение|Пересланное сообщение|Пересылаемое сообщение|Original Message|"
    r"Forwarded message|Конец пересылаемого сообщения)\s*-{2,}|_{20,}|-{16}|-{20,})\s*",
    re.IGNORECASE,
)
_ENDING = re.compile(
    r"(?:С уважением|С наилучшими пожеланиями|Всего доброго|Best regards|Kind regards)[,.!]?", re.IGNORECASE
)
_PROGRAM = re.compile(
    r"(?:Отправлено (?:из|с) .{0,80}|Получить Outlook для .{0,80}|Отправлено с (?:моего )?iPhone|"
    r"Sent from (?:my )?.{0,80}|Get Outlook for .{0,80})",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Cut:
    """The new part of an answer; `clean`: the quoted part was certainly found, or there was none."""

    text: str
    clean: bool


def cut_reply(whole: str, *, mark: re.Pattern[str]) -> Cut:
    """What was written anew in `whole`; `mark` finds the line above which our own mails ask to write."""
    everything = _tidy(whole)
    found = mark.search(everything[:LONGEST_CUT])
    text = everything
    if found is not None:
        above = text[: found.start()]
        text = above[: above.rfind("\n") + 1] if "\n" in above else ""
    new, rest = _above(text)
    if not new:
        below = _below(everything[:LONGEST_CUT])
        return Cut(below, clean=not below)
    return Cut(new, clean=found is not None or not rest)


def _above(whole: str) -> tuple[str, bool]:
    """What stands before the quoted mail, and whether anything was cut off or is quoted."""
    text = _until_separator(whole)
    head, tail = text[:LONGEST_CUT], text[LONGEST_CUT:]
    reply = EmailMessage(text=head, languages=["ru", "en"], keep_hyphen_lists=True).read().replies[0]
    new = reply.body
    if tail and len(reply.content) >= len(head.strip()):
        new = text.strip()  # nothing was found in the beginning: a long letter, not an answer
    new = _without_quotes(new)
    has_rest = len(reply.content.strip()) < len(text.strip()) or any(line.startswith(">") for line in text.split("\n"))
    return new, has_rest


def _below(text: str) -> str:
    """What is written beneath or between quoted lines, by those who answer so: nothing where quotes are not marked."""
    lines = text.split("\n")
    first = next((number for number, line in enumerate(lines) if line.startswith(">")), None)
    if first is None:
        return ""
    return _without_signature(_without_quotes("\n".join(lines[first:])))


def _without_signature(text: str) -> str:
    """Up to a line of two hyphens, or to the words with which letters are ended."""
    lines = text.split("\n")
    for number, line in enumerate(lines):
        if number and (line in {"--", "-- "} or _ENDING.fullmatch(line.strip()[:120])):
            return "\n".join(lines[:number]).strip()
    return text


def _tidy(text: str) -> str:
    """Without trailing blanks and long runs of empty lines, on which the library's expressions take forever."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "").split("\n")
    return _GAPS.sub("\n\n", "\n".join(line.rstrip() for line in lines)).strip("\n")


def _until_separator(text: str) -> str:
    kept: list[str] = []
    for line in text.split("\n"):
        if _SEPARATOR.fullmatch(line[:200]) and any(each.strip() for each in kept):
            break
        kept.append(line)
    return "\n".join(kept)


def _without_quotes(text: str) -> str:
    """Quoted lines at the beginning and the end go; those between answers stay, since the answers refer to them."""
    lines = text.split("\n")
    while lines and (not lines[-1].strip() or lines[-1].startswith(">") or _PROGRAM.fullmatch(lines[-1].strip()[:120])):
        lines.pop()
    while lines and (not lines[0].strip() or lines[0].startswith(">")):
        lines.pop(0)
    return "\n".join(lines).strip()
