"""What the vendor supports, and whose else's things break (regulation's words: ПО, версия, сборка)."""

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.utils.translation import gettext_lazy as _

from mespace.platform.audit import audited


@audited()
class Product(models.Model):
    """Supported software."""

    code = models.SlugField(
        _("code"), max_length=30, unique=True, help_text=_("Latin letters, for addresses and lists.")
    )
    name = models.CharField(_("name"), max_length=200, unique=True)
    description = models.TextField(_("description"), blank=True)
    is_active = models.BooleanField(_("offered in the filing form"), default=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


@audited()
class Component(models.Model):
    """A part of a product."""

    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="components", verbose_name=_("product"))
    name = models.CharField(_("name"), max_length=200)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["product", "name"], name="component_name_unique")]

    def __str__(self) -> str:
        return self.name


class SupportLevel(models.TextChoices):
    """How far a version is supported (clause 6.2)."""

    FULL = "full", _("full support")
    LIMITED = "limited", _("limited support")
    ENDED = "ended", _("support ended")


@audited()
class Version(models.Model):
    """The first group of digits of a version number: `4` in `4.12.3`."""

    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="versions", verbose_name=_("product"))
    number = models.PositiveIntegerField(_("number"))
    limited_from = models.DateField(_("limited support from"), null=True, blank=True)
    ended_from = models.DateField(_("no support from"), null=True, blank=True)

    class Meta:
        ordering = ["product", "-number"]
        constraints = [models.UniqueConstraint(fields=["product", "number"], name="version_number_unique")]

    def __str__(self) -> str:
        return f"{self.product} {self.number}"


@audited()
class Build(models.Model):
    """The second and third groups: `12.3` in `4.12.3`."""

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="builds", verbose_name=_("version"))
    major = models.PositiveIntegerField(_("second group"))
    minor = models.PositiveIntegerField(_("third group"))
    released_on = models.DateField(_("released on"), null=True, blank=True)
    notes = models.TextField(_("release notes"), blank=True)
    resolves: "models.ManyToManyField[KnownError, models.Model]" = models.ManyToManyField(
        "KnownError", blank=True, related_name="resolved_by", verbose_name=_("known errors that it fixes")
    )
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )

    class Meta:
        ordering = ["version", "-major", "-minor"]
        constraints = [models.UniqueConstraint(fields=["version", "major", "minor"], name="build_number_unique")]

    def __str__(self) -> str:
        return self.full_number

    @property
    def full_number(self) -> str:
        """`4.12.3`; needs `version` fetched."""
        return f"{self.version.number}.{self.major}.{self.minor}"

    @property
    def order(self) -> tuple[int, int, int]:
        """Its three groups as numbers: builds of a product are ordered by them; needs `version` fetched."""
        return self.version.number, self.major, self.minor


class ConfigurationKind(models.TextChoices):
    """What a supported configuration is made of (clause 6.1)."""

    OS = "os", _("operating system")
    DEVICE = "device", _("device")
    DRIVER = "driver", _("driver")
    APPLICATION = "application", _("application")


@audited()
class SupportedConfiguration(models.Model):
    """A line of the documented matrix: with this, in these versions, the software is supported (clause 6.1)."""

    product = models.ForeignKey(
        Product, on_delete=models.PROTECT, related_name="configurations", verbose_name=_("product")
    )
    version = models.ForeignKey(
        Version,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="configurations",
        verbose_name=_("for version"),
        help_text=_("Empty: for every version."),
    )
    kind = models.CharField(_("kind"), max_length=12, choices=ConfigurationKind.choices)
    name = models.CharField(_("name"), max_length=120)
    lowest = models.CharField(_("from version"), max_length=40, blank=True)
    highest = models.CharField(_("up to version"), max_length=40, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)
    supported_from = models.DateField(_("supported from"), null=True, blank=True)
    supported_until = models.DateField(_("supported until"), null=True, blank=True)

    class Meta:
        ordering = ["kind", "name", "lowest"]

    def __str__(self) -> str:
        return f"{self.name} {self.range_words}".strip()

    @property
    def range_words(self) -> str:
        """`10 – 11`, `≥ 10`, `≤ 11`, or nothing when every version will do."""
        if self.lowest and self.highest:
            return self.lowest if self.lowest == self.highest else f"{self.lowest} – {self.highest}"
        return f"≥ {self.lowest}" if self.lowest else f"≤ {self.highest}" if self.highest else ""


