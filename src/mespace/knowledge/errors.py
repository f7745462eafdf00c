"""What articles refuse."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mespace.knowledge.models import Revision


class ArticleNotFound(Exception):  # noqa: N818 - named as what it says
    """No such article, revision or file for this reader (404)."""


class EditedMeanwhile(Exception):  # noqa: N818 - named as what it says
    """Somebody saved a newer revision than the one that was edited; `newest` is theirs. Nothing was written (409)."""

    def __init__(self, newest: "Revision") -> None:
        self.newest = newest
        super().__init__(f"revision {newest.number} is newer")
