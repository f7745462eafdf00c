"""The words or components of planned work are changed; what stood before stays on record."""

from collections.abc import Sequence
from datetime import datetime

from django.core.exceptions import ValidationError

from mespace.accounts.actor import Actor
from mespace.announcements.errors import require_possible
from mespace.announcements.lifecycle import Kind
from mespace.announcements.models import MaintenanceWindow
from mespace.announcements.operations._act import acting
from mespace.announcements.plan import components_of, text_refused
from mespace.announcements.texts import unsaved_entry


def revise_maintenance(
    *, actor: Actor, now: datetime, window_id: int, title: str, text: str, component_ids: Sequence[int]
) -> MaintenanceWindow:
    """The window with its new words; unchanged, nothing happens.

    Raises Refused, NoticeNotFound, NotNow once it is over, ValidationError by field.
    """
    with acting(actor=actor, window_id=window_id, now=now) as act:
        window = act.window
        require_possible(Kind.REVISED, window.state)
        if errors := text_refused(title=title, text=text):
            raise ValidationError(dict(errors))
        before = set(window.components.values_list("pk", flat=True))
        if (title.strip(), text.strip(), set(component_ids)) == (window.title, window.text, before):
            return window
        chosen = components_of(component_ids) if set(component_ids) != before else list(window.components.all())
        entry = unsaved_entry(title=title, text=text)
        window.components.set(chosen)
        payload = {"components": sorted(component.pk for component in chosen)}
        act.record(Kind.REVISED, payload, entry=entry, title=entry.title, text=entry.text)
    return window
