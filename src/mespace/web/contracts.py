"""A contract's files, revisions and end, as both sides are shown them."""

from collections.abc import Iterable
from typing import Any

from django.http import FileResponse, Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from mespace.customers.contract_files import file_for
from mespace.customers.contract_pages import RevisionCard
from mespace.customers.models import ContractFile, ContractForm
from mespace.customers.revision_diff import Change, revision_diff
from mespace.platform.files import served
from mespace.tickets.queries.division_files import division_file_on_a_ticket
from mespace.web.middleware import ActorRequest


def file_rows(files: Iterable[ContractFile]) -> list[dict[str, Any]]:
    """The files for the kit's list."""
    rows = []
    for file in files:
        url = reverse("contract_file", args=[file.pk])
        preview = url if file.is_image else ""
        rows.append(
            {
                "name": file.name,
                "url": url,
                "size": file.size,
                "content_type": file.media_type,
                "preview_url": preview,
                "removed": False,
            }
        )
    return rows


def revision_context(card: RevisionCard) -> dict[str, Any]:
    """A revision, what differs from the other one, and the other ones to compare with."""
    revision, before = card.revision, card.before
    return {
        "card": card,
        "contract": card.contract,
        "revision": revision,
        "form_word": _form_word(revision.form),
        "files": file_rows(revision.files.all()),
        "before": before,
        "changes": [_shown(change) for change in revision_diff(before, revision)] if before is not None else [],
        "others": [number for number in card.numbers if number != revision.number],
    }


def _shown(change: Change) -> dict[str, Any]:
    before, after = change.before, change.after
    if change.field == "form":
        before, after = _form_word(str(before)), _form_word(str(after))
    if change.field == "accepted_edition":
        before, after = getattr(before, "code", ""), getattr(after, "code", "")
    return {
        "label": _labels()[change.field],
        "before": before,
        "after": after,
        "pieces": change.pieces,
        "is_list": change.field in {"products", "files"},
        "is_day": change.field in {"signed_on", "valid_from", "valid_until"},
    }


def _labels() -> dict[str, str]:
    return {
        "contract_number": _("Number"),
        "title": _("Title"),
        "type": pgettext("contract", "Type"),
        "form": pgettext("contract", "Form"),
        "signed_on": _("Signed on"),
        "valid_from": _("Valid from"),
        "valid_until": _("Valid until"),
        "accepted_edition": _("Regulation accepted"),
        "products": _("Software covered"),
        "files": _("Files"),
        "division_of_responsibility": _("Division of responsibility"),
    }


def _form_word(code: str) -> str:
    return str(dict(ContractForm.choices).get(code, code))


@require_safe
def contract_file(request: ActorRequest, pk: int) -> HttpResponse | FileResponse:
    """A contract's file, for staff who read contracts and the customer's responsible employees.

    One on the division of responsibility also for whoever works on a ticket of the contract; 404 for all others.
    """
    file = file_for(request.actor, pk) or division_file_on_a_ticket(actor=request.actor, file_id=pk)
    if file is None:
        raise Http404
    return served(
        request,
        blob=file.blob,
        name=file.name,
        media_type=file.media_type,
        sha256=file.sha256,
        is_image=file.is_image,
    )
