"""Bounces that keep to no standard, as the common servers write them; of no real person, domain or mail."""

from email.header import Header

from mespace.mail_in.tests.corpus import SUPPORT


def _mail(sender: str, subject: str, body: str, *, kind: str = "text/plain; charset=utf-8", **headers: str) -> bytes:
    word = subject if subject.isascii() else Header(subject, "utf-8").encode()
    more = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
    head = (
        f"Return-Path: <>\r\nFrom: {sender}\r\nSubject: {word}\r\n{more}"
        f"MIME-Version: 1.0\r\nContent-Type: {kind}\r\n\r\n"
    )
    return (head + body.replace("\n", "\r\n")).encode()


def _original(message_id: str, recipient: str) -> str:
    return (
        f"Received: from support by mx.example.org; Wed, 18 Nov 2026 09:00:00 +0300\n"
        f"From: MESPACE Support <{SUPPORT}>\nTo: {recipient}\nSubject: [ZAVOD-1] Question\nMessage-ID: {message_id}\n"
        "Content-Type: text/plain\n\nWhich printer is it? 550 is the model.\n"
    )


def exim(message_id: str, recipient: str, *, to: str = SUPPORT) -> bytes:
    """Exim before 4.90."""
    body = (
        "This message was created automatically by mail delivery software.\n\n"
        "A message that you sent could not be delivered to one or more of its\nrecipients. This is a permanent error. "
        f"The following address(es) failed:\n\n  {recipient}\n    host mail.zavod.example [192.0.2.55]\n"
        f"    SMTP error from remote mail server after RCPT TO:<{recipient}>:\n    550 5.1.1 User unknown\n\n"
        "------ This is a copy of the message, including all the headers. ------\n\n"
    )
    sender = "Mail Delivery System <Mailer-Daemon@mx.zavod.example>"
    subject = "Mail delivery failed: returning message to sender"
    headers = {"X_Failed_Recipients": recipient, "Auto_Submitted": "auto-replied", "Message_ID": "<exim@mx.example>"}
    return _mail(sender, subject, body + _original(message_id, recipient), To=to, **headers)


def exim_delayed(message_id: str, recipient: str, *, to: str = SUPPORT) -> bytes:
    """Exim's warning: it goes on trying."""
    body = (
        "A message that you sent has not yet been delivered to one or more of its\nrecipients after more than 24 hours "
        f"on the queue on mx.zavod.example.\n\nThe message identifier is: 1abc-2\n\n  {recipient}\n"
        "    Delay reason: 451 4.7.1 Greylisted\n\nNo action is required on your part. Delivery attempts will continue "
        "for\nsome time.\n\n------ This is a copy of your message's headers ------\n\n"
        f"{_original(message_id, recipient)}"
    )
    sender = "Mail Delivery System <Mailer-Daemon@mx.zavod.example>"
    return _mail(sender, "Warning: message 1abc-2 delayed 24 hours", body, To=to, Message_ID="<exim-w@mx.example>")


def qmail(message_id: str, recipient: str, *, to: str = SUPPORT) -> bytes:
    """qmail: no MIME at all."""
    body = (
        "Hi. This is the qmail-send program at mx.zavod.example.\nI'm afraid I wasn't able to deliver your message to "
        "the following addresses.\nThis is a permanent error; I've given up. Sorry it didn't work out.\n\n"
        f"<{recipient}>:\nSorry, no mailbox here by that name. (#5.1.1)\n\n"
        f"--- Below this line is a copy of the message.\n\nReturn-Path: <{SUPPORT}>\n{_original(message_id, recipient)}"
    )
    return _mail("MAILER-DAEMON@mx.zavod.example", "failure notice", body, To=to, Message_ID="<qmail@mx.example>")


def postfix_plain(message_id: str, recipient: str, *, to: str = SUPPORT) -> bytes:
    """Postfix's words, flattened by a gateway on the way."""
    body = (
        "This is the mail system at host mx.zavod.example.\n\nI'm sorry to have to inform you that your message could "
        "not\nbe delivered to one or more recipients. It's attached below.\n\n"
        f"<{recipient}>: host mail.zavod.example[192.0.2.55] said: 552 5.2.2\n"
        "    <mailbox>: Recipient's mailbox is full (in reply to RCPT TO command)\n\n"
        f"Content-Type: message/rfc822\n\n{_original(message_id, recipient)}"
    )
    sender = "MAILER-DAEMON@mx.zavod.example (Mail Delivery System)"
    subject = "Undelivered Mail Returned to Sender"
    return _mail(sender, subject, body, To=to, Message_ID="<postfix@mx.example>")


