"""Known errors of the software (clause 4.7)."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from mespace.accounts.permissions import Permission
from mespace.obligations.lifecycle import State
from mespace.obligations.queries.about import obligations_about
from mespace.platform import clock
from mespace.products import queries
from mespace.products.operations.add_known_error import add_known_error
from mespace.products.operations.change_known_error import change_known_error
from mespace.products.operations.delete_known_error import delete_known_error
from mespace.products.operations.withdraw_known_error import withdraw_known_error
from mespace.products.planned_fix import CODE as PLANNED_FIX
from mespace.tickets.queries.known_errors import caused_ticket, known_error_view
from mespace.web.ledger.words import STATES
from mespace.web.manage.door import changes_products, fills_known_errors, fills_products, reads_products
from mespace.web.manage.forms.known_errors import KnownErrorForm, WithdrawalForm
from mespace.web.manage.page import Question, Sheet, asked, draw, fill, posted, remove
from mespace.web.middleware import ActorRequest
from mespace.web.prose import prose

SECTION = "known_errors"


def known_error_url(known_error_id: int) -> str:
    """The known error's page."""
    return reverse("manage:known_error", args=[known_error_id])


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 18 else None  # noqa: PLR2004 - fits the database's integer


@reads_products
def known_errors(request: ActorRequest) -> HttpResponse:
    """Known errors, newest first; `product` and `q` narrow."""
    product_id = _number(asked(request, "product"))
    words = asked(request, "q")
    after = _number(asked(request, "after"))
    page = queries.known_errors(actor=request.actor, product_id=product_id, words=words, after=after)
    url = reverse("manage:known_errors")
    narrowed = {key: value for key, value in (("product", product_id), ("q", words)) if value}
    context = {
        "rows": page.rows,
        "products": queries.products(actor=request.actor),
        "product_id": product_id,
        "words": words,
        "older_url": f"{url}?{urlencode({**narrowed, 'after': page.after})}" if page.after else "",
        "newer_url": f"{url}?{urlencode(narrowed)}" if after else "",
    }
    return draw(request, "known_errors", context, section=SECTION)


@reads_products
def known_error(request: ActorRequest, known_error_id: int) -> HttpResponse:
    """One known error: what happens, what helps, in which build it is fixed."""
    view = known_error_view(actor=request.actor, known_error_id=known_error_id)
    row = view.error
    context = {
        "error": row,
        "view": view,
        "promises": _promises(request, known_error_id),
        "affected": list(row.affected_builds.all()),
        "affected_versions": list(row.affected_versions.all()),
        "description": prose(row.description),
        "workaround": prose(row.workaround),
    }
    return draw(request, "known_error", context, section=SECTION)


def _promises(request: ActorRequest, known_error_id: int) -> list[dict[str, Any]]:
    """What was promised by a date about the error, each with its page in the ledger."""
    now, rows = clock.now(), obligations_about(actor=request.actor, kind=PLANNED_FIX, whom_id=known_error_id)
    return [
        {
            "url": reverse("ledger:obligation", args=[row.pk]),
            "due": row.due_at,
            "look": STATES[State.MISSED if row.state == State.OPEN and row.due_at < now else State(row.state)],
        }
        for row in rows
    ]


