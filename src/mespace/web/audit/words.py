"""What audited tables are called; one that is not here goes by its model's own name."""

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

TABLES: dict[str, Promise] = {
    "accounts-user": pgettext_lazy("audited", "Accounts"),
    "customers-area": pgettext_lazy("audited", "Shops"),
    "customers-contractproduct": pgettext_lazy("audited", "Software covered by contracts"),
    "customers-customer": pgettext_lazy("audited", "Customers"),
    "customers-installation": pgettext_lazy("audited", "Installed builds"),
    "customers-membership": pgettext_lazy("audited", "People of customers"),
    "customers-membershipsite": pgettext_lazy("audited", "People’s own sites"),
    "customers-project": pgettext_lazy("audited", "Projects"),
    "customers-site": pgettext_lazy("audited", "Sites"),
    "customers-supportcontract": pgettext_lazy("audited", "Contracts"),
    "customers-workcenter": pgettext_lazy("audited", "Sections"),
    "products-build": pgettext_lazy("audited", "Builds"),
    "products-component": pgettext_lazy("audited", "Components"),
    "products-knownerror": pgettext_lazy("audited", "Known errors"),
    "products-othervendor": pgettext_lazy("audited", "Other vendors"),
    "products-product": pgettext_lazy("audited", "Software"),
    "products-supportedconfiguration": pgettext_lazy("audited", "Supported configurations"),
    "products-version": pgettext_lazy("audited", "Versions"),
}
