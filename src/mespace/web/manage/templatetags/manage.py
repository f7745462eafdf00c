"""Small pieces of the managers' pages."""

from typing import Any

from django import template

from mespace.accounts.permissions import Permission
from mespace.customers.onboarding.queries import named_people
from mespace.platform import clock
from mespace.web.instants import zone_named, zone_words
from mespace.web.manage.onboarding_words import onboarding_row

register = template.Library()


@register.filter
def zone(name: str) -> str:
    """A time zone as people in Russia reckon it: `МСК+2`, at this moment."""
    return zone_words(clock.now(), zone_named(name))


@register.inclusion_tag("web/manage/_onboarding_card.html", takes_context=True)
def onboarding_card(context: dict[str, Any], contract_id: int) -> dict[str, Any]:
    """The responsible employees whom a contract names, and how far their onboarding has come."""
    actor, now = context["request"].actor, clock.now()
    people = named_people(actor=actor, contract_id=contract_id, now=now)
    return {
        "rows": [onboarding_row(person, now) for person in people],
        "contract_id": contract_id,
        "may_change": actor.can(Permission.CUSTOMERS_MANAGE),
    }
