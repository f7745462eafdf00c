"""What customers do along the course of a demo ticket."""

from datetime import timedelta

from mespace.demo.player import DAY, HOUR, Player, step
from mespace.tickets.lifecycle import Criticality, Resolution, Status
from mespace.tickets.operations._place import Place
from mespace.tickets.operations._steps import Closing
from mespace.tickets.operations.accept_solution import accept_solution
from mespace.tickets.operations.close import close
from mespace.tickets.operations.comment import Remark, comment
from mespace.tickets.operations.correct_message import correct_message
from mespace.tickets.operations.edit_details import Details, edit_details
from mespace.tickets.operations.hand_over import hand_over
from mespace.tickets.operations.join import join
from mespace.tickets.operations.propose_criticality import propose_criticality
from mespace.tickets.operations.record_receipt import record_receipt
from mespace.tickets.operations.reopen import reopen
from mespace.tickets.operations.withdraw import withdraw


@step
def read(p: Player) -> None:
    """The requester opens the ticket."""
    p.customer_after(0.1, 4)
    p.act(record_receipt, p.customer)


@step
def reply(p: Player) -> None:
    """The story's answer to the question."""
    p.customer_after(0.2, 9)
    p.react(p.text(p.plan.story.reply))


@step
def late_reply(p: Player) -> None:
    """An answer after a long silence."""
    p.customer_after(3, 40)
    p.slots["reply"] = p.text(p.plan.story.reply)
    p.react(p.say("late_reply"))


@step
def customer_waits(p: Player) -> None:
    """The customer asks how it goes."""
    p.customer_after(1, 4)
    p.act(comment, p.customer, remark=Remark(p.say("customer_waits")))


@step
def take(p: Player) -> None:
    """The customer accepts the solution, often with a word."""
    p.customer_after(0.5, 20)
    if p.rng.random() < 0.35 and p.ticket.status == Status.SOLUTION_PROPOSED:  # noqa: PLR2004 - a share
        p.react(p.text(p.plan.story.thanks))
        p.agent_after(0.1, 2)
        p.act(
            close,
            p.agent,
            closing=Closing(Resolution.SOLVED, body="Спасибо за ответ! Закрываем обращение как решённое."),
        )
        return
    p.act(accept_solution, p.customer)


@step
def reject(p: Player) -> None:
    """The solution did not help."""
    p.customer_after(0.5, 12)
    p.react(p.say("reject"), rejected=True)


@step
def reopen_(p: Player) -> None:
    """It came back after closing."""
    p.customer_after(20, 70)
    p.act(reopen, p.customer, reason=p.say("reopen"))


@step
def withdraw_(p: Player) -> None:
    """The customer no longer needs it."""
    if p.ticket.status == Status.OPEN:
        p.reach(p.at + timedelta(minutes=p.rng.randint(9, 50)))
    else:
        p.customer_after(0.2, 3)
    p.act(withdraw, p.customer, reason=p.say("withdraw"))


@step
def continued(p: Player) -> None:
    """Said at filing."""


@step
def expire(p: Player) -> None:
    """Nobody answers until after the term's end."""
    p.agent_after(5.2 * DAY / HOUR, 7 * DAY / HOUR)


@step
def raise_by_customer(p: Player) -> None:
    """Proposed as critical by the customer before the reaction."""
    p.reach(p.at + timedelta(minutes=p.rng.randint(12, 55)))
    p.act(propose_criticality, p.customer, criticality=Criticality.CRITICAL, reason=p.say("customer_raise"))


@step
def wish(p: Player) -> None:
    """Proposed as critical after the reaction: an alarm."""
    p.customer_after(0.5, 3)
    p.act(propose_criticality, p.customer, criticality=Criticality.CRITICAL, reason=p.say("criticality_wish"))


@step
def hand_over_(p: Player) -> None:
    """A colleague receives for it from now on."""
    p.customer_after(0.5, 5)
    other = p.colleague()
    p.act(hand_over, p.customer, to_user_id=other.user.pk)
    p.customer = other


@step
def join_(p: Player) -> None:
    """A colleague has it too."""
    p.reach(p.at + timedelta(minutes=p.rng.randint(5, 40)))
    p.act(join, p.colleague(), note=p.say("join"))


@step
def correct(p: Player) -> None:
    """The requester corrects the description."""
    p.reach(p.at + timedelta(minutes=p.rng.randint(3, 15)))
    message = p.ticket.messages.order_by("pk")[0]
    p.act(correct_message, p.customer, message_id=message.pk, body=f"{message.body}\n\n{p.say('correction')}")


@step
def mistake(p: Player) -> None:
    """The requester posts a password."""
    p.reach(p.at + timedelta(minutes=p.rng.randint(2, 9)))
    p.act(comment, p.customer, remark=Remark(p.say("mistake")))


@step
def complete(p: Player) -> None:
    """The requester completes what was missing."""
    p.reach(p.at + timedelta(minutes=p.rng.randint(4, 25)))
    work, ticket = p.plan.work, p.ticket
    place = Place(work.site.pk, work.area.pk, work.center.pk, ticket.build_id)
    details = Details(
        place,
        what_was_done=ticket.what_was_done or p.text("Повторили действие на «{line}» трижды, результат тот же."),
        expected=ticket.expected or "Работает так же, как до вчерашнего дня.",
        stopped_process=ticket.stopped_process,
    )
    p.act(edit_details, p.customer, details=details)
