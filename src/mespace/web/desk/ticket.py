"""A ticket at the desk: its course, the answer editor, every move that is possible now, and all that is known of it."""

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from mespace.accounts.permissions import Permission
from mespace.platform.folding.address import address
from mespace.platform.forms import new_key
from mespace.tickets.models import AnswerTemplate
from mespace.tickets.queries.desk_clock import clock_of
from mespace.tickets.queries.desk_options import editor_options
from mespace.tickets.queries.desk_ticket import draft_of, known_errors_of
from mespace.tickets.queries.ticket import Entry, TicketView
from mespace.web.acts.course import course
from mespace.web.acts.page import Failed
from mespace.web.acts.summary import expectation, reaction_summary
from mespace.web.acts.support_words import support_notes
from mespace.web.desk import draft
from mespace.web.desk.act_forms import shown_form
from mespace.web.desk.answer_text import filled
from mespace.web.desk.aside import aside_of, contact_links, questions_text
from mespace.web.desk.done_for import done_for
from mespace.web.desk.door import desk_view
from mespace.web.desk.editor import editor_of
from mespace.web.desk.offers import accept_offer, form_url, offers
from mespace.web.desk.shell import render_desk
from mespace.web.middleware import ActorRequest


def draw(request: ActorRequest, view: TicketView, failed: Failed | None) -> HttpResponse:
    """The ticket's page, 422 when an act failed; with `?do=NAME` that act's form is open (alone for a script)."""
    return _draw(request, view, failed)


@desk_view
def _draw(request: ActorRequest, view: TicketView, failed: Failed | None) -> HttpResponse:
    shown = shown_form(request, view, failed)
    if request.headers.get("HX-Request") == "true" and "do" in request.GET and shown is not None:
        return HttpResponse(render_to_string("web/desk/_act_form.html", {"shown": shown, "in_dialog": True}, request))
    ticket, actor = view.ticket, view.actor
    works = actor.can(Permission.TICKET_WORK)
    errors = known_errors_of(ticket)
    options = editor_options(ticket, actor=actor)
    kept = draft.kept_text(draft_of(actor=actor, ticket=ticket, form=draft.FORM)) if works else None
    accept = accept_offer(view)
    context = {
        "ticket": ticket,
        "view": view,
        "entries": course(view, actions=_Actions(view) if works else None),
        "expectation": expectation(view),
        "reaction": reaction_summary(view),
        "support_notes": support_notes(view),
        "clock": clock_of(ticket, now=view.now),
        "editor": editor_of(view, failed, options=options, errors=errors, kept=kept, body=_asked_body(request, view)),
        "shown": shown,
        "failed_at_once": failed if failed is not None and shown is None and failed.name != "reply" else None,
        "accept": accept,
        "offers": list(offers(view)),
        "takes": works
        and actor.can(Permission.TICKET_ASSIGN)
        and ticket.is_open_work
        and ticket.assignee_id != actor.user_id,
        "works": works,
        "has_files": any(file.removed_at is None for file in view.files),
        "form_key": new_key(),
        "duplicates": options.get("duplicate", []),
        "presence_url": address("desk_presence", ticket.key) if works else "",
        "contacts": contact_links(options.get("contact", [])),
        **aside_of(view, errors),
        **done_for(view),
    }
    return render_desk(request, "web/desk/ticket.html", context, status=422 if failed is not None else 200)


def _asked_body(request: ActorRequest, view: TicketView) -> str:
    """The text with which the address asks to start: questions for what lacks, or an answer template."""
    if "ask" in request.GET:
        return questions_text(view, request.GET["ask"])
    template_id = request.GET.get("template", "")
    if template_id.isascii() and template_id.isdigit() and len(template_id) < 18:  # noqa: PLR2004 - bigint's digits
        row = AnswerTemplate.objects.filter(pk=int(template_id), is_active=True).first()
        return filled(row.body, view.ticket) if row is not None else ""
    return ""


class _Actions:
    """The small menu under a message: correct one's own, remove what was posted by mistake."""

    def __init__(self, view: TicketView) -> None:
        self.view = view

    def __call__(self, entry: Entry) -> SafeString:
        """Safe HTML for one message."""
        message = entry.message
        if message is None or message.removed_at is not None:
            return SafeString()
        own = message.author_id == self.view.actor.user_id
        context = {
            "pk": message.pk,
            "correct_url": form_url(self.view, "correct", message=message.pk) if own else "",
            "remove_url": form_url(self.view, "remove-message", message=message.pk),
            "files": [
                (file.name, form_url(self.view, "remove-file", file=file.pk))
                for file in entry.files
                if file.removed_at is None
            ],
        }
        return mark_safe(render_to_string("web/desk/_message_menu.html", context))  # noqa: S308 - our own template
