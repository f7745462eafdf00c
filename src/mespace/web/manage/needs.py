"""What a customer still lacks before its people can file, as steps of the kit."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from mespace.customers.queries import CustomerCard


def steps_of(card: CustomerCard) -> list[dict[str, Any]]:
    """The steps in a sensible order: the first that is not done is the next to do, with where it is done."""
    pk, needs = card.customer.pk, card.needs
    ended = bool(card.contracts) and not needs.contract
    tasks = [
        (_("Project %(code)s") % {"code": card.customer.project.code}, True, "", ""),
        (_("A site in use"), needs.site, reverse("manage:site_new", args=[pk]), _("Add a site")),
        (
            _("A contract valid today"),
            needs.contract,
            reverse("manage:contract_new", args=[pk]),
            _("Record the next contract") if ended else _("Record a contract"),
        ),
        (
            _("Software that is offered, covered by it"),
            needs.product,
            reverse("manage:products"),
            _("See the software"),
        ),
        (_("A person who may sign in"), needs.person, reverse("manage:person_new", args=[pk]), _("Add a person")),
        (_("Somebody accepted the invitation"), needs.person_entered, "#people", _("Invite somebody")),
    ]
    current = next((number for number, task in enumerate(tasks) if not task[1]), None)
    return [
        {
            "label": label,
            "state": "done" if done else "current" if number == current else "ahead",
            "url": url,
            "act": act,
        }
        for number, (label, done, url, act) in enumerate(tasks)
    ]
