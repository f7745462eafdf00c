"""Addresses of the pages about planned work and outages."""

from django.urls import path

from mespace.web.announcements import components, feed, maintenance, outages, probes, receipts
from mespace.web.announcements.board import announcements

app_name = "announcements"

urlpatterns = [
    path("", announcements, name="list"),
    path("calendar/", feed.calendar_address, name="calendar"),
    path("maintenance/new/", maintenance.announce, name="announce"),
    path("maintenance/<int:window_id>/", maintenance.maintenance, name="maintenance"),
    path("maintenance/<int:window_id>/words/", maintenance.revise, name="revise"),
    path("maintenance/<int:window_id>/times/", maintenance.move, name="move"),
    path("maintenance/<int:window_id>/promise/", maintenance.prolong, name="prolong"),
    path("maintenance/<int:window_id>/restoration/", maintenance.restore, name="restore"),
    path("maintenance/<int:window_id>/cancellation/", maintenance.cancel, name="cancel"),
    path("maintenance/<int:window_id>/receipts/", receipts.of_maintenance, name="maintenance_receipts"),
    path("outages/new/", outages.report, name="report"),
    path("outages/<int:outage_id>/", outages.outage, name="outage"),
    path("outages/<int:outage_id>/update/", outages.update, name="update"),
    path("outages/<int:outage_id>/end/", outages.end, name="end"),
    path("outages/<int:outage_id>/receipts/", receipts.of_outage, name="outage_receipts"),
    path("components/", components.components, name="components"),
    path("components/new/", components.component_new, name="component_new"),
    path("components/<int:component_id>/", components.component_edit, name="component_edit"),
    path("probers/new/", probes.probe_new, name="probe_new"),
    path("probers/<int:probe_id>/", probes.probe_edit, name="probe_edit"),
]
