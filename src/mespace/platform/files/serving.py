"""The one answer by which a stored file leaves the house."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseNotModified

from mespace.platform.files.headers import download_headers
from mespace.platform.files.store import BlobMissing, open_blob


def served(
    request: HttpRequest, *, blob: str, name: str, media_type: str, sha256: str, is_image: bool = False
) -> HttpResponse | FileResponse:
    """The file, or 304 for who has it; only a picture that we wrote ourselves is shown, unless `?download` asks for it.

    Who may have it is the caller's business. Raises Http404 if the store lost it.
    """
    etag = f'"{sha256}"'
    if request.headers.get("If-None-Match") == etag:
        return HttpResponseNotModified()
    try:
        response = FileResponse(open_blob(blob), content_type=media_type)
    except BlobMissing:
        raise Http404 from None
    headers = download_headers(name, media_type, inline=is_image and "download" not in request.GET)
    for header, value in {**headers, "ETag": etag}.items():
        response[header] = value
    return response
