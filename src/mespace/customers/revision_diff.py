"""What changed between two revisions of a contract, readable."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from mespace.customers.models import ContractRevision

_WORDS = re.compile(r"\s+|[^\s]+")
Said = Literal["same", "removed", "added"]


@dataclass(frozen=True)
class Piece:
    """Some words, and whether both revisions say them."""

    said: Said
    text: str


@dataclass(frozen=True)
class Change:
    """A field that differs: `before` and `after` as values, or, for texts and lists, the pieces of both in order."""

    field: str
    before: object = None
    after: object = None
    pieces: Sequence[Piece] = ()


_PLAIN = ("contract_number", "title", "type", "form", "signed_on", "valid_from", "valid_until", "accepted_edition")


def revision_diff(before: ContractRevision, after: ContractRevision) -> list[Change]:
    """The fields that differ, in the order in which a contract's page shows them."""
    changes = [
        Change(name, getattr(before, name), getattr(after, name))
        for name in _PLAIN
        if getattr(before, name) != getattr(after, name)
    ]
    for name, words in _LISTS.items():
        pieces = _list_pieces(words(before), words(after))
        if any(piece.said != "same" for piece in pieces):
            changes.append(Change(name, pieces=pieces))
    if before.division_of_responsibility != after.division_of_responsibility:
        pieces = text_pieces(before.division_of_responsibility, after.division_of_responsibility)
        changes.append(Change("division_of_responsibility", pieces=pieces))
    return changes


def text_pieces(before: str, after: str) -> list[Piece]:
    """Two texts as one, word by word: what stayed, what went, what came."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    pieces: list[Piece] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(Piece("same", "".join(old[i1:i2])))
            continue
        if i2 > i1:
            pieces.append(Piece("removed", "".join(old[i1:i2])))
        if j2 > j1:
            pieces.append(Piece("added", "".join(new[j1:j2])))
    return pieces


def _list_pieces(before: Sequence[str], after: Sequence[str]) -> list[Piece]:
    gone, come = set(before) - set(after), set(after) - set(before)
    every = sorted({*before, *after}, key=str.casefold)
    return [Piece("removed" if word in gone else "added" if word in come else "same", word) for word in every]


def _products(revision: ContractRevision) -> list[str]:
    return [product.name for product in revision.products.all()]


def _files(revision: ContractRevision) -> list[str]:
    return [file.name for file in revision.files.all()]


_LISTS: dict[str, Callable[[ContractRevision], list[str]]] = {"products": _products, "files": _files}
