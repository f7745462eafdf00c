"""The answer editor: one text, and what it is. On an open ticket every answer accepts it in the same stroke."""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from mespace.accounts.permissions import Permission
from mespace.products.models import KnownError
from mespace.tickets.lifecycle import Resolution, Status, TicketType, Verb
from mespace.tickets.models import Attachment
from mespace.tickets.queries.desk_options import Option, Options
from mespace.tickets.queries.desk_ticket import unsent_files
from mespace.tickets.queries.ticket import TicketView
from mespace.tickets.referral_words import prefilled
from mespace.web.acts.forms import ReplyByStaff
from mespace.web.acts.page import Failed
from mespace.web.desk.act_forms import select
from mespace.web.desk.draft import KeptText

Words = str | Promise
Q, P, C, M, N = (
    ReplyByStaff.QUESTION,
    ReplyByStaff.PROPOSAL,
    ReplyByStaff.CLOSING,
    ReplyByStaff.COMMENT,
    ReplyByStaff.NOTE,
)


@dataclass(frozen=True)
class Kind:
    """What a text can be: its word, what it does, and what the button says (`with_accept` on an open ticket)."""

    value: str
    label: Words
    icon: str
    hotkey: str
    effect: Words
    button: Words
    with_accept: Words


KINDS = (
    Kind(
        Q,
        pgettext_lazy("what a text is", "Question"),
        "message-question",
        "q",
        gettext_lazy("The customer is asked; the term of clause 5.5 starts with the receipt."),
        pgettext_lazy("button", "Ask"),
        pgettext_lazy("button", "Accept and ask"),
    ),
    Kind(
        P,
        pgettext_lazy("what a text is", "Proposed solution"),
        "bulb",
        "p",
        gettext_lazy("The customer accepts or turns it down; the term of clause 5.5 starts with the receipt."),
        pgettext_lazy("button", "Propose"),
        pgettext_lazy("button", "Accept and propose"),
    ),
    Kind(
        C,
        pgettext_lazy("what a text is", "Answer and close"),
        "circle-check",
        "c",
        gettext_lazy("The customer gets the answer, and the request is closed."),
        pgettext_lazy("button", "Answer and close"),
        pgettext_lazy("button", "Accept, answer and close"),
    ),
    Kind(
        M,
        pgettext_lazy("what a text is", "Message"),
        "message",
        "m",
        gettext_lazy("The customer reads it. Nothing else changes: it is no reaction and stops no clock."),
        pgettext_lazy("button", "Send the message"),
        pgettext_lazy("button", "Send without accepting"),
    ),
    Kind(
        N,
        pgettext_lazy("what a text is", "Internal note"),
        "lock",
        "n",
        gettext_lazy("Only support reads it. It never reaches the customer."),
        pgettext_lazy("button", "Save the note"),
        pgettext_lazy("button", "Save the note"),
    ),
)


@dataclass(frozen=True)
class Choice:
    """One of the kinds, as offered now."""

    kind: Kind
    checked: bool
    button: Words


@dataclass(frozen=True)
class Editor:
    """Everything that the editor's template shows."""

    form: ReplyByStaff
    choices: list[Choice]
    templates: list[Option]
    kept: KeptText | None
    is_failed: bool
    files: list[Attachment]

    @property
    def shown(self) -> set[str]:
        """The kinds whose own fields are drawn: those on offer, all of them where what was sent comes back."""
        return {kind.value for kind in KINDS} if self.is_failed else {choice.kind.value for choice in self.choices}


def editor_of(
    view: TicketView,
    failed: Failed | None,
    *,
    options: Options,
    errors: list[KnownError],
    kept: KeptText | None,
    body: str = "",
) -> Editor | None:
    """The editor with the failed text, or the draft, or `body`; None for those who only read."""
    if not view.actor.can(Permission.TICKET_WORK):
        return None
    offered = _offered(view)
    if failed is not None and failed.name == "reply" and isinstance(failed.form, ReplyByStaff):
        form, chosen = failed.form, str(failed.form["what"].value() or "")
    else:
        chosen = kept.what if kept is not None else _usual(view)
        initial: dict[str, Any] = {"body": kept.body if kept is not None else "", "what": chosen, "answer": "solution"}
        words = prefilled(view.ticket)
        initial |= {"found": words.found, "tell": words.tell}
        if body:
            initial["body"] = f"{initial['body']}\n\n{body}".strip()
        if view.ticket.known_error_id:
            initial["known_error"] = view.ticket.known_error_id
        form = ReplyByStaff(initial=initial)
    if chosen not in offered:
        chosen = offered[0] if failed is None else chosen
    _fill(form, view, options, errors)
    is_open = view.ticket.status == Status.OPEN
    choices = [
        Choice(kind, kind.value == chosen, kind.with_accept if is_open else kind.button)
        for kind in KINDS
        if kind.value in offered
    ]
    is_failed = failed is not None and failed.name == "reply"
    files = unsent_files(actor=view.actor, ids=form["attachment_ids"].value() or []) if is_failed else []
    return Editor(form, choices, options.get("template", []), kept, is_failed, files)


def _offered(view: TicketView) -> list[str]:
    """What a text can be now; answers only where the table has a move for them."""
    is_open = view.can(Verb.ACCEPT)
    moves = {Q: Verb.ASK_CUSTOMER, P: Verb.PROPOSE_SOLUTION, C: Verb.CLOSE}
    return [*(what for what, verb in moves.items() if is_open or view.can(verb)), M, N]


def _usual(view: TicketView) -> str:
    """What a text most often is in the ticket's status; a note where nothing can be asked any more."""
    match view.ticket.status:
        case Status.OPEN | Status.ANALYSIS:
            return Q
        case Status.IN_PROGRESS | Status.SCHEDULED:
            return P
        case Status.CLOSED:
            return N
        case _:
            return M


def _fill(form: ReplyByStaff, view: TicketView, options: Options, errors: list[KnownError]) -> None:
    form.fields["body"].widget.attrs["rows"] = 7
    select(form, "vendor", options.get("vendor", []))
    select(form, "known_error", [Option(error.pk, str(error)) for error in errors])
    resolution = form.fields["resolution"]
    allowed = [(value, label) for value, label in resolution.choices if _fits(value, view)]  # type: ignore[attr-defined]
    allowed[0] = ("", _("Choose how it ends"))
    resolution.choices = allowed  # type: ignore[attr-defined]


def _fits(resolution: str, view: TicketView) -> bool:
    return resolution != Resolution.DECLINED or view.ticket.type == TicketType.CHANGE_REQUEST
