"""A mail server's word that the requester received a question or a proposal (E3)."""

from datetime import datetime

from mespace.accounts.actor import MAIL
from mespace.tickets.events import Kind
from mespace.tickets.operations._act import acting


def record_mail_receipt(*, ticket_id: int, user_id: int, seq: int, now: datetime) -> bool:
    """Whether it is evidence for the term that runs, which is written if it was not yet.

    Call it once the recipient's own mail server confirmed a mail that held the full text of what event `seq` published.
    It counts if the person receives for the ticket and the term that the event opened still runs; what comes after
    other evidence is kept and moves nothing. Raises TicketNotFound.
    """
    with acting(ticket_id=ticket_id, actor=MAIL, now=now) as act:
        ticket = act.ticket
        if ticket.term_opened_at is None or ticket.holder_id != user_id:
            return False
        events = act.events()
        opened = next((event for event in events if event.seq == seq), None)
        if opened is None or opened.kind not in {Kind.ASKED, Kind.PROPOSED} or opened.payload["term"] != ticket.term:
            return False
        payload = {"term": ticket.term, "evidence": "mail"}
        if not any(event.kind == Kind.RECEIPT and event.payload == payload for event in events):
            act.record(Kind.RECEIPT, payload)
    return True
