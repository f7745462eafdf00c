"""What a mail is for, decided by what its headers and addresses say."""

from dataclasses import dataclass
from datetime import datetime

from mespace.mail_in.mime.automatic import is_auto_reply, is_automatic, may_be_answered
from mespace.mail_in.mime.delivery_status import is_bounce
from mespace.mail_in.mime.headers import parameter
from mespace.mail_in.mime.letter import Letter, read_letter
from mespace.mail_in.models import AnswerKind, Inbound, Outcome
from mespace.mail_in.operations._become_contact import become_contact
from mespace.mail_in.operations._report_delivery import report_delivery
from mespace.mail_in.operations._take_reply import NotTaken, Taken, take_reply
from mespace.mail_in.operations.plan_answer import plan_answer
from mespace.mail_in.own import is_ours, tokens
from mespace.platform.files import open_blob


@dataclass(frozen=True)
class Done:
    """What became of a mail."""

    outcome: Outcome
    ticket_id: int | None = None
    contact_id: int | None = None
    remarks: tuple[str, ...] = ()


def route(inbound: Inbound, *, now: datetime) -> Done:
    """Do what the mail is for, inside the caller's transaction. An inbound mail gives no right by itself."""
    with open_blob(inbound.blob) as file:
        letter = read_letter(file)
        if is_bounce(letter.root):
            outcome, remarks = report_delivery(file, letter, now=now)
            return Done(outcome, remarks=remarks)
        if parameter(letter.headers, "report-type") == "disposition-notification":
            return Done(Outcome.READ_RECEIPT)
        if is_ours(letter.headers, letter.sender):
            return Done(Outcome.OWN)
        if is_auto_reply(letter.headers) or (is_automatic(letter.headers) and tokens(letter.headers)):
            return Done(Outcome.AUTOMATIC)
        return _from_a_person(inbound, letter, now=now)


def _from_a_person(inbound: Inbound, letter: Letter, *, now: datetime) -> Done:
    answer, hint = AnswerKind.CONTACT, NotTaken()
    if found := tokens(letter.headers):
        taken = take_reply(inbound, letter, token=found[0], now=now)
        if isinstance(taken, Taken):
            if taken.refused_files:
                _answer(inbound, letter, AnswerKind.FILES_REFUSED, now=now)
            return Done(taken.outcome, ticket_id=taken.ticket_id, remarks=_files_remark(taken.refused_files))
        hint = taken
        answer = AnswerKind.NOT_TAKEN if hint.of_addressee else AnswerKind.CONTACT
    contact = become_contact(inbound, letter, hint=hint, now=now)
    if not inbound.is_whole:
        answer = AnswerKind.TOO_LARGE
    _answer(inbound, letter, answer, now=now)
    return Done(Outcome.CONTACT, contact_id=contact.pk, remarks=tuple(contact.remarks))


def _files_remark(refused: tuple[str, ...]) -> tuple[str, ...]:
    return ("files_refused",) if refused else ()


def _answer(inbound: Inbound, letter: Letter, kind: AnswerKind, *, now: datetime) -> None:
    if letter.sender is not None and may_be_answered(letter.headers, letter.sender):
        plan_answer(inbound, address=letter.sender.address, kind=kind, now=now)
