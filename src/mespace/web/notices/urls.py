"""Addresses of the bell."""

from django.urls import path

from mespace.web.notices import views

urlpatterns = [
    path("notifications/", views.notices, name="notices"),
    path("notifications/bell/", views.bell, name="bell"),
    path("notifications/read/", views.read_all, name="notices_read"),
    path("account/notifications/", views.mail_preferences, name="account_notifications"),
]
