"""What a file on the disk looked like when this program had to do with it last, and whether it still does."""

from __future__ import annotations

import errno
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pandemonium.documents.opening import LARGEST
from pandemonium.documents.safekeeping.snapshot import hash_of
from pandemonium.regular_files import FileTooLargeError, NotRegularFileError, read_regular

DiskState = Literal["same", "changed", "gone", "unknown"]
_GONE = {errno.ENOENT, errno.ENOTDIR}


@dataclass(frozen=True)
class Stamp:
    """What a file looked like.

    Attributes:
        mtime_ns: when it was changed last, in nanoseconds since 1970.
        size: its bytes.
        hash: of its bytes.
    """

    mtime_ns: int
    size: int
    hash: str


def stamp_of(path: Path) -> Stamp | None:
    """What the file looks like now; None if it cannot be read."""
    try:
        data = read_regular(path, LARGEST)
        status = path.stat()
    except OSError:
        return None
    return Stamp(status.st_mtime_ns, len(data), hash_of(data))


def look_at(path: Path, stamp: Stamp | None, *, closely: bool = True) -> DiskState:
    """Compares the file with what it looked like.

    Args:
        path: the file.
        stamp: what is remembered of it; None if it was not there.
        closely: reads it even where time and size say that nothing has happened: some disks count time in
            steps of two seconds.

    Returns:
        "same", even if it was written again with the same bytes; "changed"; "gone"; or "unknown" where it cannot
        be looked at (a network drive that has gone away).
    """
    try:
        status = path.stat()
        if stamp is None:
            return "changed"
        if not closely and (status.st_mtime_ns, status.st_size) == (stamp.mtime_ns, stamp.size):
            return "same"
        if status.st_size != stamp.size:
            return "changed"
        return "same" if hash_of(read_regular(path, LARGEST)) == stamp.hash else "changed"
    except (NotRegularFileError, IsADirectoryError, FileTooLargeError):
        return "changed"
    except OSError as error:
        if error.errno in _GONE:
            return "same" if stamp is None else "gone"
        return "unknown"
