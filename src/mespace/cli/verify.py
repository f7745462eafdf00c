"""`mespace verify`: re-derive tickets, obligations and announcements from their logs and name the first difference."""

import argparse
from collections.abc import Sequence

from mespace.cli.starting import said_plainly, set_up


@said_plainly
def main(arguments: Sequence[str] = ()) -> int:
    """Exit code: 0 when everything examined is what its log says, 1 with the first difference named."""
    parser = argparse.ArgumentParser(prog="mespace verify", description=__doc__)
    parser.add_argument("--sample", type=int, metavar="N", help="examine about N tickets spread over all of them")
    parser.add_argument("--all-differences", action="store_true", help="name every difference, not only the first")
    options = parser.parse_args(arguments)
    if options.sample is not None and options.sample < 1:
        parser.error("--sample needs a whole number from 1")
    set_up()

    from mespace.announcements.queries.verification import differences as of_announcements
    from mespace.obligations.queries.verification import differences as of_obligations
    from mespace.tickets.queries.verification import differences as of_tickets

    found, examined = 0, {"tickets": 0, "obligations": 0}
    for what, course in (("tickets", of_tickets(sample=options.sample)), ("obligations", of_obligations())):
        for item in course:
            if isinstance(item, str):
                examined[what] += 1
                continue
            found += 1
            print(f"DIFFERENCE  {item}")
            if not options.all_differences:
                break
    for difference in of_announcements():
        found += 1
        print(f"DIFFERENCE  {difference}")
        if not options.all_differences:
            break
    sampled = "" if options.sample is None else " (tickets: a sample)"
    counts = f"{examined['tickets']} tickets and {examined['obligations']} obligations examined"
    print(f"{counts}, {found} differences{sampled}")
    return 1 if found else 0
