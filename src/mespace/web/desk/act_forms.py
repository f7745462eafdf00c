"""The small forms of acts on a ticket: which one is asked for, with its choices filled in and its words."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from mespace.accounts.permissions import Permission
from mespace.platform.folding.address import address
from mespace.tickets.lifecycle import Criticality, TicketType
from mespace.tickets.queries.deadline_if import deadline_if_reclassified
from mespace.tickets.queries.desk_options import Option, person_options, place_options
from mespace.tickets.queries.desk_ticket import known_errors_of
from mespace.tickets.queries.ticket import TicketView
from mespace.web.acts.course import plain_instant
from mespace.web.acts.forms import ActForm
from mespace.web.acts.page import Failed
from mespace.web.acts.table import ACTS
from mespace.web.desk import service_forms
from mespace.web.desk.form_words import FormWords
from mespace.web.desk.offers import offers

Words = str | Promise


WORDS: dict[str, FormWords] = {
    "schedule": FormWords(
        gettext_lazy("Schedule"),
        gettext_lazy("Both sides see for which version or build it is planned, and when."),
        gettext_lazy("Schedule"),
    ),
    "suspend": FormWords(
        gettext_lazy("Suspend"),
        gettext_lazy(
            "Only when a person of the customer asked for it, or when another vendor must act. The reason is shown "
            "to the customer."
        ),
        gettext_lazy("Suspend"),
    ),
    "retract": FormWords(
        gettext_lazy("Take back"),
        gettext_lazy(
            "The question, the proposal or the suspension ends, and the request is back in analysis. The reason is "
            "shown to the customer."
        ),
        gettext_lazy("Take back"),
    ),
    "record-reaction": FormWords(
        gettext_lazy("Record a reaction by phone"),
        gettext_lazy(
            "Who of the customer said what. The term ends, and the request is back in analysis; the customer sees "
            "this entry."
        ),
        gettext_lazy("Record the reaction"),
    ),
    "undo-duplicate": FormWords(
        gettext_lazy("Undo duplicate"),
        gettext_lazy("The request stands alone again and is back in analysis. The reason is shown to the customer."),
        gettext_lazy("Undo duplicate"),
    ),
    "assign": FormWords(
        gettext_lazy("Assign"),
        gettext_lazy("Assigning is no reaction: the clock runs on until somebody accepts."),
        gettext_lazy("Assign"),
    ),
    "reclassify": FormWords(
        gettext_lazy("Change type or criticality"),
        gettext_lazy("Only incidents can be critical. The reason is shown to the customer."),
        gettext_lazy("Change"),
    ),
    "link-article": FormWords(
        gettext_lazy("Answer with an article"),
        gettext_lazy("The customer finds the article in the course of the request. It must be one that they may read."),
        pgettext_lazy("act", "Link"),
    ),
    "link-known-error": FormWords(
        gettext_lazy("Link to a known error"),
        gettext_lazy(
            "The cause is confirmed to be an error of the software. Both sides see it, its workaround and its fix."
        ),
        pgettext_lazy("act", "Link"),
    ),
    "unlink-known-error": FormWords(
        gettext_lazy("Take the known error away"),
        gettext_lazy("It is not the cause after all. The reason is shown to the customer."),
        gettext_lazy("Take the link away"),
    ),
    "outside-support": FormWords(
        gettext_lazy("Mark as outside support"),
        gettext_lazy(
            "The request comes from a configuration that the documentation does not name (clause 6.1). The clocks run "
            "on; the reason is shown to the customer."
        ),
        gettext_lazy("Mark as outside support"),
    ),
    "within-support": FormWords(
        gettext_lazy("Within support after all"),
        gettext_lazy("The mark is taken away. The reason is shown to the customer."),
        gettext_lazy("Take the mark away"),
    ),
    "link": FormWords(
        gettext_lazy("Link a request"),
        gettext_lazy("Another request of the same customer. Both sides see the link."),
        pgettext_lazy("act", "Link"),
    ),
    "developers-task": FormWords(
        gettext_lazy("Developers' task"),
        gettext_lazy("Only staff see this address. Leave it empty to take it away."),
        gettext_lazy("Save"),
    ),
    "details": FormWords(
        gettext_lazy("Complete the details"),
        gettext_lazy("What the customer told you. The log says which details changed."),
        gettext_lazy("Save"),
    ),
    "correct": FormWords(
        gettext_lazy("Correct the message"),
        gettext_lazy("The former text is kept and stays readable for those who see the message."),
        gettext_lazy("Save the correction"),
    ),
    "remove-message": FormWords(
        gettext_lazy("Remove the text?"),
        gettext_lazy(
            "The text and its former versions go for good. A mark with who removed it, and the digest, stay. Meant "
            "for passwords and the like."
        ),
        gettext_lazy("Remove for good"),
        danger=True,
    ),
    "remove-file": FormWords(
        gettext_lazy("Remove the file?"),
        gettext_lazy("The file goes for good. A mark with who removed it, and the digest, stay."),
        gettext_lazy("Remove for good"),
        danger=True,
    ),
}
WORDS |= service_forms.WORDS
_ON_A_MESSAGE = {"correct", "remove-message", "remove-file"} | service_forms.ON_A_ROW


@dataclass(frozen=True)
class ShownForm:
    """A form as the page shows it."""

    name: str
    form: ActForm
    words: FormWords
    action: str
    cancel_url: str
    notes: list[str] = field(default_factory=list)
    quoted: str = ""


def shown_form(request: HttpRequest, view: TicketView, failed: Failed | None) -> ShownForm | None:
    """The form that failed or that the address asks for (`?do=NAME`); None when there is none or it is not offered."""
    name = failed.name if failed is not None else request.GET.get("do", "")
    if name not in WORDS or name not in ACTS or not view.actor.can(Permission.TICKET_WORK):
        return None
    if failed is None and name not in _ON_A_MESSAGE and name not in {offer.name for offer in offers(view)}:
        return None
    form = failed.form if failed is not None else ACTS[name].form(initial=_initial(request, view, name))
    if failed is None and name in _ON_A_MESSAGE and not form.initial:
        return None
    with_choices(form, name, view)
    key = view.ticket.key
    notes = _deadlines(view) if name == "reclassify" else []
    if name in service_forms.WORDS:
        notes = service_forms.notes_of(form, view, name)
    return ShownForm(
        name=name,
        form=form,
        words=WORDS[name],
        action=address("ticket_act", key, name),
        cancel_url=address("ticket", key),
        notes=notes,
        quoted=_quoted(view, form, name),
    )


def with_choices(form: ActForm, name: str, view: TicketView) -> None:
    """Turn the form's fields that hold row ids into lists to choose from."""
    if name in service_forms.WORDS:
        service_forms.fill(form, view, name)
    filler = _FILLERS.get(name)
    if filler is not None:
        filler(form, view)


