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
    """The person has accepted an invitation before: what helps is a password reset (409)."""


class AccountDisabled(Exception):
    """The person may not sign in: enable the account first (409)."""
