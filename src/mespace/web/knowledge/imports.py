"""Importing a space: an archive is sent, looked at, and imported as a whole, as drafts."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from mespace.accounts.permissions import Permission
from mespace.knowledge.differences import differences
from mespace.knowledge.exchange.contents import MOST_BYTES, MOST_TEXTS
from mespace.knowledge.exchange.plan import Line
from mespace.knowledge.exchange.run import preview
from mespace.knowledge.models import SpaceImport
from mespace.knowledge.operations.apply_space_import import apply_space_import
from mespace.knowledge.operations.upload_space import upload_space
from mespace.platform import clock
from mespace.web.knowledge.door import writing
from mespace.web.knowledge.reading import rights
from mespace.web.knowledge.spaces import space_of
from mespace.web.manage.page import add_errors, posted, sent_files
from mespace.web.middleware import ActorRequest

SHOWN = 100  # complaints, and articles of each outcome
COMPARED = 30  # articles whose differences are drawn
UNPROCESSABLE = 422


class ArchiveForm(forms.Form):
    """A ZIP."""

    file = forms.FileField(
        label=gettext_lazy("Archive of the space, ZIP"),
        help_text=gettext_lazy("As “Download as Markdown” makes it, or Markdown files with such a head."),
        error_messages={"required": gettext_lazy("Choose the archive.")},
    )

    def clean_file(self) -> Any:  # noqa: ANN401 - an upload
        """Refuse what is too large before it is read."""
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise ValidationError(
                _("The archive is larger than %(most)d MB. Divide it.") % {"most": MOST_BYTES // 2**20}
            )
        return file


@writing(Permission.ARTICLES_PUBLISH)
def space_import(request: ActorRequest, code: str) -> HttpResponse:
    """The form that takes the archive; then its preview."""
    space = space_of(code)
    form = ArchiveForm(posted(request), sent_files(request))
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            row = upload_space(
                actor=request.actor, now=clock.now(), space_id=space.pk, file_name=file.name or "", file=file.file
            )
        except ValidationError as refusal:
            add_errors(form, refusal)
        else:
            return HttpResponseRedirect(reverse("kb:import", args=[row.pk]), status=303)
    context = {"form": form, "space": space, "most": MOST_TEXTS, **rights(request)}
    return render(request, "web/knowledge/import_new.html", context, status=UNPROCESSABLE if form.errors else 200)


@writing(Permission.ARTICLES_PUBLISH, "GET", "HEAD")
def import_one(request: ActorRequest, import_id: int) -> HttpResponse:
    """What the archive would do, article by article, with its errors."""
    row, plan = preview(actor=request.actor, import_id=import_id, now=clock.now())
    context = {
        "row": row,
        "space": row.space,
        "plan": plan,
        "complaints": plan.complaints[:SHOWN],
        "more_complaints": max(0, len(plan.complaints) - SHOWN),
        "added": plan.added[:SHOWN],
        "more_added": max(0, len(plan.added) - SHOWN),
        "changed": [_drawn(line, number) for number, line in enumerate(plan.changed[:SHOWN])],
        "more_changed": max(0, len(plan.changed) - SHOWN),
        "noted": [line for line in plan.same if line.notes][:SHOWN],
        **rights(request),
    }
    return render(request, "web/knowledge/import.html", context)


@writing(Permission.ARTICLES_PUBLISH, "POST")
def import_apply(request: ActorRequest, import_id: int) -> HttpResponse:
    """Import the archive as a whole."""
    seen = request.POST.get("seen", "")
    try:
        row = apply_space_import(actor=request.actor, now=clock.now(), import_id=import_id, seen=seen)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return HttpResponseRedirect(reverse("kb:import", args=[import_id]), status=303)
    messages.success(request, _done_words(row))
    return HttpResponseRedirect(reverse("kb:waiting"), status=303)


def _drawn(line: Line, number: int) -> dict[str, Any]:
    before = line.before
    fields = differences(before, line.after, line.article.kind) if before is not None and number < COMPARED else []
    return {"line": line, "fields": fields, "is_compared": number < COMPARED, "prefix": f"a{line.article.pk}-"}


def _done_words(row: SpaceImport) -> str:
    added = ngettext("%(n)d new article", "%(n)d new articles", row.added) % {"n": row.added}
    changed = ngettext("%(n)d article with a new text", "%(n)d articles with a new text", row.changed) % {
        "n": row.changed
    }
    return _("Imported: %(added)s, %(changed)s. They are drafts: readers keep what they have.") % {
        "added": added,
        "changed": changed,
    }
