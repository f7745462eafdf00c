"""What stands beside installed software, as rows keep it."""

from collections.abc import Sequence

from mespace.products.matrix import Item


def items_of(configuration: Sequence[dict[str, str]]) -> list[Item]:
    """What stands beside the software, as the passport's row keeps it."""
    return [Item(each["kind"], each["name"], each.get("version", "")) for each in configuration]
