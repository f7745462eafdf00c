"""Addresses of what the vendor owes."""

from django.urls import path

from mespace.web.ledger import by_hand, one, views

app_name = "ledger"

urlpatterns = [
    path("", views.ledger, name="list"),
    path("<int:obligation_id>/", one.obligation, name="obligation"),
    path("<int:obligation_id>/move/", by_hand.move, name="move"),
    path("<int:obligation_id>/withdraw/", by_hand.withdraw, name="withdraw"),
    path("<int:obligation_id>/bundle.json", one.evidence, name="bundle"),
]
