"""Where the regulation is silent, and how the product decided: in our words, with the clauses, parameters and tests.

Codes are those by which the code refers to them; a test holds that each test named here exists.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext_lazy as _

from mespace.regulation.clauses import Words

_REGULATION: Final = "src/mespace/regulation/tests/"
_CORE: Final = "src/mespace/regulation/tests/core/"
_TEXT: Final = _REGULATION + "edition_text/test_edition_text.py"
_ONBOARDING: Final = "src/mespace/customers/tests/operations/test_onboarding.py"
_TICKETS: Final = "src/mespace/tickets/tests/"


@dataclass(frozen=True)
class Interpretation:
    """One hole and what was decided; `tests` are `path::name` in the repository."""

    code: str
    hole: Words
    decision: Words
    clauses: tuple[str, ...]
    tests: tuple[str, ...]
    parameters: tuple[str, ...] = ()

    @property
    def group(self) -> str:
        """The group that it belongs to: `E3` of `E3.2`."""
        return self.code.partition(".")[0]

    @property
    def test_names(self) -> list[tuple[str, str]]:
        """The tests as file and name."""
        return [
            (path.removeprefix("src/mespace/"), name)
            for path, _colons, name in (each.partition("::") for each in self.tests)
        ]


GROUPS: Final[Mapping[str, Words]] = {
    "E1": _("Working time"),
    "E2": _("Reaction"),
    "E3": _("Receipt, and the term of an answer"),
    "E4": _("Which edition, which calendar"),
    "E5": _("Other obligations, and the calculator"),
    "E6": _("Numbers and words of the regulation itself"),
}

INTERPRETATIONS: Final = (
    Interpretation(
        "E1.1",
        _("Is the second at which the working day ends still inside it?"),
        _("No: the day holds its first second and not its last one. Time is reckoned in whole seconds, by Moscow."),
        ("1",),
        (_CORE + "test_working_time.py::test_is_working", _CORE + "test_working_time.py::test_between"),
        ("day_start", "day_end", "zone"),
    ),
    Interpretation(
        "E1.2",
        _("When does the clock of a request start that was filed at night or on a day off?"),
        _("With the next working day. A term that ends with a day ends in its evening, not in the morning after."),
        ("1", "6.4", "5.5"),
        (_CORE + "test_working_time.py::test_due", _CORE + "test_working_time.py::test_day_end"),
    ),
    Interpretation(
        "E1.3",
        _("Is acting at exactly the due instant in time?"),
        _("Yes, that very second included; for the vendor and for the customer alike."),
        ("5.5", "6.4"),
        (
            _CORE + "test_reaction.py::test_an_acceptance_is_judged_by_the_second",
            _CORE + "test_obligation.py::test_due_at_the_second",
        ),
    ),
    Interpretation(
        "E1.4",
        _("Do the government’s transfers count, and Saturdays that are worked by them?"),
        _(
            "Both: a worked Saturday is a working day. Every moved day names its legal source, or says that none "
            "was verified."
        ),
        ("1",),
        (
            _REGULATION + "data/test_shipped.py::test_worked_weekends_are_exactly_these",
            _REGULATION + "data/test_shipped.py::test_every_listed_day_names_a_source_or_says_that_none_was_verified",
        ),
    ),
    Interpretation(
        "E1.5",
        _("Is the day before a holiday shorter? Are days that a decree declared non-working days off?"),
        _(
            "Neither: the day before a holiday has its full hours, and decreed days count as working unless the "
            "edition says otherwise."
        ),
        ("1",),
        (
            _REGULATION + "data/test_shipped.py::test_decreed_days_are_exactly_these_and_count_as_working",
            _CORE + "test_working_time.py::test_decreed_days_do_not_count_when_the_edition_says_so",
        ),
        ("decreed_days_work",),
    ),
    Interpretation(
        "E1.6",
        _("What of years whose transfers are not decided yet?"),
        _(
            "A provisional year always lies two years ahead, so filing never fails; deadlines that rest on it "
            "are marked."
        ),
        ("1",),
        (
            _REGULATION
            + "operations/test_extend_calendar.py::test_the_missing_years_are_added_once_and_no_known_day_changes",
            _CORE + "test_verdict.py::test_a_verdict_names_what_rests_on_a_provisional_year",
        ),
    ),
    Interpretation(
        "E2.1",
        _("What is a reaction? Does a comment, an assignment or an automatic reply end the waiting?"),
        _("A person’s acceptance alone. Nothing that a customer or a machine does stops the clock."),
        ("1", "6.4"),
        (_TICKETS + "operations/test_timers.py::test_nothing_of_a_customer_s_comment_stops_the_reaction_clock",),
    ),
    Interpretation(
        "E2.2",
        _("Which target have requests that are no incidents?"),
        _("The non-critical one: only an incident can be critical."),
        ("5.3", "6.4"),
        (
            _CORE + "test_reaction.py::test_another_type_is_a_lowering_and_only_incidents_are_critical",
            _TICKETS + "operations/test_file_ticket.py::test_only_an_incident_is_critical_and_its_target_is_two_hours",
        ),
        ("critical_seconds", "non_critical_seconds"),
    ),
    Interpretation(
        "E2.3",
        _("What becomes of the deadline when the criticality changes before the reaction?"),
        _(
            "Lowered: registration and the new target. Raised: the same if that is still ahead, otherwise the "
            "earlier of the "
            "deadline in force and the change with the new target. All deadlines are kept and shown."
        ),
        ("5.3", "6.4"),
        (
            _CORE + "test_reaction.py::test_raised_with_the_new_deadline_still_ahead",
            _CORE + "test_reaction.py::test_raised_when_the_new_deadline_is_not_ahead_any_more",
            _CORE + "test_reaction.py::test_lowered_counts_from_registration",
        ),
    ),
    Interpretation(
        "E2.4",
        _("Can a later change heal a deadline that had passed?"),
        _("No: it stays broken. After the reaction the verdict stands, whatever is changed."),
        ("5.3", "6.4"),
        (
            _CORE + "test_reaction.py::test_a_deadline_that_had_passed_stays_broken",
            _TICKETS + "operations/test_reclassify.py::test_after_the_reaction_the_verdict_stands",
        ),
    ),
    Interpretation(
        "E2.5",
        _("Was the promise kept for a request that the customer took back before any reaction?"),
        _("Neither kept nor broken: it is counted apart."),
        ("6.4",),
        (_CORE + "test_reaction.py::test_a_withdrawal_while_open_is_neither_kept_nor_broken",),
    ),
    Interpretation(
        "E2.6",
        _("Someone calls, and an agent registers the request: from when does the clock run?"),
        _("From the registration; the delay since the call is shown. The same agent’s acceptance is a reaction."),
        ("3.3",),
        (
            _TICKETS
            + "operations/test_contacts.py::test_a_ticket_registered_from_a_contact_starts_its_clock_then_and_names_it",
        ),
    ),
    Interpretation(
        "E3.1",
        _("When has the customer received a question or a proposal?"),
        _(
            "With the earliest proof: the page with its text was shown to the person who holds the request, "
            "their own mail "
            "server confirmed the full text, or they reacted. Lists, previews and other readers prove nothing."
        ),
        ("5.5",),
        (
            "src/mespace/web/acts/tests/test_receipt.py::test_what_others_read_is_no_receipt",
            "src/mespace/web/acts/tests/test_receipt.py::test_lists_notes_and_figures_are_no_receipt",
            _CORE + "test_terms.py::test_evidence_before_the_presumption_counts",
        ),
    ),
    Interpretation(
        "E3.2",
        _("And when nothing proves it?"),
        _("It counts as received at the end of the next working day. Later proof is kept and moves nothing."),
        ("5.5",),
        (
            _CORE + "test_terms.py::test_published_on_a_saturday_without_evidence",
            _CORE + "test_terms.py::test_later_evidence_moves_nothing",
        ),
        ("presumption_days",),
    ),
    Interpretation(
        "E3.3",
        _("Is the day of receipt the first day of the term?"),
        _("No, it is day nought, also when it is a day off. The term ends with the last of its working days."),
        ("5.5",),
        (
            _CORE + "test_working_time.py::test_day_end",
            _CORE + "test_terms.py::test_an_expiry_and_the_reaction_after_it",
        ),
        ("answer_days",),
    ),
    Interpretation(
        "E3.4",
        _("The term ends at five, the system looks at ten past, and the customer answered in between: what holds?"),
        _(
            "Suspended at five, back in analysis with the answer: whatever had come due is written first, with "
            "its own instant."
        ),
        ("5.5",),
        (
            _TICKETS
            + "operations/test_first_way.py::test_unanswered_is_suspended_at_the_end_of_the_term_though_nobody_looked",
            _TICKETS + "operations/test_timers.py::test_each_fact_comes_after_its_instant_and_is_stamped_with_it",
        ),
    ),
    Interpretation(
        "E3.5",
        _("For how long can a closed request be opened again?"),
        _("For a term from its closing, by its customer, while entitled; afterwards it is continued in a new one."),
        ("2.2",),
        (
            "tests/flows/test_waiting_and_closing.py::test_a_closed_request_is_reopened_within_its_term_and_not_a_second_later",
        ),
        ("reopen_seconds",),
    ),
    Interpretation(
        "E3.6",
        _("Has a duplicate a promise of its own?"),
        _("Yes: each request keeps its own verdict, whichever of them is worked on."),
        ("6.4",),
        ("tests/flows/test_waiting_and_closing.py::test_a_duplicate_keeps_its_own_verdict_and_can_be_undone",),
    ),
    Interpretation(
        "E4.1",
        _("By which edition is a request measured that was filed before a new one?"),
        _("By that of its registration, for ever. An edition is in force from midnight, Moscow time."),
        ("7.3", "7.4"),
        (
            "src/mespace/web/regulation/tests/test_reading.py::test_a_request_stays_on_the_edition_of_its_registration",
            _REGULATION + "operations/test_editions.py::test_an_edition_is_in_force_from_midnight_in_moscow",
        ),
    ),
    Interpretation(
        "E4.2",
        _("The calendar is corrected: what of terms that run, and of verdicts that were given?"),
        _("What runs is counted by the new one, and both deadlines stay visible. Given verdicts never change."),
        ("1", "5.5", "6.4"),
        (
            _TICKETS + "operations/test_timers.py::test_open_clocks_are_pinned_again_and_given_verdicts_stay",
            _CORE + "test_reaction.py::test_a_correction_does_not_heal_a_breach",
        ),
    ),
    Interpretation(
        "E4.3",
        _("Who says that the verdict is right?"),
        _(
            "Anybody: a bundle holds the log, the calendar and the edition, and a program apart from the product "
            "recomputes it."
        ),
        ("6.4",),
        (
            "verifier/tests/test_verify.py::test_an_honest_bundle_is_verified",
            "verifier/tests/test_verify.py::test_each_tampering_is_named",
        ),
    ),
    Interpretation(
        "E5.1",
        _("From when to when does the term run in which named employees get their access?"),
        _(
            "The day of signing is day nought; it ends with the last of its working days. Who is added by an "
            "amendment: from its day."
        ),
        ("3.1", "4.2"),
        (
            _CORE + "test_obligation.py::test_three_working_days",
            _ONBOARDING + "::test_an_amendment_counts_from_its_own_date",
        ),
        ("onboarding_days",),
    ),
    Interpretation(
        "E5.2",
        _("When is that done: with the invitation or with the first sign-in?"),
        _("When the invitation was handed over. The first sign-in is shown apart: it is up to the person."),
        ("3.1", "4.2"),
        (
            _ONBOARDING + "::test_a_mailed_invitation_counts_when_a_server_took_it",
            _ONBOARDING + "::test_a_link_handed_over_in_person_fulfils_it_and_who_did_is_kept",
        ),
    ),
    Interpretation(
        "E5.3",
        _("A contract is entered late: is its term still kept?"),
        _("Not if it had run out: the obligation is born broken, and says so."),
        ("3.1",),
        (_ONBOARDING + "::test_entered_late_it_is_born_broken",),
    ),
    Interpretation(
        "E5.4",
        _("How does anybody check a promise by hand?"),
        _("With the calculator: it asks for instants with their offset, and names what it cannot answer."),
        ("1",),
        (
            "src/mespace/cli/tests/test_worktime.py::test_an_answer",
            "src/mespace/cli/tests/test_worktime.py::test_a_batch_answers_every_line_and_goes_on",
        ),
    ),
    Interpretation(
        "E6.1",
        _("The regulation gives the number 4.6 to two clauses."),
        _("The second is called 4.6b here. A text that has 4.6 twice is read so."),
        ("4.6", "4.6b"),
        (
            _REGULATION + "edition_text/test_edition_text.py::test_a_word_processor_s_text_is_read_alike",
            _TEXT + "::test_a_number_that_the_second_clause_has_of_its_own_is_taken_as_it_is",
        ),
    ),
    Interpretation(
        "E6.2",
        _("Which days count towards the notice of a new edition?"),
        _(
            "Calendar days, by Moscow dates, as many as the edition in force on the day of publication says. The "
            "day of publication is day nought."
        ),
        ("7.4",),
        (
            _REGULATION + "operations/test_editions.py::test_the_notice_is_fifteen_days_of_moscow",
            _REGULATION + "operations/test_editions.py::test_the_notice_is_that_of_the_edition_in_force",
            _REGULATION
            + "operations/test_edition_in_database.py::test_an_edition_sooner_than_fifteen_days_is_impossible",
        ),
        ("notice_days",),
    ),
    Interpretation(
        "E6.3",
        _("Which edition does a signature accept?"),
        _("The one in force on the day of signing; the contract keeps it, and its page shows what has changed since."),
        ("2.3",),
        (
            "src/mespace/customers/tests/test_contracts.py::test_signing_accepts_the_edition_in_force_that_day",
            "src/mespace/web/regulation/tests/test_reading.py::test_the_contract_says_what_changes_for_its_people",
        ),
    ),
)


def interpretations_of(clause: str) -> list[Interpretation]:
    """The readings that concern a clause."""
    return [each for each in INTERPRETATIONS if clause in each.clauses]
