"""Addresses of the desk."""

from django.urls import path

import mespace.web.acts.urls  # noqa: F401 - knows what a ticket_key is
from mespace.web.desk import (
    answer_templates,
    answer_text,
    as_customer,
    bulk,
    draft,
    palette,
    presence,
    queue,
    register,
    saved,
    search,
    sessions,
    shell,
)
from mespace.web.desk.contacts import callers, listing, new, one

urlpatterns = [
    path("", queue.queue, name="queue"),
    path("counts/", shell.counts, name="desk_counts"),
    path("assign/", bulk.assign_many, name="desk_assign"),
    path("views/", saved.views, name="desk_views"),
    path("views/<int:pk>/", saved.change, name="desk_view_change"),
    path("views/<int:pk>/delete/", saved.delete, name="desk_view_delete"),
    path("new/", register.register, name="desk_new"),
    path("new/delay/", register.delay, name="desk_new_delay"),
    path("contacts/", listing.listing, name="desk_contacts"),
    path("contacts/new/", new.new, name="desk_contact_new"),
    path("contacts/new/callers/", callers.found, name="desk_contact_callers"),
    path("contacts/new/beside/", callers.known, name="desk_contact_beside"),
    path("contacts/<int:pk>/", one.contact, name="desk_contact"),
    path("contacts/<int:pk>/edit/", new.edit, name="desk_contact_edit"),
    path("contacts/<int:pk>/attach/", one.attach, name="desk_contact_attach"),
    path("contacts/<int:pk>/dismiss/", one.dismiss, name="desk_contact_dismiss"),
    path("contacts/<int:pk>/file/<int:file_pk>/", one.file, name="desk_contact_file"),
    path("sessions/", sessions.sessions, name="desk_sessions"),
    path("search/", search.search, name="desk_search"),
    path("palette/", palette.palette, name="desk_palette"),
    path("templates/", answer_templates.listing, name="desk_templates"),
    path("templates/new/", answer_templates.edit, name="desk_template_new"),
    path("templates/<int:pk>/", answer_templates.edit, name="desk_template"),
    path("templates/<int:pk>/delete/", answer_templates.delete, name="desk_template_delete"),
    path("t/<ticket_key:key>/draft/", draft.keep, name="desk_draft"),
    path("t/<ticket_key:key>/presence/", presence.presence, name="desk_presence"),
    path("t/<ticket_key:key>/template/<int:pk>/", answer_text.answer_text, name="desk_answer_text"),
    path("t/<ticket_key:key>/as-customer/", as_customer.as_customer, name="desk_as_customer"),
]
