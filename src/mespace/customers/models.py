"""Customers, their people, plants and contracts."""

from datetime import date

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from mespace.accounts.models import check_time_zone
from mespace.customers.contract_revisions import (
    ContractFile,
    ContractRevision,
    ContractWarning,
    FilePurpose,
    RevisionKind,
)
from mespace.customers.importing.models import CustomerImport
from mespace.customers.onboarding.models import ContractPerson
from mespace.customers.requisites import check_inn, check_kpp, check_ogrn
from mespace.platform.audit import audited, audited_links
from mespace.products.models import Build, Product

__all__ = [
    "Area",
    "ContractFile",
    "ContractForm",
    "ContractPerson",
    "ContractRevision",
    "ContractWarning",
    "Customer",
    "CustomerImport",
    "FilePurpose",
    "Installation",
    "Membership",
    "Project",
    "RevisionKind",
    "Site",
    "SupportContract",
    "WorkCenter",
]


@audited()
class Customer(models.Model):
    """A legal entity with support contracts."""

    name = models.CharField(_("name"), max_length=200, unique=True)
    short_name = models.CharField(_("short name"), max_length=60)
    # Null: not known yet, and only what is known is unique.
    inn = models.CharField(_("INN"), max_length=12, null=True, blank=True, unique=True, validators=[check_inn])
    kpp = models.CharField(_("KPP"), max_length=9, blank=True, validators=[check_kpp])
    ogrn = models.CharField(_("OGRN"), max_length=15, blank=True, validators=[check_ogrn])
    legal_address = models.CharField(_("legal address"), max_length=300, blank=True)
    narrow_to_sites = models.BooleanField(
        _("people see only their own sites"),
        default=False,
        help_text=_("Otherwise everyone sees all requests of the company. Responsible employees always see all."),
    )
    ticket_types = ArrayField(
        models.CharField(max_length=20),
        verbose_name=_("types offered"),
        default=list,
        blank=True,
        help_text=_("Nothing chosen: all types."),
    )
    note = models.TextField(_("note for staff"), blank=True)
    created_at = models.DateTimeField(_("created"))

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.short_name or self.name


@audited(without=["last_number"])
class Project(models.Model):
    """A customer's one project; its row lock hands out gapless ticket numbers (clause 4.5)."""

    customer = models.OneToOneField(
        Customer, on_delete=models.PROTECT, related_name="project", verbose_name=_("customer")
    )
    code = models.CharField(
        _("code"),
        max_length=12,
        unique=True,
        validators=[
            RegexValidator(
                r"^[A-Z][A-Z0-9]{1,11}\Z", _("Two to twelve capital Latin letters and digits, a letter first.")
            )
        ],
        help_text=_("The first part of ticket keys, as in ZAVOD-42. It cannot be changed later."),
    )
    name = models.CharField(_("name"), max_length=200)
    last_number = models.PositiveIntegerField(default=0, editable=False)

    def __str__(self) -> str:
        return f"{self.code} · {self.name}"


@audited()
class Site(models.Model):
    """A plant (ISA-95 site, площадка)."""

    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="sites", verbose_name=_("customer"))
    name = models.CharField(_("name"), max_length=200)
    address = models.CharField(_("address"), max_length=300, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=50, default="Europe/Moscow", validators=[check_time_zone])
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["customer", "name"], name="site_name_unique")]

    def __str__(self) -> str:
        return self.name


@audited()
class Area(models.Model):
    """A shop of a site (ISA-95 area, цех)."""

    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="areas", verbose_name=_("site"))
    name = models.CharField(_("name"), max_length=200)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["site", "name"], name="area_name_unique")]

    def __str__(self) -> str:
        return self.name


@audited()
class WorkCenter(models.Model):
    """A section or line of an area (ISA-95 work center, участок)."""

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="work_centers", verbose_name=_("area"))
    name = models.CharField(_("name"), max_length=200)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["area", "name"], name="work_center_name_unique")]

    def __str__(self) -> str:
        return self.name


