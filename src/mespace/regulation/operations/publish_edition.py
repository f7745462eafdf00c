"""A manager publishes an edition of the regulation, ahead of its day (clauses 7.3, 7.4)."""

import re
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.platform.jobs import Job, defer
from mespace.regulation.core.edition import Parameters
from mespace.regulation.core.errors import RegulationError
from mespace.regulation.core.working_time import WorkingCalendar
from mespace.regulation.edition_text.parse import parsed
from mespace.regulation.models import EditionDraft, RegulationEdition
from mespace.regulation.operations._draft import EditionRefusedError, locked_draft
from mespace.regulation.operations._text import digest_of, keep_text
from mespace.regulation.queries import MOSCOW, calendar_at, edition_in_force, forget_codes

_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,19}")


def earliest_day_in_force(*, now: datetime) -> date:
    """Return the first Moscow date on which an edition published at `now` may come into force (clause 7.4)."""
    notice = Parameters.from_json(edition_in_force(now).parameters).notice_days
    return now.astimezone(MOSCOW).date() + timedelta(days=notice)


@transaction.atomic
def publish_edition(*, actor: Actor, now: datetime, draft_id: int, version: int) -> RegulationEdition:
    """Return the published edition; it comes into force at 00:00 Moscow time of its day. Its notice is queued.

    The draft is gone with it. Raises Refused, RowNotFound, DraftChangedMeanwhile, and EditionRefusedError naming the
    field: no day, one earlier than the notice that the edition in force promises or not after every edition published
    before, a code in use, no title, malformed parameters, or a text with problems.
    """
    actor.require(Permission.EDITIONS_MANAGE)
    published = set(RegulationEdition.objects.select_for_update().values_list("code", flat=True))  # one at a time
    draft = locked_draft(draft_id, version)
    day, parameters = _checked(draft, published, now)
    edition = RegulationEdition.objects.create(
        code=draft.code,
        title=draft.title,
        published_on=now.astimezone(MOSCOW).date(),
        in_force_from=day,
        parameters=parameters.as_json(),
        digest=parameters.digest(),
        published_at=now,
        published_by_id=actor.user_id,
        text_digest=digest_of(draft.source) if draft.source else "",
    )
    if draft.source:
        keep_text(edition, draft.source, actor=actor, now=now)
    draft.delete()
    forget_codes()
    defer(Job.EDITION_PUBLISHED, code=edition.code, published_at=now.isoformat())
    return edition


def _checked(draft: EditionDraft, published: set[str], now: datetime) -> tuple[date, Parameters]:
    """The edition's day and parameters, when nothing stands against its publication."""
    if not _CODE.fullmatch(draft.code):
        raise EditionRefusedError(
            field="code",
            message=_(
                "Give the edition a code of up to 20 Latin letters, digits, dots and hyphens, such as 2027-03-01."
            ),
        )
    if draft.code in published:
        raise EditionRefusedError(field="code", message=_("An edition with this code was published before."))
    if not draft.title:
        raise EditionRefusedError(field="title", message=_("Give the edition a title."))
    day = _checked_day(draft.in_force_from, now)
    try:
        parameters = Parameters.from_json(draft.parameters)
        WorkingCalendar.compile(calendar_at(now).content, parameters)
    except RegulationError as error:
        raise EditionRefusedError(field="parameters", message=str(error)) from error
    if draft.source and parsed(draft.source).problems:
        raise EditionRefusedError(field="source", message=_("The text has problems; they are listed by line."))
    return day, parameters


def _checked_day(in_force_from: date | None, now: datetime) -> date:
    if in_force_from is None:
        raise EditionRefusedError(field="in_force_from", message=_("Say from which day the edition is in force."))
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
    return in_force_from
