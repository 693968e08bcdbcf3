"""Replaces a file as a whole or not at all, and lets one process at a time at what several share."""

from __future__ import annotations

import contextlib
import os
import stat
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path


def write_atomically(path: Path, data: bytes) -> None:
    """Writes `data` to `path`, so that after a crash at any moment the old or the new content is there, whole.

    A temporary file in the same folder is written, flushed to the disk and renamed over `path`. A symbolic
    link stays one: the file that it names is replaced. Permissions and, as far as the system lets us, the owner
    stay as they were.

    Raises:
        OSError: the folder is missing or read-only, the disk is full; the old file is untouched.
    """
    target = Path(os.path.realpath(path))
    before = _stat(target)
    if before is not None and not os.access(target, os.W_OK):
        raise PermissionError(13, "Permission denied", str(target))
    descriptor, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:80]}.", suffix=".part")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        _take_over_permissions(name, before)
        os.replace(name, target)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(name)
        raise
    sync_folder(target.parent)


@contextlib.contextmanager
def one_at_a_time(lock: Path) -> Iterator[None]:
    """Lets one process after the other through, whatever becomes of them: the system lifts a dead one's lock.

    Raises:
        OSError: the lock's file cannot be made.
    """
    with lock.open("a+b") as file:
        if sys.platform == "win32":
            import msvcrt

            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _stat(path: Path) -> os.stat_result | None:
    try:
        return path.stat()
    except FileNotFoundError:
        return None


def _take_over_permissions(name: str, before: os.stat_result | None) -> None:
    if before is None:
        umask = os.umask(0)
        os.umask(umask)
        os.chmod(name, 0o666 & ~umask)
        return
    if hasattr(os, "chown") and (before.st_uid, before.st_gid) != (os.geteuid(), os.getegid()):
        with contextlib.suppress(OSError):
            os.chown(name, before.st_uid, before.st_gid)
    os.chmod(name, stat.S_IMODE(before.st_mode))


def sync_folder(folder: Path) -> None:
    """Makes the renaming itself last; not every system can open a folder, and none needs to then."""
    flags = getattr(os, "O_DIRECTORY", None)
    if flags is None:
        return
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY | flags)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
