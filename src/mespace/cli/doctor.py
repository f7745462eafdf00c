"""`mespace doctor`: what is wrong with this installation, in sentences."""

import argparse
from collections.abc import Iterator, Sequence

from mespace.cli.starting import of_the_database, said_plainly, set_up


@said_plainly
def main(arguments: Sequence[str] = ()) -> int:
    """Exit code 1 if something must be mended; remarks alone leave it 0."""
    parser = argparse.ArgumentParser(prog="mespace doctor", description=__doc__)
    parser.parse_args(arguments)

    from mespace.cli.examinations import EXAMINATIONS, Finding

    wrong = 0
    set_up()
    for name, examine in EXAMINATIONS.items():
        try:
            findings: Iterator[Finding] | list[Finding] = list(examine())
        except Exception as exc:  # noqa: BLE001 - one broken examination must not hide the others
            findings = [Finding(wrong=True, text=of_the_database(exc) or f"could not be examined: {exc}")]
        if not findings:
            print(f"  ok    {name}")
        for finding in findings:
            print(f"  {'WRONG' if finding.wrong else 'note '} {name}: {finding.text}")
            wrong += finding.wrong
    print("\nNothing is wrong." if not wrong else f"\n{wrong} to mend.")
    return 1 if wrong else 0


if __name__ == "__main__":
    import sys

    raise SystemExit(main(sys.argv[1:]))
