"""`mespace demo`: fill an empty database with a made-up world to look at."""

import argparse
import json
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from mespace.cli.embedded import SIGN_INS
from mespace.cli.starting import Stop, said_plainly, set_up
from mespace.cli.up import PROBE_FOLDER, PROBE_NAME


@said_plainly
def main(arguments: Sequence[str] = ()) -> int:
    """Exit code: 0 when the demo is there, also when it was there before; 1 where other people have accounts."""
    parser = argparse.ArgumentParser(prog="mespace demo", description=__doc__)
    parser.parse_args(arguments)
    os.environ.setdefault("MESPACE_RATE_LIMIT_FACTOR", "1000000")  # months of writing are made in a minute
    set_up()

    from django.conf import settings

    from mespace.cli.probe import Record
    from mespace.demo.announcements import Prober
    from mespace.demo.load import NotEmpty, load
    from mespace.platform import clock

    began = time.monotonic()

    def say(text: str) -> None:
        print(f"      {time.monotonic() - began:4.1f} s  {text}", file=sys.stderr, flush=True)

    try:
        prober = Prober(PROBE_NAME, Record(settings.DATA / PROBE_FOLDER, PROBE_NAME).public_key)
        loaded = load(now=clock.now(), say=say, prober=prober)
    except NotEmpty as refusal:
        if refusal.is_demo:
            print("The demo is here already; nothing was changed.")
            return 0
        raise Stop("People have accounts here: a demo is loaded into an empty database only.") from None
    rows = [{"who": one.who, "email": one.email, "password": one.password} for one in loaded.sign_ins]
    _keep(settings.DATA / SIGN_INS, json.dumps(rows, ensure_ascii=False, indent=1))
    print(f"{loaded.tickets} tickets, {loaded.people} people; everyone's password: {rows[0]['password']}")
    return 0


def _keep(path: Path, text: str) -> None:
    """Write the file for its owner alone, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(".new")
    unfinished.unlink(missing_ok=True)
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
    unfinished.replace(path)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
