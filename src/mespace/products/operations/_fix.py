"""What holds for the fix of a known error (clause 4.7); shared by the operations that describe one."""

from collections.abc import Collection
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from mespace.products.fix import Fix
from mespace.products.models import Build


def check_fix(  # noqa: C901 - a table of complaints
    *, fix: Fix, affected_ids: Collection[int], product_id: int, today: date
) -> None:
    """Raise ValidationError by field unless all builds are the product's and the fix is available, or has a date."""
    errors: dict[str, str] = {}
    wanted = {pk for pk in (*affected_ids, fix.fixed_in_id, fix.planned_for_id) if pk is not None}
    builds = {build.pk: build for build in Build.objects.filter(pk__in=wanted, version__product_id=product_id)}
    if set(affected_ids) - builds.keys():
        errors["affected_builds"] = _("Choose builds of this product.")
    if fix.fixed_in_id is not None:
        released_on = builds[fix.fixed_in_id].released_on if fix.fixed_in_id in builds else None
        if fix.fixed_in_id not in builds:
            errors["fixed_in"] = _("Choose a build of this product.")
        elif released_on is None or released_on > today:
            errors["fixed_in"] = _("This build is not released yet. Name it as planned, with a date.")
        if fix.planned_for_id is not None or fix.planned_on is not None:
            errors["planned_for"] = _("The error is fixed already: leave the plan empty.")
    elif fix.planned_for_id is not None:
        if fix.planned_for_id not in builds:
            errors["planned_for"] = _("Choose a build of this product.")
        if fix.planned_on is None:
            errors["planned_on"] = _("Name the date on which the fix is planned.")
    elif fix.planned_on is not None:
        errors["planned_for"] = _("Name the build for which the fix is planned.")
    if errors:
        raise ValidationError({field: [text] for field, text in errors.items()})
