"""Where articles stand: spaces, and sections in them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from mespace.platform.audit import audited


@audited()
class Space(models.Model):
    """A shelf of the knowledge base."""

    code = models.SlugField(
        _("code"), max_length=30, unique=True, help_text=_("Latin letters, for addresses and exports.")
    )
    name = models.CharField(_("name"), max_length=120, unique=True)
    description = models.CharField(_("description"), max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(_("place in the list"), default=100)

    class Meta:
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name


@audited()
class Section(models.Model):
    """A part of a space."""

    space = models.ForeignKey(Space, on_delete=models.PROTECT, related_name="sections", verbose_name=_("space"))
    name = models.CharField(_("name"), max_length=120)
    position = models.PositiveSmallIntegerField(_("place in the list"), default=100)

    class Meta:
        ordering = ["position", "name"]
        constraints = [models.UniqueConstraint(fields=["space", "name"], name="section_name_unique")]

    def __str__(self) -> str:
        return self.name
