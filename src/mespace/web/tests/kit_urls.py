"""Addresses for the kit's own tests: the style guide and an upload that answers as the real one does."""

from django.http import HttpRequest, JsonResponse
from django.urls import include, path


def upload(request: HttpRequest) -> JsonResponse:
    file = request.FILES["file"]
    if file.name.endswith(".exe"):
        return JsonResponse({"error": "Такие файлы не принимаются."}, status=422)
    return JsonResponse({"id": "17", "name": file.name})


urlpatterns = [
    path("styleguide/upload/", upload),
    path("styleguide/", include("mespace.web.styleguide")),
    path("i18n/", include("django.conf.urls.i18n")),
]
handler404 = "mespace.web.errors.not_found"
