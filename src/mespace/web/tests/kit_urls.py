"""Addresses for the kit's own tests: the style guide, an upload and a polled fragment that answer as real ones do."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import include, path


def upload(request: HttpRequest) -> JsonResponse:
    file = request.FILES["file"]
    if file.name.endswith(".exe"):
        return JsonResponse({"error": "Такие файлы не принимаются."}, status=422)
    return JsonResponse({"id": "17", "name": file.name})


def polled(request: HttpRequest) -> HttpResponse:
    if request.headers.get("If-None-Match") == '"one"':
        return HttpResponse(status=304, headers={"ETag": '"one"'})
    return HttpResponse("<b>первый</b>", headers={"ETag": '"one"', "Cache-Control": "no-store"})


urlpatterns = [
    path("styleguide/polled/", polled),
    path("styleguide/upload/", upload),
    path("styleguide/", include("mespace.web.styleguide")),
    path("i18n/", include("django.conf.urls.i18n")),
]
handler404 = "mespace.web.errors.not_found"
