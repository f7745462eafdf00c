"""The clauses of the regulation by their own numbers, in our words: what each is about and what the product does.

The owner's text is not here: it is entered with an edition, and shown beside these lines. What enforces a clause is
not written here either: `enforcement.py` reads it from markers in the code.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    Words = str | _StrPromise
else:
    Words = str | Promise


@dataclass(frozen=True)
class Clause:
    """One clause; `human` says what is left to people, and is empty where the product holds all of it."""

    number: str
    says: Words
    does: Words
    human: Words = ""
    parameters: tuple[str, ...] = ()
    """Those parameters of an edition that stand in it."""

    @property
    def section(self) -> str:
        """The section that it belongs to: `5` of `5.5`, `A` of an appendix."""
        return "A" if self.number.startswith("A") else self.number.partition(".")[0]


SECTIONS: Final[Mapping[str, Words]] = {
    "1": gettext_lazy("Words"),
    "2": gettext_lazy("Who is supported, and on what grounds"),
    "3": gettext_lazy("What begins support: people, requests, ways in"),
    "4": gettext_lazy("The tracker and the knowledge base"),
    "5": gettext_lazy("The course of a request"),
    "6": gettext_lazy("What is supported, and how soon"),
    "7": gettext_lazy("Contractors, completeness, editions"),
    "A": gettext_lazy("Appendices"),
}

_CLAUSES: Final = (
    Clause(
        "1",
        gettext_lazy("What the words mean: customer, request, criticality, working day, working hour."),
        gettext_lazy(
            "Uses these words on every page, and reckons working days and hours by the production calendar to "
            "the second."
        ),
        parameters=("zone", "day_start", "day_end", "decreed_days_work"),
    ),
    Clause(
        "2.1",
        gettext_lazy("Support is given by the vendor’s people, and requests come in through the tracker."),
        gettext_lazy("Names the person behind every act on a request, in a log that nobody can change afterwards."),
    ),
    Clause(
        "2.2",
        gettext_lazy("Only a customer with a contract that is valid and covers the software has the right to support."),
        gettext_lazy(
            "Takes a request only under a contract valid that day in Moscow; otherwise names the contract and its end. "
            "Warns of ends 60, 30 and 7 days ahead."
        ),
    ),
    Clause(
        "2.3",
        gettext_lazy("Whoever signs the contract accepts the regulation as a whole."),
        gettext_lazy("Keeps with each contract the edition that was in force on the day of signing."),
        human=gettext_lazy("Signing itself happens on paper or in another system; a manager enters it."),
    ),
    Clause(
        "2.4",
        gettext_lazy("A contract may divide the responsibility between the two sides."),
        gettext_lazy("Shows the division on the contract’s page and to agents on the request."),
        human=gettext_lazy("Whether a task is the vendor’s or the customer’s by that division is judged by an agent."),
    ),
    Clause(
        "3.1",
        gettext_lazy("Employees named in a contract get their access within a few working days of its signing."),
        gettext_lazy(
            "Opens an obligation for each named person, sends the invitation, and records when it was handed over."
        ),
        parameters=("onboarding_days",),
    ),
    Clause(
        "3.2",
        gettext_lazy("What a request must tell so that it can be solved."),
        gettext_lazy("Asks for it on the form, blocks only on five fields, and shows what is still missing."),
    ),
    Clause(
        "3.3",
        gettext_lazy("The promised reaction counts for requests in the tracker, not for calls and mails."),
        gettext_lazy(
            "Logs calls and mails as contacts; a request made of one starts its clock at that registration, and "
            "the delay "
            "since the call is shown."
        ),
    ),
    Clause(
        "4.1",
        gettext_lazy("Requests are filed and followed in the tracker."),
        gettext_lazy("Keeps every request with its whole course, and lets nothing but named acts change it."),
    ),
    Clause(
        "4.2",
        gettext_lazy("Whoever the contract names is registered in the tracker and the knowledge base."),
        gettext_lazy("Holds the same obligation as clause 3.1; the first sign-in is shown apart."),
        parameters=("onboarding_days",),
    ),
    Clause(
        "4.3",
        gettext_lazy("The tracker works around the clock; planned work on it is announced ahead."),
        gettext_lazy(
            "Announces work with its exact start and the exact time of restored access, and keeps what became of it."
        ),
        human=gettext_lazy("How long ahead work is announced is decided by people: the regulation gives no figure."),
    ),
    Clause(
        "4.4",
        gettext_lazy("Outages beyond the vendor’s control are reported until access is restored."),
        gettext_lazy("Publishes outages with dated updates; the clocks of requests run on through them."),
        human=gettext_lazy("That there is an outage, and whose fault it is, is stated by people."),
    ),
    Clause(
        "4.5",
        gettext_lazy("Each request gets a number of its own."),
        gettext_lazy("Gives a key without gaps per project, never twice, also when many file at the same moment."),
    ),
    Clause(
        "4.6",
        gettext_lazy("The customer sees how the work on a request goes on."),
        gettext_lazy("Shows every status, who holds the request, and what is expected of whom and by when."),
    ),
    Clause(
        "4.6b",
        gettext_lazy("New versions and builds are announced (the second of two clauses with this number)."),
        gettext_lazy("Tells the people of customers who use the software, with notes on what a build brings to them."),
    ),
    Clause(
        "4.7",
        gettext_lazy("A confirmed error of the software is named, with the version or build that repairs it."),
        gettext_lazy(
            "Links the request with the known error; when the fix is released or its date moves, everyone linked "
            "is told."
        ),
    ),
    Clause(
        "4.8",
        gettext_lazy("An answer is a solution, a consultation, an article, or a proposal for a change."),
        gettext_lazy("Has an act for each of them, and closes a request only with a stated outcome."),
        human=gettext_lazy("Whether an answer solves the matter is for the customer to say."),
    ),
    Clause(
        "5.1",
        gettext_lazy("Work is done on requests of identified people of identified customers only."),
        gettext_lazy("Files nothing for anybody who is not signed in, or who is not the customer’s person."),
    ),
    Clause(
        "5.2",
        gettext_lazy("Employees of support work on requests in the tracker."),
        gettext_lazy("Writes each act into the log with the person’s number and the instant."),
    ),
    Clause(
        "5.3",
        gettext_lazy("The user proposes how critical an incident is; support may change it in the course of the work."),
        gettext_lazy(
            "Starts the clock by the proposal, asks which key process has stopped, and takes changes with a "
            "reason only."
        ),
    ),
    Clause(
        "5.4",
        gettext_lazy("What another vendor’s product causes is handed to that vendor’s support."),
        gettext_lazy("Closes such a request naming the vendor from the directory and how to reach its support."),
    ),
    Clause(
        "5.5",
        gettext_lazy("If the customer does not answer for some working days, the service counts as rendered in time."),
        gettext_lazy(
            "Reminds in the morning of the second day, suspends at the end of the third, and returns the request "
            "to analysis "
            "with any reaction. Closes nothing by itself."
        ),
        parameters=("answer_days", "presumption_days", "reminder_day"),
    ),
    Clause(
        "6.1",
        gettext_lazy("The software is supported on listed configurations."),
        gettext_lazy(
            "Lists them for each product and compares them with what is installed; marks a request from another one."
        ),
        human=gettext_lazy("That a request comes from another configuration is stated by an agent, with a reason."),
    ),
    Clause(
        "6.2",
        gettext_lazy("Older versions are supported in part, or no longer."),
        gettext_lazy(
            "Gives each version a level of support with dates, and tells both sides what it means for a request."
        ),
    ),
    Clause(
        "6.3",
        gettext_lazy("The list of services that support consists of."),
        gettext_lazy("Has the nine services as a catalogue to which work on a request can be referred."),
        human=gettext_lazy("Which service a piece of work was, is said by whoever did it."),
    ),
    Clause(
        "6.4",
        gettext_lazy("How many working hours pass at most before support reacts."),
        gettext_lazy(
            "Runs a clock from the registration to the acceptance, judges it once, and proves the verdict by a bundle."
        ),
        parameters=("critical_seconds", "non_critical_seconds"),
    ),
    Clause(
        "7.1",
        gettext_lazy("The vendor may engage others for the work."),
        gettext_lazy("Shows a contractor only the requests that are assigned to them."),
    ),
    Clause(
        "7.2",
        gettext_lazy("An incomplete request may be asked to be completed."),
        gettext_lazy(
            "Shows what is missing and asks for it with one click; an incomplete request is taken all the same."
        ),
    ),
    Clause(
        "7.3",
        gettext_lazy("The regulation is published in the knowledge base, in editions."),
        gettext_lazy(
            "Publishes editions that can never be changed, compares any two, and measures a request by that of "
            "its registration."
        ),
    ),
    Clause(
        "7.4",
        gettext_lazy("A new edition is in force no sooner than some days after its publication."),
        gettext_lazy(
            "Refuses an earlier day on the form, in the operation and in the database; tells every customer’s "
            "people, with receipts."
        ),
        parameters=("notice_days",),
    ),
    Clause(
        "A1",
        gettext_lazy("The fields of the filing form."),
        gettext_lazy("Has exactly these fields, and those of clause 3.2; the project is filled in and fixed."),
    ),
)

CLAUSES: Final[Mapping[str, Clause]] = {clause.number: clause for clause in _CLAUSES}


def clause_name(number: str) -> str:
    """The clause as a page names it; works for numbers that the product does not know."""
    if number.startswith("A"):
        return _("Appendix %(number)s") % {"number": number[1:]}
    if number.endswith("b"):
        return _("Clause %(number)s, the second of that number") % {"number": number[:-1]}
    return _("Clause %(number)s") % {"number": number}
