"""Whom an alarm wakes."""

from datetime import datetime

from mespace.accounts.duty import agents, on_duty


def alarmed(at: datetime) -> list[int]:
    """Ids of those on duty; of all active agents where the roster names nobody, as somebody must wake."""
    return on_duty(at) or list(agents().values_list("pk", flat=True))
