"""What planned work makes owed: that it is announced ahead, and that access is back at the promised instant (4.3)."""

from collections.abc import Collection, Mapping
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mespace.accounts.actor import Actor
from mespace.announcements.models import MaintenanceWindow
from mespace.obligations.kinds import ObligationKind, Whom

NOTICE: Final = "maintenance_notice"
RESTORE: Final = "maintenance_restore"


def _windows(ids: Collection[int], actor: Actor) -> Mapping[int, Whom]:
    rows = MaintenanceWindow.objects.visible_to(actor).filter(pk__in=ids).values_list("pk", "title")
    return {pk: Whom(title, reverse("announcements:maintenance", args=[pk])) for pk, title in rows}


MAINTENANCE_NOTICE = ObligationKind(
    code=NOTICE,
    clause="4.3",
    word=_("Notice of planned work"),
    what=_("Tell everybody concerned of the work before it starts."),
    whom_kind="maintenance",
    resolve=_windows,
    shown_to_customers=True,
    reasons={"cancelled": _("the work was cancelled")},
    ways={"announced": _("everybody concerned was told")},
)
MAINTENANCE_RESTORE = ObligationKind(
    code=RESTORE,
    clause="4.3",
    word=_("Access restored after planned work"),
    what=_("Restore access at the promised instant."),
    whom_kind="maintenance",
    resolve=_windows,
    shown_to_customers=True,
    reasons={
        "cancelled": _("the work was cancelled"),
        "moved": _("the work was moved before it started"),
        "prolonged": _("the work takes longer than promised"),
    },
    ways={"restored": _("access is restored")},
)
