"""The customers room's jobs."""

from datetime import datetime

from mespace.customers.onboarding.models import HandedOver
from mespace.customers.operations.credentials_given import credentials_given
from mespace.customers.operations.forget_imports import forget_imports
from mespace.customers.operations.warn_of_ends import warn_of_ends
from mespace.platform import clock
from mespace.platform.jobs import Job, every, task


@task(Job.CREDENTIALS_GIVEN, retry=5)
def serve_contracts(*, user_id: int, at: str, how: str) -> None:
    """Note in the contracts that name the person that the invitation reached them at that instant."""
    credentials_given(user_id=user_id, now=clock.now(), at=datetime.fromisoformat(at), how=HandedOver(how))


@every("7 5-15 * * *", Job.WARN_OF_CONTRACT_ENDS, queueing_lock="warn-of-contract-ends")
def warn_of_contract_ends(timestamp: int) -> None:  # noqa: ARG001 - procrastinate passes the planned instant
    """In Moscow's day from 8 on, so that a contract entered at noon is warned of the same day."""
    warn_of_ends(now=clock.now())


@every("43 2 * * *", Job.FORGET_IMPORTS, queueing_lock="forget-imports")
def forget_old_imports(timestamp: int) -> None:  # noqa: ARG001
    """Tables that nobody imported within a day."""
    forget_imports(now=clock.now())
