"""Addresses of a ticket that both sides share."""

from django.urls import path, register_converter

from mespace.web.acts import clock_page, evidence, files, history_page, page, print_page, referral_page, views


class TicketKey:
    """A ticket's key as in ZAVOD-42; lower case is understood."""

    regex = r"[A-Za-z][A-Za-z0-9]{1,11}-[1-9][0-9]{0,8}"

    def to_python(self, value: str) -> str:
        """The key in capitals."""
        return value.upper()

    def to_url(self, value: str) -> str:
        """The key as it is."""
        return value


register_converter(TicketKey, "ticket_key")

urlpatterns = [
    path("t/<ticket_key:key>/", page.ticket_page, name="ticket"),
    path("t/<ticket_key:key>/bundle.json", evidence.evidence, name="ticket_bundle"),
    path("t/<ticket_key:key>/files.zip", files.archive, name="ticket_files"),
    path("t/<ticket_key:key>/clock/", clock_page.ticket_clock, name="ticket_clock"),
    path("t/<ticket_key:key>/print/", print_page.ticket_print, name="ticket_print"),
    path("t/<ticket_key:key>/referral/", referral_page.ticket_referral, name="ticket_referral"),
    path("t/<ticket_key:key>/messages/<int:pk>/", history_page.message_history, name="message_history"),
    path("t/<ticket_key:key>/act/<slug:name>/", views.act, name="ticket_act"),
    path("files/", files.take, name="file_upload"),
    path("files/<int:pk>/", files.download, name="file"),
    path("files/<int:pk>/discard/", files.discard, name="file_discard"),
    path("preview/", files.preview, name="markdown_preview"),
]