@audited()
class Membership(models.Model):
    """Which customer a person belongs to, and which of its sites are theirs."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="membership")
    customer = models.ForeignKey(
        Customer, on_delete=models.PROTECT, related_name="memberships", verbose_name=_("customer")
    )
    sites = models.ManyToManyField(Site, blank=True, related_name="memberships", verbose_name=_("own sites"))
    home_site = models.ForeignKey(
        Site, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("usual site")
    )

    def __str__(self) -> str:
        return f"{self.user} · {self.customer}"


class ContractForm(models.TextChoices):
    """How the contract was signed."""

    ELECTRONIC = "electronic", _("electronic")
    PAPER = "paper", _("paper")


@audited()
class SupportContract(models.Model):
    """The right to support from `valid_from` to `valid_until`, both days included (clause 2.2).

    The row holds what the latest of its revisions says; which of them is in force on a day is `ContractRevision`'s.
    """

    customer = models.ForeignKey(
        Customer, on_delete=models.PROTECT, related_name="contracts", verbose_name=_("customer")
    )
    number = models.CharField(_("number"), max_length=60)
    type = models.CharField(_("type"), max_length=100, blank=True)
    title = models.CharField(_("title"), max_length=300)
    form = models.CharField(_("form"), max_length=12, choices=ContractForm.choices, default=ContractForm.ELECTRONIC)
    products = models.ManyToManyField(Product, related_name="contracts", verbose_name=_("software covered"))
    signed_on = models.DateField(_("signed on"))
    valid_from = models.DateField(_("valid from"))
    valid_until = models.DateField(_("valid until"), help_text=_("The last day on which requests can be filed."))
    agreed_until = models.DateField(
        _("agreed until"), null=True, blank=True
    )  # only after an early end: what was agreed
    accepted_edition = models.ForeignKey(
        "regulation.RegulationEdition",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("edition of the regulation accepted"),
    )
    division_of_responsibility = models.TextField(_("division of responsibility"), blank=True)
    renews = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="renewed_by", verbose_name=_("renews")
    )

    class Meta:
        ordering = ["-valid_until"]
        constraints = [
            models.UniqueConstraint(fields=["customer", "number"], name="contract_number_unique"),
            models.CheckConstraint(
                condition=models.Q(valid_until__gte=models.F("valid_from")), name="contract_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=models.Q(agreed_until__isnull=True) | models.Q(agreed_until__gt=models.F("valid_until")),
                name="contract_cut_short_ends_before_agreed",
            ),
            models.CheckConstraint(condition=~models.Q(renews=models.F("id")), name="contract_does_not_renew_itself"),
        ]

    def __str__(self) -> str:
        return self.number

    def is_valid_on(self, day: date) -> bool:
        """Whether `day` (a Moscow date) lies within the contract."""
        return self.valid_from <= day <= self.valid_until

    @property
    def is_cut_short(self) -> bool:
        """Whether it ends, or ended, earlier than was agreed."""
        return self.agreed_until is not None


@audited()
class Installation(models.Model):
    """Which build runs at a site now."""

    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="installations", verbose_name=_("site"))
    product = models.ForeignKey(
        Product, on_delete=models.PROTECT, related_name="installations", verbose_name=_("product")
    )
    build = models.ForeignKey(Build, on_delete=models.PROTECT, related_name="installations", verbose_name=_("build"))
    since = models.DateField(_("since"), null=True, blank=True)
    configuration = models.JSONField(default=list, blank=True)  # what stands beside it: see products.matrix.Item

    class Meta:
        constraints = [models.UniqueConstraint(fields=["site", "product"], name="installation_one_build_per_site")]

    def __str__(self) -> str:
        return f"{self.site}: {self.product} {self.build}"


class InstallationSource(models.TextChoices):
    """How a change of what runs at a site became known."""

    ENTERED = "entered", _("entered")
    RELEASE = "release", _("a release was installed")
    SESSION = "session", _("a remote session")


class InstallationRecord(models.Model):
    """What was said to run at a site from some instant on, and by whom: the passport's history. Only ever added."""

    append_only = True

    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="installation_records", db_index=False)
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="+", db_index=False)
    build = models.ForeignKey(Build, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    since = models.DateField(null=True)
    configuration = models.JSONField(default=list)
    source = models.CharField(max_length=10, choices=InstallationSource.choices)
    source_name = models.CharField(max_length=60, blank=True)  # of a remote session: its ticket's key and its number
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["site", "product", "-id"], name="installation_history")]

    def __str__(self) -> str:
        return f"{self.site_id}: {self.product_id} {self.build_id} at {self.at}"


class ReleaseSite(models.Model):
    """A site that ran an affected build when a release was published: who is told to install it."""

    build = models.ForeignKey(Build, on_delete=models.PROTECT, related_name="release_sites")
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="+", db_index=False)
    ran = models.ForeignKey(Build, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["build", "site"], name="release_site_once")]

    def __str__(self) -> str:
        return f"{self.site_id} ran {self.ran_id}"


@audited_links
class MembershipSite(Membership.sites.through):  # type: ignore[misc, name-defined] # Django makes the table's class
    """Which sites are a person's own, for the row audit."""

    class Meta:
        proxy = True


@audited_links
class ContractProduct(SupportContract.products.through):  # type: ignore[misc, name-defined]
    """Which software a contract covers, for the row audit."""

    class Meta:
        proxy = True
