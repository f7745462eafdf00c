"""A manager publishes an edition of the regulation, ahead of its day (clauses 7.3, 7.4)."""

import re
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.platform.jobs import Job, defer
from mespace.regulation.core.edition import Parameters
from mespace.regulation.core.errors import RegulationError
from mespace.regulation.core.working_time import WorkingCalendar
from mespace.regulation.models import RegulationEdition
from mespace.regulation.queries import MOSCOW, calendar_at, edition_in_force, forget_codes

_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,19}")


class EditionRefusedError(Exception):
    """The edition cannot be published; `field` names what to change and `message` says why."""

    def __init__(self, *, field: str, message: str | Promise) -> None:
        self.field = field
        self.message = message
        super().__init__(field, message)

    def __str__(self) -> str:
        return f"{self.field}: {self.message}"


def earliest_day_in_force(*, now: datetime) -> date:
    """Return the first Moscow date on which an edition published at `now` may come into force (clause 7.4)."""
    notice = Parameters.from_json(edition_in_force(now).parameters).notice_days
    return now.astimezone(MOSCOW).date() + timedelta(days=notice)


@transaction.atomic
def publish_edition(
    *, actor: Actor, now: datetime, code: str, title: str, in_force_from: date, parameters: dict[str, Any]
) -> RegulationEdition:
    """Return the published edition; it comes into force at 00:00 Moscow time of `in_force_from`. Its notice is queued.

    Raises Refused without the right, EditionRefusedError naming the field: a date earlier than the notice that the
    edition in force promises, one not after every edition published before, a code in use, or malformed parameters.
    """
    actor.require(Permission.EDITIONS_MANAGE)
    code, title = code.strip(), title.strip()
    if not _CODE.fullmatch(code):
        raise EditionRefusedError(
            field="code",
            message=_(
                "Give the edition a code of up to 20 Latin letters, digits, dots and hyphens, such as 2027-03-01."
            ),
        )
    if not title:
        raise EditionRefusedError(field="title", message=_("Give the edition a title."))
    published = set(RegulationEdition.objects.select_for_update().values_list("code", flat=True))  # one at a time
    if code in published:
        raise EditionRefusedError(field="code", message=_("An edition with this code was published before."))
    _check_day(now, in_force_from)
    try:
        parsed = Parameters.from_json(parameters)
        WorkingCalendar.compile(calendar_at(now).content, parsed)
    except RegulationError as error:
        raise EditionRefusedError(field="parameters", message=str(error)) from error
    edition = RegulationEdition.objects.create(
        code=code,
        title=title,
        published_on=now.astimezone(MOSCOW).date(),
        in_force_from=in_force_from,
        parameters=parsed.as_json(),
        digest=parsed.digest(),
    )
    forget_codes()
    defer(Job.EDITION_PUBLISHED, code=code, published_at=now.isoformat())
    return edition


def _check_day(now: datetime, in_force_from: date) -> None:
    earliest = earliest_day_in_force(now=now)
    if in_force_from < earliest:
        raise EditionRefusedError(
            field="in_force_from",
            message=_("Published today, the edition can come into force on %(day)s at the earliest (clause 7.4).")
            % {"day": date_format(earliest)},
        )
    last = RegulationEdition.objects.order_by("in_force_from").last()
    if last is not None and in_force_from <= last.in_force_from:
        raise EditionRefusedError(
            field="in_force_from",
            message=_("The edition “%(code)s” comes into force on %(day)s; a newer one must follow it.")
            % {"code": last.code, "day": date_format(last.in_force_from)},
        )
