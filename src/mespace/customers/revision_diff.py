"""What changed between two revisions of a contract, readable."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from mespace.customers.models import ContractRevision
from mespace.platform.text_diff import Piece, as_one


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
        told = as_one(before.division_of_responsibility, after.division_of_responsibility)
        changes.append(Change("division_of_responsibility", pieces=told))
    return changes


def _list_pieces(before: Sequence[str], after: Sequence[str]) -> list[Piece]:
    gone, come = set(before) - set(after), set(after) - set(before)
    every = sorted({*before, *after}, key=str.casefold)
    return [Piece("removed" if word in gone else "added" if word in come else "same", word) for word in every]


def _products(revision: ContractRevision) -> list[str]:
    return [product.name for product in revision.products.all()]


def _files(revision: ContractRevision) -> list[str]:
    return [file.name for file in revision.files.all()]


_LISTS: dict[str, Callable[[ContractRevision], list[str]]] = {"products": _products, "files": _files}
