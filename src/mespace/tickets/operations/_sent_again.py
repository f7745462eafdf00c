"""When a form that is sent twice counts as the same form."""

from dataclasses import is_dataclass, replace
from typing import Any

from mespace.tickets.models import Attachment


def comparable(content: Any, *, actor_id: int | None) -> object:  # noqa: ANN401 - whatever an act's form holds
    """`content` with its files named by what they are, not by their rows.

    A browser that repeats a form uploads its files anew: the second copies have other ids and the same bytes.
    """
    if not is_dataclass(content) or not getattr(content, "attachment_ids", ()):
        return content
    ids: Any = content.attachment_ids  # type: ignore[union-attr]
    files = Attachment.objects.filter(pk__in=ids, uploaded_by_id=actor_id)
    return replace(content, attachment_ids=sorted(files.values_list("name", "sha256")))  # type: ignore[type-var]
