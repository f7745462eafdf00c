"""What an edition is made of while it is prepared, and the complaints about it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mespace.platform.rows import RowNotFound
from mespace.regulation.core.edition import Parameters
from mespace.regulation.core.errors import RegulationError
from mespace.regulation.edition_text.parse import LONGEST_TEXT, normalized
from mespace.regulation.models import EditionDraft


class EditionRefusedError(Exception):
    """The edition cannot be kept or published so; `field` names what to change and `message` says why."""

    def __init__(self, *, field: str, message: str | Promise) -> None:
        self.field = field
        self.message = message
        super().__init__(field, message)

    def __str__(self) -> str:
        return f"{self.field}: {self.message}"


class DraftChangedMeanwhile(Exception):  # noqa: N818 - named as what it says
    """Somebody else has changed the draft since it was shown (409)."""


@dataclass(frozen=True)
class DraftFields:
    """All that an edition says; a draft may leave out its code, title, day and text."""

    code: str
    title: str
    in_force_from: date | None
    parameters: dict[str, Any]
    source: str = ""


def fill_draft(row: EditionDraft, fields: DraftFields) -> EditionDraft:
    """The row with the fields, not saved. Raises EditionRefusedError for what not even a draft can hold."""
    code, title = fields.code.replace("\x00", "").strip(), fields.title.replace("\x00", "").strip()
    if len(code) > 20 or len(title) > 200:  # noqa: PLR2004 - the columns' lengths
        raise EditionRefusedError(field="code" if len(code) > 20 else "title", message=_("This is too long."))  # noqa: PLR2004
    source = normalized(fields.source.replace("\x00", "\ufffd"))
    if len(source) > LONGEST_TEXT:
        raise EditionRefusedError(field="source", message=_("The text is too long."))
    try:
        row.parameters = Parameters.from_json(fields.parameters).as_json()
    except RegulationError as error:
        raise EditionRefusedError(field="parameters", message=str(error)) from error
    row.code, row.title, row.in_force_from, row.source = code, title, fields.in_force_from, source
    return row


def locked_draft(draft_id: int, version: int) -> EditionDraft:
    """The draft as it was shown, locked. Raises RowNotFound, DraftChangedMeanwhile."""
    row = EditionDraft.objects.select_for_update(of=("self",)).filter(pk=draft_id).first()
    if row is None:
        raise RowNotFound(str(draft_id))
    if row.version != version:
        raise DraftChangedMeanwhile(draft_id)
    return row
