"""Change how a person is named and reached, and how pages speak to them."""

from django.db import transaction

from mespace.accounts.actor import Actor
from mespace.accounts.doors import lock_person
from mespace.accounts.errors import PersonNotFound
from mespace.accounts.models import User

FIELDS = ("full_name", "job_title", "phone", "language", "time_zone")


@transaction.atomic
def update_profile(
    *,
    actor: Actor,
    full_name: str,
    job_title: str,
    phone: str,
    language: str,
    time_zone: str,
    user_id: int | None = None,
) -> User:
    """The person: the actor, or the one whom the actor manages.

    Raises PersonNotFound, Refused, or ValidationError by field.
    """
    if user_id is None or user_id == actor.user_id:
        user = User.objects.select_for_update().filter(pk=actor.user_id or 0, is_active=True).first()
        if user is None:
            raise PersonNotFound
    else:
        user = lock_person(actor=actor, user_id=user_id)
    user.full_name = " ".join(full_name.split())
    user.job_title, user.phone = job_title.strip(), phone.strip()
    user.language, user.time_zone = language, time_zone
    user.clean_fields(exclude={field.name for field in User._meta.get_fields() if field.name not in FIELDS})  # noqa: SLF001 - Django's public name
    user.save(update_fields=FIELDS)
    return user
