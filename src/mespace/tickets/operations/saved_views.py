"""Saved views of the queue: a person's own named filters. Not business fact, so none is in the log."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from mespace.accounts.actor import Actor, Refused
from mespace.accounts.permissions import Permission
from mespace.tickets.errors import Invalid, TicketNotFound
from mespace.tickets.models import SavedView

LONGEST_NAME = 60
LONGEST_QUERY = 1000
MOST = 50


def save_view(*, actor: Actor, name: str, query: str, is_shared: bool) -> SavedView:
    """A new view of the actor's. Only those who work on all tickets share views.

    Raises Invalid (no name, one of that name, too many).
    """
    user_id, name = _person(actor), _checked(name)
    if len(query) > LONGEST_QUERY:
        raise Invalid({"": _("The filters are too long to be saved.")})
    if SavedView.objects.filter(user_id=user_id).count() >= MOST:
        raise Invalid({"": _("You have %(most)d saved views. Delete one first.") % {"most": MOST}})
    try:
        with transaction.atomic():
            return SavedView.objects.create(
                user_id=user_id, name=name, query=query, is_shared=is_shared and may_share(actor)
            )
    except IntegrityError:
        raise Invalid({"name": _("You have a view of this name.")}) from None


def change_view(*, actor: Actor, view_id: int, name: str, is_shared: bool) -> SavedView:
    """The actor's own view with another name or sharing. Raises TicketNotFound (not theirs), Invalid."""
    view = _own(actor, view_id)
    view.name, view.is_shared = _checked(name), is_shared and may_share(actor)
    try:
        with transaction.atomic():
            view.save(update_fields=["name", "is_shared"])
    except IntegrityError:
        raise Invalid({"name": _("You have a view of this name.")}) from None
    return view


def delete_view(*, actor: Actor, view_id: int) -> None:
    """Forget the actor's own view. Raises TicketNotFound (not theirs)."""
    _own(actor, view_id).delete()


def may_share(actor: Actor) -> bool:
    """Whether the actor's views may be offered to all agents."""
    return actor.can(Permission.TICKET_WORK) and actor.can(Permission.TICKET_READ_ALL)


def _own(actor: Actor, view_id: int) -> SavedView:
    view = SavedView.objects.filter(pk=view_id, user_id=_person(actor)).first()
    if view is None:
        raise TicketNotFound(view_id)
    return view


def _person(actor: Actor) -> int:
    if actor.user_id is None:
        raise Refused(Permission.TICKET_READ_ALL)
    return actor.user_id


def _checked(name: str) -> str:
    name = " ".join(name.replace("\x00", "").split())
    if not name or len(name) > LONGEST_NAME:
        raise Invalid({"name": _("Give the view a name of at most %(most)d characters.") % {"most": LONGEST_NAME}})
    return name
