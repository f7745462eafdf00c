"""What audited tables are called; a test holds the list complete."""

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

TABLES: dict[str, Promise] = {
    "accounts-absence": pgettext_lazy("audited", "Absences"),
    "accounts-shift": pgettext_lazy("audited", "Shifts on duty"),
    "accounts-user": pgettext_lazy("audited", "Accounts"),
    "customers-area": pgettext_lazy("audited", "Shops"),
    "customers-contractfile": pgettext_lazy("audited", "Files of contracts"),
    "customers-contractperson": pgettext_lazy("audited", "Responsible employees in contracts"),
    "customers-contractproduct": pgettext_lazy("audited", "Software covered by contracts"),
    "customers-contractrevision": pgettext_lazy("audited", "Revisions of contracts"),
    "customers-customer": pgettext_lazy("audited", "Customers"),
    "customers-installation": pgettext_lazy("audited", "Installed builds"),
    "customers-membership": pgettext_lazy("audited", "People of customers"),
    "customers-membershipsite": pgettext_lazy("audited", "People’s own sites"),
    "customers-project": pgettext_lazy("audited", "Projects"),
    "customers-revisionfile": pgettext_lazy("audited", "Files of contract revisions"),
    "customers-revisionproduct": pgettext_lazy("audited", "Software of contract revisions"),
    "customers-site": pgettext_lazy("audited", "Sites"),
    "customers-supportcontract": pgettext_lazy("audited", "Contracts"),
    "customers-workcenter": pgettext_lazy("audited", "Sections"),
    "knowledge-article": pgettext_lazy("audited", "Articles"),
    "knowledge-articlecomponent": pgettext_lazy("audited", "Components of articles"),
    "knowledge-articleproduct": pgettext_lazy("audited", "Software of articles"),
    "knowledge-articleversion": pgettext_lazy("audited", "Versions of articles"),
    "knowledge-section": pgettext_lazy("audited", "Sections of the knowledge base"),
    "knowledge-space": pgettext_lazy("audited", "Spaces of the knowledge base"),
    "products-build": pgettext_lazy("audited", "Builds"),
    "products-component": pgettext_lazy("audited", "Components"),
    "products-knownerror": pgettext_lazy("audited", "Known errors"),
    "products-othervendor": pgettext_lazy("audited", "Other vendors"),
    "products-product": pgettext_lazy("audited", "Software"),
    "products-supportedconfiguration": pgettext_lazy("audited", "Supported configurations"),
    "products-version": pgettext_lazy("audited", "Versions"),
    "tickets-contact": pgettext_lazy("audited", "Calls and mails"),
}
