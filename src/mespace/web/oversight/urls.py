"""Addresses of the manager's home and the director's page."""

from django.urls import path

from mespace.web.oversight import director, today

app_name = "oversight"

urlpatterns = [
    path("", today.today, name="today"),
    path("promise/", director.director, name="director"),
]
