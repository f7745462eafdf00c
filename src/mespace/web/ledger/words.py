"""What the ledger calls its kinds and states, and how it draws them."""

from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from mespace.obligations.kinds import kinds
from mespace.obligations.lifecycle import OWED as OWED_STATES
from mespace.obligations.lifecycle import State
from mespace.obligations.models import Obligation
from mespace.tickets.queries.owed import BESIDES, OWED, REACTION, REACTION_CLAUSE, OwedRow
from mespace.web.vocabulary import Look

STATES: dict[str, Look] = {
    State.OPEN: Look(pgettext_lazy("obligation", "running"), "clock", "note"),
    State.MISSED: Look(pgettext_lazy("obligation", "overdue, still owed"), "alert-triangle", "bad"),
    State.FULFILLED: Look(pgettext_lazy("obligation", "done in time"), "clock-check", "good"),
    State.LATE: Look(pgettext_lazy("obligation", "done late"), "alert-triangle", "warn"),
    State.WITHDRAWN: Look(pgettext_lazy("obligation", "withdrawn"), "clock-off", "plain"),
}
STATE_CHOICES = {
    OWED: gettext_lazy("Owed now"),
    State.OPEN: gettext_lazy("Running"),
    State.MISSED: gettext_lazy("Overdue, still owed"),
    State.FULFILLED: gettext_lazy("Done in time"),
    State.LATE: gettext_lazy("Done late"),
    State.WITHDRAWN: gettext_lazy("Withdrawn"),
    "all": gettext_lazy("Everything"),
}
REACTION_WORD = gettext_lazy("Reaction to a request")


def kind_choices() -> list[tuple[str, str]]:
    """Code and words of everything that can be owed, by clause."""
    found = [(REACTION_CLAUSE, REACTION, str(REACTION_WORD))]
    found += [(kind.clause, kind.code, str(kind.word)) for kind in kinds()]
    return [(BESIDES, _("All but reactions")), *((code, f"{word} · {clause}") for clause, code, word in sorted(found))]


def kind_word(code: str) -> str:
    """What a kind is called; its code when no room knows it any more."""
    words = {REACTION: REACTION_WORD} | {kind.code: kind.word for kind in kinds()}
    return str(words.get(code, code))


def ledger_row(row: OwedRow, now: datetime) -> dict[str, Any]:
    """A row of the list in words, with where it leads."""
    if row.ticket is not None:
        url = reverse("ticket_clock", args=[row.ticket.key])
        title = f"{row.ticket.key} · {row.ticket.subject}"
    else:
        url = reverse("ledger:obligation", args=[row.obligation.pk if row.obligation else 0])
        title = row.whom.title if row.whom else _("not shown to you")
    obligation = row.obligation
    return {
        "kind": kind_word(row.kind),
        "clause": row.clause,
        "title": title,
        "url": url,
        "customer": row.customer or owed_to_words(obligation),
        "since": row.since,
        "due": row.due,
        "ended_at": row.ended_at,
        "look": STATES[row.state],
        "state": row.state,
        "is_overdue": row.state == State.MISSED,
        "was_entered_late": obligation is not None and obligation.was_entered_late,
        "was_moved": obligation is not None and obligation.was_moved,
        "is_provisional": obligation is not None and obligation.is_owed and obligation.rests_on_provisional,
        "is_running": row.state == State.OPEN and row.due >= now,
    }


def owed_to_words(obligation: Obligation | None) -> str:
    """To whom, where that is no single customer."""
    if obligation is None or obligation.owed_to is not None:
        return ""
    concerned = {kind.code for kind in kinds() if kind.only_concerned}
    return _("customers concerned") if obligation.kind in concerned else _("every customer")


def list_url(kind: str, state: str, first: date) -> str:
    """The address of a list of the ledger; what is over is listed from `first` on, what is owed whenever it is due."""
    wanted: dict[str, object] = {"kind": kind, "state": state}
    if state not in OWED_STATES:
        wanted["first"] = first
    return f"{reverse('ledger:list')}?{urlencode(wanted)}"
