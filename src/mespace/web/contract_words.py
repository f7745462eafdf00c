"""How a contract stands, in words and tones."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mespace.customers.contract_terms import is_support_title
from mespace.customers.models import SupportContract
from mespace.customers.queries import Standing, standing

TONES = {
    Standing.AHEAD: ("note", "calendar-event"),
    Standing.VALID: ("good", "circle-check"),
    Standing.ENDING_60: ("note", "clock"),
    Standing.ENDING_30: ("warn", "clock-exclamation"),
    Standing.ENDING_7: ("bad", "alert-triangle"),
    Standing.ENDED: ("closed", "circle-x"),
    Standing.ENDED_EARLY: ("closed", "circle-x"),
}


def is_ending(contract: SupportContract, today: date) -> bool:
    """Whether it is valid and ends within 60 days."""
    return standing(contract, today) in {Standing.ENDING_60, Standing.ENDING_30, Standing.ENDING_7}


def contract_row(contract: SupportContract, today: date) -> dict[str, Any]:
    """The contract with its standing today: word, tone and icon."""
    stands = standing(contract, today)
    tone, icon = TONES[stands]
    return {
        "contract": contract,
        "standing": stands.value,
        "word": _word(contract, stands, today),
        "tone": tone,
        "icon": icon,
        "is_named": is_support_title(contract.title),
    }


def _word(contract: SupportContract, stands: Standing, today: date) -> str:
    if stands == Standing.AHEAD:
        return _("not begun")
    if stands == Standing.VALID:
        return _("valid")
    if stands == Standing.ENDED:
        return _("ended")
    if stands == Standing.ENDED_EARLY:
        return _("ended early")
    left = (contract.valid_until - today).days
    if left == 0:
        return _("ends today")
    return ngettext("ends in %(n)d day", "ends in %(n)d days", left) % {"n": left}


def title_words() -> str:
    """What to say of a title that lacks the words of clause 1."""
    return _(
        "The title lacks the words “договор на техническую поддержку”, by which the regulation (clause 1) knows a "
        "support contract. If this is one, check the title; it gives the right to support as recorded."
    )
