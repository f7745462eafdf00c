"""Addresses of the portal, and of the public calculator."""

from django.urls import URLPattern, URLResolver, path

from mespace.web.knowledge import near
from mespace.web.portal import contracts, details, my_tickets, new_ticket, news, palette, promise
from mespace.web.public import verifier, worktime

urlpatterns: list[URLPattern | URLResolver] = [
    path("tickets/", my_tickets.my_tickets, name="my_tickets"),
    path("tickets/new/", new_ticket.new_ticket, name="new_ticket"),
    path("tickets/promise/", promise.filing_promise, name="filing_promise"),
    path("tickets/near/", near.filing_near, name="filing_near"),
    path("tickets/palette/", palette.portal_palette, name="portal_palette"),
    path("t/<ticket_key:key>/news/", news.ticket_news, name="ticket_news"),
    path("t/<ticket_key:key>/details/", details.ticket_details, name="ticket_details"),
    path("contracts/", contracts.contracts, name="contracts"),
    path("contracts/<int:contract_id>/", contracts.contract, name="contract"),
    path("contracts/<int:contract_id>/revisions/<int:number>/", contracts.contract_revision, name="contract_revision"),
    path("worktime/", worktime.worktime, name="worktime"),
    path("verify.py", verifier.verifier, name="verifier"),
]
