"""What can be wrong with the embedded PostgreSQL, said to the person who started it."""

import errno
from pathlib import Path


class ClusterError(Exception):
    """One sentence: what is wrong with the embedded PostgreSQL, where, and what to do."""


def explain(exc: OSError, folder: Path) -> ClusterError:
    """The sentence for an error of the operating system met while working in `folder`."""
    where = Path(exc.filename) if isinstance(exc.filename, str) else folder
    match exc.errno:
        case errno.ENOSPC | errno.EDQUOT:
            return ClusterError(f"The disk that holds {folder} is full: free some space and start again.")
        case errno.EACCES | errno.EPERM:
            return ClusterError(
                f"{where} cannot be written by this user: give it the right, or set MESPACE_DATA to another folder."
            )
        case errno.EROFS:
            return ClusterError(f"{folder} is on a read-only disk: set MESPACE_DATA to a folder that can be written.")
        case errno.ENOTDIR | errno.EEXIST:
            return ClusterError(
                f"{folder} is a file where a folder is needed, or lies beneath one: move the file away."
            )
        case _:
            return ClusterError(f"{where}: {exc.strerror or exc}.")
