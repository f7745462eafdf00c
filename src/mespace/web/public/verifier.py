"""The one-file verifier as a download: whoever has a bundle gets the program that checks it."""

from django.conf import settings
from django.http import FileResponse, HttpRequest
from django.views.decorators.http import require_safe

from mespace.platform.files import download_headers
from mespace.web.gate import public


@public
@require_safe
def verifier(request: HttpRequest) -> FileResponse:  # noqa: ARG001 - Django's signature
    """`verify.py` as it lies in this version; open to everybody."""
    path = settings.REPOSITORY / "verifier" / "verify.py"
    response = FileResponse(path.open("rb"), content_type="text/x-python")
    for name, value in download_headers("verify.py", "text/x-python", inline=False).items():
        response[name] = value
    return response
