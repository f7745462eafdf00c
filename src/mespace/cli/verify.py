"""`mespace verify`: re-derive tickets from their logs and name the first difference."""

import argparse
from collections.abc import Sequence

from mespace.cli.starting import said_plainly, set_up


@said_plainly
def main(arguments: Sequence[str] = ()) -> int:
    """Exit code: 0 when every ticket examined is what its log says, 1 with the first difference named."""
    parser = argparse.ArgumentParser(prog="mespace verify", description=__doc__)
    parser.add_argument("--sample", type=int, metavar="N", help="examine about N tickets spread over all of them")
    parser.add_argument("--all-differences", action="store_true", help="name every difference, not only the first")
    options = parser.parse_args(arguments)
    if options.sample is not None and options.sample < 1:
        parser.error("--sample needs a whole number from 1")
    set_up()

    from mespace.tickets.queries.verification import Difference, differences

    examined, found = 0, 0
    for item in differences(sample=options.sample):
        if isinstance(item, Difference):
            found += 1
            print(f"DIFFERENCE  {item}")
            if not options.all_differences:
                break
        else:
            examined += 1
    print(f"{examined} tickets examined, {found} differences" + ("" if options.sample is None else " (a sample)"))
    return 1 if found else 0
