"""Where the installation keeps what must survive."""

import os
import stat
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[3]


def data_folder(environ: Mapping[str, str] = os.environ) -> Path:
    """MESPACE_DATA; else `var` beside the source, or, for root where that is private, one under /var/lib."""
    if named := environ.get("MESPACE_DATA"):
        return Path(named).absolute()
    if os.geteuid() == 0 and not _open_to_others(REPOSITORY):
        # PostgreSQL refuses root and could not pass through a private home.
        return Path("/var/lib") / f"mespace-{sha256(os.fsencode(REPOSITORY)).hexdigest()[:10]}"
    return REPOSITORY / "var"


def _open_to_others(folder: Path) -> bool:
    return all(here.stat().st_mode & stat.S_IXOTH for here in (folder, *folder.parents))
