"""Write what a build brings before it is published: its notes and the known errors that it fixes."""

from collections.abc import Collection

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.platform.rows import locked, save_checked
from mespace.products.models import Build, KnownError

LONGEST_NOTES = 50_000  # characters


@transaction.atomic
def describe_release(*, actor: Actor, build_id: int, notes: str, resolves_ids: Collection[int]) -> Build:
    """The build's draft; of a published one only the notes can still be corrected: what it fixes was told.

    Raises Refused, RowNotFound, or ValidationError by field.
    """
    actor.require(Permission.PRODUCTS_MANAGE)
    build = locked(Build, build_id)
    notes = notes.replace("\x00", "").strip()
    if len(notes) > LONGEST_NOTES:
        raise ValidationError({"notes": [_("At most %(most)d characters.") % {"most": LONGEST_NOTES}]})
    product_id = build.version.product_id
    wanted = set(KnownError.objects.filter(pk__in=resolves_ids, product_id=product_id).values_list("pk", flat=True))
    if wanted != set(resolves_ids):
        raise ValidationError({"resolves": [_("Choose known errors of this product.")]})
    if build.published_at is not None:
        if wanted != set(build.resolves.values_list("pk", flat=True)):
            raise ValidationError({"resolves": [_("The release is published: what it fixes was told to customers.")]})
        if not notes:
            raise ValidationError({"notes": [_("Write what the release brings.")]})
    build.notes = notes
    save_checked(build, taken=_("The software has this build already."))
    build.resolves.set(wanted)
    return build
