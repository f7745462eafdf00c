"""Whom a contract names as responsible, and how their credentials were handed over."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mespace.platform.audit import audited

_USER = settings.AUTH_USER_MODEL


class HandedOver(models.TextChoices):
    """How the invitation reached the person."""

    MAIL = "mail", pgettext_lazy("invitation", "mailed")
    IN_PERSON = "in_person", pgettext_lazy("invitation", "link handed over in person")
    ACCEPTED = "accepted", pgettext_lazy("invitation", "the person chose a password")
    CAME_IN = "came_in", pgettext_lazy("invitation", "the person came in by the organisation")


class StruckFor(models.TextChoices):
    """Why somebody is no longer named."""

    MISTAKE = "mistake", pgettext_lazy("onboarding", "named by mistake")
    LEFT = "left", pgettext_lazy("onboarding", "no longer works there")


@audited()
class ContractPerson(models.Model):
    """A responsible employee whom a contract names, by itself or by an amendment, with or without an account yet."""

    contract = models.ForeignKey("customers.SupportContract", on_delete=models.PROTECT, related_name="named_people")
    full_name = models.CharField(_("full name"), max_length=200)
    email = models.EmailField(_("e-mail"))
    phone = models.CharField(_("phone"), max_length=50, blank=True)
    job_title = models.CharField(_("job title"), max_length=200, blank=True)
    named_on = models.DateField(_("named on"))
    user = models.ForeignKey(_USER, on_delete=models.PROTECT, null=True, blank=True, related_name="named_in")
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey(_USER, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    # Null: nothing is owed, because the person had credentials when they were named.
    obligation = models.OneToOneField(
        "obligations.Obligation", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    handed_over_at = models.DateTimeField(null=True, blank=True)
    handed_over_how = models.CharField(max_length=10, choices=HandedOver.choices, blank=True)
    handed_over_by = models.ForeignKey(
        _USER, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    struck_at = models.DateTimeField(null=True, blank=True)
    struck_for = models.CharField(max_length=10, choices=StruckFor.choices, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "contract", Lower("email"), name="contract_person_unique", condition=Q(struck_at__isnull=True)
            ),
            models.CheckConstraint(
                condition=Q(handed_over_at__isnull=True, handed_over_how="")
                | Q(handed_over_at__isnull=False) & ~Q(handed_over_how=""),
                name="contract_person_handed_over_somehow",
            ),
            models.CheckConstraint(
                condition=Q(struck_at__isnull=True, struck_for="") | Q(struck_at__isnull=False) & ~Q(struck_for=""),
                name="contract_person_struck_for_a_reason",
            ),
        ]
        indexes = [
            models.Index(
                Lower("email"),
                name="contract_person_waits",
                condition=Q(handed_over_at__isnull=True, struck_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def waits(self) -> bool:
        """Whether the credentials are still to be handed over."""
        return self.handed_over_at is None and self.struck_at is None
