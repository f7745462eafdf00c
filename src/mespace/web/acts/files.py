"""Files of tickets: taken before they are sent, and handed out to those who see the ticket."""

from django.http import (
    FileResponse,
    Http404,
    HttpResponse,
    JsonResponse,
    StreamingHttpResponse,
)
from django.template.loader import render_to_string
from django.views.decorators.http import require_POST, require_safe

from mespace.platform.clock import now as clock_now
from mespace.platform.files import Packed, download_headers, served, zipped
from mespace.platform.markdown import render
from mespace.platform.pace import TooFast
from mespace.tickets.errors import Invalid
from mespace.tickets.operations.uploads import discard_upload, upload
from mespace.tickets.queries.messages import attachment_for, attachments_of
from mespace.tickets.queries.ticket import find_ticket
from mespace.web.gate import too_fast_words
from mespace.web.middleware import ActorRequest

LONGEST_PREVIEW = 100_000


@require_POST
def take(request: ActorRequest) -> HttpResponse:
    """Store the file sent as `file`; answers its id and name, or a sentence that says why it was not taken (422)."""
    sent = request.FILES.get("file")
    if sent is None:
        return JsonResponse({"error": "file"}, status=400)
    try:
        kept = upload(actor=request.actor, now=clock_now(), name=sent.name or "", chunks=sent.chunks())
    except Invalid as refusal:
        return JsonResponse({"error": " ".join(refusal.errors.values())}, status=422)
    except TooFast as refusal:
        return JsonResponse(
            {"error": too_fast_words(refusal)}, status=429, headers={"Retry-After": str(refusal.retry_after)}
        )
    return JsonResponse({"id": kept.pk, "name": kept.name, "size": kept.size, "is_image": kept.is_image}, status=201)


@require_POST
def discard(request: ActorRequest, pk: int) -> HttpResponse:
    """Forget an own file that was not sent."""
    if not discard_upload(actor=request.actor, attachment_id=pk):
        raise Http404
    return HttpResponse(status=204)


@require_safe
def download(request: ActorRequest, pk: int) -> HttpResponse | FileResponse:
    """The file; pictures that we wrote ourselves may be shown inline, everything else is a download."""
    file = attachment_for(request.actor, pk)
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


@require_safe
def archive(request: ActorRequest, key: str) -> StreamingHttpResponse:
    """All files of the ticket that the actor may read, as one ZIP, streamed."""
    ticket = find_ticket(actor=request.actor, key=key)
    files = attachments_of(request.actor, ticket)
    if not files:
        raise Http404
    packed = [Packed(file.name, file.created_at, blob=file.blob) for file in files]
    response = StreamingHttpResponse(zipped(packed), content_type="application/zip")
    for name, value in download_headers(f"{ticket.key}.zip", "application/zip", inline=False).items():
        response[name] = value
    return response


@require_POST
def preview(request: ActorRequest) -> HttpResponse:
    """The rendered Markdown of `text`, as the ticket will show it."""
    html = render(request.POST.get("text", "")[:LONGEST_PREVIEW])
    return HttpResponse(render_to_string("web/acts/preview.html", {"html": html}))
