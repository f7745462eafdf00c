"""Which builds a known error affects: those named, and those of a named version until the build that fixes it."""

from collections import defaultdict
from collections.abc import Collection, Iterable

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from mespace.products.models import Build, KnownError

NEVER = 2**31 - 1  # the number of a version that does not come
FIX_JOINS = ("fixed_in__version", "planned_for__version", "fixed_in_version", "planned_for_version")


def errors_by_build(builds: Iterable[Build]) -> dict[int, list[KnownError]]:
    """The known errors of each build, newest first, with their fixes fetched; two statements for any number."""
    by_id = {build.pk: build for build in builds}
    if not by_id:
        return {}
    found: defaultdict[int, dict[int, KnownError]] = defaultdict(dict)
    joins = [f"knownerror__{name}" for name in FIX_JOINS]
    named = KnownError.affected_builds.through.objects.filter(build__in=by_id, knownerror__withdrawn_at=None)
    for tie in named.select_related(*joins):
        found[tie.build_id][tie.knownerror_id] = tie.knownerror
    versions = {build.version_id for build in by_id.values()}
    whole = KnownError.affected_versions.through.objects.filter(version__in=versions, knownerror__withdrawn_at=None)
    for each in whole.select_related(*joins):
        for build in by_id.values():
            if build.version_id == each.version_id and not has_fix(build, each.knownerror):
                found[build.pk][each.knownerror_id] = each.knownerror
    return {pk: [errors[key] for key in sorted(errors, reverse=True)] for pk, errors in found.items()}


def affecting(builds: QuerySet[Build]) -> Q:
    """The condition on a known error that it affects any of the builds: `errors_by_build`, asked of the database."""
    named = KnownError.affected_builds.through.objects.filter(knownerror=OuterRef("pk"), build__in=builds.values("pk"))
    whole = builds.filter(version__known_errors=OuterRef("pk")).annotate(
        fix_version=Coalesce(OuterRef("fixed_in__version__number"), Value(NEVER)),
        fix_major=OuterRef("fixed_in__major"),
        fix_minor=OuterRef("fixed_in__minor"),
        whole_fix=Coalesce(OuterRef("fixed_in_version__number"), Value(NEVER)),
    )
    same = {"version__number": F("fix_version")}
    older = (
        Q(version__number__lt=F("fix_version"))
        | Q(**same, major__lt=F("fix_major"))
        | Q(**same, major=F("fix_major"), minor__lt=F("fix_minor"))
    )
    return Q(Exists(named)) | Q(Exists(whole.filter(older, version__number__lt=F("whole_fix"))))


def affects(build: Build, error: KnownError, *, build_ids: Collection[int], version_ids: Collection[int]) -> bool:
    """Whether the error affects the build, given the error's named builds and versions."""
    return build.pk in build_ids or (build.version_id in version_ids and not has_fix(build, error))


def has_fix(build: Build, error: KnownError) -> bool:
    """Whether the build is the one that fixes the error, or a later one; needs both with their versions fetched."""
    if error.fixed_in is not None and build.order >= error.fixed_in.order:
        return True
    return error.fixed_in_version is not None and build.version.number >= error.fixed_in_version.number
