"""Opens files that anybody may have put there: a regular file of a sane size, and nothing else, ever.

A pipe would wait for a writer that never comes, a device never ends, a sparse file holds more zeros than the memory:
each is refused before a byte of it is read.
"""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from typing import BinaryIO


class NotRegularFileError(OSError):
    """A device, a pipe or a socket stands where a file was expected."""

    def __init__(self, path: Path) -> None:
        super().__init__(errno.EINVAL, "it is a device or a pipe, not a file", str(path))


class FileTooLargeError(OSError):
    """A file is larger than anything of its kind."""

    def __init__(self, path: Path, most: int) -> None:
        super().__init__(errno.EFBIG, f"it is larger than {most >> 20:,} MB", str(path))


def check_regular(path: Path, most: int) -> os.stat_result:
    """Looks at what `path` names, without opening it.

    Args:
        path: links are followed.
        most: bytes that such a file may have.

    Raises:
        OSError: there is nothing there, or it may not be looked at.
        IsADirectoryError: it is a folder.
        NotRegularFileError: it is a device, a pipe or a socket.
        FileTooLargeError: it is larger than `most`.
    """
    return _checked(path, path.stat(), most)


def open_regular(path: Path, most: int) -> BinaryIO:
    """Opens a file for reading, once it is known to be one: see `check_regular`.

    Raises:
        OSError: see `check_regular`.
    """
    check_regular(path, most)  # opening a device may already do something
    # Without waiting: what was a file a moment ago may be a pipe by now.
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0))
    try:
        _checked(path, os.fstat(descriptor), most)
        return os.fdopen(descriptor, "rb")
    except BaseException:
        os.close(descriptor)
        raise


def read_regular(path: Path, most: int) -> bytes:
    """Reads a whole file.

    Raises:
        OSError: see `check_regular`; also where the file grows beyond `most` while it is read.
    """
    with open_regular(path, most) as file:
        data = file.read(most + 1)
    if data is None:  # what the system makes up as it is read may have nothing to give yet
        raise NotRegularFileError(path)
    if len(data) > most:
        raise FileTooLargeError(path, most)
    return data


def _checked(path: Path, status: os.stat_result, most: int) -> os.stat_result:
    if stat.S_ISDIR(status.st_mode):
        raise IsADirectoryError(errno.EISDIR, "Is a directory", str(path))
    if not stat.S_ISREG(status.st_mode):
        raise NotRegularFileError(path)
    if status.st_size > most:
        raise FileTooLargeError(path, most)
    return status
