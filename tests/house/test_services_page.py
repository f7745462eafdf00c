"""The page about remote sessions says what the table of their moves says."""

from django.utils.translation import override

from mespace.tickets.session_lifecycle import SESSION_MOVES
from tests.house.source import REPOSITORY

PAGE = REPOSITORY / "docs/mechanisms/services.md"


def test_the_page_has_every_move_of_the_table_and_no_other() -> None:
    lines = [line for line in PAGE.read_text("utf-8").splitlines() if line.startswith("| `")]
    told = {(cells[0], cells[2], cells[3], cells[4]) for cells in map(_cells, lines)}
    with override("en"):
        wanted = {
            (
                f"`{move.verb}`",
                ", ".join(f"`{source.value}`" for source in sorted(move.sources)),
                f"`{move.target.value}`",
                str(move.why),
            )
            for move in SESSION_MOVES
        }
    assert told == wanted


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip("|").split("|")]