def select(form: forms.Form, name: str, options: list[Option], empty: Words = "—") -> None:
    """Make a field a list; the label of the empty choice is `empty`."""
    given = form.fields[name]
    given.widget = forms.Select(choices=[("", empty), *((option.pk, option.label) for option in options)])
    given.widget.is_required = given.required


def _initial(request: HttpRequest, view: TicketView, name: str) -> dict[str, Any]:  # noqa: PLR0911 - one per form
    ticket = view.ticket
    match name:
        case _ if name in service_forms.WORDS:
            return service_forms.initial_of(request, view, name)
        case "reclassify":
            return {"type": ticket.type, "criticality": ticket.criticality}
        case "assign":
            return {"assignee": ticket.assignee_id}
        case "schedule":
            return {"target": ticket.planned_target, "on": ticket.planned_on}
        case "developers-task":
            return {"url": ticket.developers_task}
        case "record-reaction":
            return {"by_person": ticket.holder_id}
        case "details":
            return {
                "site": ticket.site_id,
                "area": ticket.area_id,
                "work_center": ticket.work_center_id,
                "build": ticket.build_id,
                "what_was_done": ticket.what_was_done,
                "expected": ticket.expected,
                "stopped_process": ticket.stopped_process,
            }
        case "correct" | "remove-message":
            return _message_initial(request, view, name)
        case "remove-file":
            asked = request.GET.get("file", "")
            return next(
                ({"file": file.pk} for entry in view.entries for file in entry.files if str(file.pk) == asked), {}
            )
    return {}


def _message_initial(request: HttpRequest, view: TicketView, name: str) -> dict[str, Any]:
    asked = request.GET.get("message", "")
    for entry in view.entries:
        message = entry.message
        if message is None or str(message.pk) != asked or message.removed_at is not None:
            continue
        if name == "correct" and message.author_id != view.actor.user_id:
            return {}
        return {"message": message.pk, "body": message.body}
    return {}


