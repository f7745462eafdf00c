"""Import an archive of a space that was previewed."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.knowledge.exchange.run import run
from mespace.knowledge.models import SpaceImport
from mespace.platform.rows import RowNotFound, locked


@transaction.atomic
def apply_space_import(*, actor: Actor, now: datetime, import_id: int, seen: str) -> SpaceImport:
    """The actor's import, done: all articles or none, as drafts. One that was done before is answered again.

    `seen` is the fingerprint of the plan that the actor looked at. Raises Refused, RowNotFound, or ValidationError when
    an article cannot be imported (any more), or when something else would happen than what was looked at.
    """
    actor.require(Permission.ARTICLES_PUBLISH)
    row = locked(SpaceImport, import_id)
    if row.uploaded_by_id != actor.person_id:
        raise RowNotFound(SpaceImport._meta.label_lower)  # noqa: SLF001 - Django's public name
    if row.applied_at is not None:
        return row
    plan = run(row, actor=actor, now=now)
    if plan.complaints:
        raise ValidationError(
            _("Nothing is imported: some files have errors. Correct them and send the archive again.")
        )
    if plan.fingerprint != seen:
        raise ValidationError(_("Nothing is imported yet: articles were changed since you looked. Look again."))
    row.texts, row.files, row.applied_at = [], {}, now
    row.added, row.changed = len(plan.added), len(plan.changed)
    row.save(update_fields=["texts", "files", "applied_at", "added", "changed"])
    return row
