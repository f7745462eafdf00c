"""Who was told of an edition, how far the mail came, and who has opened it (clause 7.4)."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from mespace.notifications.edition_receipts import Shown, edition_receipts
from mespace.platform.forms import row_id
from mespace.platform.rows import RowNotFound
from mespace.regulation.models import RegulationEdition
from mespace.web.manage.door import reads_customers
from mespace.web.manage.page import asked
from mespace.web.middleware import ActorRequest
from mespace.web.regulation.shell import draw


@reads_customers
def receipts(request: ActorRequest, code: str) -> HttpResponse:
    """Everybody whom the edition binds: told when, by mail how far, opened when; narrowed to those who have not."""
    edition = RegulationEdition.objects.filter(code=code).first()
    if edition is None:
        raise RowNotFound(code)
    wish = asked(request, "shown")
    shown = Shown(wish) if wish in set(Shown) else Shown.ALL
    page = max(1, row_id(asked(request, "page", longest=6)) or 1)
    found = edition_receipts(actor=request.actor, edition_id=edition.pk, shown=shown, page=page)
    url = reverse("regulation:receipts", args=[code])
    words = {Shown.ALL: _("All"), Shown.UNOPENED: _("Not opened yet"), Shown.UNTOLD: _("Not told")}
    context = {
        "edition": edition,
        "found": found,
        "shown": shown,
        "tabs": [
            {
                "url": f"{url}?shown={each}",
                "label": words[each],
                "current": each == shown,
                "count": found.counts[each],
            }
            for each in Shown
        ],
        "newer_url": f"{url}?shown={shown}&page={page - 1}" if page > 1 else "",
        "older_url": f"{url}?shown={shown}&page={page + 1}" if found.has_more else "",
    }
    return draw(request, "receipts", context)
