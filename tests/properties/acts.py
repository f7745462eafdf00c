"""Everything that people can do to a ticket, with the arguments of one throw of the dice."""

from collections.abc import Callable
from datetime import date
from typing import Any

from mespace.tickets.lifecycle import Verb
from mespace.tickets.models import Message, Ticket
from mespace.tickets.operations._place import Place
from mespace.tickets.operations._steps import Closing, Plan, Proposal, Question
from mespace.tickets.operations.accept import accept
from mespace.tickets.operations.accept_solution import accept_solution
from mespace.tickets.operations.ask_customer import ask_customer
from mespace.tickets.operations.assign import assign
from mespace.tickets.operations.close import close
from mespace.tickets.operations.comment import Remark, comment
from mespace.tickets.operations.correct_message import correct_message
from mespace.tickets.operations.customer_reacts import Reaction, customer_reacts
from mespace.tickets.operations.edit_details import Details, edit_details
from mespace.tickets.operations.hand_over import hand_over
from mespace.tickets.operations.join import join
from mespace.tickets.operations.link import link
from mespace.tickets.operations.propose_criticality import propose_criticality
from mespace.tickets.operations.propose_solution import propose_solution
from mespace.tickets.operations.reclassify import reclassify
from mespace.tickets.operations.record_customer_reaction import record_customer_reaction
from mespace.tickets.operations.record_receipt import record_receipt
from mespace.tickets.operations.remove_message import remove_message
from mespace.tickets.operations.reopen import reopen
from mespace.tickets.operations.resume_analysis import resume_analysis
from mespace.tickets.operations.retract import retract
from mespace.tickets.operations.schedule import schedule
from mespace.tickets.operations.start_work import start_work
from mespace.tickets.operations.suspend import Suspension, suspend
from mespace.tickets.operations.undo_duplicate import undo_duplicate
from mespace.tickets.operations.withdraw import withdraw
from tests.cast import Cast

SECRET = "тайнопись"  # in every text for staff only


def moves(
    cast: Cast, common: dict[str, Any], word: str, choice: int, closing: Closing
) -> dict[Verb, Callable[[], object]]:
    """Every move by a person; `choice` is 0 to 3."""
    question, proposal = Question(word), Proposal(word, ("solution", "consultation", "article", "change")[choice])
    waits = ("customer", "third_party")[choice % 2]
    return {
        Verb.ACCEPT: lambda: accept(**common, then=(None, question, proposal, closing)[choice]),
        Verb.ACCEPT_SOLUTION: lambda: accept_solution(**common),
        Verb.ASK_CUSTOMER: lambda: ask_customer(**common, question=question),
        Verb.CLOSE: lambda: close(**common, closing=closing),
        Verb.CUSTOMER_REACTS: lambda: customer_reacts(**common, reaction=Reaction(word, rejected=choice == 1)),
        Verb.PROPOSE_SOLUTION: lambda: propose_solution(**common, proposal=proposal),
        Verb.RECORD_CUSTOMER_REACTION: lambda: record_customer_reaction(
            **common, by_person_id=cast.engineer.user_id, said=word
        ),
        Verb.REOPEN: lambda: reopen(**common, reason=word),
        Verb.RESUME_ANALYSIS: lambda: resume_analysis(**common),
        Verb.RETRACT: lambda: retract(**common, reason=word),
        Verb.SCHEDULE: lambda: schedule(**common, plan=Plan("4.13.0", date(2027, 2, 1), word if choice else "")),
        Verb.START_WORK: lambda: start_work(**common),
        Verb.SUSPEND: lambda: suspend(**common, suspension=Suspension(waits, word, cast.engineer.user_id)),
        Verb.UNDO_DUPLICATE: lambda: undo_duplicate(**common, reason=word),
        Verb.WITHDRAW: lambda: withdraw(**common, reason=word if choice else ""),
    }


def other_acts(
    cast: Cast, ticket: Ticket, common: dict[str, Any], word: str, choice: int, other_key: str
) -> dict[str, Callable[[], object]]:
    """Every act that is no move by itself."""
    message = Message.objects.filter(ticket=ticket).order_by("pk")[choice:].first()
    message_id = message.pk if message else 0
    return {
        "comment": lambda: comment(**common, remark=Remark(word)),
        "note": lambda: comment(**common, remark=Remark(f"{SECRET} {word}", internal=True)),
        "correct": lambda: correct_message(
            **common,
            message_id=message_id,
            body=f"{SECRET} {word}" if message is not None and message.audience == "staff" else word,
        ),
        "remove": lambda: remove_message(**common, message_id=message_id),
        "details": lambda: edit_details(
            **common, details=Details(Place(site_id=ticket.site_id, build_id=ticket.build_id), expected=word)
        ),
        "join": lambda: join(**common, note=word if choice else ""),
        "hand_over": lambda: hand_over(
            **common, to_user_id=cast.actors[("engineer", "colleague", "stranger", "responsible")[choice]].user_id
        ),
        "link": lambda: link(**common, other_key=other_key),
        "assign": lambda: assign(**common, to_user_id=[cast.contractor.user_id, cast.agent.user_id, None][choice % 3]),
        "reclassify": lambda: reclassify(
            **common,
            ticket_type=("incident", "incident", "bug", "change_request")[choice],
            criticality=("critical", "non_critical")[choice % 2],
            reason=word,
        ),
        "propose_criticality": lambda: propose_criticality(
            **common, criticality=("critical", "non_critical")[choice % 2], reason=word
        ),
        "read": lambda: record_receipt(**common),
    }
