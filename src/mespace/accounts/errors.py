"""What operations on accounts refuse with, besides Refused and Django's ValidationError (input, by field)."""


class PersonNotFound(Exception):
    """No such person for this actor (404): absent and invisible are the same."""


class LastAdministrator(Exception):
    """Nobody could manage accounts afterwards (409)."""


class AdministratorExists(Exception):
    """The first administrator has been created before."""


class LinkNotValid(Exception):
    """The link is unknown, used, replaced or expired; which of these is nobody's business."""


class AlreadyHasPassword(Exception):
    """The person has accepted an invitation before, by a password or by the organisation's sign-in (409)."""


class AccountDisabled(Exception):
    """The person may not sign in: enable the account first (409)."""


class NotLinked(Exception):
    """The person does not come in by the organisation's sign-in (409)."""


class PasswordNotAllowed(Exception):
    """The person's organisation lets its people in only by its own sign-in (409)."""


class AddressNotVerified(Exception):
    """The organisation's provider names no address, or has not verified it: it links nobody."""


class NotOfOrganisation(Exception):
    """The account is not one of the provider's organisation."""


class LinkedWithAnother(Exception):
    """The account and the provider's person belong to somebody else each: unlink before they can be joined."""
