"""What support does along the course of a demo ticket."""

from datetime import timedelta

from mespace.demo.player import Player, step
from mespace.tickets.lifecycle import Criticality, Resolution, TicketType, WaitingFor
from mespace.tickets.operations._steps import Closing, Plan, Proposal, Question
from mespace.tickets.operations.accept import accept
from mespace.tickets.operations.ask_customer import ask_customer
from mespace.tickets.operations.assign import assign
from mespace.tickets.operations.close import close
from mespace.tickets.operations.comment import Remark, comment
from mespace.tickets.operations.link import link
from mespace.tickets.operations.link_known_error import link_known_error
from mespace.tickets.operations.propose_solution import propose_solution
from mespace.tickets.operations.reclassify import reclassify
from mespace.tickets.operations.record_customer_reaction import record_customer_reaction
from mespace.tickets.operations.remove_message import remove_message
from mespace.tickets.operations.resume_analysis import resume_analysis
from mespace.tickets.operations.retract import retract
from mespace.tickets.operations.schedule import schedule
from mespace.tickets.operations.start_work import start_work
from mespace.tickets.operations.suspend import Suspension, suspend
from mespace.tickets.operations.undo_duplicate import undo_duplicate


@step
def accept_(p: Player) -> None:
    """Support takes it."""
    p.reacts_at()
    p.act(accept, p.agent)


@step
def accept_ask(p: Player) -> None:
    """Taken with a question."""
    p.reacts_at()
    p.act(accept, p.agent, then=p.question())


@step
def accept_propose(p: Player) -> None:
    """Taken with an answer."""
    p.reacts_at()
    p.act(accept, p.agent, then=p.proposal())


@step
def accept_consult(p: Player) -> None:
    """Answered and closed at once."""
    p.reacts_at()
    p.act(accept, p.agent, then=Closing(Resolution.CONSULTATION, body=p.text(p.plan.story.solution)))


@step
def accept_duplicate(p: Player) -> None:
    """Taken and joined with the earlier ticket."""
    p.reacts_at()
    key = p.plan.earlier.key if p.plan.earlier else ""
    p.act(accept, p.agent, then=Closing(Resolution.DUPLICATE, body=p.say("duplicate"), duplicate_of=key))


@step
def undo_duplicate_(p: Player) -> None:
    """Joined by mistake."""
    p.agent_after(1, 5)
    p.act(undo_duplicate, p.agent, reason=p.say("undo_duplicate"))


@step
def ask(p: Player) -> None:
    """A question."""
    p.agent_after(0.3, 3)
    p.act(ask_customer, p.agent, question=p.question())


@step
def ask_again(p: Player) -> None:
    """One more question."""
    p.agent_after(0.5, 3)
    text = "Спасибо! И последнее: повторяется ли это на соседнем терминале, если войти под той же учётной записью?"
    p.act(ask_customer, p.agent, question=Question(text))


@step
def note(p: Player) -> None:
    """A note among colleagues."""
    p.agent_after(0.1, 1.5)
    body = p.plan.story.note or "Похожее было у другого заказчика, проверить по базе обращений, прежде чем отвечать."
    p.act(comment, p.agent, remark=Remark(p.text(body), internal=True))


@step
def work(p: Player) -> None:
    """The work begins."""
    p.agent_after(0.2, 3)
    p.act(start_work, p.agent)


@step
def resume(p: Player) -> None:
    """Back to analysis."""
    p.agent_after(1, 5)
    p.act(comment, p.agent, remark=Remark(p.say("resume"), internal=True))
    p.act(resume_analysis, p.agent)


@step
def working(p: Player) -> None:
    """A word to the customer meanwhile."""
    p.agent_after(0.5, 4)
    p.act(comment, p.agent, remark=Remark(p.say("working")))


@step
def propose(p: Player) -> None:
    """The story's solution."""
    p.agent_after(0.5, 7)
    p.act(propose_solution, p.agent, proposal=p.proposal())


@step
def propose_again(p: Player) -> None:
    """Another solution after the first did not help."""
    p.agent_after(1, 8)
    p.act(propose_solution, p.agent, proposal=Proposal(p.say("second_solution")))


@step
def phone(p: Player) -> None:
    """The customer answers by phone."""
    p.agent_after(0.5, 4)
    p.act(record_customer_reaction, p.agent, by_person_id=p.customer.user.pk, said=p.say("phone"))


@step
def close_(p: Player) -> None:
    """Support closes as solved."""
    p.agent_after(1, 6)
    p.act(close, p.agent, closing=Closing(Resolution.SOLVED, body=p.say("closing")))


@step
def consult(p: Player) -> None:
    """Closed as answered by consultation."""
    p.agent_after(0.5, 5)
    p.act(close, p.agent, closing=Closing(Resolution.CONSULTATION, body=p.text(p.plan.story.solution)))


