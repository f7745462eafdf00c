"""The ticket as its customer sees it: what is expected of whom, the acts that are open to them, the whole course."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.html import escape, format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy

from mespace.accounts.models import User
from mespace.platform.forms import new_key
from mespace.platform.prepared import Given, Prepared
from mespace.tickets.lifecycle import Criticality, Status, TicketType, Verb
from mespace.tickets.models import Attachment
from mespace.tickets.queries.ticket import Entry, TicketView
from mespace.web.acts.clock import split_of
from mespace.web.acts.completeness import lacking
from mespace.web.acts.course import course, files_of
from mespace.web.acts.forms import ActForm, DetailsForm
from mespace.web.acts.page import Failed
from mespace.web.acts.services import services_context
from mespace.web.acts.summary import expectation
from mespace.web.acts.support_words import support_notes
from mespace.web.acts.table import ACTS
from mespace.web.middleware import ActorRequest
from mespace.web.portal.details import details_choices

UNPROCESSABLE = 422
FORWARD: dict[str, str | Promise] = {
    "related": gettext_lazy("related"),
    "duplicate": gettext_lazy("this one is a duplicate of it"),
    "continues": gettext_lazy("this one continues it"),
}
BACKWARD: dict[str, str | Promise] = {
    "related": gettext_lazy("related"),
    "duplicate": gettext_lazy("a duplicate of this one"),
    "continues": gettext_lazy("continues this one"),
}


@dataclass(frozen=True)
class OwnFile:
    """A file in the side panel; `remove_key` when the reader may remove it."""

    file: Any
    pk: int
    by: str
    remove_key: str


def draw(request: ActorRequest, view: TicketView, failed: Failed | None) -> HttpResponse:
    """The page; with a failed act its form stands open with what was typed and the errors, status 422."""
    ticket = view.ticket
    forms = _Forms(view, failed)
    attachments = list(view.files)
    context = {
        "view": view,
        "ticket": ticket,
        "tab": "course",
        "expectation": expectation(view),
        "entries": course(view, read_seq=view.read_seq, actions=_own_actions(request, view, failed)),
        "failed": failed.name if failed is not None else "",
        "lost_form": forms.lost(),
        **forms.context(),
        "files": _files(view, attachments),
        "has_files": any(file.removed_at is None for file in attachments),
        "lacking": lacking(ticket, has_files=bool(attachments)) if ticket.is_open_work else [],
        "split": split_of(view),
        "split_total": view.verdict.time.total,
        "links": _links(view),
        "joined": [watcher.user for watcher in view.watchers if watcher.joined_at is not None],
        "known_error": ticket.known_error,
        "support_notes": support_notes(view),
        **services_context(view),
        "colleagues": _colleagues(view) if "hand_over" in forms.offered else [],
    }
    if failed is not None and failed.name == "details" and isinstance(failed.form, DetailsForm):
        context |= {"form": failed.form, **details_choices(ticket, failed.form)}
    return render(request, "web/portal/ticket.html", context, status=UNPROCESSABLE if failed is not None else 200)


class _Forms:
    """A form for each act that is open to the reader now; the failed one as it was sent."""

    def __init__(self, view: TicketView, failed: Failed | None) -> None:
        self.view, self.failed = view, failed
        self.offered = self._offered()

    def _offered(self) -> list[str]:
        view, ticket = self.view, self.view.ticket
        me = view.actor.user_id
        joined = any(watcher.user_id == me and watcher.joined_at is not None for watcher in view.watchers)
        is_open = ticket.is_open_work
        offers = {
            "comment": is_open,
            "accept-solution": view.can(Verb.ACCEPT_SOLUTION),
            "reject-solution": ticket.status == Status.SOLUTION_PROPOSED,
            "withdraw": view.can(Verb.WITHDRAW),
            "reopen": view.can(Verb.REOPEN),
            "hand_over": is_open,
            "join": is_open and ticket.requester_id != me and not joined,
            "propose-criticality": is_open and ticket.type == TicketType.INCIDENT,
            "watch": True,
        }
        return [name for name, offered in offers.items() if offered]

    def context(self) -> dict[str, ActForm]:
        """The forms by template name: form_accept_solution and so on."""
        return {f"form_{name.replace('-', '_')}": self._form(name.replace("_", "-")) for name in self.offered}

    def lost(self) -> ActForm | None:
        """A failed form that has no place on the page any more: its errors go on top, with what was typed."""
        if self.failed is None or self.failed.name in {name.replace("_", "-") for name in self.offered}:
            return None
        return None if self.failed.name in {"correct", "details"} else self.failed.form

    def _form(self, name: str) -> ActForm:
        if self.failed is not None and self.failed.name == name:
            self.failed.form.auto_id = f"{name}-%s"
            return self.failed.form
        initial: dict[str, Any] = {}
        if name == "propose-criticality":
            now = self.view.ticket.criticality
            initial["criticality"] = Criticality.NON_CRITICAL if now == Criticality.CRITICAL else Criticality.CRITICAL
        return ACTS[name].form(auto_id=f"{name}-%s", initial=initial)


PK, FORM_KEY, REMOVE_KEY, BODY = "[[pk]]", "[[form-key]]", "[[remove-key]]", "[[body]]"


def _own_actions(request: ActorRequest, view: TicketView, failed: Failed | None) -> Callable[[Entry], str]:
    """Correcting and removing, under the reader's own messages: drawn once a page, then filled in for each."""
    csrf = format_html('<input type="hidden" name="csrfmiddlewaretoken" value="{}">', get_token(request))
    bound = failed.form if failed is not None and failed.name == "correct" else None

    @cache
    def drawn(form: ActForm | None) -> str:
        context = {"key": view.ticket.key, "form": form, "csrf": csrf, "pk": PK, "body": BODY}
        keys = {"form_key": FORM_KEY, "remove_key": REMOVE_KEY}
        return render_to_string("web/acts/own_message.html", context | keys)

    def actions(entry: Entry) -> str:
        message = entry.message
        if message is None or message.author_id != view.actor.user_id:
            return ""
        form = bound if bound is not None and bound.data.get("message") == str(message.pk) else None
        body = form.data.get("body", "") if form is not None else message.body
        html = drawn(form).replace(PK, str(message.pk)).replace(FORM_KEY, new_key()).replace(REMOVE_KEY, new_key())
        return mark_safe(html.replace(BODY, escape(body)))  # noqa: S308 - a drawn template, filled with escaped text

    return actions


def _files(view: TicketView, attachments: list[Attachment]) -> list[OwnFile]:
    return [
        OwnFile(
            shown,
            file.pk,
            file.uploaded_by.full_name,
            new_key() if file.uploaded_by_id == view.actor.user_id and file.removed_at is None else "",
        )
        for file, shown in zip(attachments, files_of(attachments), strict=True)
    ]


def _links(view: TicketView) -> list[dict[str, Any]]:
    forward = [{"ticket": row.other, "word": FORWARD[row.relation]} for row in view.links]
    return forward + [{"ticket": row.ticket, "word": BACKWARD[row.relation]} for row in view.back_links]


def _colleagues(view: TicketView) -> list[User]:
    """To whom the request can be handed over."""
    return _COLLEAGUES.rows(customer=view.ticket.customer_id, holder=view.ticket.holder_id)


_COLLEAGUES = Prepared(
    lambda: (
        User.objects.filter(membership__customer_id=Given("customer"), is_active=True)
        .exclude(pk=Given("holder"))
        .order_by("full_name")
    )
)
