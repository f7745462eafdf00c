"""Playing one ticket: its course step by step, each by a real operation at a past instant."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from mespace.accounts.actor import Actor
from mespace.demo.courses import Course
from mespace.demo.files import csv_export, service_log, terminal_picture
from mespace.demo.texts import Story, phrases
from mespace.demo.world import Factory, Person, Work, World
from mespace.regulation.core.working_time import WorkingCalendar
from mespace.tickets.lifecycle import Criticality, Resolution, Status, TicketType, WaitingFor
from mespace.tickets.models import Ticket
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
from mespace.tickets.operations.file_ticket import NewTicket, file_ticket
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
from mespace.tickets.operations.uploads import upload
from mespace.tickets.operations.withdraw import withdraw

HOUR = 3600
DAY = 9 * HOUR  # a working day
MOST_FILES = 48
MANY = (12, 13, 14, 15, 16, 17, 18, 19, 25, 26, 27, 28, 29, 35, 36, 37, 38, 45)  # all take the genitive plural

Step = Callable[["Player"], None]


class NotYet(Exception):  # noqa: N818 - the course goes on after the present
    """The next step would lie ahead of the present instant: the ticket stays as it is."""


@dataclass
class Planned:
    """A ticket to be filed."""

    filed_at: datetime
    factory: Factory
    story: Story
    course: Course
    work: Work
    requester: Person
    critical: bool = False
    pace: float = 1.0  # how long people take, 1 is leisurely
    earlier: "Planned | None" = None
    key: str = ""
    is_duplicate: bool = False


@dataclass
class Stage:
    """What all tickets share: the world, chance, the calendar and the present."""

    world: World
    rng: Random
    calendar: WorkingCalendar
    now: datetime
    files: int = 0
    said: dict[str, int] = field(default_factory=dict)

    def phrase(self, name: str) -> str:
        """The next of the phrases for something."""
        told = self.said.get(name, 0)
        self.said[name] = told + 1
        texts = phrases()[name]
        return texts[told % len(texts)]


class Player:
    """One ticket on its way."""

    def __init__(self, stage: Stage, plan: Planned) -> None:
        self.stage, self.plan, self.rng, self.world = stage, plan, stage.rng, stage.world
        self.at = plan.filed_at
        self.agent = self._agent()
        self.customer = plan.requester
        self.ticket: Ticket
        self.slots = self._slots()

    # --- what is said

    def _slots(self) -> dict[str, str]:
        rng, plan = self.rng, self.plan
        local = plan.filed_at.astimezone(plan.requester.zone) - timedelta(minutes=rng.randint(6, 70))
        build = plan.factory.builds.get((plan.work.site.pk, plan.story.product))
        return {
            "line": plan.work.center.name,
            "area": plan.work.area.name,
            "order": str(rng.randint(102_300, 118_900)),
            "batch": f"{rng.choice('АВКМ')}-{local:%d%m}-{rng.randint(1, 9)}",
            "printer": rng.choice(["Zebra ZT411", "Honeywell PM45", "TSC MX241P"]),
            "scanner": rng.choice(["Zebra DS3678", "Honeywell Granit 1981i", "Newland HR52"]),
            "scale": rng.choice(["Mettler Toledo IND570", "МАССА-К ТВ-S-200", "CAS CI-200A"]),
            "n": str(rng.choice(MANY)),
            "time": f"{local:%H:%M}",
            "shift": "первой" if 7 <= local.hour < 15 else "второй" if 15 <= local.hour < 23 else "ночной",  # noqa: PLR2004 - hours
            "name": plan.requester.first_name,
            "build": build.full_number if build else "5.8.2",
            "next_build": self.world.build_after(plan.story.product, plan.filed_at.date()),
            "other": plan.earlier.key if plan.earlier else "",
            "reply": "",
        }

    def text(self, template: str) -> str:
        """A text with its slots filled."""
        return template.format_map(self.slots)

    def say(self, name: str) -> str:
        """A phrase that fits any ticket."""
        return self.text(self.stage.phrase(name))

    # --- when it happens

    def agent_after(self, least: float, most: float) -> datetime:
        """So many working hours later. Raises NotYet."""
        seconds = self.rng.uniform(least, most) * HOUR * self.plan.pace
        due = self.stage.calendar.due(int(self.at.timestamp()), max(120, int(seconds)))
        return self.reach(datetime.fromtimestamp(due + self.rng.randint(1, 59), UTC))

    def customer_after(self, least: float, most: float) -> datetime:
        """So many hours later, when people at the factory are at work. Raises NotYet."""
        at = self.at + timedelta(hours=self.rng.uniform(least, most) * self.plan.pace, seconds=self.rng.randint(1, 59))
        local = at.astimezone(self.customer.zone)
        if not 7 <= local.hour < 20 and self.plan.pace >= 1:  # noqa: PLR2004 - hours
            morning = local.replace(hour=7, minute=self.rng.randint(5, 59))
            at = (morning if local.hour < 7 else morning + timedelta(days=1)).astimezone(UTC)  # noqa: PLR2004
        return self.reach(at)

    def reach(self, at: datetime) -> datetime:
        """Go on to that instant. Raises NotYet."""
        if at >= self.stage.now:
            raise NotYet
        self.at = at.replace(microsecond=0)
        return self.at

    def reacts_at(self) -> datetime:
        """When support accepts: in time, unless the course is late. Raises NotYet."""
        target = 2 * HOUR if self.ticket.criticality == Criticality.CRITICAL else 8 * HOUR
        share = self.rng.uniform(1.1, 2.2) if self.plan.course.late else self.rng.triangular(0.04, 0.95, 0.3)
        if self.plan.pace < 1:
            share = min(share, 0.3)
        registered, last = int(self.ticket.registered_at.timestamp()), int(self.at.timestamp())
        due = self.stage.calendar.due(registered, int(target * share))
        return self.reach(datetime.fromtimestamp(max(due, last + 60), UTC))

    # --- who does it

    def _agent(self) -> Person:
        agents = self.world.agents
        if self.plan.story.product == "quality":
            agents = [one for one in agents if one.id in {"nazarova", "demin"}] or agents
        return self.rng.choice(agents)

    def colleague(self) -> Person:
        """Another person of the factory who sees the ticket."""
        others = [
            one
            for one in self.plan.factory.people
            if one.id != self.customer.id and (one.home == self.plan.work.site or one.user.roles == ["responsible"])
        ]
        return self.rng.choice(others or [one for one in self.plan.factory.people if one.id != self.customer.id])

    def files(self, text: str, by: Actor) -> list[int]:
        """Uploads for a text that says that something is attached."""
        if "прилож" not in text.lower() or self.stage.files >= MOST_FILES:
            return []
        low, name = text.lower(), self.plan.story.id
        wanted: list[tuple[str, bytes]] = []
        if any(word in low for word in ("снимок", "фотограф", "видно")):
            wanted.append((f"{name}.png", self._picture()))
        if any(word in low for word in ("csv", "выгрузк", "структур", "настройк")):
            wanted.append((f"{name}.csv", csv_export(self.rng, self.at, self.slots["line"])))
        if "журнал" in low or not wanted:
            wanted.append((f"{name}.log", service_log(self.rng, self.at, self.slots["order"])))
        self.stage.files += len(wanted)
        return [upload(actor=by, now=self.at, name=file, chunks=[content]).pk for file, content in wanted]

    def _picture(self) -> bytes:
        local = self.at.astimezone(self.customer.zone)
        return terminal_picture(
            line=self.slots["line"],
            order=self.slots["order"],
            clock=f"{local:%d.%m.%Y %H:%M}",
            message=self.text(self.plan.story.subjects[0]),
        )

    # --- the course

    def play(self) -> Ticket:
        """The ticket, filed and brought as far along its course as the present allows."""
        self.file()
        try:
            for step in self.plan.course.steps:
                STEPS[step](self)
        except NotYet:
            pass
        return self.ticket

    def file(self) -> None:
        """Register it, by the requester or by an agent who was called."""
        plan, story = self.plan, self.plan.story
        subject = self.text(story.subjects[self.rng.randrange(len(story.subjects))])
        description = self.text(story.description)
        attached: list[int] = []
        by, contact = plan.requester.actor, None
        if plan.course.by_agent:
            by, contact = self.agent.actor, self.at - timedelta(minutes=self.rng.randint(4, 35))
        elif story.type in {"bug", "incident"} and self.rng.random() < 0.22:  # noqa: PLR2004 - a share
            attached = self.files(f"Снимок приложили. {description}", by)
        site = None if story.type == "consultation" and self.rng.random() < 0.5 else plan.work  # noqa: PLR2004
        build = plan.factory.builds.get((plan.work.site.pk, story.product))
        self.ticket = file_ticket(
            actor=by,
            now=self.at,
            new=NewTicket(
                type=story.type,
                subject=subject,
                description=description,
                product_id=self.world.products[story.product].pk,
                place=Place(
                    site_id=site.site.pk if site else None,
                    area_id=site.area.pk if site else None,
                    work_center_id=site.center.pk if site else None,
                    build_id=build.pk if build and self.rng.random() < 0.85 else None,  # noqa: PLR2004
                ),
                critical=plan.critical,
                stopped_process=self.text(story.process) if plan.critical else "",
                what_was_done=self.text(story.done),
                expected=self.text(story.expected),
                attachment_ids=attached,
                continues=plan.earlier.key if plan.earlier and "continued" in plan.course.steps else "",
                requester_id=plan.requester.user.pk if plan.course.by_agent else None,
                contact_at=contact,
            ),
        )
        plan.key = self.ticket.key

    def act(self, operation: Callable[..., Ticket], by: Person, **arguments: Any) -> None:
        """Run an operation on the ticket at the reached instant."""
        self.ticket = operation(ticket_id=self.ticket.pk, actor=by.actor, now=self.at, **arguments)

    def question(self) -> Question:
        """The story's question."""
        return Question(self.text(self.plan.story.question))

    def proposal(self) -> Proposal:
        """The story's solution."""
        answer = {"consultation": "consultation", "change_request": "change"}.get(self.ticket.type, "solution")
        return Proposal(self.text(self.plan.story.solution), answer=answer)

    def react(self, text: str, *, rejected: bool = False) -> None:
        """The customer answers."""
        files = self.files(text, self.customer.actor)
        self.act(customer_reacts, self.customer, reaction=Reaction(text, rejected=rejected, attachment_ids=files))


STEPS: dict[str, Step] = {}


def step(function: Callable[[Player], None]) -> Callable[[Player], None]:
    """Register a step under the function's name without its trailing underscore."""
    STEPS[function.__name__.rstrip("_")] = function
    return function


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
def customer_waits(p: Player) -> None:
    """The customer asks how it goes."""
    p.customer_after(1, 4)
    p.act(comment, p.customer, remark=Remark(p.say("customer_waits")))


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
def link_other(p: Player) -> None:
    """Linked with the earlier ticket."""
    p.agent_after(0.05, 0.2)
    p.act(link, p.agent, other_key=p.plan.earlier.key if p.plan.earlier else "")


@step
def expire(p: Player) -> None:
    """Nobody answers until after the term's end."""
    p.agent_after(5.2 * DAY / HOUR, 7 * DAY / HOUR)


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
def remove(p: Player) -> None:
    """The text posted by mistake is removed."""
    p.reach(p.at + timedelta(minutes=p.rng.randint(1, 3)))
    message = p.ticket.messages.order_by("-pk")[0]
    p.act(remove_message, p.customer, message_id=message.pk)


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
