"""What holds for the dates of a version's support; shared by the operations that set them."""

from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


def check_support_dates(*, limited_from: date | None, ended_from: date | None) -> None:
    """Raise ValidationError unless limited support begins before support ends (clause 6.2)."""
    if limited_from and ended_from and limited_from >= ended_from:
        raise ValidationError({"ended_from": _("Support ends after its limited part has begun. Check both dates.")})
