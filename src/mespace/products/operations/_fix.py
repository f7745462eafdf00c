"""What holds for the fix of a known error (clause 4.7); shared by the operations that describe one."""

from collections.abc import Collection
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from mespace.accounts.actor import Actor
from mespace.platform.jobs import Job, defer
from mespace.products.fix import Confirmation, Fix
from mespace.products.models import Build, FixChange, KnownError, Version

LONGEST_PART = 4000  # characters


def check_fix(
    *, fix: Fix, affected_ids: Collection[int], affected_version_ids: Collection[int], product_id: int, today: date
) -> None:
    """Raise ValidationError by field unless all is the product's, and the fix is available or planned with a date."""
    errors: dict[str, str] = {}
    builds = _builds({*affected_ids, fix.fixed_in_id, fix.planned_for_id}, product_id)
    versions = _versions({*affected_version_ids, fix.fixed_in_version_id, fix.planned_for_version_id}, product_id)
    if set(affected_ids) - builds.keys():
        errors["affected_builds"] = _("Choose builds of this product.")
    if set(affected_version_ids) - versions.keys():
        errors["affected_versions"] = _("Choose versions of this product.")
    if fix.fixed_in_id is not None or fix.fixed_in_version_id is not None:
        errors |= _wrong_availability(fix, builds, versions, today)
    else:
        errors |= _wrong_plan(fix, builds, versions)
    if errors:
        raise ValidationError({field: [text] for field, text in errors.items()})


def _wrong_availability(
    fix: Fix, builds: dict[int, Build], versions: dict[int, Version], today: date
) -> dict[str, str]:
    errors = {}
    if fix.fixed_in_id is not None:
        if fix.fixed_in_id not in builds:
            errors["fixed_in"] = _("Choose a build of this product.")
        elif not _is_out(builds[fix.fixed_in_id], today):
            errors["fixed_in"] = _("This build is not released yet. Name it as planned, with a date.")
    if fix.fixed_in_version_id is not None:
        if fix.fixed_in_version_id not in versions:
            errors["fixed_in_version"] = _("Choose a version of this product.")
        elif not any(_is_out(build, today) for build in versions[fix.fixed_in_version_id].builds.all()):
            errors["fixed_in_version"] = _("Nothing of this version is released yet. Name it as planned, with a date.")
    if fix.planned_for_id is not None or fix.planned_for_version_id is not None or fix.planned_on is not None:
        errors["planned_for"] = _("The error is fixed already: leave the plan empty.")
    return errors


def _wrong_plan(fix: Fix, builds: dict[int, Build], versions: dict[int, Version]) -> dict[str, str]:
    errors = {}
    if fix.planned_for_id is None and fix.planned_for_version_id is None:
        errors["planned_for"] = (
            _("Name the build or version for which the fix is planned.")
            if fix.planned_on is not None
            else _("Name at least one: an available version or build that fixes it, or a planned one with a date.")
        )
        return errors
    if fix.planned_for_id is not None and fix.planned_for_id not in builds:
        errors["planned_for"] = _("Choose a build of this product.")
    if fix.planned_for_version_id is not None and fix.planned_for_version_id not in versions:
        errors["planned_for_version"] = _("Choose a version of this product.")
    if fix.planned_on is None:
        errors["planned_on"] = _("Name the date on which the fix is planned.")
    return errors


def _builds(wanted: Collection[int | None], product_id: int) -> dict[int, Build]:
    rows = Build.objects.filter(pk__in=[pk for pk in wanted if pk is not None], version__product_id=product_id)
    return {build.pk: build for build in rows}


def _versions(wanted: Collection[int | None], product_id: int) -> dict[int, Version]:
    rows = Version.objects.filter(pk__in=[pk for pk in wanted if pk is not None], product_id=product_id)
    return {version.pk: version for version in rows.prefetch_related("builds")}


def _is_out(build: Build, today: date) -> bool:
    return build.released_on is not None and build.released_on <= today


def checked_confirmation(given: Confirmation) -> Confirmation:
    """The three parts without trailing blanks. Raises ValidationError by field for what is missing or too long."""
    parts = {name: getattr(given, name).replace("\x00", "").strip() for name in Confirmation.__dataclass_fields__}
    asked = {
        "differs_from": _("Say from which document and place of it the behaviour differs."),
        "reproduced": _("Say how it is reproduced."),
        "ruled_out": _("Say why it is not the settings, the user or the environment."),
    }
    errors = {name: [asked[name]] for name, text in parts.items() if not text}
    errors |= {
        name: [_("At most %(most)d characters.") % {"most": LONGEST_PART}]
        for name, text in parts.items()
        if len(text) > LONGEST_PART
    }
    if errors:
        raise ValidationError(errors)
    return Confirmation(**parts)


def require_standing(error: KnownError) -> None:
    """Raise ValidationError when the known error was withdrawn."""
    if error.withdrawn_at is not None:
        raise ValidationError(_("The known error was withdrawn: it is no error of the software. Enter another one."))


def set_fix(error: KnownError, fix: Fix) -> None:
    """Put the fix into the row, which the caller saves."""
    error.fixed_in_id, error.planned_for_id, error.planned_on = fix.fixed_in_id, fix.planned_for_id, fix.planned_on
    error.fixed_in_version_id, error.planned_for_version_id = fix.fixed_in_version_id, fix.planned_for_version_id


def standing_of(error: KnownError) -> tuple[str, str, date | None]:
    """How the fix stands: state, target and planned date, by which two standings are compared."""
    target = error.fixed_in_words if error.is_fixed else error.planned_for_words
    return str(error.fix_state), target, error.planned_on


def note_fix_change(
    error: KnownError,
    before: tuple[str, str, date | None],
    *,
    actor: Actor,
    now: datetime,
    reason: str,
    tell: bool = True,
) -> FixChange | None:
    """Keep what became of the fix, and have every linked customer told; None where nothing changed.

    A release tells by itself (`tell` false).
    """
    after = standing_of(error)
    if before == after:
        return None
    change = FixChange.objects.create(
        known_error=error,
        state_before=before[0],
        target_before=before[1],
        on_before=before[2],
        state=after[0],
        target=after[1],
        on=after[2],
        reason=reason,
        by_id=actor.person_id,
        at=now,
    )
    if tell:
        defer(Job.TELL_FIX_CHANGED, change_id=change.pk)
    return change


def fresh(error: KnownError) -> KnownError:
    """The row with builds and versions of its fix fetched anew."""
    rows = KnownError.objects.select_related(
        "fixed_in__version", "planned_for__version", "fixed_in_version", "planned_for_version"
    )
    return rows.get(pk=error.pk)
