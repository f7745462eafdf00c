"""How far a named person's onboarding has come, in words and tones."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from mespace.customers.onboarding.models import ContractPerson
from mespace.obligations.lifecycle import State


def onboarding_row(person: ContractPerson, now: datetime) -> dict[str, Any]:
    """The person with what to say of the access; `person` is annotated by customers.onboarding.queries."""
    owed = person.obligation
    is_late = owed is not None and (owed.state in {State.MISSED, State.LATE} or (person.waits and owed.due_at < now))
    if person.struck_at is not None:
        state, word, tone, icon = "struck", _("no longer named"), "closed", "circle-x"
    elif owed is None:
        state, word, tone, icon = "before", _("had access before"), "good", "circle-check"
    elif not person.waits and is_late:
        state, word, tone, icon = "late", _("given late"), "warn", "alert-triangle"
    elif not person.waits:
        state, word, tone, icon = "done", _("given in time"), "good", "clock-check"
    elif is_late:
        state, word, tone, icon = "overdue", _("late, still to be given"), "bad", "alert-triangle"
    else:
        state, word, tone, icon = "waiting", _("to be given"), "note", "clock"
    return {
        "person": person,
        "contract": person.contract,
        "customer": person.contract.customer,
        "obligation": owed,
        "state": state,
        "word": word,
        "tone": tone,
        "icon": icon,
        "was_entered_late": owed is not None and owed.was_entered_late,
        "access": _access(person),
        "first_sign_in": getattr(person, "first_sign_in", None),
        "can_invite": person.struck_at is None and not (person.user is not None and person.user.has_credentials),
    }


def _access(person: ContractPerson) -> dict[str, Any]:
    """How the account stands: none, invited until, invitation run out, password chosen, linked."""
    user, until = person.user, getattr(person, "invited_until", None)
    if user is None:
        return {"word": _("no account yet"), "at": None}
    if not user.is_active:
        return {"word": _("account disabled"), "at": None}
    if user.oidc_linked_at is not None:
        return {"word": _("signs in by the organisation, linked"), "at": user.oidc_linked_at}
    if user.has_credentials:
        return {"word": _("password chosen"), "at": None}
    if until is not None:
        return {"word": _("invited, the link works until"), "at": until}
    if getattr(person, "last_invited_at", None) is not None:
        return {"word": _("the invitation has run out: send another"), "at": None}
    return {"word": _("account made, not invited yet"), "at": None}
