"""The one door to other people's accounts: who may manage whom. Deny by default."""

from mespace.accounts.actor import Actor, Refused
from mespace.accounts.errors import PersonNotFound
from mespace.accounts.models import User
from mespace.accounts.permissions import Permission, Role


def lock_person(*, actor: Actor, user_id: int) -> User:
    """The person's row, locked until the transaction ends, if `actor` may manage that account.

    Administrators manage everybody, managers all customers' people, a responsible employee the ordinary people of the
    own customer. Raises PersonNotFound for a person whom the actor may not know of, Refused for one who is not theirs.
    """
    user = User.objects.select_for_update(of=("self",)).filter(pk=user_id).first()
    if actor.can(Permission.ACCOUNTS_MANAGE):
        if user is None:
            raise PersonNotFound
        return user
    if actor.can(Permission.CUSTOMERS_MANAGE):
        if user is None:
            raise PersonNotFound
        if not user.is_customer:
            raise Refused(Permission.ACCOUNTS_MANAGE)
        return user
    actor.require(Permission.COLLEAGUES_MANAGE)
    if user is None or not _is_colleague(actor, user):
        raise PersonNotFound
    if Role.RESPONSIBLE in user.roles:
        raise Refused(Permission.CUSTOMERS_MANAGE)  # responsible employees are named in the contract
    return user


def _is_colleague(actor: Actor, user: User) -> bool:
    # By name, because customers is the room above: the membership is what makes a colleague.
    return (
        actor.customer_id is not None
        and User.objects.filter(pk=user.pk, membership__customer_id=actor.customer_id).exists()
    )
