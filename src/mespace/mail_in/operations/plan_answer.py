"""Planning an automatic answer: one to an address on a day, whatever comes from there."""

import secrets
from datetime import datetime
from email.utils import parseaddr

from django.conf import settings

from mespace.accounts.models import User
from mespace.customers.entitlement import moscow_date
from mespace.mail_in.models import AnswerKind, AutoAnswer, Inbound
from mespace.platform.addresses import spellings
from mespace.platform.jobs import Job, defer


def plan_answer(inbound: Inbound, *, address: str, kind: AnswerKind, now: datetime) -> AutoAnswer | None:
    """The answer's line, its Message-ID fixed, and its job queued; None when the address had one today.

    Inside the caller's transaction. A stranger is answered in Russian and English, a known person in their language.
    """
    answer = AutoAnswer(
        inbound=inbound,
        address=address,
        day=moscow_date(now),
        kind=kind,
        languages=_languages(address),
        message_id=f"<answer-{secrets.token_hex(16)}@{_domain()}>",
        next_attempt_at=now,
        created_at=now,
    )
    AutoAnswer.objects.bulk_create([answer], ignore_conflicts=True)
    planned = AutoAnswer.objects.filter(message_id=answer.message_id).first()
    if planned is not None:
        defer(Job.SEND_AUTO_ANSWER, answer_id=planned.pk)
    return planned


def _languages(address: str) -> str:
    known = User.objects.filter(email__in=spellings(address), is_active=True).values_list("language", flat=True).first()
    return known or "ru en"


def _domain() -> str:
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
