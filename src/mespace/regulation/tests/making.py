"""Editions for tests of every room, made as a manager makes them."""

from datetime import date, datetime
from typing import Any

from mespace.accounts.actor import Actor
from mespace.regulation.models import RegulationEdition
from mespace.regulation.operations._draft import DraftFields
from mespace.regulation.operations.publish_edition import publish_edition
from mespace.regulation.operations.start_draft import start_draft


def publish(
    *,
    actor: Actor,
    now: datetime,
    code: str,
    title: str,
    in_force_from: date | None,
    parameters: dict[str, Any],
    source: str = "",
) -> RegulationEdition:
    """The published edition, begun as a draft at the same instant."""
    draft = start_draft(actor=actor, now=now, fields=DraftFields(code, title, in_force_from, parameters, source))
    return publish_edition(actor=actor, now=now, draft_id=draft.pk, version=draft.version)
