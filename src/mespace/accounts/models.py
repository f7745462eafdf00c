"""People who sign in."""

import zoneinfo
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from mespace.accounts import roster  # noqa: F401 - Django looks for models here
from mespace.accounts.permissions import CUSTOMER_ROLES, Role
from mespace.platform.audit import audited

LANGUAGES = [("ru", "Русский"), ("en", "English")]


def check_time_zone(name: str) -> None:
    """Raise ValidationError unless `name` is an IANA time zone."""
    if name not in zoneinfo.available_timezones():
        raise ValidationError(
            _("“%(name)s” is not a time zone. Choose one like Asia/Yekaterinburg."), params={"name": name}
        )


class UserManager(BaseUserManager["User"]):
    """Makes users; passwords are hashed."""

    def create_user(self, *, email: str, password: str | None = None, **fields: Any) -> "User":
        """A saved user; without a password the account can only be entered through an invitation."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


@audited(without=["password", "last_login"])
class User(AbstractBaseUser):
    """A person. A customer's user belongs to exactly one customer (see customers.Membership)."""

    email = models.EmailField(_("e-mail"), unique=True)
    full_name = models.CharField(_("full name"), max_length=200)
    job_title = models.CharField(_("job title"), max_length=200, blank=True)
    phone = models.CharField(_("phone"), max_length=50, blank=True)
    roles = ArrayField(models.CharField(max_length=20, choices=Role.choices), verbose_name=_("roles"))
    language = models.CharField(_("language"), max_length=2, default="ru", choices=LANGUAGES)
    time_zone = models.CharField(_("time zone"), max_length=50, default="Europe/Moscow", validators=[check_time_zone])
    is_active = models.BooleanField(_("may sign in"), default=True)
    created_at = models.DateTimeField(_("created"))
    # Whom the organisation's own sign-in knows this person as: that and no address decides who comes in.
    oidc_issuer = models.CharField(
        _("issuer of the organisation’s sign-in"), max_length=300, blank=True, default="", db_default=""
    )
    oidc_subject = models.CharField(
        _("subject of the organisation’s sign-in"), max_length=255, blank=True, default="", db_default=""
    )
    oidc_linked_at = models.DateTimeField(_("linked with the organisation’s sign-in"), null=True, blank=True)
    # Part of what a session is checked against: adding one ends all sessions of the person, for good.
    session_generation = models.PositiveIntegerField(default=0, editable=False)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["full_name"]

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("email"), name="user_email_ci_unique"),
            models.CheckConstraint(condition=models.Q(roles__len__gte=1), name="user_has_a_role"),
            models.CheckConstraint(
                condition=~models.Q(roles__overlap=sorted(CUSTOMER_ROLES)) | models.Q(roles__len=1),
                name="user_customer_role_stands_alone",
            ),
            models.UniqueConstraint(
                fields=["oidc_issuer", "oidc_subject"],
                condition=~models.Q(oidc_subject=""),
                name="user_oidc_subject_unique",
            ),
            models.CheckConstraint(
                condition=models.Q(oidc_issuer="", oidc_subject="", oidc_linked_at__isnull=True)
                | ~models.Q(oidc_issuer="") & ~models.Q(oidc_subject="") & models.Q(oidc_linked_at__isnull=False),
                name="user_oidc_link_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.full_name or self.email

    @property
    def is_customer(self) -> bool:
        """A customer's person (not one of the vendor's)."""
        return any(role in CUSTOMER_ROLES for role in self.roles)

    @property
    def has_credentials(self) -> bool:
        """Whether the person has accepted an invitation: by a password, or by the organisation's sign-in."""
        return self.oidc_linked_at is not None or self.has_usable_password()

    def get_full_name(self) -> str:
        """The name to show."""
        return self.full_name

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        salt = "mespace.accounts.models.User.session"
        return salted_hmac(
            salt, f"{self.password}:{self.session_generation}", secret=secret, algorithm="sha256"
        ).hexdigest()

    def get_short_name(self) -> str:
        """First word of the name, for tight places."""
        return self.full_name.split(" ", 1)[0]


class LinkKind(models.TextChoices):
    """What a one-time link is for."""

    INVITATION = "invitation", _("invitation")
    RESET = "reset", _("password reset")


class PasswordLink(models.Model):
    """A one-time link by which a person sets a password; the token itself is never kept, only its SHA-256."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="password_links")
    kind = models.CharField(max_length=12, choices=LinkKind.choices)
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "kind"],
                condition=models.Q(used_at=None, revoked_at=None),
                name="password_link_one_open_per_kind",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} · {self.user}"


class SignInKind(models.TextChoices):
    """What happened at the door."""

    PASSWORD = "password", _("signed in with a password")
    SECOND_FACTOR = "second_factor", _("signed in with a password and a second factor")
    PASSKEY = "passkey", _("signed in with a passkey")
    ORGANISATION = "organisation", _("signed in by the organisation")
    ORGANISATION_2FA = "organisation_2fa", _("signed in by the organisation and a second factor")
    LINKED = "linked", _("linked with the organisation’s sign-in")
    UNLINKED = "unlinked", _("the link with the organisation’s sign-in was undone")
    SIGNED_OUT = "signed_out", _("signed out")
    WRONG_PASSWORD = "wrong_password", _("wrong e-mail or password")
    WRONG_CODE = "wrong_code", _("wrong second factor")
    DISABLED = "disabled", _("right password, but the account is disabled")
    THROTTLED = "throttled", _("too many attempts")
    NO_PASSWORD = "no_password", _("right password, but the organisation allows its own sign-in only")
    ORG_UNKNOWN = "org_unknown", _("by the organisation: nobody here has that address")
    ORG_UNVERIFIED = "org_unverified", _("by the organisation: it has not verified the address")
    ORG_ELSEWHERE = "org_elsewhere", _("by the organisation: the account is not one of its people’s")
    ORG_OTHER = "org_other", _("by the organisation: the account is linked with somebody else there")
    ORG_DISABLED = "org_disabled", _("by the organisation, but the account is disabled")
    ORG_FAILED = "org_failed", _("by the organisation: its answer did not hold")
    ORG_UNREACHABLE = "org_unreachable", _("by the organisation: it did not answer")
    ORG_EXPIRED = "org_expired", _("by the organisation: the attempt was not ours, or too old")
    ORG_CANCELLED = "org_cancelled", _("by the organisation: given up there")


ENTERED = (  # the ways in
    SignInKind.PASSWORD,
    SignInKind.SECOND_FACTOR,
    SignInKind.PASSKEY,
    SignInKind.ORGANISATION,
    SignInKind.ORGANISATION_2FA,
)
SIGN_IN_FAILURES = tuple(
    kind for kind in SignInKind if kind not in {*ENTERED, SignInKind.LINKED, SignInKind.UNLINKED, SignInKind.SIGNED_OUT}
)


class SignIn(models.Model):
    """One line of the sign-in log. `network` is the address cut to a /24 (IPv6: /48)."""

    append_only = True  # the application's role may not change or delete it

    at = models.DateTimeField()
    user = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="sign_ins")
    kind = models.CharField(max_length=16, choices=SignInKind.choices)
    network = models.CharField(max_length=43, blank=True)
    user_agent = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=["user", "-id"], name="sign_in_by_user")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M:%S} {self.kind}"
