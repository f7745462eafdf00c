"""How a passport's colours are drawn: never by colour alone."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mespace.products.matrix import Light
from mespace.products.models import SupportLevel
from mespace.web.vocabulary import Look

LIGHTS: dict[str, Look] = {
    Light.GREEN: Look(pgettext_lazy("passport", "in order"), "circle-check", "good"),
    Light.YELLOW: Look(pgettext_lazy("passport", "attention"), "alert-triangle", "warn"),
    Light.RED: Look(pgettext_lazy("passport", "not supported"), "circle-x", "bad"),
}
LEVELS: dict[str, Look] = {
    SupportLevel.FULL: Look(SupportLevel.FULL.label, "circle-check", "good"),
    SupportLevel.LIMITED: Look(SupportLevel.LIMITED.label, "clock-exclamation", "warn"),
    SupportLevel.ENDED: Look(SupportLevel.ENDED.label, "circle-x", "closed"),
}
MEANINGS: dict[str, str | Promise] = {
    SupportLevel.FULL: _("Requests are worked on in full: errors are fixed in new builds."),
    SupportLevel.LIMITED: _(
        "Requests are accepted and worked on with known solutions, existing fixes and builds, and help to upgrade; "
        "nothing new is developed for this version (clause 6.2)."
    ),
    SupportLevel.ENDED: _(
        "You can file requests all the same: they are answered with known solutions and existing fixes, and support "
        "helps you to upgrade (clause 6.2)."
    ),
}
