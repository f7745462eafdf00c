"""Addresses of the bell."""

from django.urls import path

from mespace.web.notices import views
from mespace.web.notices.preferences import mail_preferences
from mespace.web.notices.unsubscribe import mail_off

urlpatterns = [
    path("notifications/", views.notices, name="notices"),
    path("notifications/bell/", views.bell, name="bell"),
    path("notifications/read/", views.read_all, name="notices_read"),
    path("account/notifications/", mail_preferences, name="account_notifications"),
    path("mail/off/<str:token>/", mail_off, name="mail_off"),
]
