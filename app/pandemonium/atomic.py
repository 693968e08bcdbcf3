"""Replaces a file as a whole or not at all, and lets one process at a time at what several share."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from pandemonium.regular_files import NotRegularFileError

PRIVATE = 0o600
"""The permissions of what concerns nobody but the user: copies of her texts, journals, settings."""

_SUFFIX = ".pandemonium.part"
_MOST_NAME_BYTES = 80  # of the target's in the temporary file's, which has more to carry; file systems allow 255
_ATTEMPTS = 100
_ABANDONED_SECONDS = 3600.0  # where no lock tells whether a temporary file's process still lives


def write_atomically(path: Path, data: bytes, *, mode: int | None = None, durable: bool = True) -> None:
    """Writes `data` to `path`, so that after a crash at any moment the old or the new content is there, whole.

    See `replacing`.
    """
    with replacing(path, mode=mode, durable=durable) as file:
        file.write(data)


@contextlib.contextmanager
def replacing(path: Path, *, mode: int | None = None, durable: bool = True) -> Iterator[IO[bytes]]:
    """A file to write what shall stand at `path`; when the block ends without an error it takes that place, whole.

    A temporary file in the same folder is written, flushed to the disk and renamed over `path`. A symbolic
    link stays one: the file that it names is replaced. Permissions, extended attributes and, as far as the system
    lets us, the owner stay as they were. What a killed process left half written in this folder goes.

    Args:
        path: the file to replace or to make.
        mode: the permissions that it gets; None keeps those it has, or takes the usual ones.
        durable: wait until the disk has it, so that it outlives a power cut, too. What nobody would miss need not: a
            busy disk takes tenths of a second.

    Raises:
        OSError: the folder is missing or read-only, the disk is full; the old file is untouched.
        NotRegularFileError: a device, a pipe or a folder stands there.
    """
    before = _stat(path)
    target = Path(os.path.realpath(path))
    if before is not None:
        if stat.S_ISDIR(before.st_mode):
            raise IsADirectoryError(errno.EISDIR, "Is a directory", str(path))
        if not stat.S_ISREG(before.st_mode):
            raise NotRegularFileError(path)
        if not os.access(target, os.W_OK):
            raise PermissionError(errno.EACCES, "Permission denied", str(target))
    sweep(target.parent)
    file, name = _temporary_file(target)
    try:
        with file:
            yield file
            file.flush()
            if durable:
                os.fsync(file.fileno())
            _take_over(name, target, before, mode)
            if sys.platform != "win32":  # closing lifts the lock: until it is renamed, nobody shall sweep it away
                os.replace(name, target)
        if sys.platform == "win32":  # an open file cannot be renamed there
            os.replace(name, target)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(name)
        raise
    if durable:
        sync_folder(target.parent)


def sweep(folder: Path) -> None:
    """Takes away the temporary files that killed processes left in `folder`; those of living ones stay."""
    with contextlib.suppress(OSError):
        names = [each for each in os.listdir(folder) if each.startswith(".") and each.endswith(_SUFFIX)]
        for name in names:
            with contextlib.suppress(OSError):
                _remove_if_abandoned(folder / name)


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


@contextlib.contextmanager
def one_at_a_time_in(folder: Path) -> Iterator[None]:
    """Like `one_at_a_time`, for all that changes in `folder`; leaves no file there where the folder can be locked.

    Raises:
        OSError: the folder cannot be opened or written.
    """
    descriptor = _locked_folder(folder)
    if descriptor is None:
        with one_at_a_time(folder / ".lock"):
            yield
        return
    try:
        yield
    finally:
        os.close(descriptor)


def _locked_folder(folder: Path) -> int | None:
    """A descriptor that holds the folder's lock; None where a folder cannot be locked: on Windows, on some networks."""
    if sys.platform == "win32":
        return None
    import fcntl

    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
    except OSError:
        os.close(descriptor)
        return None
    return descriptor


def _temporary_file(target: Path) -> tuple[IO[bytes], str]:
    """A new file beside `target`, locked as long as it is open, so that `sweep` of another process leaves it."""
    name = os.fsencode(target.name)[:_MOST_NAME_BYTES].decode("utf-8", "ignore")
    for _ in range(_ATTEMPTS):
        descriptor, path = tempfile.mkstemp(dir=target.parent, prefix=f".{name}.", suffix=_SUFFIX)
        file = os.fdopen(descriptor, "wb")
        if _lock(file) and os.path.exists(path):
            return file, path
        file.close()  # a sweep took it away between its making and its locking
    raise OSError(errno.EAGAIN, "the folder is being cleared by another program", str(target.parent))


def _lock(file: IO[bytes]) -> bool:
    """Takes the lock of a temporary file; False where a sweep has it. File systems without locks count as locked."""
    if sys.platform != "win32":
        import fcntl

        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:
            pass
    return True


def _remove_if_abandoned(path: Path) -> None:
    if sys.platform == "win32":  # there a file that is open cannot be removed, but one may just be being renamed
        if time.time() - path.stat().st_mtime > _ABANDONED_SECONDS:
            path.unlink()
        return
    import fcntl

    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        path.unlink()
    finally:
        os.close(descriptor)


def _stat(path: Path) -> os.stat_result | None:
    try:
        return path.stat()
    except FileNotFoundError:
        return None


def _take_over(name: str, target: Path, before: os.stat_result | None, mode: int | None) -> None:
    """Gives the new file the owner, permissions and extended attributes of the old one."""
    if before is None:
        umask = os.umask(0)
        os.umask(umask)
        os.chmod(name, 0o666 & ~umask if mode is None else mode)
        return
    if hasattr(os, "chown") and (before.st_uid, before.st_gid) != (os.geteuid(), os.getegid()):
        with contextlib.suppress(OSError):
            os.chown(name, before.st_uid, before.st_gid)
    os.chmod(name, stat.S_IMODE(before.st_mode) if mode is None else mode)
    if mode is None:
        _copy_attributes(target, name)


def _copy_attributes(source: Path, target: str) -> None:
    """Copies extended attributes (tags, comments, access lists) as far as system and file system know them."""
    if sys.platform == "linux":
        with contextlib.suppress(OSError):
            for attribute in os.listxattr(source):
                with contextlib.suppress(OSError):  # some are the system's own
                    os.setxattr(target, attribute, os.getxattr(source, attribute))


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