@fills_known_errors
def known_error_new(request: ActorRequest, product_id: int) -> HttpResponse:
    """The form of a new known error of a product; `ticket` is the request whose cause it is."""
    product = queries.product(actor=request.actor, product_id=product_id)
    builds = queries.builds_of(actor=request.actor, product_id=product_id)
    ticket = caused_ticket(actor=request.actor, key=asked(request, "ticket"), product_id=product_id)
    sheet = Sheet(
        section=SECTION,
        heading=_("New known error"),
        lead=product.name,
        back_url=reverse("ticket", args=[ticket.key]) if ticket else reverse("manage:known_errors"),
        back_label=ticket.key if ticket else _("Known errors"),
        submit=_("Add the known error"),
        is_new=True,
        preview_url=reverse("manage:preview"),
    )
    initial = {"code": queries.next_error_code(actor=request.actor)}
    form = KnownErrorForm(
        posted(request),
        builds=builds,
        versions=list(product.versions.all()),
        affected=[ticket.build_id] if ticket and ticket.build_id else [],
        initial=initial,
    )

    def save(_data: dict[str, Any]) -> tuple[str, str]:
        row = add_known_error(actor=request.actor, now=clock.now(), product_id=product_id, **form.facts())
        if ticket is not None:
            said = _("%(code)s is confirmed. Next: link the request to it.") % {"code": row.code}
            return f"{reverse('ticket', args=[ticket.key])}?do=link-known-error#do", said
        said = _("%(code)s is added. Agents can close requests by it and link them to it.") % {"code": row.code}
        return known_error_url(row.pk), said

    return fill(request, form, sheet, save)


@fills_known_errors
def known_error_edit(request: ActorRequest, known_error_id: int) -> HttpResponse:
    """The form of a known error."""
    row = queries.known_error(actor=request.actor, known_error_id=known_error_id)
    sheet = Sheet(
        section=SECTION,
        heading=_("Known error %(code)s") % {"code": row.code},
        lead=row.product.name,
        back_url=known_error_url(row.pk),
        back_label=row.code,
        submit=_("Save"),
        preview_url=reverse("manage:preview"),
    )
    form = KnownErrorForm(
        posted(request),
        instance=row,
        builds=queries.builds_of(actor=request.actor, product_id=row.product_id),
        versions=queries.versions_of(actor=request.actor, product_id=row.product_id),
        affected=[build.pk for build in row.affected_builds.all()],
        affected_versions=[version.pk for version in row.affected_versions.all()],
        may_move_fix=request.actor.can(Permission.PRODUCTS_MANAGE),
    )

    def save(_data: dict[str, Any]) -> tuple[str, str]:
        changed = change_known_error(
            actor=request.actor, now=clock.now(), known_error_id=known_error_id, **form.facts()
        )
        return known_error_url(changed.pk), _("%(code)s is saved; linked requests show it.") % {"code": changed.code}

    return fill(request, form, sheet, save)


@fills_products
def known_error_withdraw(request: ActorRequest, known_error_id: int) -> HttpResponse:
    """The form by which it is said that it is no error of the software after all."""
    row = queries.known_error(actor=request.actor, known_error_id=known_error_id)
    sheet = Sheet(
        section=SECTION,
        heading=_("Withdraw known error %(code)s") % {"code": row.code},
        lead=_("It proved to be no error of the software: its fix is owed no more. Linked customers are told why."),
        back_url=known_error_url(row.pk),
        back_label=row.code,
        submit=_("Withdraw the known error"),
    )
    form = WithdrawalForm(posted(request))

    def save(data: dict[str, Any]) -> tuple[str, str]:
        withdraw_known_error(actor=request.actor, now=clock.now(), known_error_id=known_error_id, reason=data["reason"])
        return known_error_url(row.pk), _("%(code)s is withdrawn.") % {"code": row.code}

    return fill(request, form, sheet, save)


@changes_products
def known_error_delete(request: ActorRequest, known_error_id: int) -> HttpResponse:
    """Delete a known error entered by mistake."""
    row = queries.known_error(actor=request.actor, known_error_id=known_error_id)
    question = Question(
        title=_("Delete the known error?"),
        text=_("%(name)s disappears. It is possible while no request is linked to it.") % {"name": row.code},
        done=_("The known error is deleted."),
        done_url=reverse("manage:known_errors"),
        back_url=known_error_url(row.pk),
        instead=_("Withdraw it instead, with a reason."),
    )
    return remove(request, question, lambda: delete_known_error(actor=request.actor, known_error_id=known_error_id))
