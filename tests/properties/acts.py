"""Everything that people can do to a ticket, with the arguments of one throw of the dice."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from mespace.customers.entitlement import moscow_date
from mespace.regulation.services import Service
from mespace.tickets.lifecycle import Verb
from mespace.tickets.models import Message, RemoteSession, Ticket, WorkEntry
from mespace.tickets.operations._place import Place
from mespace.tickets.operations._steps import Closing, Plan, Proposal, Question
from mespace.tickets.operations._work import Work
from mespace.tickets.operations.accept import accept
from mespace.tickets.operations.accept_solution import accept_solution
from mespace.tickets.operations.ask_customer import ask_customer
from mespace.tickets.operations.assign import assign
from mespace.tickets.operations.cancel_session import cancel_session
from mespace.tickets.operations.close import close
from mespace.tickets.operations.comment import Remark, comment
from mespace.tickets.operations.consent_to_session import consent_to_session
from mespace.tickets.operations.correct_message import correct_message
from mespace.tickets.operations.correct_work import correct_work
from mespace.tickets.operations.customer_reacts import Reaction, customer_reacts
from mespace.tickets.operations.edit_details import Details, edit_details
from mespace.tickets.operations.end_session import Report, end_session
from mespace.tickets.operations.hand_over import hand_over
from mespace.tickets.operations.join import join
from mespace.tickets.operations.link import link
from mespace.tickets.operations.log_work import log_work
from mespace.tickets.operations.propose_criticality import propose_criticality
from mespace.tickets.operations.propose_session import Terms, propose_session
from mespace.tickets.operations.propose_solution import propose_solution
from mespace.tickets.operations.reclassify import reclassify
from mespace.tickets.operations.record_customer_reaction import record_customer_reaction
from mespace.tickets.operations.record_no_show import record_no_show
from mespace.tickets.operations.record_receipt import record_receipt
from mespace.tickets.operations.record_session_answer import Answer, record_session_answer
from mespace.tickets.operations.refuse_session import refuse_session
from mespace.tickets.operations.remove_message import remove_message
from mespace.tickets.operations.reopen import reopen
from mespace.tickets.operations.resume_analysis import resume_analysis
from mespace.tickets.operations.retract import retract
from mespace.tickets.operations.schedule import schedule
from mespace.tickets.operations.start_session import Beginning, start_session
from mespace.tickets.operations.start_work import start_work
from mespace.tickets.operations.suspend import Suspension, suspend
from mespace.tickets.operations.undo_duplicate import undo_duplicate
from mespace.tickets.operations.withdraw import withdraw
from mespace.tickets.operations.withdraw_work import withdraw_work
from tests.cast import Cast

SECRET = "тайнопись"  # in every text for staff only
SERVICE_MAKERS = {
    "log_work": ("agent", "contractor"),
    "correct_work": ("agent",),
    "withdraw_work": ("agent",),
    "propose_session": ("agent", "second_agent"),
    "consent_to_session": ("engineer", "colleague", "stranger"),
    "refuse_session": ("engineer",),
    "record_session_answer": ("agent",),
    "start_session": ("agent", "second_agent"),
    "end_session": ("agent",),
    "cancel_session": ("agent",),
    "record_no_show": ("agent",),
}
STILL = {*SERVICE_MAKERS} - {"consent_to_session", "refuse_session", "record_session_answer"}  # no clock ever moves


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


def service_acts(
    cast: Cast, ticket: Ticket, common: dict[str, Any], word: str, choice: int
) -> dict[str, Callable[[], object]]:
    """Everything about work and remote sessions; entries and sessions are taken as they come, in any state."""
    entry = WorkEntry.objects.filter(ticket=ticket).order_by("-pk")[choice:].first()
    session = RemoteSession.objects.filter(ticket=ticket).order_by("-pk")[choice // 2 :].first()
    on = {"session_id": session.pk if session is not None else 0}
    now = common["now"]
    work = Work(Service.values[choice * 2], 15 + choice, moscow_date(now) - timedelta(days=choice // 3))
    starts = now + (timedelta(), timedelta(minutes=7), timedelta(hours=5), timedelta(days=1))[choice]
    after = cast.build.pk if choice else None
    terms = Terms(starts, starts + timedelta(hours=2), "RuDesktop", "Сервер печати", word)
    return {
        "log_work": lambda: log_work(**common, work=work, note=f"{SECRET} {word}" if choice else ""),
        "correct_work": lambda: correct_work(**common, work_id=entry.pk if entry else 0, work=work, reason=word),
        "withdraw_work": lambda: withdraw_work(**common, work_id=entry.pk if entry else 0, reason=word),
        "propose_session": lambda: propose_session(**common, terms=terms),
        "consent_to_session": lambda: consent_to_session(**common, **on),
        "refuse_session": lambda: refuse_session(**common, **on, reason=word if choice else ""),
        "record_session_answer": lambda: record_session_answer(
            **common, **on, answer=Answer(choice != 1, cast.engineer.user_id, word)
        ),
        "start_session": lambda: start_session(**common, **on, beginning=Beginning(reason=word if choice else "")),
        "end_session": lambda: end_session(
            **common,
            **on,
            report=Report(("done", "partly", "not_done", "done")[choice], word, None, after),
        ),
        "cancel_session": lambda: cancel_session(**common, **on, reason=word, instead=terms if choice > 1 else None),
        "record_no_show": lambda: record_no_show(**common, **on, absent=("customer", "vendor")[choice % 2]),
    }
