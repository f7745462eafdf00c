"""The forms of the account pages."""

from typing import TYPE_CHECKING, Any

from allauth.account.forms import LoginForm, ReauthenticateForm
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as CodeReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.utils.translation import gettext_lazy as _

from mespace.accounts.models import LANGUAGES, User
from mespace.web.account.time_zones import time_zone_choices

if TYPE_CHECKING:
    from django.http import QueryDict

CODE_ATTRIBUTES = {
    "autocomplete": "one-time-code",
    "inputmode": "numeric",
    "autocapitalize": "off",
    "spellcheck": "false",
}


def new_password_fields() -> tuple[forms.CharField, forms.CharField]:
    """A new password and its repetition, as fields."""
    attributes = {"autocomplete": "new-password"}
    return (
        forms.CharField(
            label=_("New password"),
            strip=False,
            max_length=1000,
            widget=forms.PasswordInput(attrs=attributes),
            help_text=_("At least 12 characters, of any kind. Three or four unrelated words make a good password."),
        ),
        forms.CharField(
            label=_("The same once more"), strip=False, max_length=1000, widget=forms.PasswordInput(attrs=attributes)
        ),
    )


class _TwicePasswordMixin(forms.Form):
    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        first, second = cleaned.get("password"), cleaned.get("again")
        if first and second and first != second:
            self.add_error("again", _("The two passwords differ."))
        return cleaned


class SignInForm(LoginForm):  # type: ignore[misc] # allauth has no types
    """E-mail and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        login, password = self.fields["login"], self.fields["password"]
        login.label, password.label = _("E-mail"), _("Password")
        password.help_text = ""
        for field, complete in ((login, "username"), (password, "current-password")):
            field.widget.attrs.pop("placeholder", None)
            field.widget.attrs["autocomplete"] = complete
        login.widget.attrs["autofocus"] = True
        login.max_length = 254
        password.max_length = 1000


class ConfirmPasswordForm(ReauthenticateForm):  # type: ignore[misc] # allauth has no types
    """The password once more, before a grave step."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["password"]
        field.label, field.help_text = _("Password"), ""
        field.widget.attrs.pop("placeholder", None)
        field.widget.attrs["autofocus"] = True


def _dress_code(field: forms.Field) -> None:
    field.label = _("Code")
    field.widget.attrs.pop("placeholder", None)
    field.widget.attrs.update(CODE_ATTRIBUTES | {"autofocus": True})


class CodeForm(AuthenticateForm):  # type: ignore[misc] # allauth has no types
    """A code of the authenticator app, or a recovery code, on signing in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _dress_code(self.fields["code"])


class ConfirmCodeForm(CodeReauthenticateForm):  # type: ignore[misc] # allauth has no types
    """The same before a grave step."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _dress_code(self.fields["code"])


class ActivateAppForm(ActivateTOTPForm):  # type: ignore[misc] # allauth has no types
    """The first code that the authenticator app shows."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _dress_code(self.fields["code"])
        self.fields["code"].label = _("The six digits that the app shows")


class AddPasskeyForm(AddWebAuthnForm):  # type: ignore[misc] # allauth has no types
    """A passkey's name and use; the browser fills in the key."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {}).setdefault("passwordless", True)
        super().__init__(*args, **kwargs)
        name, passwordless = self.fields["name"], self.fields["passwordless"]
        name.label = _("Name")
        name.max_length, name.widget.attrs["maxlength"] = 100, 100
        name.help_text = _("By which you will know it again, such as “work laptop”.")
        passwordless.label = _("Sign in with this key alone, without the password")
        passwordless.help_text = _("The device then asks for a finger, a face or its PIN each time.")


class RenamePasskeyForm(EditWebAuthnForm):  # type: ignore[misc] # allauth has no types
    """A passkey's new name."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name = self.fields["name"]
        name.label = _("Name")
        name.max_length, name.widget.attrs["maxlength"] = 100, 100


class ResetRequestForm(forms.Form):
    """To whom the reset mail goes."""

    email = forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "username", "autofocus": True}),
    )


class NewPasswordForm(_TwicePasswordMixin):
    """A password, set by a one-time link."""

    password, again = new_password_fields()


class ChangePasswordForm(_TwicePasswordMixin):
    """The present password and the new one."""

    present = forms.CharField(
        label=_("Present password"),
        strip=False,
        max_length=1000,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    password, again = new_password_fields()


class ProfileForm(forms.Form):
    """How one is named and reached, and how pages speak."""

    full_name = forms.CharField(
        label=_("Full name"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    job_title = forms.CharField(
        label=_("Job title"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "organization-title"}),
    )
    phone = forms.CharField(
        label=_("Phone"),
        max_length=50,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "type": "tel"}),
    )
    language = forms.ChoiceField(label=_("Language of pages and mails"), choices=LANGUAGES)
    time_zone = forms.ChoiceField(
        label=_("Time zone"),
        choices=time_zone_choices,
        help_text=_(
            "Type the first letters of a city to find it. Deadlines are shown in this zone and in Moscow time."
        ),
    )

    @classmethod
    def of(cls, user: User, data: "QueryDict | None" = None) -> "ProfileForm":
        """The form, filled with what is known."""
        return cls(data, initial={name: getattr(user, name) for name in cls.base_fields})
