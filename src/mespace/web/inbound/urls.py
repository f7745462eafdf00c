"""Addresses of the pages about inbound mail."""

from django.urls import path

from mespace.web.inbound import pages

urlpatterns = [
    path("", pages.listing, name="inbound_list"),
    path("<int:pk>/", pages.mail, name="inbound_mail"),
    path("<int:pk>/raw/", pages.raw, name="inbound_raw"),
    path("<int:pk>/again/", pages.again, name="inbound_again"),
    path("<int:pk>/seen/", pages.seen, name="inbound_seen"),
]
