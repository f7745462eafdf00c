"""Which public holiday a date is: the fixed dates of article 112 of the Russian Labour Code, as codes to translate."""

from datetime import date

_CHRISTMAS = (1, 7)
_LAST_OF_NEW_YEAR = (1, 8)

_NAMES = {
    _CHRISTMAS: "christmas",
    (2, 23): "defender_day",
    (3, 8): "womens_day",
    (5, 1): "labour_day",
    (5, 9): "victory_day",
    (6, 12): "russia_day",
    (11, 4): "unity_day",
}


def holiday_name(day: date) -> str:
    """Return the code of the public holiday on a date, `public_holiday` for one that is not of the fixed list."""
    at = (day.month, day.day)
    if at in _NAMES:
        return _NAMES[at]
    return "new_year_holidays" if at <= _LAST_OF_NEW_YEAR else "public_holiday"
