"""Small pieces of the managers' pages."""

from django import template

from mespace.platform import clock
from mespace.web.instants import zone_named, zone_words

register = template.Library()


@register.filter
def zone(name: str) -> str:
    """A time zone as people in Russia reckon it: `МСК+2`, at this moment."""
    return zone_words(clock.now(), zone_named(name))
