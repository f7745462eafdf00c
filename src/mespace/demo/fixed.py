"""Tickets of fixed instants around 27 and 28 December 2024, when a Saturday was worked."""

from collections.abc import Callable
from datetime import datetime

from mespace.demo.courses import Course
from mespace.demo.player import Planned, Player, Stage
from mespace.demo.texts import stories
from mespace.tickets.models import Ticket
from mespace.tickets.operations._steps import Closing, Proposal, Question
from mespace.tickets.operations.accept import accept
from mespace.tickets.operations.accept_solution import accept_solution
from mespace.tickets.operations.close import close
from mespace.tickets.operations.customer_reacts import Reaction, customer_reacts
from mespace.tickets.operations.record_receipt import record_receipt

ONLY_FILED = Course("fixed", 1, ())


def play_fixed(stage: Stage) -> list[Ticket]:
    """The five, filed in order and all closed long ago; nothing where the present is not after them."""
    if stage.now < _at("2025-02-01 00:00:00"):
        return []
    return [
        made.ticket for made in (_friday(stage), _broken(stage), _evening(stage), _question(stage), _saturday(stage))
    ]


def _at(moscow: str) -> datetime:
    return datetime.fromisoformat(f"{moscow}+03:00")


def filed(stage: Stage, at: datetime, *, code: str, person: str, story: str, critical: bool = False) -> Player:
    """A ticket about a story, filed at that instant by a person at their own site."""
    factory = stage.world.factories[code]
    requester = next(one for one in factory.people if one.id == person)
    told = next(one for one in stories() if one.id == story)
    works = [work for work in factory.works if work.site == requester.home]
    work = next(work for work in works if not told.at or any(word in work.center.name for word in told.at))
    player = Player(stage, Planned(at, factory, told, ONLY_FILED, work, requester, critical=critical))
    player.file()
    return player


def _do(
    player: Player, moscow: str, operation: Callable[..., Ticket], *, staff: bool = False, **arguments: object
) -> None:
    player.at = _at(moscow)
    player.act(operation, player.agent if staff else player.customer, **arguments)


def _friday(stage: Stage) -> Player:
    """Critical, Friday 16:30: due on the worked Saturday at 09:30; kept."""
    player = filed(
        stage,
        _at("2024-12-27 16:30:00"),
        code="VOLPAK",
        person="kuzmina",
        story="terminal-offline-queue",
        critical=True,
    )
    _do(player, "2024-12-28 09:12:40", accept, staff=True, then=player.proposal())
    _do(player, "2024-12-28 09:31:05", record_receipt)
    _do(player, "2024-12-28 10:02:11", accept_solution)
    return player


def _broken(stage: Stage) -> Player:
    """The same from Novosibirsk, accepted a minute too late: broken."""
    player = filed(stage, _at("2024-12-27 16:30:00"), code="OBMOL", person="melnik", story="expiry-date", critical=True)
    _do(player, "2024-12-28 09:31:00", accept, staff=True, then=player.proposal())
    _do(player, "2024-12-28 09:40:27", accept_solution)
    return player


def _evening(stage: Stage) -> Player:
    """Friday 17:00:00 is outside: the clock starts on Saturday at 08:00, due at 16:00."""
    player = filed(stage, _at("2024-12-27 17:00:00"), code="VOLPAK", person="orlov", story="reasons-list")
    answer = Closing("consultation", body=player.text(player.plan.story.solution))
    _do(player, "2024-12-28 15:48:30", accept, staff=True, then=answer)
    return player


def _question(stage: Stage) -> Player:
    """A question on the worked Saturday, read by nobody: received on 9 January, suspended on 14 January at 17:00."""
    player = filed(stage, _at("2024-12-28 10:05:12"), code="ISETARM", person="holkina", story="heat-treatment")
    question = Question(player.text(player.plan.story.question))
    _do(player, "2024-12-28 11:20:00", accept, staff=True, then=question)
    reply = Reaction(f"С праздниками разобрались, отвечаем. {player.text(player.plan.story.reply)}")
    _do(player, "2025-01-15 06:42:18", customer_reacts, reaction=reply)
    solved = Closing("solved", body=player.text(player.plan.story.solution))
    _do(player, "2025-01-15 10:30:44", close, staff=True, closing=solved)
    return player


def _saturday(stage: Stage) -> Player:
    """Saturday 16:30, eight hours: due on Thursday 9 January at 15:30, accepted at exactly that second; kept."""
    player = filed(stage, _at("2024-12-28 16:30:00"), code="VOLPAK", person="orlov", story="oee-over-100")
    _do(player, "2025-01-09 15:30:00", accept, staff=True, then=Proposal(player.text(player.plan.story.solution)))
    _do(player, "2025-01-09 16:10:09", record_receipt)
    _do(player, "2025-01-10 07:55:31", accept_solution)
    return player
