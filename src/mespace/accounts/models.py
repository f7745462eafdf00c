"""People who sign in."""

import zoneinfo
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from mespace.accounts.permissions import CUSTOMER_ROLES, Role


def check_time_zone(name: str) -> None:
    """Raise ValidationError unless `name` is an IANA time zone."""
    if name not in zoneinfo.available_timezones():
        raise ValidationError(_("“%(name)s” is not a time zone. Choose one like Asia/Yekaterinburg."), params={"name": name})


class UserManager(BaseUserManager["User"]):
    """Makes users; passwords are hashed."""

    def create_user(self, *, email: str, password: str | None = None, **fields: Any) -> "User":
        """A saved user; without a password the account can only be entered through an invitation."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A person. A customer's user belongs to exactly one customer (see customers.Membership)."""

    email = models.EmailField(_("e-mail"), unique=True)
    full_name = models.CharField(_("full name"), max_length=200)
    job_title = models.CharField(_("job title"), max_length=200, blank=True)
    phone = models.CharField(_("phone"), max_length=50, blank=True)
    roles = ArrayField(models.CharField(max_length=20, choices=Role.choices), verbose_name=_("roles"))
    language = models.CharField(_("language"), max_length=2, default="ru", choices=[("ru", "Русский"), ("en", "English")])
    time_zone = models.CharField(_("time zone"), max_length=50, default="Europe/Moscow", validators=[check_time_zone])
    is_active = models.BooleanField(_("may sign in"), default=True)
    created_at = models.DateTimeField(_("created"))

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
        ]

    def __str__(self) -> str:
        return self.full_name or self.email

    @property
    def is_customer(self) -> bool:
        """A customer's person (not one of the vendor's)."""
        return any(role in CUSTOMER_ROLES for role in self.roles)

    def get_full_name(self) -> str:
        """The name to show."""
        return self.full_name

    def get_short_name(self) -> str:
        """First word of the name, for tight places."""
        return self.full_name.split(" ", 1)[0]
