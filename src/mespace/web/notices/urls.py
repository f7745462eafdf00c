"""Addresses of the bell."""

from django.urls import path

from mespace.web.notices import mails, views
from mespace.web.notices.preferences import mail_preferences
from mespace.web.notices.unsubscribe import mail_off

urlpatterns = [
    path("notifications/", views.notices, name="notices"),
    path("notifications/bell/", views.bell, name="bell"),
    path("notifications/read/", views.read_all, name="notices_read"),
    path("account/notifications/", mail_preferences, name="account_notifications"),
    path("mails/", mails.mails, name="mails"),
    path("mails/<int:delivery_id>/", mails.mail_kept, name="mail_kept"),
    path("mails/<int:delivery_id>/resending/", mails.mail_resend, name="mail_resend"),
    path("t/<ticket_key:key>/mails/", mails.ticket_mails, name="ticket_mails"),
    path("mail/off/<str:token>/", mail_off, name="mail_off"),
]
