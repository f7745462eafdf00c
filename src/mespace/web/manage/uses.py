"""Why a row cannot be deleted, in words."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mespace.platform.rows import InUse

_TICKETS = gettext_lazy("requests")

# By the label of the model that refers to the row.
USERS: dict[str, str | Promise] = {
    "tickets.ticket": _TICKETS,
    "tickets.searchentry": _TICKETS,
    "tickets.answertemplate": gettext_lazy("answer templates"),
    "customers.site": gettext_lazy("sites"),
    "customers.area": gettext_lazy("shops"),
    "customers.workcenter": gettext_lazy("sections"),
    "customers.membership": gettext_lazy("people"),
    "customers.membership_sites": gettext_lazy("people"),
    "customers.supportcontract": gettext_lazy("contracts"),
    "customers.supportcontract_products": gettext_lazy("contracts"),
    "customers.contractperson": gettext_lazy("responsible employees whom it names"),
    "customers.installation": gettext_lazy("installed builds"),
    "obligations.obligation": gettext_lazy("obligations"),
    "products.component": gettext_lazy("components"),
    "customers.installationrecord": gettext_lazy("site passports"),
    "products.supportedconfiguration": gettext_lazy("supported configurations"),
    "products.version": gettext_lazy("versions"),
    "products.build": gettext_lazy("builds"),
    "products.knownerror": gettext_lazy("known errors"),
    "customers.releasesite": gettext_lazy("releases"),
    "tickets.releaseask": gettext_lazy("releases"),
    "products.build_resolves": gettext_lazy("releases"),
    "products.fixchange": gettext_lazy("known errors"),
    "products.knownerror_affected_versions": gettext_lazy("known errors"),
    "products.knownerror_affected_builds": gettext_lazy("known errors"),
}


def in_use_words(refusal: InUse) -> str:
    """A sentence that names what refers to the row."""
    by = USERS.get(refusal.by, gettext_lazy("other records"))
    return _("It cannot be deleted, because it is in use: %(by)s refer to it.") % {"by": by}