@audited()
class KnownError(models.Model):
    """A confirmed error of the software (clause 4.7)."""

    product = models.ForeignKey(
        Product, on_delete=models.PROTECT, related_name="known_errors", verbose_name=_("product")
    )
    code = models.CharField(_("code"), max_length=30, unique=True)
    title = models.CharField(_("title"), max_length=200)
    description = models.TextField(_("description"), blank=True)
    workaround = models.TextField(_("workaround"), blank=True)
    affected_builds = models.ManyToManyField(
        Build, blank=True, related_name="known_errors", verbose_name=_("affected builds")
    )
    fixed_in = models.ForeignKey(
        Build, on_delete=models.PROTECT, null=True, blank=True, related_name="fixes", verbose_name=_("fixed in build")
    )
    planned_for = models.ForeignKey(
        Build,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="planned_fixes",
        verbose_name=_("planned for build"),
    )
    planned_on = models.DateField(_("planned date of the fix"), null=True, blank=True)
    affected_versions = models.ManyToManyField(
        Version, blank=True, related_name="known_errors", verbose_name=_("affected versions")
    )
    fixed_in_version = models.ForeignKey(
        Version, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("fixed in version")
    )
    planned_for_version = models.ForeignKey(
        Version,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("planned for version"),
    )
    differs_from = models.TextField(_("differs from the documentation"), blank=True)
    reproduced = models.TextField(_("how it is reproduced"), blank=True)
    ruled_out = models.TextField(_("why it is not settings, the user or the environment"), blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)  # it proved to be no error of the software
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    withdrawn_for = models.TextField(_("why it was withdrawn"), blank=True)

    class Meta:
        ordering = ["-code"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(withdrawn_at__isnull=True)
                | models.Q(
                    fixed_in__isnull=True,
                    fixed_in_version__isnull=True,
                    planned_for__isnull=True,
                    planned_for_version__isnull=True,
                    planned_on__isnull=True,
                )
                & ~models.Q(withdrawn_for=""),
                name="known_error_withdrawn_promises_nothing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    @property
    def is_fixed(self) -> bool:
        """Whether a fix can be installed."""
        return self.fixed_in_id is not None or self.fixed_in_version_id is not None

    @property
    def fixed_in_words(self) -> str:
        """The number of the build or version that fixes it, or nothing; needs them fetched."""
        return _number_of(self.fixed_in, self.fixed_in_version)

    @property
    def planned_for_words(self) -> str:
        """The number of the build or version for which the fix is planned, or nothing; needs them fetched."""
        return _number_of(self.planned_for, self.planned_for_version)

    @property
    def fix_state(self) -> str:
        """`fixed`, `planned` or `open`."""
        return FixState.FIXED if self.is_fixed else FixState.PLANNED if self.planned_on else FixState.OPEN


def _number_of(build: Build | None, version: Version | None) -> str:
    if build is not None:
        return build.full_number
    return str(version.number) if version is not None else ""


class KnownErrorEntry(models.Model):
    """What can be found of a known error: its code, title, description and workaround as one stored vector."""

    known_error = models.OneToOneField(KnownError, on_delete=models.CASCADE, primary_key=True, related_name="entry")
    words = SearchVectorField()

    class Meta:
        indexes = [GinIndex(fields=["words"], name="known_error_search")]

    def __str__(self) -> str:
        return f"search entry of known error {self.known_error_id}"


class FixState(models.TextChoices):
    """How far the fix of a known error is."""

    FIXED = "fixed", _("fixed")
    PLANNED = "planned", _("planned")
    OPEN = "open", _("not planned")


class FixChange(models.Model):
    """The fix of a known error was named, moved or became available (clause 4.7). Only ever added."""

    append_only = True

    known_error = models.ForeignKey(KnownError, on_delete=models.PROTECT, related_name="fix_changes")
    state_before = models.CharField(max_length=8, choices=FixState.choices)
    target_before = models.CharField(max_length=30, blank=True)
    on_before = models.DateField(null=True)
    state = models.CharField(max_length=8, choices=FixState.choices)
    target = models.CharField(max_length=30, blank=True)
    on = models.DateField(null=True)
    reason = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.known_error_id}: {self.state_before} → {self.state}"


class ContractNeeded(models.TextChoices):
    """Whether another vendor's support wants a contract."""

    UNKNOWN = "unknown", _("not known")
    YES = "yes", _("yes")
    NO = "no", _("no")


@audited()
class OtherVendor(models.Model):
    """Another vendor whose support must act (clause 5.4)."""

    name = models.CharField(_("name"), max_length=200, unique=True)
    email = models.EmailField(_("support e-mail"), blank=True)
    phone = models.CharField(_("support phone"), max_length=100, blank=True)
    url = models.URLField(_("support site"), blank=True)
    how_to_reach = models.TextField(_("how to reach its support"))
    product_lines = models.TextField(_("product lines"), blank=True)
    portal = models.URLField(_("support portal"), blank=True)
    hours = models.CharField(_("support hours"), max_length=200, blank=True)
    contract = models.CharField(
        _("contract needed"), max_length=10, choices=ContractNeeded.choices, default=ContractNeeded.UNKNOWN
    )
    asks_for = models.TextField(_("what its support asks for"), blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
