"""Publish a build (clause 4.6b): its known errors are fixed in it, and everybody concerned is told."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.platform.jobs import Job, defer
from mespace.platform.rows import locked, save_checked
from mespace.products.fix import Fix
from mespace.products.models import Build, KnownError
from mespace.products.operations._fix import fresh, note_fix_change, set_fix, standing_of
from mespace.products.operations._plan import follow_plan
from mespace.products.planned_fix import RELEASED

MOSCOW = ZoneInfo("Europe/Moscow")


@transaction.atomic
def publish_release(*, actor: Actor, now: datetime, build_id: int) -> Build:
    """The published build, available from now on; published before, it stays as it is.

    A fix that was owed by a date is done, in the same act. Telling the sites, asking on the linked tickets
    and announcing is one job, run by the rooms above.
    Raises Refused, RowNotFound, or ValidationError (no notes).
    """
    actor.require(Permission.PRODUCTS_MANAGE)
    build = locked(Build, build_id)
    if build.published_at is not None:
        return build
    if not build.notes.strip():
        raise ValidationError({"notes": [_("Write what the release brings.")]})
    today = now.astimezone(MOSCOW).date()
    if build.released_on is None or build.released_on > today:
        build.released_on = today
    build.published_at, build.published_by_id = now, actor.person_id
    save_checked(build, taken=_("The software has this build already."))
    reason = _("Build %(number)s is released.") % {"number": build.full_number}
    for error in KnownError.objects.select_for_update().filter(resolved_by=build, withdrawn_at=None).order_by("pk"):
        _mark_fixed(error, build, actor=actor, now=now, reason=reason)
    defer(Job.RELEASE_PUBLISHED, build_id=build.pk)
    return build


@transaction.atomic
def resume_release(*, actor: Actor, build_id: int) -> None:
    """Go on with telling about a published build: who was told is not told again. Raises Refused, RowNotFound."""
    actor.require(Permission.PRODUCTS_MANAGE)
    build = locked(Build, build_id)
    if build.published_at is not None:
        defer(Job.RELEASE_PUBLISHED, unique=f"release-{build.pk}", build_id=build.pk)


def _mark_fixed(error: KnownError, build: Build, *, actor: Actor, now: datetime, reason: str) -> None:
    whole = fresh(error)
    if whole.is_fixed:  # an earlier build has the fix already
        return
    before = standing_of(whole)
    set_fix(error, Fix(fixed_in_id=build.pk))
    error.save()
    note_fix_change(fresh(error), before, actor=actor, now=now, reason=reason, tell=False)
    follow_plan(error, actor=actor, now=now, how=RELEASED)
