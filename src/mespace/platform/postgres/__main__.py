"""`python -m mespace.platform.postgres start|stop|recreate FOLDER`, so that the supervisor stays small.

`start` prints one JSON line: both addresses and the socket. An error is one sentence and exit code 1.
"""

import json
import sys
from pathlib import Path

from mespace.platform.postgres.cluster import Cluster
from mespace.platform.postgres.errors import ClusterError
from mespace.platform.postgres.storage import APP, OWNER


def main(arguments: list[str]) -> int:
    """Exit code of the command in `arguments`."""
    verb, folder = arguments
    try:
        cluster = Cluster(Path(folder), say=lambda text: print(text, file=sys.stderr, flush=True))
        if verb == "stop":
            cluster.stop()
            return 0
        cluster.start()
        if verb == "recreate":
            cluster.recreate("mespace")
            return 0
        addresses = {
            "owner": cluster.url(OWNER, "mespace"),
            "app": cluster.url(APP, "mespace"),
            "socket": str(cluster.socket),
        }
    except ClusterError as exc:
        print(exc, file=sys.stderr)
        return 1
    print(json.dumps(addresses))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