def _quoted(view: TicketView, form: ActForm, name: str) -> str:
    """What exactly is going to be removed."""
    if name == "remove-file":
        pk = str(form["file"].value())
        return next((file.name for entry in view.entries for file in entry.files if str(file.pk) == pk), "")
    if name == "remove-message":
        pk = str(form["message"].value())
        return next(
            (e.message.body[:400] for e in view.entries if e.message is not None and str(e.message.pk) == pk), ""
        )
    return ""


def _fill_suspend(form: ActForm, view: TicketView) -> None:
    select(form, "requested_by", person_options(view.ticket)["person"], _("nobody: another vendor must act"))


def _fill_record_reaction(form: ActForm, view: TicketView) -> None:
    select(form, "by_person", person_options(view.ticket)["person"])


def _fill_assign(form: ActForm, view: TicketView) -> None:
    options = person_options(view.ticket)["assignee"]
    own = [
        Option(each.pk, _("me: %(name)s") % {"name": each.label}) for each in options if each.pk == view.actor.user_id
    ]
    select(form, "assignee", [*own, *(each for each in options if each.pk != view.actor.user_id)], _("nobody"))


def _fill_details(form: ActForm, view: TicketView) -> None:
    options = place_options(customer_id=view.ticket.customer_id, product_id=view.ticket.product_id)
    grouped(form, "site", options["site"], None)
    grouped(form, "area", options["area"], options["site"])
    grouped(form, "work_center", options["work_center"], options["area"])
    select(form, "build", options["build"], _("not known"))


def grouped(form: forms.Form, name: str, options: list[Option], parents: list[Option] | None) -> None:
    """Make a field a list whose choices stand under what they belong to."""
    if not parents:
        select(form, name, options)
        return
    groups: list[tuple[str, list[tuple[int, str]]]] = []
    for parent in parents:
        inside = [(option.pk, option.label) for option in options if option.parent == parent.pk]
        if inside:
            groups.append((parent.label, inside))
    form.fields[name].widget = forms.Select(choices=[("", "—"), *groups])


def _fill_reclassify(form: ActForm, view: TicketView) -> None:
    if view.ticket.type != TicketType.INCIDENT:  # what becomes an incident starts non-critical (E2)
        form.fields["criticality"].choices = [(str(Criticality.NON_CRITICAL), Criticality.NON_CRITICAL.label)]  # type: ignore[attr-defined]


def _fill_known_error(form: ActForm, view: TicketView) -> None:
    select(form, "known_error", [Option(error.pk, str(error)) for error in known_errors_of(view.ticket)])
    if view.actor.can(Permission.KNOWN_ERRORS_CONFIRM):
        url = f"{address('manage:known_error_new', view.ticket.product_id)}?ticket={view.ticket.key}"
        form.fields["known_error"].help_text = format_html(
            '{} <a href="{}">{}</a>', _("Not among them?"), url, _("Confirm a new one")
        )


_FILLERS: dict[str, Callable[[ActForm, TicketView], None]] = {
    "suspend": _fill_suspend,
    "record-reaction": _fill_record_reaction,
    "assign": _fill_assign,
    "details": _fill_details,
    "link-known-error": _fill_known_error,
    "reclassify": _fill_reclassify,
}


def _deadlines(view: TicketView) -> list[str]:
    """What each choice would do to the reaction deadline (E2)."""
    if view.verdict.reaction.reacted_at is not None:
        return [_("The reaction was given: its verdict stands, whatever is changed now.")]
    critical = _due_words(view, Criticality.CRITICAL)
    if view.ticket.type != TicketType.INCIDENT:
        raised = _("An incident starts non-critical. Once it is one, it can be made critical: %(then)s.") % {
            "then": critical
        }
        return [_("Any change made here: %(then)s.") % {"then": _due_words(view, Criticality.NON_CRITICAL)}, raised]
    return [
        _("Critical incident: %(then)s.") % {"then": critical},
        _("Anything else: %(then)s.") % {"then": _due_words(view, Criticality.NON_CRITICAL)},
    ]


def _due_words(view: TicketView, criticality: Criticality) -> str:
    due = deadline_if_reclassified(view, ticket_type=TicketType.INCIDENT, criticality=criticality, now=view.now)
    if due is None:
        return _("the deadline stays as it is")
    return _("the deadline becomes %(due)s") % {"due": plain_instant(due)}
