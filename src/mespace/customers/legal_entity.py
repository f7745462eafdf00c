"""What a contract names a customer by."""

from dataclasses import dataclass

from mespace.customers.models import Customer


@dataclass(frozen=True)
class LegalEntity:
    """The requisites as they are written; spaces and dashes in numbers are left out."""

    inn: str = ""
    kpp: str = ""
    ogrn: str = ""
    legal_address: str = ""

    def write_to(self, customer: Customer) -> None:
        """Set them on the customer, unsaved. An ИНН that is not known is null, so that many may lack one."""
        customer.inn = _number(self.inn) or None
        customer.kpp, customer.ogrn = _number(self.kpp).upper(), _number(self.ogrn)
        customer.legal_address = " ".join(self.legal_address.split())


NOT_KNOWN = LegalEntity()


def _number(text: str) -> str:
    return "".join(text.split()).replace("-", "")
