"""The status page drawn: in both languages, and as JSON for programs."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.template import loader
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from mespace.announcements.models import Outage
from mespace.announcements.queries.status import ComponentStatus, Incident, ServiceStatus, service_status
from mespace.ledger.canonical import instant_text
from mespace.regulation.queries import MOSCOW
from mespace.web.instants import day_words
from mespace.web.prose import prose
from mespace.web.status.bars import bars_svg
from mespace.web.status.words import SIGNS, STATES, WHOLE, bar_words, percent_words, span_of

LANGUAGES = ("ru", "en")
PAST = 20


@dataclass(frozen=True)
class Drawn:
    """The files of the page by name, and the instant that they show."""

    at: datetime
    files: dict[str, str]


def draw_status(*, now: datetime) -> Drawn:
    """All files of the page as of `now`; eleven statements, whatever it shows."""
    status = service_status(now=now)
    files = {f"{language}.html": _page(status, language) for language in LANGUAGES}
    return Drawn(now, {**files, "index.html": files["ru.html"], "status.json": _json(status)})


def _page(status: ServiceStatus, language: str) -> str:
    with override(language), timezone.override(MOSCOW):
        context = {
            "now": status.now,
            "language": language,
            "worst": status.worst,
            "sign": SIGNS[status.worst],
            "heading": WHOLE[status.worst],
            "components": [_component(each) for each in status.components],
            "outages": [_incident(each) for each in status.outages],
            "work": [_incident(each) for each in status.work],
            "past": [_incident(each) for each in status.past[:PAST]],
            "measured_at": status.measured_at,
            "skews": [(code, span_of(abs(seconds))) for code, seconds in status.skews],
            "base_url": settings.BASE_URL,
        }
        return loader.render_to_string("web/status/page.html", context)


def _component(each: ComponentStatus) -> dict[str, Any]:
    name = str(each.component)
    values = {"name": name, "percent": percent_words(each.hundredths)}
    return {
        "name": name,
        "state": each.state,
        "word": STATES[each.state],
        "sign": SIGNS[each.state],
        "percent": values["percent"],
        "known": each.hundredths is not None,
        "down": span_of(each.down) if each.down else "",
        "planned": span_of(each.planned) if each.planned else "",
        "unknown": span_of(each.unknown) if each.unknown else "",
        "svg": bars_svg(
            each.bars,
            label=_("%(name)s: the last ninety days by day; of the measured time it worked %(percent)s") % values,
        ),
        "days": [(day_words(bar.day), bar_words(bar)) for bar in reversed(each.bars) if bar.up or bar.down],
    }


def _incident(each: Incident) -> dict[str, Any]:
    row = each.row
    return {
        "row": row,
        "is_outage": isinstance(row, Outage),
        "components": [str(component) for component in row.components.all()],
        "texts": [(entry.at, prose(entry.text)) for entry in each.texts],
    }


def _json(status: ServiceStatus) -> str:
    """For programs: codes, instants in UTC, seconds."""
    body = {
        "at": instant_text(status.now),
        "state": status.worst,
        "measured_at": instant_text(status.measured_at) if status.measured_at else None,
        "components": [
            {
                "code": each.component.code,
                "name": each.component.name,
                "state": each.state,
                "seconds": {"up": each.up, "down": each.down, "planned": each.planned, "unknown": each.unknown},
            }
            for each in status.components
        ],
        "outages": [_json_outage(each) for each in status.outages],
        "planned_work": [
            {
                "id": each.row.pk,
                "title": each.row.title,
                "starts_at": instant_text(each.row.starts_at),
                "restore_at": instant_text(each.row.restore_at),
            }
            for each in status.work
            if not isinstance(each.row, Outage)
        ],
    }
    return json.dumps(body, ensure_ascii=False, indent=1)


def _json_outage(each: Incident) -> dict[str, Any]:
    row = each.row
    assert isinstance(row, Outage)  # noqa: S101 - the query says so
    return {"id": row.pk, "title": row.title, "impact": row.impact, "began_at": instant_text(row.began_at)}
