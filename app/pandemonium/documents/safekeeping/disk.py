"""What a file on the disk looked like when this program had to do with it last, and whether it still does."""

from __future__ import annotations

import errno
import os
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Literal

from pandemonium.documents.opening import LARGEST
from pandemonium.documents.safekeeping.snapshot import hash_of
from pandemonium.regular_files import FileTooLargeError, NotRegularFileError, read_regular

DiskState = Literal["same", "changed", "gone", "unknown"]
_GONE = {errno.ENOENT, errno.ENOTDIR}
_LOOKED_AT = 20_000  # files of a folder among which one is looked for
_READ = 50  # of them that are as long


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


def renamed_to(path: Path, stamp: Stamp | None) -> Path | None:
    """Where a file is that has gone from its name: the one of its kind beside it that has the very same bytes.

    Args:
        path: of the file that was.
        stamp: what it looked like; None if it was never there.

    Returns:
        None where it is still there, or no other file, or more than one, is what it was.
    """
    if stamp is None or path.exists():
        return None
    found = []
    try:
        with os.scandir(path.parent) as entries:
            alike = [
                path.parent / each.name
                for each in islice(entries, _LOOKED_AT)
                if each.name.casefold().endswith(path.suffix.casefold())
                and each.is_file()
                and each.stat().st_size == stamp.size
            ]
        for other in alike[:_READ]:
            if hash_of(read_regular(other, LARGEST)) == stamp.hash:
                found.append(other)
    except OSError:
        return None
    return found[0] if len(found) == 1 else None


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
