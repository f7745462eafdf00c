"""The probers whose deliveries are taken."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from mespace.accounts.permissions import Permission
from mespace.announcements.models import Probe
from mespace.announcements.operations.save_probe import add_probe, change_probe
from mespace.platform.rows import found
from mespace.web.announcements.door import door
from mespace.web.announcements.forms import ProbeEditForm, ProbeForm
from mespace.web.announcements.page import Sheet, fill
from mespace.web.manage.page import posted
from mespace.web.middleware import ActorRequest

MANAGE = Permission.ANNOUNCEMENTS_MANAGE


@door("GET", "HEAD", "POST", right=MANAGE)
def probe_new(request: ActorRequest) -> HttpResponse:
    """The form of a new prober."""

    def save(data: dict[str, Any]) -> tuple[str, str]:
        add_probe(actor=request.actor, **data)
        return reverse("announcements:components"), _("The prober is known: what it has kept is taken from now on.")

    return fill(request, ProbeForm(posted(request)), _sheet(_("New prober")), save)


@door("GET", "HEAD", "POST", right=MANAGE)
def probe_edit(request: ActorRequest, probe_id: int) -> HttpResponse:
    """The form of a prober."""
    row = found(Probe.objects.all(), probe_id)
    form = ProbeEditForm(posted(request), initial={"place": row.place, "is_active": row.is_active})

    def save(data: dict[str, Any]) -> tuple[str, str]:
        change_probe(actor=request.actor, probe_id=probe_id, **data)
        return reverse("announcements:components"), _("The prober is saved.")

    return fill(request, form, _sheet(row.code), save)


def _sheet(heading: str) -> Sheet:
    return Sheet(
        heading=heading,
        submit=_("Save"),
        back_url=reverse("announcements:components"),
        back_label=_("Components"),
    )
