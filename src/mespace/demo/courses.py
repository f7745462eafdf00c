"""How tickets go: each course is a sequence of steps that `player.py` knows by name."""

from dataclasses import dataclass

CONSULTATION, BUG, INCIDENT, CHANGE = "consultation", "bug", "incident", "change_request"
ANY = frozenset({CONSULTATION, BUG, INCIDENT, CHANGE})
TROUBLE = frozenset({BUG, INCIDENT})
ANSWERABLE = frozenset({CONSULTATION, BUG, INCIDENT})


@dataclass(frozen=True)
class Course:
    """Steps for stories of some types; `needs` is a text that the story must have, `count` how often it is played."""

    name: str
    count: int
    steps: tuple[str, ...]
    types: frozenset[str] = TROUBLE
    needs: str = ""
    late: bool = False
    by_agent: bool = False
    companion: str = ""  # the steps of a second ticket about the same, filed soon after by another person


def _course(name: str, count: int, steps: str, **options: object) -> Course:
    return Course(name, count, tuple(steps.split()), **options)  # type: ignore[arg-type]


PAST = (
    _course("consulted", 14, "accept_consult", types=frozenset({CONSULTATION})),
    _course("consulted_later", 8, "accept_ask read reply consult", types=frozenset({CONSULTATION})),
    _course("turned_out_a_question", 3, "accept_ask read reply consult"),
    _course("answered", 10, "accept_propose read take", types=ANSWERABLE),
    _course("asked", 15, "accept_ask read reply note propose read take"),
    _course("worked", 9, "accept note work working propose read take"),
    _course("doubted", 3, "accept work resume note propose read take"),
    _course("closed_by_staff", 7, "accept_ask read reply work propose phone close"),
    _course("rejected", 5, "accept_propose read reject work propose_again read take"),
    _course("known", 8, "accept note ask reply close_known", needs="known_error"),
    _course("third", 3, "accept_ask read reply close_third", needs="third_party"),
    _course("third_waited", 3, "accept_ask reply suspend_vendor vendor_done close_third", needs="third_party"),
    _course("declined", 5, "accept_ask read reply decline", types=frozenset({CHANGE}), needs="decline"),
    _course(
        "delivered", 6, "accept_ask read reply plan work propose read take", types=frozenset({CHANGE}), needs="plan"
    ),
    _course("withdrawn_at_once", 3, "withdraw", types=ANSWERABLE),
    _course("withdrawn_later", 3, "accept_ask withdraw"),
    _course("twice_filed", 4, "accept_ask read reply propose take", companion="accept_duplicate"),
    _course(
        "wrongly_joined",
        2,
        "accept_ask read reply propose take",
        companion="accept_duplicate undo_duplicate propose take",
    ),
    _course("linked", 3, "accept propose read take", companion="link_other accept_propose read take"),
    _course("continued", 2, "withdraw", companion="continued accept_propose read take"),
    _course("reopened", 5, "accept_propose read take reopen work propose_again read take"),
    _course("forgotten_question", 5, "accept_ask expire late_reply propose read take"),
    _course("forgotten_proposal", 5, "accept_propose expire take", types=ANSWERABLE),
    _course("raised", 3, "raise_by_staff accept_ask reply propose take", types=frozenset({INCIDENT}), needs="process"),
    _course(
        "raised_by_customer", 3, "raise_by_customer accept_propose take", types=frozenset({INCIDENT}), needs="process"
    ),
    _course("lowered", 3, "lower accept_propose read take", types=frozenset({INCIDENT}), needs="process"),
    _course("wished", 2, "accept wish work propose read take", types=frozenset({INCIDENT}), needs="process"),
    _course("handed_over", 3, "accept_ask hand_over read reply propose read take"),
    _course("joined", 4, "join accept_propose read take"),
    _course("taken_back", 3, "accept_ask retract propose take"),
    _course("contracted", 5, "accept contract contractor_note work propose read take"),
    _course("corrected", 3, "correct accept_propose take"),
    _course("mistaken", 2, "mistake remove accept_ask reply propose take"),
    _course("called", 4, "accept_propose read take", types=ANSWERABLE, by_agent=True),
    _course("connected", 2, "accept_ask read reply session propose read take", types=TROUBLE),
    _course("upgraded", 2, "accept note session_upgrade propose read take", types=frozenset({BUG})),
    _course("completed", 3, "complete accept_propose read take"),
    _course("late", 7, "accept_ask reply propose read take", late=True),
    _course("waited", 3, "accept_ask reply suspend_customer late_reply work propose take"),
)


