"""The customers room's jobs."""

from datetime import datetime

from mespace.customers.onboarding.models import HandedOver
from mespace.customers.operations.credentials_given import credentials_given
from mespace.platform import clock
from mespace.platform.jobs import Job, task


@task(Job.CREDENTIALS_GIVEN, retry=5)
def serve_contracts(*, user_id: int, at: str, how: str) -> None:
    """Note in the contracts that name the person that the invitation reached them at that instant."""
    credentials_given(user_id=user_id, now=clock.now(), at=datetime.fromisoformat(at), how=HandedOver(how))
