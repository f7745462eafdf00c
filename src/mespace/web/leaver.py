"""The page that asks who goes on before an account is disabled; shared by all who may disable one."""

from collections.abc import Callable

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mespace.accounts.errors import LastAdministrator
from mespace.accounts.responsible import LastResponsible
from mespace.platform import clock
from mespace.tickets.errors import Invalid
from mespace.tickets.operations.disable_person import Left, disable_person
from mespace.tickets.queries.leaving import Leaving, leaving
from mespace.web.middleware import ActorRequest

QUEUE = "queue"


class LeaverForm(forms.Form):
    """Who goes on with the open requests of the leaver."""

    successor = forms.ChoiceField(required=False)

    def __init__(self, left_behind: Leaving, data: object = None) -> None:
        super().__init__(data)  # type: ignore[arg-type] # a QueryDict or nothing
        people = [(str(user.pk), user.full_name) for user in left_behind.successors]
        queue = [] if left_behind.person.is_customer else [(QUEUE, _("nobody: back to the queue"))]
        self.fields["successor"] = forms.ChoiceField(
            label=_("Who goes on with the open requests"),
            choices=[("", "—"), *queue, *people],
            required=left_behind.open_tickets > 0,
            help_text=_("They hold them from now on and are told of what happens. Closed ones stay as they are."),
        )


def ask_and_disable(
    request: ActorRequest, *, user_id: int, cancel_url: str, done: Callable[[Left], HttpResponse]
) -> HttpResponse:
    """The question, or what came of the answer (`confirmed`). Raises PersonNotFound, Refused."""
    left_behind = leaving(actor=request.actor, user_id=user_id)
    form = LeaverForm(left_behind, request.POST if "confirmed" in request.POST else None)
    if form.is_valid():
        chosen = form.cleaned_data["successor"]
        try:
            left = disable_person(
                actor=request.actor,
                now=clock.now(),
                user_id=user_id,
                successor_id=int(chosen) if chosen.isdecimal() else None,
                to_queue=chosen == QUEUE,
            )
        except Invalid as refusal:
            for field, text in refusal.errors.items():
                form.add_error(field or None, text)
        except LastAdministrator:
            form.add_error(
                None, _("This is the only administrator: appoint another one first, or nobody could manage accounts.")
            )
        except LastResponsible:
            form.add_error(None, _("The customer has no other responsible employee: make one responsible first."))
        else:
            return done(left)
    context = {"form": form, "left_behind": left_behind, "cancel_url": cancel_url}
    return render(request, "web/leaver.html", context, status=422 if form.errors else 200)


def left_words(left: Left) -> str:
    """What was done, in a sentence or two."""
    said = _("%(name)s can no longer sign in; all sessions are over.") % {"name": left.person.full_name}
    if left.sessions:
        waits = ngettext(
            "%(n)d remote session that they were to take part in must be agreed anew or cancelled.",
            "%(n)d remote sessions that they were to take part in must be agreed anew or cancelled.",
            left.sessions,
        )
        said = f"{said} {waits % {'n': left.sessions}}"
    if not left.handed_over:
        return said
    if left.successor is None:
        went = ngettext(
            "%(n)d open request is back in the queue.", "%(n)d open requests are back in the queue.", left.handed_over
        )
        return f"{said} {went % {'n': left.handed_over}}"
    went = ngettext(
        "%(n)d open request is handed over to %(whom)s.",
        "%(n)d open requests are handed over to %(whom)s.",
        left.handed_over,
    )
    return f"{said} {went % {'n': left.handed_over, 'whom': left.successor.full_name}}"
