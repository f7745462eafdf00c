"""The words for the codes of the clock: what a page says of days, rows, receipts, terms and deadlines."""

from datetime import timedelta

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy

from mespace.regulation.core.calendar_content import NOT_VERIFIED
from mespace.regulation.core.clock_ledger import DayGroup

DAY_TYPES: dict[str, str | Promise] = {
    "working": pgettext_lazy("day type", "working day"),
    "weekend": pgettext_lazy("day type", "weekend"),
    "public_holiday": pgettext_lazy("day type", "public holiday"),
    "moved_day_off": pgettext_lazy("day type", "day off, moved here"),
    "worked_weekend": pgettext_lazy("day type", "worked day off"),
    "decreed_non_working": pgettext_lazy("day type", "day declared non-working"),
}

HOLIDAYS: dict[str, str | Promise] = {
    "new_year_holidays": pgettext_lazy("holiday", "New Year holidays"),
    "christmas": pgettext_lazy("holiday", "Christmas"),
    "defender_day": pgettext_lazy("holiday", "Defender of the Fatherland Day"),
    "womens_day": pgettext_lazy("holiday", "International Women’s Day"),
    "labour_day": pgettext_lazy("holiday", "Spring and Labour Day"),
    "victory_day": pgettext_lazy("holiday", "Victory Day"),
    "russia_day": pgettext_lazy("holiday", "Russia Day"),
    "unity_day": pgettext_lazy("holiday", "Unity Day"),
    "public_holiday": pgettext_lazy("holiday", "public holiday"),
}

REASONS: dict[str, str | Promise] = {
    "working_time": pgettext_lazy("clock ledger", "working time"),
    "outside_working_time": pgettext_lazy("clock ledger", "outside the working day"),
    "days_off": pgettext_lazy("clock ledger", "outside the working day and days off"),
    "before_receipt": pgettext_lazy("clock ledger", "published, not received yet"),
    "day_of_receipt": pgettext_lazy("clock ledger", "the day of receipt does not count"),
    "several_days": pgettext_lazy("clock ledger", "several days together"),
}

EVIDENCE: dict[str, str | Promise] = {
    "read": pgettext_lazy("receipt", "opened by the recipient"),
    "mail": pgettext_lazy("receipt", "delivered by e-mail"),
    "presumed": pgettext_lazy("receipt", "deemed received"),
    "reaction": pgettext_lazy("receipt", "by the reaction"),
}

TERM_KINDS: dict[str, str | Promise] = {
    "question": pgettext_lazy("term", "question"),
    "proposal": pgettext_lazy("term", "proposed solution"),
}

OUTCOMES: dict[str, str | Promise] = {
    "running": pgettext_lazy("term", "waiting for the customer"),
    "answered": pgettext_lazy("term", "answered"),
    "retracted": pgettext_lazy("term", "taken back"),
    "replaced": pgettext_lazy("term", "replaced by a newer one"),
    "closed": pgettext_lazy("term", "ended with the ticket"),
    "expired": pgettext_lazy("term", "no reaction: counts as rendered in time"),
}

CAUSES: dict[str, str | Promise] = {
    "registered": pgettext_lazy("deadline", "registration"),
    "raised": pgettext_lazy("deadline", "criticality raised"),
    "lowered": pgettext_lazy("deadline", "criticality lowered"),
    "repinned": pgettext_lazy("deadline", "production calendar corrected"),
}


def source_words(source: str) -> str:
    """Return a day's legal source as a page shows it; the acts themselves are named in their own language."""
    return _("source not verified") if source == NOT_VERIFIED else source


def day_words(group: DayGroup) -> str:
    """Return what a group of days is: `1 January – 6 January: New Year holidays`, with the dates of the language."""
    what = HOLIDAYS[group.name] if group.name else DAY_TYPES[group.type]
    form = pgettext("format of a day without its year", "F j")
    first = date_format(group.first, form)
    if group.first == group.last:
        return f"{first}: {what}"
    separator = ", " if group.last - group.first == timedelta(days=1) else " – "
    return f"{first}{separator}{date_format(group.last, form)}: {what}"
