"""The product's source files, for tests that read them."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
SOURCE = REPOSITORY / "src" / "mespace"


def python_files(*, tests: bool = False) -> Iterator[Path]:
    """Every file of the product, without migrations; tests beside the rooms only if asked for."""
    for path in sorted(SOURCE.rglob("*.py")):
        parts = path.relative_to(SOURCE).parts
        if "migrations" not in parts and (tests or "tests" not in parts):
            yield path


@cache
def tree(path: Path) -> ast.Module:
    """The parsed file."""
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def place(path: Path) -> str:
    """The file's name from the repository on."""
    return path.relative_to(REPOSITORY).as_posix()
