"""An edition from its first draft to its publication (clauses 7.3, 7.4)."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from mespace.accounts.models import User
from mespace.accounts.permissions import CUSTOMER_ROLES, Permission
from mespace.platform import clock
from mespace.platform.forms import row_id
from mespace.platform.rows import found
from mespace.regulation.clauses import CLAUSES
from mespace.regulation.core.edition import Parameters
from mespace.regulation.edition_text.diff import text_diff
from mespace.regulation.edition_text.parse import ParsedText, parsed
from mespace.regulation.models import EditionDraft, RegulationEdition
from mespace.regulation.operations._draft import DraftChangedMeanwhile, EditionRefusedError
from mespace.regulation.operations.change_draft import change_draft
from mespace.regulation.operations.discard_draft import discard_draft
from mespace.regulation.operations.publish_edition import earliest_day_in_force, publish_edition
from mespace.regulation.operations.start_draft import start_draft
from mespace.regulation.queries import parameters_of, text_of
from mespace.web.drafts import accepted
from mespace.web.manage.door import needs
from mespace.web.manage.page import Question, posted, remove, see, sent_files
from mespace.web.middleware import ActorRequest
from mespace.web.regulation.clause_rows import ClauseRow
from mespace.web.regulation.differences import parameter_changes
from mespace.web.regulation.draft_form import DraftForm, initial_of, initial_of_draft
from mespace.web.regulation.problem_words import problem_words
from mespace.web.regulation.shell import draw

WIDE = ("title", "upload", "source")


def _newest() -> RegulationEdition:
    return RegulationEdition.objects.order_by("-in_force_from", "-pk")[0]


@needs(Permission.EDITIONS_MANAGE, "GET", "HEAD", "POST")
def draft_new(request: ActorRequest) -> HttpResponse:
    """The form, filled with the newest edition's parameters."""
    now, former = clock.now(), _newest()
    initial = {**initial_of(parameters_of(former.code)), "in_force_from": earliest_day_in_force(now=now)}
    form = DraftForm(posted(request), sent_files(request), initial=initial, use_required_attribute=False)
    if request.method == "POST" and form.is_valid():
        try:
            row = start_draft(actor=request.actor, now=now, fields=form.said(parameters_of(former.code).zone))
        except EditionRefusedError as refusal:
            form.complain(refusal.field, str(refusal.message))
        else:
            accepted(request, request.path, _("The draft is kept. Nobody but managers sees it."))
            return see(reverse("regulation:draft", args=[row.pk]))
    return _draw_form(request, form, None)


@needs(Permission.EDITIONS_MANAGE, "GET", "HEAD", "POST")
def draft_edit(request: ActorRequest, draft_id: int) -> HttpResponse:
    """The same for a draft; 409 when somebody else has changed it meanwhile, with all that was typed."""
    row = found(EditionDraft.objects.all(), draft_id)
    form = DraftForm(posted(request), sent_files(request), initial=initial_of_draft(row), use_required_attribute=False)
    status = 422
    if request.method == "POST" and form.is_valid():
        zone, version = Parameters.from_json(row.parameters).zone, form.cleaned_data["version"] or 0
        try:
            change_draft(
                actor=request.actor, now=clock.now(), draft_id=draft_id, version=version, fields=form.said(zone)
            )
        except EditionRefusedError as refusal:
            form.complain(refusal.field, str(refusal.message))
        except DraftChangedMeanwhile:
            form.add_error(None, _changed_meanwhile())
            status = 409
        else:
            accepted(request, request.path, _("The draft is kept. Nobody but managers sees it."))
            return see(reverse("regulation:draft", args=[draft_id]))
    return _draw_form(request, form, row, status=status)


