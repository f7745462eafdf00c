"""Releases: what a build brings, whom it concerns, publishing it, and what was done on each ticket (clause 4.6b)."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mespace.platform import clock
from mespace.products import queries
from mespace.products.operations.describe_release import describe_release
from mespace.products.operations.publish_release import publish_release, resume_release
from mespace.tickets.queries.releases import release_view
from mespace.web.manage.door import changes_products, fills_products, reads_products
from mespace.web.manage.forms.releases import ReleaseForm
from mespace.web.manage.page import Sheet, draw, fill, posted, see
from mespace.web.manage.views.products import SECTION
from mespace.web.middleware import ActorRequest
from mespace.web.prose import prose


def release_url(build_id: int) -> str:
    """The release's page."""
    return reverse("manage:release", args=[build_id])


@reads_products
def release(request: ActorRequest, build_id: int) -> HttpResponse:
    """What the build brings, and whom it will concern or did."""
    view = release_view(actor=request.actor, build_id=build_id, now=clock.now())
    notes = prose(view.build.notes)
    return draw(request, "release", {"view": view, "build": view.build, "notes": notes}, section=SECTION)


@fills_products
def release_edit(request: ActorRequest, build_id: int) -> HttpResponse:
    """The form of notes and fixed errors."""
    build = queries.build(actor=request.actor, build_id=build_id)
    errors = queries.errors_to_resolve(actor=request.actor, build=build)
    resolved = [error.pk for error in errors if error.is_resolved]  # type: ignore[attr-defined] # annotated
    form = ReleaseForm(posted(request), instance=build, errors=errors, resolved=resolved)

    def save(data: dict[str, Any]) -> tuple[str, str]:
        describe_release(actor=request.actor, build_id=build_id, notes=data["notes"], resolves_ids=data["resolves"])
        return release_url(build_id), _("Saved. Look whom it concerns, then publish it.")

    sheet = Sheet(
        section=SECTION,
        heading=_("What %(number)s brings") % {"number": build.full_number},
        lead=build.version.product.name,
        back_url=release_url(build_id),
        back_label=_("Release %(number)s") % {"number": build.full_number},
        submit=_("Save"),
        preview_url=reverse("manage:preview"),
    )
    return fill(request, form, sheet, save)


@changes_products
def release_publish(request: ActorRequest, build_id: int) -> HttpResponse:
    """Publish it, after asking."""
    view = release_view(actor=request.actor, build_id=build_id, now=clock.now())
    url = release_url(build_id)
    if request.POST.get("confirmed") != "1":
        people = ngettext("%(count)d person hears of it", "%(count)d people hear of it", view.people)
        tickets = ngettext(
            "%(count)d linked request is asked to confirm", "%(count)d linked requests are asked to confirm",
            len(view.tickets),
        )  # fmt: skip
        confirm = {
            "title": _("Publish %(number)s?") % {"number": view.build.full_number},
            "text": f"{people % {'count': view.people}}; {tickets % {'count': len(view.tickets)}}.",
            "label": _("Publish"),
            "cancel_url": url,
            "hidden": [],
        }
        return render(request, "web/confirm.html", {"confirm": confirm})
    try:
        publish_release(actor=request.actor, now=clock.now(), build_id=build_id)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, _("Published. The people concerned are being told; the results appear below."))
    return see(url)


@changes_products
def release_resume(request: ActorRequest, build_id: int) -> HttpResponse:
    """Go on with those who were not told."""
    resume_release(actor=request.actor, build_id=build_id)
    messages.success(request, _("It goes on; the results appear below."))
    return see(release_url(build_id))
