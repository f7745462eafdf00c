"""One ticket of the cast with remote sessions, for tests."""

from datetime import datetime, timedelta
from typing import Any

from mespace.tickets.models import RemoteSession
from mespace.tickets.operations.consent_to_session import consent_to_session
from mespace.tickets.operations.propose_session import Terms, propose_session
from mespace.tickets.operations.start_session import start_session
from tests.cast import WEDNESDAY, Cast

HOUR = timedelta(hours=1)
STARTS, ENDS = WEDNESDAY + 4 * HOUR, WEDNESDAY + 6 * HOUR
TERMS = Terms(STARTS, ENDS, "RuDesktop", "Сервер печати, цех 1", "Посмотреть очередь печати")


class Story:
    """One ticket of the cast and its sessions."""

    def __init__(self, cast: Cast, **filed: Any) -> None:
        self.cast, self.ticket = cast, cast.file(**filed)

    def by(self, name: str, now: datetime = WEDNESDAY + HOUR) -> dict[str, Any]:
        return {"ticket_id": self.ticket.pk, "actor": self.cast.actors[name], "now": now}

    def propose(self, terms: Terms = TERMS, name: str = "agent") -> RemoteSession:
        propose_session(**self.by(name), terms=terms)
        return RemoteSession.objects.filter(ticket=self.ticket).order_by("-number")[0]

    def agreed(self) -> RemoteSession:
        session = self.propose()
        consent_to_session(**self.by("engineer"), session_id=session.pk)
        return session

    def running(self) -> RemoteSession:
        session = self.agreed()
        start_session(**self.by("agent", STARTS), session_id=session.pk)
        return session


def state(session: RemoteSession) -> str:
    session.refresh_from_db()
    return session.state
