"""A passport as the page shows it: words, icons and tones beside what was judged."""

from dataclasses import dataclass

from django.utils.functional import Promise

from mespace.customers.passports import ProductPassport, SitePassport
from mespace.products.matrix import Line
from mespace.products.upgrade import UpgradeStep
from mespace.web.software.lights import LEVELS, LIGHTS, MEANINGS
from mespace.web.vocabulary import Look


@dataclass(frozen=True)
class ShownLine:
    """A line with its look."""

    line: Line
    look: Look


@dataclass(frozen=True)
class ShownStep:
    """A build to go to, with the look of its support."""

    step: UpgradeStep
    look: Look


@dataclass(frozen=True)
class ShownProduct:
    """One product of a passport, as shown."""

    passport: ProductPassport
    look: Look
    level: Look
    meaning: str | Promise
    lines: list[ShownLine]
    upgrades: list[ShownStep]


@dataclass(frozen=True)
class ShownSite:
    """A site's passport, as shown; `look` is None where nothing is on record."""

    passport: SitePassport
    look: Look | None
    products: list[ShownProduct]


def shown_product(passport: ProductPassport) -> ShownProduct:
    """The product with its looks, the worst line first."""
    weight = list(LIGHTS)
    lines = sorted(passport.lines, key=lambda line: -weight.index(line.light))
    return ShownProduct(
        passport=passport,
        look=LIGHTS[passport.light],
        level=LEVELS[passport.level],
        meaning=MEANINGS[passport.level],
        lines=[ShownLine(line, LIGHTS[line.light]) for line in lines],
        upgrades=[ShownStep(step, LEVELS[step.level]) for step in passport.upgrades],
    )


def shown_site(passport: SitePassport) -> ShownSite:
    """The site with its looks."""
    light = passport.light
    return ShownSite(
        passport, LIGHTS[light] if light is not None else None, [shown_product(each) for each in passport.products]
    )
