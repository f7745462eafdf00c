"""Moving an obligation's deadline and withdrawing it, each with a reason, by those who have the right."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from mespace.accounts.permissions import Permission
from mespace.obligations import by_hand
from mespace.obligations.errors import NothingOwed, ObligationNotFound
from mespace.obligations.kinds import end_of_date
from mespace.platform import clock
from mespace.regulation.queries import MOSCOW
from mespace.web.errors import error_page
from mespace.web.ledger.by_hand_forms import MoveForm, WithdrawForm
from mespace.web.ledger.words import STATES
from mespace.web.manage.door import needs
from mespace.web.manage.page import Sheet, fill, posted
from mespace.web.middleware import ActorRequest

SECTION = "ledger:list"
View = Callable[..., HttpResponse]


def _form_page(view: View) -> View:
    """GET and POST for readers of the ledger; 404 where there is nothing to change, 409 where it is over."""

    @needs(Permission.OBLIGATIONS_READ, "GET", "HEAD", "POST")
    @wraps(view)
    def guarded(request: ActorRequest, obligation_id: int) -> HttpResponse:
        try:
            return view(request, obligation_id)
        except ObligationNotFound:
            return error_page(request, 404)
        except NothingOwed as over:
            words = _("Nothing is owed any more: %(state)s.") % {"state": STATES[over.state].word}
            return error_page(request, 409, message=words)

    return guarded


@_form_page
def move(request: ActorRequest, obligation_id: int) -> HttpResponse:
    """Another deadline is promised; the former one stays on record with its own reading."""
    door = by_hand.moving(actor=request.actor, obligation_id=obligation_id)
    present = door.obligation.due_at.astimezone(MOSCOW)
    initial = {"due_on": present.date(), "due_time": present.time()}
    form = MoveForm(posted(request), door=door, initial=initial)

    def save(data: dict[str, Any]) -> tuple[str, str]:
        due = end_of_date(data["due_on"])
        if not door.by_hand.by_date:
            due = datetime.combine(data["due_on"], data["due_time"], MOSCOW)
        said: dict[str, Any] = {"reason": data["reason"], "note": data["note"]}
        try:
            by_hand.move(actor=request.actor, now=clock.now(), obligation_id=obligation_id, due=due, **said)
        except ValidationError as refusal:
            raise _beside_the_date(refusal) from None
        return _url(obligation_id), _("The deadline is moved; both sides see the former one and why.")

    heading, lead = _("Move the deadline"), _("What was promised before stays on record, kept or broken by itself.")
    return fill(request, form, _sheet(door, heading, lead, _("Move the deadline")), save)


@_form_page
def withdraw(request: ActorRequest, obligation_id: int) -> HttpResponse:
    """It is owed no more; that it was missed before stays visible."""
    door = by_hand.withdrawing(actor=request.actor, obligation_id=obligation_id)
    form = WithdrawForm(posted(request), door=door)

    def save(data: dict[str, Any]) -> tuple[str, str]:
        said: dict[str, Any] = {"reason": data["reason"], "note": data["note"]}
        by_hand.withdraw(actor=request.actor, now=clock.now(), obligation_id=obligation_id, **said)
        return _url(obligation_id), _("The obligation is withdrawn: neither kept nor broken, and counted apart.")

    heading, lead = _("Withdraw the obligation"), _("It is owed no more. That it was missed before stays visible.")
    return fill(request, form, _sheet(door, heading, lead, _("Withdraw the obligation")), save)


def _beside_the_date(refusal: ValidationError) -> ValidationError:
    """What the opener's operation says of its own date, told of the form's."""
    if not hasattr(refusal, "error_dict"):
        return refusal
    names = {"due": "due_on", "planned_on": "due_on"}
    return ValidationError({names.get(name, name): texts for name, texts in refusal.message_dict.items()})


def _url(obligation_id: int) -> str:
    return reverse("ledger:obligation", args=[obligation_id])


def _sheet(door: by_hand.Door, heading: str, lead: str, submit: str) -> Sheet:
    return Sheet(
        section=SECTION,
        heading=f"{heading}: {door.kind.word}",
        lead=lead,
        back_url=_url(door.obligation.pk),
        back_label=str(door.kind.word),
        submit=submit,
    )
