"""Addresses of the regulation: what everybody reads, and how managers prepare and publish an edition."""

from django.urls import path

from mespace.web.regulation import clause_page, drafts, public_pages, readings_page, receipts, states_page, text_entry

app_name = "regulation"

urlpatterns = [
    path("", public_pages.regulation, name="home"),
    path("clauses/", states_page.states, name="states"),
    path("readings/", readings_page.interpretations, name="interpretations"),
    path("clauses/<str:number>/", clause_page.clause, name="clause"),
    path("editions/<str:code>/", public_pages.edition, name="edition"),
    path("editions/<str:code>/against/<str:against>/", public_pages.compared, name="compared"),
    path("editions/<str:code>/receipts/", receipts.receipts, name="receipts"),
    path("editions/<str:code>/text/", text_entry.text_entry, name="text"),
    path("drafts/new/", drafts.draft_new, name="draft_new"),
    path("drafts/<int:draft_id>/", drafts.draft, name="draft"),
    path("drafts/<int:draft_id>/edit/", drafts.draft_edit, name="draft_edit"),
    path("drafts/<int:draft_id>/publish/", drafts.draft_publish, name="draft_publish"),
    path("drafts/<int:draft_id>/discard/", drafts.draft_discard, name="draft_discard"),
]