@dataclass(frozen=True)
class Open:
    """A ticket that is open at the present. `age` is in working days; `left`: working seconds of a running reaction."""

    course: Course
    age: float = 0.0
    left: int | None = None
    critical: bool = False
    wall_minutes: int | None = None  # filed so long ago by the wall clock, in working time or not


def _open(steps: str, age: float, **options: object) -> Open:
    return Open(_course("open", 1, steps, **options), age=age)


def _running(left: int, *, critical: bool = False, steps: str = "") -> Open:
    types = frozenset({INCIDENT}) if critical else TROUBLE
    needs = "process" if critical else ""
    return Open(_course("running", 1, steps, types=types, needs=needs), left=left, critical=critical)


def _fresh(minutes: int, *, types: frozenset[str] = ANY) -> Open:
    return Open(_course("fresh", 1, "", types=types), wall_minutes=minutes)


PRESENT = (
    _running(1_500, critical=True),
    _running(5_400, critical=True),
    _running(900),
    _running(4_200),
    _running(9_000, steps="assign_first"),
    _running(14_400),
    _running(21_600, steps="join"),
    _running(27_000),
    _running(-2_400),
    _running(-12_600, steps="customer_waits"),
    _fresh(8),
    _fresh(47),
    _fresh(170, types=frozenset({CONSULTATION})),
    _open("accept", 0.6),
    _open("accept note", 1.3),
    _open("accept_ask read reply", 2.6),
    _open("accept_propose read reject", 3.0),
    _open("accept_propose read take reopen", 5.0),
    _open("accept work resume", 2.2),
    _open("accept note work", 1.7),
    _open("accept_ask read reply work working", 3.4),
    _open("accept contract contractor_note work", 4.0),
    _open("accept work customer_waits", 2.8),
    _open("accept_ask read reply plan", 14, types=frozenset({CHANGE}), needs="plan"),
    _open("accept_ask read reply plan", 22, types=frozenset({CHANGE}), needs="plan"),
    _open("accept note link_known plan_fix", 9, needs="known_error"),
    _open("accept note link_known plan_fix", 12, needs="known_error"),
    _open("accept session_awaits", 0.6),
    _open("accept session_agreed", 0.9),
    _open("accept note session_refused", 1.5),
    _open("accept_ask", 0.5),
    _open("accept_ask read", 1.1),
    _open("accept_ask", 2.0),
    _open("accept_ask read", 2.9),
    _open("accept_ask read reply ask_again", 3.1),
    _open("accept_propose", 0.7, types=ANSWERABLE),
    _open("accept_propose read", 1.4, types=ANSWERABLE),
    _open("accept_propose read", 2.4, types=ANSWERABLE),
    _open("accept work propose", 2.5),
    _open("accept_ask expire", 7),
    _open("accept_ask read expire", 10),
    _open("accept_ask expire", 15),
    _open("accept_propose expire", 8, types=ANSWERABLE),
    _open("accept_propose read expire", 12, types=ANSWERABLE),
    _open("accept_ask reply suspend_customer", 6),
    _open("accept_ask reply suspend_vendor", 8, needs="third_party"),
    _open("accept note suspend_vendor", 5, needs="third_party"),
)
