"""What the directory says of another vendor's support; shared by the operations that keep it."""

from dataclasses import dataclass, fields

from django.utils.translation import gettext as _

from mespace.platform.rows import save_checked
from mespace.products.models import ContractNeeded, OtherVendor


@dataclass(frozen=True)
class VendorEntry:
    """An entry: what the vendor makes, how its support is reached and when, and what it wants."""

    name: str
    how_to_reach: str
    product_lines: str = ""
    email: str = ""
    phone: str = ""
    url: str = ""
    portal: str = ""
    hours: str = ""
    contract: str = ContractNeeded.UNKNOWN.value
    asks_for: str = ""


def write_entry(row: OtherVendor, entry: VendorEntry) -> OtherVendor:
    """Save the entry into the row. Raises ValidationError by field."""
    for field in fields(entry):
        setattr(row, field.name, getattr(entry, field.name).replace("\x00", "").strip())
    row.contract = row.contract or ContractNeeded.UNKNOWN
    save_checked(row, taken=_("This vendor is in the directory already."))
    return row
