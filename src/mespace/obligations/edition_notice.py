"""The notice of a new edition of the regulation (clause 7.4), owed to every customer ahead of its day."""

from collections.abc import Collection, Mapping
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mespace.accounts.actor import Actor
from mespace.obligations.kinds import ObligationKind, Whom
from mespace.regulation.models import RegulationEdition

CODE: Final = "edition_notice"


def _editions(ids: Collection[int], _actor: Actor) -> Mapping[int, Whom]:
    return {
        row.pk: Whom(
            _("edition %(code)s of the regulation") % {"code": row.code},
            reverse("regulation:edition", args=[row.code]),
        )
        for row in RegulationEdition.objects.filter(pk__in=ids)
    }


EDITION_NOTICE = ObligationKind(
    code=CODE,
    clause="7.4",
    word=gettext_lazy("Notice of a new edition of the regulation"),
    what=gettext_lazy("Tell every customer’s people of the edition before its day, as long ahead as promised."),
    whom_kind="edition",
    resolve=_editions,
    shown_to_customers=True,
    reasons={"mistake": gettext_lazy("published by mistake")},
    ways={"announced": gettext_lazy("every customer’s people were told")},
)
