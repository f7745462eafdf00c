"""The choices of a time zone: Russia's first, by its clock, then all others by name."""

import zoneinfo
from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mespace.platform import clock

# One for each clock that Russia has, west to east, named by the cities that people look for.
RUSSIA = {
    "Europe/Kaliningrad": gettext_lazy("Kaliningrad"),
    "Europe/Moscow": gettext_lazy("Moscow, Saint Petersburg, Nizhny Novgorod, Kazan"),
    "Europe/Samara": gettext_lazy("Samara, Izhevsk, Togliatti"),
    "Europe/Volgograd": gettext_lazy("Volgograd"),
    "Europe/Saratov": gettext_lazy("Saratov"),
    "Europe/Astrakhan": gettext_lazy("Astrakhan"),
    "Europe/Ulyanovsk": gettext_lazy("Ulyanovsk"),
    "Europe/Kirov": gettext_lazy("Kirov"),
    "Asia/Yekaterinburg": gettext_lazy("Yekaterinburg, Chelyabinsk, Perm, Ufa, Magnitogorsk"),
    "Asia/Omsk": gettext_lazy("Omsk"),
    "Asia/Novosibirsk": gettext_lazy("Novosibirsk"),
    "Asia/Barnaul": gettext_lazy("Barnaul"),
    "Asia/Tomsk": gettext_lazy("Tomsk"),
    "Asia/Novokuznetsk": gettext_lazy("Novokuznetsk, Kemerovo"),
    "Asia/Krasnoyarsk": gettext_lazy("Krasnoyarsk, Norilsk"),
    "Asia/Irkutsk": gettext_lazy("Irkutsk, Bratsk, Ulan-Ude"),
    "Asia/Chita": gettext_lazy("Chita"),
    "Asia/Yakutsk": gettext_lazy("Yakutsk, Blagoveshchensk"),
    "Asia/Vladivostok": gettext_lazy("Vladivostok, Khabarovsk"),
    "Asia/Magadan": gettext_lazy("Magadan"),
    "Asia/Sakhalin": gettext_lazy("Sakhalin"),
    "Asia/Kamchatka": gettext_lazy("Kamchatka"),
}
REGIONS = ("Africa", "America", "Antarctica", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")


def time_zone_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Groups of (IANA name, what to show), each with its present offset from UTC."""
    at = clock.now()
    home = sorted(RUSSIA, key=lambda name: (_offset(name, at), name != "Europe/Moscow"))
    others = sorted(
        name for name in zoneinfo.available_timezones() if name not in RUSSIA and name.partition("/")[0] in REGIONS
    )
    return [
        (_("Russia"), [(name, f"{RUSSIA[name]} — {_words(_offset(name, at))}") for name in home]),
        (
            _("Other"),
            [("UTC", "UTC"), *((name, f"{name.replace('_', ' ')} — {_words(_offset(name, at))}") for name in others)],
        ),
    ]


def _offset(name: str, at: datetime) -> timedelta:
    return at.astimezone(zoneinfo.ZoneInfo(name)).utcoffset() or timedelta()


def _words(offset: timedelta) -> str:
    minutes = int(offset.total_seconds()) // 60
    hours, rest = divmod(abs(minutes), 60)
    sign = "−" if minutes < 0 else "+"
    return f"UTC{sign}{hours}" + (f":{rest:02}" if rest else "")