def _draw_form(request: ActorRequest, form: DraftForm, row: EditionDraft | None, *, status: int = 422) -> HttpResponse:
    context = {
        "form": form,
        "draft": row,
        "earliest": earliest_day_in_force(now=clock.now()),
        "wide": WIDE,
        "back_url": reverse("regulation:draft", args=[row.pk]) if row is not None else reverse("manage:editions"),
    }
    return draw(request, "draft_form", context, status=status if form.errors else 200)


@needs(Permission.EDITIONS_MANAGE)
def draft(request: ActorRequest, draft_id: int) -> HttpResponse:
    """What the draft would change, what is wrong with its text by line, and who would be told."""
    return _draw_draft(request, found(EditionDraft.objects.all(), draft_id))


def _draw_draft(
    request: ActorRequest, row: EditionDraft, *, refusal: str = "", refused_field: str = "", status: int = 200
) -> HttpResponse:
    former, now = _newest(), clock.now()
    text, old = parsed(row.source) if row.source else None, text_of(former)
    context: dict[str, Any] = {
        "draft": row,
        "former": former,
        "earliest": earliest_day_in_force(now=now),
        "parameters": parameter_changes(parameters_of(former.code), Parameters.from_json(row.parameters)),
        "text": text,
        "problems": [problem_words(problem) for problem in text.problems] if text is not None else [],
        "rows": [ClauseRow(each.number, CLAUSES.get(each.number), each) for each in text.clauses] if text else [],
        "lacking": _lacking(text),
        "clauses": [each for each in text_diff(old, text) if each.state != "same"]
        if not (text and text.problems)
        else [],
        "has_texts": old is not None and text is not None,
        "people": User.objects.filter(is_active=True, roles__overlap=sorted(CUSTOMER_ROLES)).count(),
        "refusal": refusal,
        "refused_field": refused_field,
    }
    return draw(request, "draft", context, status=status)


def _lacking(text: ParsedText | None) -> list[str]:
    """The clauses that the product knows and the text has not; a section's own number counts for all of it."""
    if text is None or text.problems:
        return []
    there = {each.number for each in text.clauses}
    return [number for number in CLAUSES if number not in there]


@needs(Permission.EDITIONS_MANAGE, "POST")
def draft_publish(request: ActorRequest, draft_id: int) -> HttpResponse:
    """Publish what was shown, never to be changed again; 422 says what stands against it, 409 that it has changed."""
    row = found(EditionDraft.objects.all(), draft_id)
    version = row_id(request.POST.get("version", "")) or 0
    try:
        made = publish_edition(actor=request.actor, now=clock.now(), draft_id=draft_id, version=version)
    except EditionRefusedError as refusal:
        return _draw_draft(request, row, refusal=str(refusal.message), refused_field=refusal.field, status=422)
    except DraftChangedMeanwhile:
        return _draw_draft(request, row, refusal=_changed_meanwhile(), status=409)
    said = _("Edition %(code)s is published. It comes into force on %(day)s. Every customer’s people are being told.")
    messages.success(request, said % {"code": made.code, "day": date_format(made.in_force_from)})
    return see(reverse("regulation:receipts", args=[made.code]))


@needs(Permission.EDITIONS_MANAGE, "POST")
def draft_discard(request: ActorRequest, draft_id: int) -> HttpResponse:
    """Ask, and throw the draft away; 409 when it has changed."""
    row = found(EditionDraft.objects.all(), draft_id)
    version = row_id(request.POST.get("version", "")) or row.version
    question = Question(
        title=_("Throw this draft away?"),
        text=row.title or row.code,
        done=_("The draft is gone."),
        done_url=reverse("manage:editions"),
        back_url=reverse("regulation:draft", args=[draft_id]),
        label=_("Throw away"),
    )
    try:
        return remove(request, question, lambda: discard_draft(actor=request.actor, draft_id=draft_id, version=version))
    except DraftChangedMeanwhile:
        return _draw_draft(request, row, refusal=_changed_meanwhile(), status=409)


def _changed_meanwhile() -> str:
    return _("Somebody has changed this draft meanwhile. Open it anew before you go on; what you typed is still here.")
