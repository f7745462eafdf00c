"""Create the administrator with whom an empty installation begins."""

from datetime import datetime

from django.db import connection, transaction

from mespace.accounts import links
from mespace.accounts.errors import AdministratorExists
from mespace.accounts.models import User
from mespace.accounts.permissions import Role
from mespace.accounts.provisioning import provision

LOCK = 7_306_145  # two who begin at once take turns


@transaction.atomic
def create_first_administrator(*, email: str, full_name: str, password: str, now: datetime) -> User:
    """The administrator, able to sign in. There is no actor: nobody exists who could act.

    Raises AdministratorExists once there is one, disabled or not, and ValidationError by field.
    """
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [LOCK])
    if User.objects.filter(roles__contains=[Role.ADMINISTRATOR]).exists():
        raise AdministratorExists
    user = provision(now=now, email=email, full_name=full_name, roles={Role.ADMINISTRATOR, Role.MANAGER})
    links.set_password(user=user, password=password, now=now)
    return user
