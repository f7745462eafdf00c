"""The text of an edition that was published without one: entered once, corrected with a reason."""

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mespace.accounts.permissions import Permission
from mespace.platform import clock
from mespace.platform.rows import RowNotFound
from mespace.regulation.clauses import CLAUSES
from mespace.regulation.edition_text.parse import normalized, parsed
from mespace.regulation.models import LONGEST_REASON, RegulationEdition
from mespace.regulation.operations._draft import EditionRefusedError
from mespace.regulation.operations.enter_text import enter_text
from mespace.web.drafts import accepted
from mespace.web.manage.door import needs
from mespace.web.manage.page import posted, see, sent_files
from mespace.web.middleware import ActorRequest
from mespace.web.regulation.clause_rows import ClauseRow
from mespace.web.regulation.draft_form import TextForm
from mespace.web.regulation.problem_words import problem_words
from mespace.web.regulation.shell import draw


class EntryForm(TextForm):
    """The text and, for a correction, what was wrong."""

    reason = forms.CharField(
        label=gettext_lazy("What was wrong with the former transcript"), max_length=LONGEST_REASON, required=False
    )


@needs(Permission.EDITIONS_MANAGE, "GET", "HEAD", "POST")
def text_entry(request: ActorRequest, code: str) -> HttpResponse:
    """The form; `act=look` shows the clauses that were recognised, `act=enter` keeps the text."""
    edition = RegulationEdition.objects.filter(code=code, text_digest="").first()
    if edition is None:
        raise RowNotFound(code)
    last = edition.texts.order_by("-number").first()
    initial = {"source": last.source if last is not None else ""}
    form = EntryForm(posted(request), sent_files(request), initial=initial, use_required_attribute=False)
    if last is None:
        del form.fields["reason"]
    text = None
    if request.method == "POST" and form.is_valid():
        text = parsed(normalized(form.cleaned_data["source"]))
        if request.POST.get("act") == "enter":
            try:
                enter_text(
                    actor=request.actor,
                    now=clock.now(),
                    code=code,
                    source=form.cleaned_data["source"],
                    reason=form.cleaned_data.get("reason", ""),
                )
            except EditionRefusedError as refusal:
                form.add_error(refusal.field, str(refusal.message))
            else:
                accepted(request, request.path, _("The text is kept and shown."))
                return see(reverse("regulation:edition", args=[code]))
        # A file's text goes on in the form, so that what was looked at is what is kept.
        sent = request.POST.copy()
        sent["source"] = form.cleaned_data.get("source", "")
        form.data = sent
    context = {
        "form": form,
        "edition": edition,
        "last": last,
        "text": text,
        "problems": [problem_words(problem) for problem in text.problems] if text is not None else [],
        "rows": [ClauseRow(each.number, CLAUSES.get(each.number), each) for each in text.clauses] if text else [],
    }
    return draw(request, "text", context, status=422 if form.errors else 200)
