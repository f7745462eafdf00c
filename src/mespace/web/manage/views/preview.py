"""What a text in Markdown will look like."""

from django.http import HttpResponse

from mespace.accounts.permissions import Permission
from mespace.web.manage.door import needs
from mespace.web.middleware import ActorRequest
from mespace.web.prose import prose


@needs(Permission.PRODUCTS_READ, "POST")
def preview(request: ActorRequest) -> HttpResponse:
    """The rendered fragment of `text`."""
    return HttpResponse(prose(request.POST.get("text", "")))
