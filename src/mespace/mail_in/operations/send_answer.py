"""Sending an automatic answer, so that nothing can answer it in turn."""

from datetime import datetime, timedelta

from django.core.mail import EmailMessage
from django.db import transaction

from mespace.mail_in.answer_texts import answer_body, answer_subject
from mespace.mail_in.models import AnswerState, AutoAnswer
from mespace.notifications.channels.mail.return_path import NOBODY
from mespace.notifications.channels.mail.smtp import Handed, Outcome, hand_over
from mespace.platform.jobs import Job, defer

WAITS = (60, 600, 3600)  # seconds before each further attempt
TOO_LATE = timedelta(days=1)
LOST_AFTER = timedelta(minutes=10)  # a claimed answer without an end: perhaps it was sent


def send_answer(*, answer_id: int, now: datetime) -> AutoAnswer | None:
    """The answer, handed over once; None when it was not due."""
    answer = _claim(answer_id, now=now)
    if answer is None:
        return None
    if now - answer.created_at > TOO_LATE:
        return _settle(answer, AnswerState.FAILED, error="TooLate")
    handed: Handed = hand_over(mail_of(answer), return_path=NOBODY)
    match handed.outcome:
        case Outcome.SENT:
            return _settle(answer, AnswerState.SENT, sent_at=now)
        case Outcome.KEPT:
            return _settle(answer, AnswerState.KEPT)
        case Outcome.UNCERTAIN:
            return _settle(answer, AnswerState.UNCERTAIN, error=handed.error)
        case Outcome.LATER if answer.attempts <= len(WAITS):
            wait = WAITS[answer.attempts - 1]
            with transaction.atomic():
                defer(Job.SEND_AUTO_ANSWER, answer_id=answer.pk, delay_seconds=wait)
                again = now + timedelta(seconds=wait)
                return _settle(answer, AnswerState.PLANNED, next_attempt_at=again, error=handed.error)
    return _settle(answer, AnswerState.FAILED, error=handed.error)


def mail_of(answer: AutoAnswer) -> EmailMessage:
    """The mail, marked as a machine's by every word that other machines know (RFC 3834)."""
    thread = {"In-Reply-To": answer.inbound.message_id, "References": answer.inbound.message_id}
    return EmailMessage(
        subject=answer_subject(answer),
        body=answer_body(answer),
        to=[answer.address],
        headers={
            "Message-ID": answer.message_id,
            "Auto-Submitted": "auto-replied",
            "X-Auto-Response-Suppress": "All",
            "Precedence": "bulk",
            **{name: value for name, value in thread.items() if value},
        },
    )


def sweep_answers(*, now: datetime) -> None:
    """Queue answers whose job was lost; those that were claimed and never ended may have been sent, and stay so."""
    lost = AutoAnswer.objects.filter(state=AnswerState.SENDING, claimed_at__lt=now - LOST_AFTER)
    lost.update(state=AnswerState.UNCERTAIN)
    due = AutoAnswer.objects.filter(state=AnswerState.PLANNED, next_attempt_at__lt=now - LOST_AFTER)
    for pk in due.values_list("pk", flat=True)[:200]:
        defer(Job.SEND_AUTO_ANSWER, unique=f"answer-{pk}", answer_id=pk)


def _claim(answer_id: int, *, now: datetime) -> AutoAnswer | None:
    with transaction.atomic():
        rows = AutoAnswer.objects.select_for_update(of=("self",), skip_locked=True).select_related("inbound")
        answer = rows.filter(pk=answer_id, state=AnswerState.PLANNED, next_attempt_at__lte=now).first()
        if answer is None:
            return None
        answer.state, answer.claimed_at, answer.next_attempt_at = AnswerState.SENDING, now, None
        answer.attempts += 1
        answer.save(update_fields=["state", "claimed_at", "next_attempt_at", "attempts"])
    return answer


def _settle(answer: AutoAnswer, state: AnswerState, **columns: object) -> AutoAnswer:
    answer.state = state
    for name, value in columns.items():
        setattr(answer, name, value)
    answer.save(update_fields=["state", *columns])
    return answer
