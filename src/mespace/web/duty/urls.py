"""Addresses of the pages about duty and absences."""

from django.urls import path

from mespace.web.duty import absences, plan, roster

app_name = "duty"

urlpatterns = [
    path("", roster.roster, name="roster"),
    path("plan/", plan.plan, name="plan"),
    path("shifts/<int:shift_id>/removal/", roster.shift_remove, name="shift_remove"),
    path("absences/", absences.absences, name="absences"),
    path("absences/new/", absences.absence_new, name="absence_new"),
    path("absences/<int:absence_id>/edit/", absences.absence_edit, name="absence_edit"),
    path("absences/<int:absence_id>/removal/", absences.absence_remove, name="absence_remove"),
]
