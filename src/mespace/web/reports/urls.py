"""Addresses of the reports."""

from django.urls import path, register_converter

from mespace.web.reports import views, work_views


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
    path("work/", work_views.work, name="work"),
    path("work/report.<file_format:kind>", work_views.work_file, name="work_file"),
    path("work/requests/", work_views.work_requests, name="work_requests"),
    path("work/entries.<file_format:kind>", work_views.work_entries_file, name="work_entries_file"),
]
