"""Who files what and when: the plan of all tickets before any is played."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random

from mespace.customers.entitlement import moscow_date
from mespace.demo.courses import PAST, PRESENT, Course, Open
from mespace.demo.player import DAY, Planned, Stage
from mespace.demo.texts import Story, stories
from mespace.demo.world import Factory, Person, Work

MONTHS = 125  # days
MINUTE = timedelta(minutes=1)


class Timetable:
    """Makes the plan; chance comes from the stage, so the same seed and present give the same plan."""

    def __init__(self, stage: Stage) -> None:
        self.stage, self.rng, self.calendar, self.now = stage, stage.rng, stage.calendar, stage.now
        self.told: Counter[str] = Counter()
        self.now_told: set[str] = set()

    def make(self) -> list[Planned]:
        """Every ticket, in order of filing."""
        planned = [self._present(open_now) for open_now in PRESENT]
        self.told.clear()
        for course in PAST:
            for _ in range(course.count):
                planned.extend(self._past(course))
        return sorted(planned, key=lambda each: each.filed_at)

    # --- of the past

    def _past(self, course: Course) -> Iterable[Planned]:
        length = len(course.steps) * 0.9 + 1.5
        last = self.back(int(length * DAY))
        first = self.now - timedelta(days=MONTHS)
        day = first + (last - first) * self.rng.random()
        for _ in range(40):
            plan = self._somewhere(course, day)
            if plan is not None and plan.filed_at < last:
                break
            day = first + (last - first) * self.rng.random()
        if plan is None:
            return
        yield plan
        if course.companion:
            yield self._companion(plan, course)

    def _somewhere(self, course: Course, day: datetime) -> Planned | None:
        story = self._fitting(course)[0]
        factories = [one for one in self._factories(story) if one.covers(story.product, moscow_date(day))]
        if not factories:
            return None
        self.told[story.id] += 1
        factory = self.rng.choice(factories)
        requester, work = self._where(factory, story)
        return Planned(
            self._moment(day, requester),
            factory,
            story,
            course,
            work,
            requester,
            critical=self._critical(story, course),
        )

    def _companion(self, plan: Planned, course: Course) -> Planned:
        others = [one for one in plan.factory.people if one.home == plan.work.site and one != plan.requester]
        steps = tuple(course.companion.split())
        other = plan.requester if "continued" in steps else self.rng.choice(others or [plan.requester])
        later = plan.filed_at + MINUTE * self.rng.randint(65, 400)
        return replace(
            plan, filed_at=later, requester=other, course=replace(course, steps=steps), earlier=plan, critical=False
        )

    def _moment(self, day: datetime, requester: Person) -> datetime:
        """An hour at which people file: mostly the day shift, sometimes the night or a weekend."""
        local = day.astimezone(requester.zone)
        hour = self.rng.choice([7, 8, 8, 9, 9, 9, 10, 10, 11, 11, 13, 14, 14, 15, 15, 16, 17, 18, 20, 22, 2, 5])
        local = local.replace(hour=hour, minute=self.rng.randint(0, 59), second=self.rng.randint(0, 59), microsecond=0)
        if local.weekday() > 4 and self.rng.random() < 0.75:  # noqa: PLR2004 - weekends are quieter
            local += timedelta(days=2)
        return local.astimezone(UTC)

    # --- of the present

    def _present(self, wanted: Open) -> Planned:
        filed_at, pace = self._filed(wanted)
        course, day = wanted.course, moscow_date(filed_at)
        fitting = [
            (story, factories)
            for story in self._fitting(course)
            if (story.is_critical or not wanted.critical)
            and (factories := [one for one in self._factories(story) if one.covers(story.product, day)])
        ]
        story, factories = next((pair for pair in fitting if pair[0].id not in self.now_told), fitting[0])
        self.now_told.add(story.id)
        factory = self.rng.choice(factories)
        requester, work = self._where(factory, story)
        return Planned(filed_at, factory, story, course, work, requester, critical=wanted.critical, pace=pace)

    def _filed(self, wanted: Open) -> tuple[datetime, float]:
        if wanted.wall_minutes is not None:
            return self.now - MINUTE * wanted.wall_minutes, 0.05
        if wanted.left is not None:
            target = 7200 if wanted.critical else 28800
            return self.back(target - wanted.left), 0.3
        return self.back(int(wanted.age * DAY)), min(1.0, wanted.age / max(1, len(wanted.course.steps)) * 0.8)

    def back(self, seconds: int) -> datetime:
        """The latest instant from which `seconds` of working time lead to now."""
        now = int(self.now.timestamp())
        early, late = now - 200 * 86400, now
        while late - early > 1:
            middle = (early + late) // 2
            if self.calendar.between(middle, now) >= seconds:
                early = middle
            else:
                late = middle
        return datetime.fromtimestamp(early, UTC)

    # --- what and where

    def _fitting(self, course: Course) -> list[Story]:
        """Stories for the course, those told least often first."""
        fitting = [
            story
            for story in stories()
            if story.type in course.types
            and (not course.needs or getattr(story, course.needs))
            and (course.name.startswith("third") or course.needs == "third_party" or not story.third_party)
        ]
        self.rng.shuffle(fitting)
        return sorted(fitting, key=lambda story: self.told[story.id])

    def _factories(self, story: Story) -> list[Factory]:
        factories = self.stage.world.factories
        return [factories[code] for code in story.customers] if story.customers else list(factories.values())

    def _where(self, factory: Factory, story: Story) -> tuple[Person, Work]:
        requester = self.rng.choice([one for one in factory.people if self._works(factory, one, story)])
        return requester, self.rng.choice(self._works(factory, requester, story))

    def _works(self, factory: Factory, person: Person, story: Story) -> list[Work]:
        own = [work for work in factory.works if work.site == person.home]
        if story.at:
            return [work for work in own if any(word in work.center.name for word in story.at)]
        return [work for work in own if not work.is_special]

    def _critical(self, story: Story, course: Course) -> bool:
        if "lower" in course.steps:
            return True
        if course.needs == "process" or not story.is_critical:
            return False
        return self.rng.random() < 0.45  # noqa: PLR2004 - a share


def chance() -> Random:
    """The one source of chance."""
    return Random(20190901)  # noqa: S311 - a demo, not a secret
