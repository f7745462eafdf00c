"""The files on the division of responsibility, as staff have them on a ticket (clause 2.4)."""

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.customers.models import ContractFile, FilePurpose
from mespace.tickets.models import Ticket


def division_file_on_a_ticket(*, actor: Actor, file_id: int) -> ContractFile | None:
    """The file, if it belongs to the revision that entitled a ticket which `actor` works on or reads as staff.

    A contractor, who reads no contracts, has it for as long as such a ticket is assigned to them.
    """
    if not actor.can(Permission.TICKET_READ_INTERNAL):
        return None
    tickets = Ticket.objects.visible_to(actor).order_by()
    files = ContractFile.objects.filter(pk=file_id, purpose=FilePurpose.DIVISION)
    return files.filter(revisions__in=tickets.values("contract_revision")).distinct().first()
