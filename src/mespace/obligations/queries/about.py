"""What is and was owed about one thing: the promises of one kind that name it."""

from mespace.accounts.actor import Actor
from mespace.obligations.kinds import kind_of
from mespace.obligations.models import Obligation


def obligations_about(*, actor: Actor, kind: str, whom_id: int) -> list[Obligation]:
    """The obligations of a kind about `whom_id` that the actor may see, the newest first. Raises KeyError."""
    rows = Obligation.objects.visible_to(actor).filter(whom_kind=kind_of(kind).whom_kind, whom_id=whom_id, kind=kind)
    return list(rows.order_by("-pk"))
