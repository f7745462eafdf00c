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
from mespace.tickets.lifecycle import Criticality
from mespace.tickets.models import Ticket
from mespace.tickets.operations._contacts import Caller
from mespace.tickets.operations._place import Place
from mespace.tickets.operations._steps import Proposal, Question
from mespace.tickets.operations.customer_reacts import Reaction, customer_reacts
from mespace.tickets.operations.file_ticket import NewTicket, file_ticket
from mespace.tickets.operations.log_contact import NewContact, log_contact
from mespace.tickets.operations.uploads import upload

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
        by, contact_id = plan.requester.actor, None
        if plan.course.by_agent:
            by = self.agent.actor
            contact_id = self.called(self.at - timedelta(minutes=self.rng.randint(4, 35)), description)
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
                contact_id=contact_id,
            ),
        )
        plan.key = self.ticket.key

    def called(self, at: datetime, said: str) -> int:
        """The call that the agent noted before registering."""
        new = NewContact("phone", at, said, caller=Caller(self.plan.requester.user.pk))
        return int(log_contact(actor=self.agent.actor, now=at + timedelta(minutes=3), new=new).pk)

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
