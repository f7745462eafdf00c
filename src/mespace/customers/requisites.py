"""What a Russian contract names a legal entity by, and the check digits in it."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

_TEN = (2, 4, 10, 3, 5, 9, 4, 6, 8)
_ELEVEN = (7, *_TEN)
_TWELVE = (3, *_ELEVEN)
LEGAL_ENTITY, SOLE_TRADER = 10, 12  # digits of an ИНН
OGRN, OGRNIP = 13, 15
_KPP = re.compile(r"\d{4}[\dA-Z]{2}\d{3}\Z", re.ASCII)
_DIGITS = re.compile(r"\d+\Z", re.ASCII)


def check_inn(value: str) -> None:
    """Raise ValidationError unless `value` is an ИНН: 10 digits of a legal entity or 12 of a sole trader, checked."""
    if not _DIGITS.match(value) or len(value) not in {LEGAL_ENTITY, SOLE_TRADER}:
        raise ValidationError(_("An INN has 10 digits, or 12 for a sole trader."))
    digits = [int(each) for each in value]
    if len(digits) == LEGAL_ENTITY:
        right = digits[9] == _control(digits, _TEN)
    else:
        right = (digits[10], digits[11]) == (_control(digits, _ELEVEN), _control(digits, _TWELVE))
    if not right:
        raise ValidationError(_("The check digits of this INN do not fit: compare it with the contract."))


def check_kpp(value: str) -> None:
    """Raise ValidationError unless `value` has the form of a КПП; it has no check digit."""
    if not _KPP.match(value):
        raise ValidationError(_("A KPP has 9 characters: digits; the fifth and sixth may be capital Latin letters."))


def check_ogrn(value: str) -> None:
    """Raise ValidationError unless `value` is an ОГРН (13 digits) or ОГРНИП (15) with its check digit."""
    if not _DIGITS.match(value) or len(value) not in {OGRN, OGRNIP}:
        raise ValidationError(_("An OGRN has 13 digits, or 15 for a sole trader."))
    number, control = int(value[:-1]), int(value[-1])
    if number % (len(value) - 2) % 10 != control:
        raise ValidationError(_("The check digit of this OGRN does not fit: compare it with the contract."))


def _control(digits: list[int], weights: tuple[int, ...]) -> int:
    return sum(weight * digit for weight, digit in zip(weights, digits, strict=False)) % 11 % 10
