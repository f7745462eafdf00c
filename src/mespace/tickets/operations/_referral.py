"""Composing the referral with which a customer goes to another vendor's support; part of closing (clause 5.4)."""

from typing import Any

from mespace.ledger.canonical import new_salt, salted_digest
from mespace.products.models import OtherVendor
from mespace.tickets.models import Referral
from mespace.tickets.operations._act import Act
from mespace.tickets.operations._messages import clean_text
from mespace.tickets.referral_words import prefilled


def write_referral(act: Act, *, vendor: OtherVendor, found: str, tell: str) -> dict[str, Any]:
    """Store what was found and what to tell; a part left empty says what the ticket says. The payload's part of it.

    Raises Invalid for what is too long.
    """
    words = prefilled(act.ticket)
    referral = Referral.objects.create(
        ticket=act.ticket,
        vendor=vendor,
        found=clean_text(found, field="found", required=False) or words.found,
        tell=clean_text(tell, field="tell", required=False) or words.tell,
        salt=new_salt(),
        by_id=act.actor.person_id,
        at=act.now,
    )
    return {"referral": referral.pk, "referral_digest": salted_digest(referral.salt, referral.text)}
