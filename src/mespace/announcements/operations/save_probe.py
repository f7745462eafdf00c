"""A prober is made known, or its deliveries are no longer taken."""

from django.db import transaction
from django.utils.translation import gettext as _

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.announcements.models import Probe
from mespace.platform.rows import locked, save_checked


@transaction.atomic
def add_probe(*, actor: Actor, code: str, place: str, public_key: str) -> Probe:
    """The prober; from now on its deliveries are taken. Raises Refused, ValidationError by field."""
    actor.require(Permission.ANNOUNCEMENTS_MANAGE)
    row = Probe(code=code, place=place, public_key=public_key)
    save_checked(row, taken=_("Another prober has it."))
    return row


@transaction.atomic
def change_probe(*, actor: Actor, probe_id: int, place: str, is_active: bool) -> Probe:
    """The prober as it is now; its name and key stay. Raises Refused, RowNotFound, ValidationError by field."""
    actor.require(Permission.ANNOUNCEMENTS_MANAGE)
    row = locked(Probe, probe_id)
    row.place, row.is_active = place, is_active
    save_checked(row, taken=_("Another prober has it."))
    return row
