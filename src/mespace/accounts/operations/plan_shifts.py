"""Plan who is on duty on which days."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mespace.accounts.actor import Actor
from mespace.accounts.duty import LONGEST_SHIFT, agents
from mespace.accounts.models import User
from mespace.accounts.permissions import Permission
from mespace.accounts.roster import ROSTER_ZONE, Shift
from mespace.platform.idempotency import once

MOST: Final = 2000  # shifts at once: twenty people for a hundred days


@dataclass(frozen=True)
class ShiftPlan:
    """The same hours for some people on some days; hours that end before they start end on the next day."""

    user_ids: Sequence[int]
    days: Sequence[date]
    starts: time
    ends: time
    replaces: bool = False
    """Whether shifts of these people that overlap the new ones give way."""

    def spans(self) -> list[tuple[datetime, datetime]]:
        """The half-open instants of each day's duty."""
        over_midnight = timedelta(days=1 if self.ends <= self.starts else 0)
        return [
            (
                datetime.combine(day, self.starts, ROSTER_ZONE),
                datetime.combine(day + over_midnight, self.ends, ROSTER_ZONE),
            )
            for day in sorted(set(self.days))
        ]


@transaction.atomic
def plan_shifts(*, actor: Actor, now: datetime, key: str, plan: ShiftPlan) -> int:
    """How many shifts were added; those that are there already are left alone.

    Raises Refused, KeyReused, or ValidationError by field: nobody or no day chosen, somebody who is no agent, too many
    at once, or a shift in the way.
    """
    actor.require(Permission.DUTY_MANAGE)
    claim = once(actor=actor.log_name, key=key, act="plan_shifts", content=_comparable(plan), now=now)
    if not claim.first:
        return int(claim.answer)
    people = _people(plan)
    spans = plan.spans()
    if not spans:
        raise ValidationError({"days": _("No day of this period is chosen.")})
    if len(people) * len(spans) > MOST:
        raise ValidationError({"days": _("That is more than %(most)d shifts at once.") % {"most": MOST}})
    added = sum(_plan_for(person, spans, replaces=plan.replaces) for person in people)
    claim.keep(added)
    return added


def _people(plan: ShiftPlan) -> list[User]:
    """The chosen people, locked one after another so that two plans cannot overlap each other."""
    wanted = set(plan.user_ids)
    people = list(agents().filter(pk__in=wanted).order_by("pk").select_for_update(of=("self",)))
    if not people or len(people) != len(wanted):
        raise ValidationError({"people": _("Choose one or more active agents.")})
    return people


def _plan_for(person: User, spans: list[tuple[datetime, datetime]], *, replaces: bool) -> int:
    near = Shift.objects.filter(
        user=person, starts_at__gt=spans[0][0] - LONGEST_SHIFT, starts_at__lt=spans[-1][1]
    ).order_by("starts_at")
    there = list(near)
    same = {(shift.starts_at, shift.ends_at) for shift in there}
    wanted = [span for span in spans if span not in same]
    in_the_way = [
        shift
        for shift in there
        if (shift.starts_at, shift.ends_at) not in spans
        and any(shift.starts_at < end and start < shift.ends_at for start, end in spans)
    ]
    if in_the_way and not replaces:
        shift = in_the_way[0]
        raise ValidationError(
            {
                "replaces": _("%(name)s has a shift from %(from)s to %(until)s already.")
                % {"name": person.full_name, "from": _moment(shift.starts_at), "until": _moment(shift.ends_at)}
            }
        )
    Shift.objects.filter(pk__in=[shift.pk for shift in in_the_way]).delete()
    Shift.objects.bulk_create(Shift(user=person, starts_at=start, ends_at=end) for start, end in wanted)
    return len(wanted)


def _comparable(plan: ShiftPlan) -> list[object]:
    return [sorted(plan.user_ids), sorted(set(plan.days)), plan.starts, plan.ends, plan.replaces]


def _moment(at: datetime) -> str:
    return f"{at.astimezone(ROSTER_ZONE):%d.%m.%Y %H:%M}"
