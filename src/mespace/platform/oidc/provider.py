"""An OpenID provider as the installation's settings name it."""

from dataclasses import dataclass, field

STAFF = "staff"


@dataclass(frozen=True)
class Provider:
    """Whose people it signs in, and how far its word goes. `organisation` is STAFF or a customer's project code."""

    key: str
    name_ru: str
    name_en: str
    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    organisation: str
    password_allowed: bool = True
    is_listed: bool = True
    second_factor: frozenset[str] = frozenset()  # values of `amr` or `acr` that stand for one

    @property
    def is_for_staff(self) -> bool:
        """Whether it signs in the vendor's people; otherwise those of one customer."""
        return self.organisation == STAFF

    def name(self, language: str) -> str:
        """What its button says behind “Sign in with”."""
        return self.name_ru if language == "ru" else self.name_en


@dataclass(frozen=True)
class Identity:
    """Whom a provider has signed in. `methods` are its `amr` and `acr`; `authenticated_at` is seconds since 1970."""

    issuer: str
    subject: str
    email: str
    email_verified: bool
    methods: frozenset[str]
    authenticated_at: float | None


class ProviderUnreachable(Exception):  # noqa: N818 - it says what happened
    """The provider does not answer, too late, or not with JSON; the text is for the log and `doctor`."""


class AnswerRefused(Exception):  # noqa: N818 - it says what happened
    """The provider answered, and what it said does not hold; the text is for the log and `doctor`."""
