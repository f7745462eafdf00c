"""What a contract said, revision by revision, and the files that belong to it."""

from datetime import date

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mespace.platform.audit import audited, audited_links
from mespace.platform.prepared import Given
from mespace.products.models import Product

_USER = settings.AUTH_USER_MODEL


class RevisionKind(models.TextChoices):
    """How a revision came to be."""

    SIGNED = "signed", _("recorded")
    AMENDED = "amended", _("amendment")
    ENDED_EARLY = "ended_early", _("early end")


class FilePurpose(models.TextChoices):
    """What a contract's file is."""

    SCAN = "scan", _("scan of the contract")
    DIVISION = "division", _("division of responsibility")


@audited()
class ContractFile(models.Model):
    """A file of a contract in the one store; revisions name the files that belong to them."""

    blob_fields = ("blob",)

    contract = models.ForeignKey("customers.SupportContract", on_delete=models.CASCADE, related_name="files")
    purpose = models.CharField(max_length=10, choices=FilePurpose.choices)
    name = models.CharField(max_length=200)
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=100)
    is_image = models.BooleanField(default=False)
    sha256 = models.CharField(max_length=64)
    blob = models.CharField(max_length=100, unique=True)
    uploaded_by = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+", db_index=False)
    uploaded_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        triggers = [pgtrigger.Protect(name="contract_file_never_changes", operation=pgtrigger.Update)]

    def __str__(self) -> str:
        return self.name


class RevisionQuerySet(models.QuerySet["ContractRevision"]):
    """Chainable filters of revisions."""

    def in_force_on(self, day: date | Given) -> "RevisionQuerySet":
        """Of each contract the one in force on a Moscow date: the latest whose day has come.

        A contract that has not begun has none. Whether it is still valid is its term's matter.
        """
        newer = ContractRevision.objects.filter(
            contract_id=OuterRef("contract_id"), number__gt=OuterRef("number"), effective_on__lte=day
        )
        return self.filter(~Exists(newer), effective_on__lte=day)

    def entitling_on(self, day: date | Given) -> "RevisionQuerySet":
        """Those in force on a Moscow date of contracts that are valid then."""
        return self.in_force_on(day).filter(contract__valid_from__lte=day, contract__valid_until__gte=day)


@audited()
class ContractRevision(models.Model):
    """What a contract says from `effective_on` on. It never changes: what is agreed later is a new one.

    `valid_until` is the last day of the right to support; `agreed_until` what it was before an early end, or null.
    """

    contract = models.ForeignKey("customers.SupportContract", on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()  # from 1
    kind = models.CharField(max_length=12, choices=RevisionKind.choices)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(_USER, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    effective_on = models.DateField(_("effective from"))
    reason = models.TextField(pgettext_lazy("amendment", "reason"), blank=True)

    contract_number = models.CharField(_("number"), max_length=60)
    title = models.CharField(_("title"), max_length=300)
    type = models.CharField(_("type"), max_length=100, blank=True)
    form = models.CharField(_("form"), max_length=12)
    signed_on = models.DateField(_("signed on"))
    valid_from = models.DateField(_("valid from"))
    valid_until = models.DateField(_("valid until"))
    agreed_until = models.DateField(_("agreed until"), null=True)
    accepted_edition = models.ForeignKey(
        "regulation.RegulationEdition", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    division_of_responsibility = models.TextField(_("division of responsibility"), blank=True)
    products = models.ManyToManyField(Product, related_name="+")
    files = models.ManyToManyField(ContractFile, related_name="revisions")
    has_division_files = models.BooleanField(default=False)  # a ticket's page asks for them only if there are any

    objects = RevisionQuerySet.as_manager()

    class Meta:
        ordering = ["contract", "number"]
        constraints = [
            models.UniqueConstraint(fields=["contract", "number"], name="contract_revision_number_unique"),
            models.CheckConstraint(condition=Q(number__gte=1), name="contract_revision_number_from_one"),
            models.CheckConstraint(
                condition=Q(kind="signed") | ~Q(reason=""), name="contract_revision_amendment_has_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(agreed_until__isnull=True) | Q(agreed_until__gt=F("valid_until")),
                name="contract_revision_cut_short_ends_before_agreed",
            ),
        ]
        triggers = [pgtrigger.Protect(name="contract_revision_never_changes", operation=pgtrigger.Update)]

    def __str__(self) -> str:
        return f"{self.contract_number} · {self.number}"


@audited_links
class RevisionProduct(ContractRevision.products.through):  # type: ignore[misc, name-defined] # Django makes the class
    """Which software a revision covers, for the row audit."""

    class Meta:
        proxy = True


@audited_links
class RevisionFile(ContractRevision.files.through):  # type: ignore[misc, name-defined]
    """Which files belong to a revision, for the row audit."""

    class Meta:
        proxy = True


class ContractWarning(models.Model):
    """A warning of a contract's end that was given: once per revision and threshold."""

    revision = models.ForeignKey(ContractRevision, on_delete=models.CASCADE, related_name="warnings")
    days = models.PositiveSmallIntegerField()
    given_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["revision", "days"], name="contract_warning_once")]

    def __str__(self) -> str:
        return f"{self.days} days before the end by revision {self.revision_id}"
