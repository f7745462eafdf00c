"""What is written down of a support contract."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

SUPPORT_WORDS = "договор на техническую поддержку"


@dataclass(frozen=True)
class ContractTerms:
    """What stands in a contract; both days of its validity belong to it."""

    number: str
    title: str
    form: str
    product_ids: Collection[int]
    signed_on: date
    valid_from: date
    valid_until: date
    type: str = ""
    division_of_responsibility: str = ""


def is_support_title(title: str) -> bool:
    """Whether a title holds the words by which clause 1 knows a support contract."""
    return SUPPORT_WORDS in " ".join(title.lower().split())
