"""Addresses of the public status page and of what machines read and deliver there."""

from django.urls import path

from mespace.web.announcements import feed
from mespace.web.status.page import status_page
from mespace.web.status.rounds import rounds

app_name = "status"

urlpatterns = [
    path("", status_page, name="page"),
    path("ru.html", status_page, name="page_ru"),
    path("en.html", status_page, name="page_en"),
    path("status.json", status_page, name="json"),
    path("status.css", status_page, name="style"),
    path("rounds/", rounds, name="rounds"),
    path("calendar.ics", feed.public_calendar, name="calendar"),
    path("atom.xml", feed.atom, name="atom"),
]
