"""What the operations on absences share: whose absence it may be, and what makes one sound."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from mespace.accounts.actor import Actor
from mespace.accounts.errors import PersonNotFound
from mespace.accounts.models import User
from mespace.accounts.permissions import CUSTOMER_ROLES, Permission
from mespace.accounts.roster import ROSTER_ZONE, Absence, AbsenceKind
from mespace.platform.rows import RowNotFound

LONGEST: Final = timedelta(days=366 * 3)  # a parental leave


@dataclass(frozen=True)
class Away:
    """Who is away during `[starts_at, ends_at)`, and why."""

    user_id: int
    kind: str
    starts_at: datetime
    ends_at: datetime


def absence_of(actor: Actor, absence_id: int) -> Absence:
    """The absence, if `actor` may change it. Raises Refused when they only see it, RowNotFound when they do not."""
    absence = Absence.objects.select_related("user").filter(pk=absence_id).first()
    if absence is None or not (actor.can(Permission.DUTY_READ) or absence.user_id == actor.user_id):
        raise RowNotFound("accounts.absence")
    if absence.user_id != actor.user_id:
        actor.require(Permission.DUTY_MANAGE)
    return absence


def absent_person(actor: Actor, user_id: int) -> User:
    """The person, locked so that two absences cannot overlap each other."""
    if user_id == actor.user_id:
        actor.require(Permission.TICKET_WORK)
    else:
        actor.require(Permission.DUTY_MANAGE)
    rows = User.objects.exclude(roles__overlap=sorted(CUSTOMER_ROLES)).filter(is_active=True)
    person = rows.select_for_update(of=("self",)).filter(pk=user_id).first()
    if person is None:
        raise PersonNotFound
    return person


def check_absence(away: Away, person: User, *, but: Absence | None = None) -> None:
    if away.kind not in AbsenceKind.values:
        raise ValidationError({"kind": _("Choose a reason.")})
    if away.ends_at <= away.starts_at:
        raise ValidationError({"last": _("The end must follow the beginning.")})
    if away.ends_at - away.starts_at > LONGEST:
        raise ValidationError({"last": _("An absence lasts three years at most.")})
    others = Absence.objects.filter(user=person, starts_at__lt=away.ends_at, ends_at__gt=away.starts_at)
    if but is not None:
        others = others.exclude(pk=but.pk)
    other = others.order_by("starts_at").first()
    if other is not None:
        raise ValidationError(
            {
                "first": _("%(name)s is noted as absent from %(from)s to %(until)s already.")
                % {"name": person.full_name, "from": _moment(other.starts_at), "until": _moment(other.ends_at)}
            }
        )


def _moment(at: datetime) -> str:
    return f"{at.astimezone(ROSTER_ZONE):%d.%m.%Y %H:%M}"
