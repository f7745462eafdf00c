"""Make a space, or change one."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.knowledge.models import Section, Space
from mespace.platform.rows import locked, save_checked


@dataclass(frozen=True)
class SpaceEntry:
    """What a space is called and where it stands."""

    code: str
    name: str
    description: str = ""
    position: int = 100


@transaction.atomic
def add_space(*, actor: Actor, entry: SpaceEntry) -> Space:
    """The new space. Raises Refused, or ValidationError by field."""
    actor.require(Permission.ARTICLES_PUBLISH)
    return _saved(Space(), entry)


@transaction.atomic
def change_space(*, actor: Actor, space_id: int, entry: SpaceEntry) -> Space:
    """The space as it is called now. Raises Refused, RowNotFound, or ValidationError by field."""
    actor.require(Permission.ARTICLES_PUBLISH)
    return _saved(locked(Space, space_id), entry)


def _saved(space: Space, entry: SpaceEntry) -> Space:
    space.code, space.name = entry.code.strip().lower(), entry.name.strip()
    space.description, space.position = entry.description.strip(), entry.position
    save_checked(space, taken=_("Another space is called so."))
    return space


@transaction.atomic
def save_section(
    *, actor: Actor, space_id: int, name: str, position: int = 100, section_id: int | None = None
) -> Section:
    """A new section of the space, or one renamed. Raises Refused, RowNotFound, ValidationError."""
    actor.require(Permission.ARTICLES_PUBLISH)
    space = locked(Space, space_id)
    section = locked(Section, section_id) if section_id is not None else Section()
    section.space, section.name, section.position = space, name.strip(), position
    save_checked(section, taken=_("The space has a section of this name."))
    return section
