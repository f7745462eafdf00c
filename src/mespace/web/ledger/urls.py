"""Addresses of what the vendor owes."""

from django.urls import path

from mespace.web.ledger import one, views

app_name = "ledger"

urlpatterns = [
    path("", views.ledger, name="list"),
    path("<int:obligation_id>/", one.obligation, name="obligation"),
    path("<int:obligation_id>/bundle.json", one.evidence, name="bundle"),
]
