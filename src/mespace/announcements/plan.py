"""What a manager says of planned work, and what is wrong with it, field by field."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from mespace.announcements.models import LONGEST_TEXT, ServiceComponent

LONGEST_TITLE = 200
FARTHEST = timedelta(days=366)


@dataclass(frozen=True)
class MaintenancePlan:
    """Planned work before it is announced; instants are aware, the text is Markdown."""

    title: str
    text: str
    component_ids: Sequence[int]
    starts_at: datetime
    restore_at: datetime


def times_refused(*, starts_at: datetime, restore_at: datetime, now: datetime) -> dict[str, str]:
    """What is wrong with the instants, by field."""
    errors = {}
    if starts_at <= now:
        errors["starts_at"] = _("Planned work is announced ahead. Report what already happens as an outage.")
    elif starts_at > now + FARTHEST:
        errors["starts_at"] = _("It lies more than a year ahead.")
    if restore_at <= starts_at:
        errors["restore_at"] = _("Access is restored after the work has started.")
    elif restore_at > starts_at + FARTHEST:
        errors["restore_at"] = _("Such work would take more than a year.")
    return errors


def text_refused(*, title: str, text: str) -> dict[str, str]:
    """What is wrong with the words, by field."""
    errors = {}
    if not title.strip():
        errors["title"] = _("Say in a line what is done.")
    elif len(title.strip()) > LONGEST_TITLE:
        errors["title"] = _("It is too long.")
    if len(text) > LONGEST_TEXT:
        errors["text"] = _("It is too long.")
    return errors


def components_of(ids: Sequence[int]) -> list[ServiceComponent]:
    """The components with these ids, in their order. Raises ValidationError at `components` unless all are there."""
    found = list(ServiceComponent.objects.filter(pk__in=ids, is_active=True))
    if not found or len(found) != len(set(ids)):
        raise ValidationError({"components": _("Choose at least one component.")})
    return found


def require_reason(reason: str, field: str = "reason") -> str:
    """The reason, cut. Raises ValidationError when there is none or it is too long."""
    text = reason.strip()
    if not text:
        raise ValidationError({field: _("Say why: everybody concerned reads it.")})
    if len(text) > LONGEST_TEXT:
        raise ValidationError({field: _("It is too long.")})
    return text
