"""Every right that the product knows, in one sorted list, and which role has it."""

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What a person is to the product. A customer's user has exactly one; staff may have several."""

    CUSTOMER_USER = "customer_user", _("customer's user")
    RESPONSIBLE = "responsible", _("responsible employee")
    AGENT = "agent", _("support agent")
    CONTRACTOR = "contractor", _("contractor")
    MANAGER = "manager", _("support manager")
    DIRECTOR = "director", _("director")
    AUDITOR = "auditor", _("auditor")
    ADMINISTRATOR = "administrator", _("administrator")


CUSTOMER_ROLES = frozenset({Role.CUSTOMER_USER, Role.RESPONSIBLE})
STAFF_ROLES = frozenset(Role) - CUSTOMER_ROLES


class Permission(StrEnum):
    """One right. Sorted; the value is what logs and refusals name."""

    ACCOUNTS_MANAGE = "accounts.manage"
    ANNOUNCEMENTS_MANAGE = "announcements.manage"
    ANNOUNCEMENTS_READ = "announcements.read"
    ANSWER_TEMPLATES_MANAGE = "answer_templates.manage"
    ARTICLES_PUBLISH = "articles.publish"
    ARTICLES_READ_CUSTOMERS = "articles.read_customers"
    ARTICLES_READ_DRAFTS = "articles.read_drafts"
    ARTICLES_READ_STAFF = "articles.read_staff"
    ARTICLES_WRITE = "articles.write"
    AUDIT_READ = "audit.read"
    BUNDLE_EXPORT = "bundle.export"
    COLLEAGUES_MANAGE = "colleagues.manage"
    CONTACT_LOG = "contact.log"
    CONTACT_READ = "contact.read"
    CONTRACT_READ_OWN = "contract.read_own"
    CUSTOMERS_MANAGE = "customers.manage"
    CUSTOMERS_READ = "customers.read"
    DUTY_MANAGE = "duty.manage"
    DUTY_READ = "duty.read"
    EDITIONS_MANAGE = "editions.manage"
    INSTALLATIONS_MANAGE = "installations.manage"
    INSTALLATIONS_READ = "installations.read"
    KNOWN_ERRORS_CONFIRM = "known_errors.confirm"
    MAIL_IN_MANAGE = "mail_in.manage"
    MAIL_IN_READ = "mail_in.read"
    OBLIGATIONS_READ = "obligations.read"
    OBLIGATIONS_READ_OWN_CUSTOMER = "obligations.read_own_customer"
    OVERSIGHT_READ = "oversight.read"
    PRODUCTS_MANAGE = "products.manage"
    PRODUCTS_READ = "products.read"
    REPORTS_READ_OWN_CUSTOMER = "reports.read_own_customer"
    TICKET_ASSIGN = "ticket.assign"
    TICKET_FILE = "ticket.file"
    TICKET_FILE_FOR_OTHERS = "ticket.file_for_others"
    TICKET_REACT = "ticket.react"
    TICKET_READ_ALL = "ticket.read_all"
    TICKET_READ_ASSIGNED = "ticket.read_assigned"
    TICKET_READ_INTERNAL = "ticket.read_internal"
    TICKET_READ_OWN_CUSTOMER = "ticket.read_own_customer"
    TICKET_WORK = "ticket.work"


P = Permission
_CUSTOMER = frozenset(
    {
        P.TICKET_FILE,
        P.TICKET_REACT,
        P.TICKET_READ_OWN_CUSTOMER,
        P.BUNDLE_EXPORT,
        P.INSTALLATIONS_READ,
        P.ARTICLES_READ_CUSTOMERS,
    }
)
_BUSINESS_READER = frozenset(
    {
        P.ANNOUNCEMENTS_READ,
        P.TICKET_READ_ALL,
        P.TICKET_READ_INTERNAL,
        P.CONTACT_READ,
        P.CUSTOMERS_READ,
        P.PRODUCTS_READ,
        P.OBLIGATIONS_READ,
        P.BUNDLE_EXPORT,
        P.INSTALLATIONS_READ,
        P.DUTY_READ,
        P.ARTICLES_READ_DRAFTS,
        P.ARTICLES_READ_STAFF,
    }
)

PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.CUSTOMER_USER: _CUSTOMER,
    Role.RESPONSIBLE: _CUSTOMER
    | {
        P.OBLIGATIONS_READ_OWN_CUSTOMER,
        P.COLLEAGUES_MANAGE,
        P.CONTRACT_READ_OWN,
        P.INSTALLATIONS_MANAGE,
        P.REPORTS_READ_OWN_CUSTOMER,
    },
    Role.AGENT: _BUSINESS_READER
    | {
        P.TICKET_WORK,
        P.TICKET_ASSIGN,
        P.TICKET_FILE_FOR_OTHERS,
        P.ANSWER_TEMPLATES_MANAGE,
        P.CONTACT_LOG,
        P.INSTALLATIONS_MANAGE,
        P.ARTICLES_WRITE,
        P.KNOWN_ERRORS_CONFIRM,
    },
    Role.CONTRACTOR: frozenset(
        {P.TICKET_READ_ASSIGNED, P.TICKET_READ_INTERNAL, P.TICKET_WORK, P.BUNDLE_EXPORT, P.ARTICLES_READ_STAFF}
    ),
    Role.MANAGER: _BUSINESS_READER
    | {
        P.ANNOUNCEMENTS_MANAGE,
        P.CUSTOMERS_MANAGE,
        P.PRODUCTS_MANAGE,
        P.EDITIONS_MANAGE,
        P.ANSWER_TEMPLATES_MANAGE,
        P.INSTALLATIONS_MANAGE,
        P.KNOWN_ERRORS_CONFIRM,
        P.DUTY_MANAGE,
        P.OVERSIGHT_READ,
        P.ARTICLES_WRITE,
        P.ARTICLES_PUBLISH,
    },
    Role.DIRECTOR: _BUSINESS_READER | {P.OVERSIGHT_READ},
    Role.AUDITOR: _BUSINESS_READER | {P.AUDIT_READ, P.MAIL_IN_READ, P.OVERSIGHT_READ},
    Role.ADMINISTRATOR: frozenset({P.ACCOUNTS_MANAGE, P.MAIL_IN_MANAGE, P.MAIL_IN_READ}),
}
