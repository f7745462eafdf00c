"""Addresses of the reports."""

from django.urls import path, register_converter

from mespace.web.reports import views


class FileFormat:
    """`csv` or `xlsx` in an address."""

    regex = "csv|xlsx"

    def to_python(self, value: str) -> str:
        """The format as it is."""
        return value

    def to_url(self, value: str) -> str:
        """The format as it is."""
        return value


register_converter(FileFormat, "file_format")

app_name = "reports"

urlpatterns = [
    path("reaction/", views.reaction, name="reaction"),
    path("reaction/report.<file_format:kind>", views.reaction_file, name="reaction_file"),
    path("reaction/requests/", views.requests, name="requests"),
    path("reaction/requests.<file_format:kind>", views.requests_file, name="requests_file"),
]
