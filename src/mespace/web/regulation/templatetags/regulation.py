"""What other pages show of the regulation."""

from datetime import date
from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from mespace.customers.entitlement import moscow_date
from mespace.customers.models import SupportContract
from mespace.platform import clock
from mespace.regulation.clauses import CLAUSES, clause_name
from mespace.regulation.interpretations import GROUPS
from mespace.regulation.queries import Editions, editions_at
from mespace.web.regulation.differences import Differences, differences

register = template.Library()


@register.simple_tag
def clause_links(numbers: str) -> SafeString:
    """Numbers such as `3.1, E1`, each leading to its clause's page, or to the readings."""
    return format_html_join(", ", "{}", ((_linked(number),) for number in numbers.split(", ")))


def _linked(number: str) -> SafeString:
    if number in CLAUSES:
        return format_html('<a class="nobr" href="{}">{}</a>', reverse("regulation:clause", args=[number]), number)
    if number in GROUPS:
        return format_html(
            '<a class="nobr" href="{}#{}">{}</a>', reverse("regulation:interpretations"), number.lower(), number
        )
    return format_html("{}", number)


@register.inclusion_tag("web/regulation/_for_contract.html")
def edition_changes(contract: SupportContract) -> dict[str, Any]:
    """What changes for a contract's people: by editions that were announced, and since the one that it accepted."""
    now = clock.now()
    editions = editions_at(now)
    return {
        "coming": coming_changes(contract, editions),
        "since": changes_since_signing(contract, editions, today=moscow_date(now)),
    }


def coming_changes(contract: SupportContract, editions: Editions) -> list[Differences]:
    """Editions announced that come into force while the contract runs, each against the one before it."""
    found = []
    for edition in editions.announced:
        before = editions.before(edition)
        if before is not None and edition.in_force_from <= contract.valid_until:
            found.append(differences(before, edition))
    return found


def changes_since_signing(contract: SupportContract, editions: Editions, *, today: date) -> Differences | None:
    """What the edition in force has otherwise than the accepted one; None where nothing, or the contract is over."""
    accepted = editions.by_code(contract.accepted_edition.code)
    if accepted is None or accepted == editions.present or contract.valid_until < today:
        return None
    if accepted.in_force_from > editions.present.in_force_from:
        return None
    return differences(accepted, editions.present)


@register.filter
def clause_words(number: str) -> str:
    """The clause as a page names it."""
    return clause_name(number)