def exchange(message_id: str, recipient: str, *, to: str = SUPPORT) -> bytes:
    """Exchange in Russian: HTML, with the headers of the mail at its end."""
    headers = "<br>\n".join(_original(message_id, recipient).replace("<", "&lt;").replace(">", "&gt;").split("\n"))
    body = (
        "<html><body><p><b>Не удалось выполнить доставку следующим получателям или группам рассылки:</b></p>"
        f"<p><a href='mailto:{recipient}'>{recipient}</a><br>Введенный адрес электронной почты не найден.</p>"
        "<p><b>Диагностические сведения для администраторов:</b></p><p>Создающий сервер: mail.zavod.example</p>"
        f"<p>{recipient}<br>Remote Server returned '550 5.1.10 RESOLVER.ADR.RecipientNotFound; not found'</p>"
        f"<p>Исходные заголовки сообщения:</p><p>{headers}</p></body></html>"
    )
    sender = "Microsoft Outlook <MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@zavod.example>"
    subject = "Не удается доставить: [ZAVOD-1] Question"
    return _mail(sender, subject, body, kind="text/html; charset=utf-8", To=to, Message_ID="<ndr@zavod.example>")


def yandex(message_id: str, recipient: str, *, to: str = SUPPORT) -> bytes:
    """A large Russian provider's: Russian above, Postfix's words below, the mail attached as text."""
    body = (
        "--Y\nContent-Type: text/plain; charset=utf-8\n\nЭто письмо отправлено почтовым сервером.\n\n"
        "К сожалению, мы вынуждены сообщить вам о том, что ваше письмо не может\nбыть отправлено одному или нескольким "
        "адресатам. Причины указаны ниже.\n\n"
        f"<{recipient}>: host mx.zavod.example said: 550 5.7.1 Отклонено\n\n"
        f"--Y\nContent-Type: text/plain\n\n{_original(message_id, recipient)}\n--Y--\n"
    )
    kind = 'multipart/mixed; boundary="Y"'
    subject = "Недоставленное сообщение"
    return _mail("mailer-daemon@yandex.example", subject, body, kind=kind, To=to, Message_ID="<y@yandex.example>")


def mailru(message_id: str, recipient: str, *, to: str = SUPPORT) -> bytes:
    """Another one: Russian, in one text with the headers of the mail."""
    body = (
        "Это письмо создано автоматически сервером, отвечать на него не нужно.\n\nК сожалению, ваше письмо не может "
        f"быть доставлено одному или нескольким получателям:\n\n{recipient}\nПользователь не найден\n"
        f"550 Message was not accepted -- invalid mailbox\n\nЗаголовки исходного сообщения:\n\n"
        f"{_original(message_id, recipient)}"
    )
    return _mail("mailer-daemon@corp.mail.example", "Mail failure.", body, To=to, Message_ID="<m@mail.example>")


def says_nothing(message_id: str, recipient: str, *, to: str = SUPPORT) -> bytes:
    """It gives nothing back of the mail that it is about."""
    body = f"Сообщение для {recipient} не доставлено: ящик переполнен.\n"
    return _mail("postmaster@zavod.example", "Сообщение не доставлено", body, To=to, Message_ID="<s@zavod.example>")


def in_riddles(message_id: str, recipient: str, *, to: str = SUPPORT) -> bytes:
    """It gives the mail back, and says nothing of its fate."""
    body = f"Your mail was processed.\n\n--- Original message follows ---\n\n{_original(message_id, recipient)}"
    return _mail("mailer-daemon@zavod.example", "Notification", body, To=to, Message_ID="<r@zavod.example>")


# What does not keep to RFC 3464, and says for good that the mail did not arrive: (server, its mail, a word of reason).
FAILED = [
    ("Exim", exim, "User unknown"),
    ("qmail", qmail, "no mailbox here"),
    ("Postfix", postfix_plain, "552 5.2.2"),
    ("Exchange", exchange, "RecipientNotFound"),
    ("Yandex", yandex, "5.7.1"),
    ("Mail.ru", mailru, "invalid mailbox"),
]
