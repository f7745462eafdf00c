"""Where to go from a build: the way out of limited and ended support (clause 6.2)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from mespace.products.models import Build, SupportLevel
from mespace.products.support import support_level


@dataclass(frozen=True)
class UpgradeStep:
    """A build that could be installed instead, and how its version is supported."""

    build: Build
    level: SupportLevel
    same_version: bool


def upgrade_path(build: Build, available: Sequence[Build], today: date) -> list[UpgradeStep]:
    """The newest released build of the own version if it is newer, then that of each later version with support.

    `available` are the builds of the product with their versions fetched; in order of version number.
    """
    newest: dict[int, Build] = {}
    for each in available:
        if each.released_on is None or each.released_on > today or each.version.product_id != build.version.product_id:
            continue
        number = each.version.number
        if number not in newest or newest[number].order < each.order:
            newest[number] = each
    steps = []
    for number, each in sorted(newest.items()):
        level = support_level(each.version, today)
        same = number == build.version.number
        if each.order > build.order and (same or level != SupportLevel.ENDED):
            steps.append(UpgradeStep(each, level, same))
    return steps
