"""Which addresses and mails are our own."""

from email.message import Message
from email.utils import parseaddr

from django.conf import settings

from mespace.mail_in.mime.headers import Address, addresses, message_ids, normalised
from mespace.mail_in.models import AutoAnswer
from mespace.notifications.channels.mail.reply import token_of
from mespace.notifications.channels.mail.return_path import returned_to
from mespace.notifications.models import Delivery

CARRIERS = ("To", "Cc", "Delivered-To", "X-Original-To", "X-Delivered-To", "Envelope-To", "X-Envelope-To")
MOST_TOKENS = 5


def own_addresses() -> set[str]:
    """The addresses from which the product writes and at which it is written to."""
    named = (settings.DEFAULT_FROM_EMAIL, settings.MAIL_REPLY_ADDRESS)
    return {address for each in named if (address := normalised(parseaddr(each)[1]))}


def is_ours(headers: Message, sender: Address | None) -> bool:
    """Whether the product itself wrote the mail: by its sender or its Message-ID."""
    if sender is not None and (sender.address in own_addresses() or token_of(sender.address)):
        return True
    ids = message_ids(headers, "Message-ID")[:1]
    if not ids:
        return False
    return (
        Delivery.objects.filter(message_id__in=ids).exists() or AutoAnswer.objects.filter(message_id__in=ids).exists()
    )


def tokens(headers: Message) -> list[str]:
    """The reply tokens in the addresses that the mail was sent to, in order."""
    found = (token_of(each.address) for each in addresses(headers, *CARRIERS))
    return list(dict.fromkeys(token for token in found if token))[:MOST_TOKENS]


def returned_deliveries(headers: Message) -> list[int]:
    """The deliveries to whose signed return path the mail was sent, in order."""
    found = (returned_to(each.address) for each in addresses(headers, *CARRIERS))
    return list(dict.fromkeys(number for number in found if number is not None))[:MOST_TOKENS]
