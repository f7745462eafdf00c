"""The kinds of event in a ticket's log (docs/mechanisms/log.md), and who is told of them."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    """Every kind, sorted."""

    ACCEPTED = "accepted"
    ANALYSIS_RESUMED = "analysis_resumed"
    ASKED = "asked"
    ASSIGNED = "assigned"
    CLOSED = "closed"
    COMMENTED = "commented"
    CRITICALITY_PROPOSED = "criticality_proposed"
    CUSTOMER_REACTED = "customer_reacted"
    DUPLICATE_UNDONE = "duplicate_undone"
    EDITED = "edited"
    FILED = "filed"
    FILE_REMOVED = "file_removed"
    FIX_CHANGED = "fix_changed"
    HANDED_OVER = "handed_over"
    JOINED = "joined"
    KNOWN_ERROR_LINKED = "known_error_linked"
    KNOWN_ERROR_UNLINKED = "known_error_unlinked"
    LINKED = "linked"
    MESSAGE_CORRECTED = "message_corrected"
    MESSAGE_REMOVED = "message_removed"
    OUTSIDE_SUPPORT = "outside_support"
    PROPOSED = "proposed"
    REACTION_RECORDED = "reaction_recorded"
    RECEIPT = "receipt"
    RECLASSIFIED = "reclassified"
    REMINDED = "reminded"
    REOPENED = "reopened"
    REPINNED = "repinned"
    RETRACTED = "retracted"
    SCHEDULED = "scheduled"
    SESSION_CANCELLED = "session_cancelled"
    SESSION_CONSENTED = "session_consented"
    SESSION_CONSENT_WITHDRAWN = "session_consent_withdrawn"
    SESSION_ENDED = "session_ended"
    SESSION_MISSED = "session_missed"
    SESSION_PROPOSED = "session_proposed"
    SESSION_REFUSED = "session_refused"
    SESSION_STARTED = "session_started"
    SOLUTION_ACCEPTED = "solution_accepted"
    SUSPENDED = "suspended"
    SUSPENDED_UNANSWERED = "suspended_unanswered"
    UNLINKED = "unlinked"
    WITHDRAWN = "withdrawn"
    WITHIN_SUPPORT = "within_support"
    WORK_CORRECTED = "work_corrected"
    WORK_LOGGED = "work_logged"
    WORK_STARTED = "work_started"
    WORK_WITHDRAWN = "work_withdrawn"


# What was done for the customer (clause 6.3): work by service, and remote sessions.
WORK = frozenset({Kind.WORK_LOGGED, Kind.WORK_CORRECTED, Kind.WORK_WITHDRAWN})
SESSIONS = frozenset(
    {
        Kind.SESSION_CANCELLED,
        Kind.SESSION_CONSENTED,
        Kind.SESSION_CONSENT_WITHDRAWN,
        Kind.SESSION_ENDED,
        Kind.SESSION_MISSED,
        Kind.SESSION_PROPOSED,
        Kind.SESSION_REFUSED,
        Kind.SESSION_STARTED,
    }
)

# Kinds that move no clock and no status: after them no verdict needs to be computed again.
CLOCKLESS = frozenset(
    {
        Kind.ASSIGNED,
        Kind.COMMENTED,
        Kind.CRITICALITY_PROPOSED,
        Kind.EDITED,
        Kind.FILE_REMOVED,
        Kind.FIX_CHANGED,
        Kind.HANDED_OVER,
        Kind.JOINED,
        Kind.KNOWN_ERROR_LINKED,
        Kind.KNOWN_ERROR_UNLINKED,
        Kind.LINKED,
        Kind.MESSAGE_CORRECTED,
        Kind.MESSAGE_REMOVED,
        Kind.OUTSIDE_SUPPORT,
        Kind.UNLINKED,
        Kind.WITHIN_SUPPORT,
        *WORK,
        *SESSIONS,
    }
)

# Kinds that are no news: they mark nothing as unread and tell nobody.
QUIET = frozenset({Kind.RECEIPT, Kind.EDITED, Kind.REPINNED, Kind.WORK_LOGGED})


def is_public(kind: str, payload: Mapping[str, Any]) -> bool:
    """Whether the customer sees the event. Everything but what concerns messages for staff only."""
    return not (
        kind in {Kind.COMMENTED, Kind.MESSAGE_CORRECTED, Kind.MESSAGE_REMOVED, Kind.FILE_REMOVED}
        and payload.get("audience") == "staff"
    )