@step
def close_known(p: Player) -> None:
    """Closed as a known error."""
    p.agent_after(0.5, 6)
    error = p.world.known_errors[p.plan.story.known_error]
    body = p.text(p.plan.story.solution)
    p.act(close, p.agent, closing=Closing(Resolution.KNOWN_ERROR, body=body, known_error_id=error.pk))


@step
def link_known(p: Player) -> None:
    """The cause is confirmed: a known error."""
    p.agent_after(0.5, 4)
    p.act(link_known_error, p.agent, known_error_id=p.world.known_errors[p.plan.story.known_error].pk)


@step
def close_third(p: Player) -> None:
    """Closed: another vendor must act."""
    p.agent_after(0.5, 5)
    vendor = p.world.vendors[p.plan.story.third_party]
    body = p.text(p.plan.story.solution)
    p.act(close, p.agent, closing=Closing(Resolution.THIRD_PARTY, body=body, vendor_id=vendor.pk))


@step
def decline(p: Player) -> None:
    """A change that will not be made."""
    p.agent_after(2, 12)
    p.act(close, p.agent, closing=Closing(Resolution.DECLINED, body=p.text(p.plan.story.decline)))


@step
def plan(p: Player) -> None:
    """A change is planned."""
    p.agent_after(2, 12)
    p.act(schedule, p.agent, plan=_planned(p, p.text(p.plan.story.plan)))


@step
def plan_fix(p: Player) -> None:
    """The fix of a known error is planned."""
    p.agent_after(1, 9)
    text = (
        "Подтвердили ошибку {code}. Исправление войдёт в сборку {build}; до неё действует обходной путь из её описания."
    )
    code, build = p.plan.story.known_error, p.world.next_build[p.plan.story.product]
    p.act(schedule, p.agent, plan=_planned(p, text.format(code=code, build=build)))


def _planned(p: Player, body: str) -> Plan:
    days = p.rng.randint(30, 80)
    return Plan(p.world.next_build[p.plan.story.product], (p.at + timedelta(days=days)).date(), body)


@step
def link_other(p: Player) -> None:
    """Linked with the earlier ticket."""
    p.agent_after(0.05, 0.2)
    p.act(link, p.agent, other_key=p.plan.earlier.key if p.plan.earlier else "")


@step
def raise_by_staff(p: Player) -> None:
    """Made critical before the reaction."""
    p.agent_after(0.1, 0.6)
    p.act(
        reclassify,
        p.agent,
        ticket_type=TicketType.INCIDENT,
        criticality=Criticality.CRITICAL,
        reason=p.say("raise"),
    )


@step
def lower(p: Player) -> None:
    """Made non-critical before the reaction."""
    p.agent_after(0.1, 0.7)
    p.act(
        reclassify,
        p.agent,
        ticket_type=TicketType.INCIDENT,
        criticality=Criticality.NON_CRITICAL,
        reason=p.say("lower"),
    )


@step
def retract_(p: Player) -> None:
    """The question is taken back."""
    p.agent_after(0.3, 3)
    p.act(retract, p.agent, reason=p.say("retract"))


@step
def assign_first(p: Player) -> None:
    """Assigned, which is no reaction."""
    p.agent_after(0.05, 0.3)
    p.act(assign, p.agent, to_user_id=p.agent.user.pk)


@step
def contract(p: Player) -> None:
    """Given to the contractor."""
    p.agent_after(0.3, 2)
    contractor = p.world.staff["tkachenko"]
    p.act(assign, p.agent, to_user_id=contractor.user.pk)
    p.agent = contractor


@step
def contractor_note(p: Player) -> None:
    """The contractor's note."""
    p.agent_after(0.5, 3)
    p.act(comment, p.agent, remark=Remark(p.say("contractor_note"), internal=True))


@step
def suspend_customer(p: Player) -> None:
    """Suspended because the customer asked so."""
    p.agent_after(0.5, 4)
    why = Suspension(WaitingFor.CUSTOMER, p.say("suspend_customer"), requested_by_id=p.customer.user.pk)
    p.act(suspend, p.agent, suspension=why)


@step
def suspend_vendor(p: Player) -> None:
    """Suspended because another vendor must act."""
    p.agent_after(0.5, 4)
    p.act(suspend, p.agent, suspension=Suspension(WaitingFor.THIRD_PARTY, p.say("suspend_vendor")))


@step
def vendor_done(p: Player) -> None:
    """The customer says that the other vendor has acted."""
    p.customer_after(30, 90)
    p.react(p.say("vendor_done"))


@step
def remove(p: Player) -> None:
    """The text posted by mistake is removed."""
    p.reach(p.at + timedelta(minutes=p.rng.randint(1, 3)))
    message = p.ticket.messages.order_by("-pk")[0]
    p.act(remove_message, p.customer, message_id=message.pk)
