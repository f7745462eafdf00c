"""What a mail server says in its own words, English or Russian, of a mail that it could not deliver."""

import re
from dataclasses import dataclass

LONGEST = 20_000  # characters of a server's own words that are read
LONGEST_REASON = 300

# How the subjects of bounces begin: of Exim, qmail, Postfix, Sendmail, Exchange, Yandex, Mail.ru and others.
NAMES_A_BOUNCE = re.compile(
    r"(?:undeliver|mail deliver|delivery (?:status|failure|has failed|delayed|problem|incomplete)|failure notice|"
    r"returned mail|mail (?:failure|system error|returned)|message (?:not delivered|undeliverable)|"
    r"warning: (?:message|could not send)|delayed mail|non-?delivery|"
    r"недоставлен|не доставлен|(?:сообщение|письмо) не доставлен|не уда(?:е|ё)?(?:тся|лось) доставить|"
    r"ошибка (?:при )?доставк|сбой доставки|уведомление о (?:недоставке|состоянии доставки)|"
    r"доставка (?:отложена|не удалась)|"
    r"(?:сообщение|письмо) (?:задерж|отложен))",
    re.IGNORECASE,
)
# From here on a server gives back the mail that it is about, in the same text.
_COPY = re.compile(
    r"^[ \t*>-]{0,40}(?:(?:this is a )?copy of (?:the|your) message|below this line is a copy|"
    r"the (?:body|header)s? of (?:the|your)|"
    r"(?:original|returned) (?:message|mail)(?: headers| follows)?|исходн(?:ое|ые) (?:сообщение|письмо|заголовки)|"
    r"заголовки исходного|копия (?:вашего )?(?:сообщения|письма)|(?:return-path|received|message-id|from):\s)",
    re.IGNORECASE | re.MULTILINE,
)
_STATUS = re.compile(r"(?<![\d.])[45]\.\d{1,3}\.\d{1,3}(?!\.?\d)")
_REPLY = re.compile(r"(?<![\d.:/])[45]\d\d(?=[ -])")
_GIVEN_UP = re.compile(
    r"giv(?:en|ing) up|permanent|been in the queue too long|not going to try|no (?:such|mailbox)|"
    r"(?:user|recipient) unknown|"
    r"delivery has failed|(?:not|n't|cannot) be delivered|wasn't able to deliver|failed (?:permanently|to deliver)|"
    r"couldn't be (?:found|delivered)|не может быть доставлен|не было доставлено|"
    r"не удалось (?:выполнить доставку|доставить)|"
    r"не может быть отправлен|не найден|не существует|недоставлен|не доставлен|ящик переполнен|отклонен|отклонён",
    re.IGNORECASE,
)
_WAITS = re.compile(
    r"delayed|will be retried|(?:keep|continue) trying|still (?:trying|being)|has not yet been delivered|"
    r"no action is required|"
    r"warning only|задерж|отложен|попытк\w+ (?:доставки|отправки)? ?(?:будут )?продолж|будут предприняты|"
    r"(?:ещё|еще|пока) не доставлен",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Told:
    """What the words say: `action` is failed, delayed, or empty where it cannot be told."""

    action: str = ""
    status: str = ""
    reason: str = ""


def told_in(subject: str, prose: str) -> Told:
    """What a server's subject and own words say; the mail that it gives back below them is not read."""
    text = prose[:LONGEST].replace("\r\n", "\n")
    copy = _COPY.search(text)
    if copy is not None:
        text = text[: copy.start()]
    status = _STATUS.search(text)
    code = status[0] if status else ""
    waits = _WAITS.search(f"{subject}\n{text}") is not None
    reply = _REPLY.search(text)
    for_good = code.startswith("5") or (not code and reply is not None and reply[0].startswith("5"))
    failed = for_good or (not waits and (_GIVEN_UP.search(text) or NAMES_A_BOUNCE.match(subject)) is not None)
    action = "failed" if failed else "delayed" if waits else ""
    return Told(action, code, _reason(text, status or reply))


def _reason(text: str, found: re.Match[str] | None) -> str:
    """The line that names the code, with the indented lines after it that go on with it."""
    if found is None:
        return ""
    begin = text.rfind("\n", 0, found.start()) + 1
    end = text.find("\n", found.end())
    end = end if end >= 0 else len(text)
    while end - begin < LONGEST_REASON and text[end + 1 : end + 2] in {" ", "\t"}:
        further = text.find("\n", end + 1)
        end = further if further >= 0 else len(text)
    said = text[begin:end]
    return " ".join("".join(letter if letter.isprintable() else " " for letter in said).split())[:LONGEST_REASON]
