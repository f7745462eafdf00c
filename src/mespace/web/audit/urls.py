"""Addresses of the auditors' pages."""

from django.urls import path

from mespace.web.audit import views

urlpatterns = [
    path("", views.tables, name="audit_tables"),
    path("<slug:table>/", views.changes, name="audit_changes"),
]
