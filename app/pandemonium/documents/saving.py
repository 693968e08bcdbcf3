"""Saves a document so that no crash, full disk or read-only folder costs a word."""

from __future__ import annotations

import errno
from pathlib import Path

from pandemonium.atomic import write_atomically
from pandemonium.errors import DocumentError

_ELSEWHERE = "Your text is still here: save it under another name or in another folder."
_REASONS = {
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "the disk is full",
    errno.EFBIG: "the disk takes no file so large",
    errno.EROFS: "the disk is read-only",
    errno.EACCES: "you may not write there",
    errno.EPERM: "you may not write there",
    errno.ENOENT: "the folder is gone",
    errno.ENOTDIR: "the folder is gone",
    errno.EISDIR: "there is a folder of that name",
    errno.ENAMETOOLONG: "the name is too long",
}


def save_atomically(path: Path, data: bytes) -> None:
    """Writes `data` to `path`: the old file or the new one is there at any moment, whole.

    Raises:
        DocumentError: it cannot be written; the old file is untouched.
    """
    try:
        write_atomically(path, data)
    except OSError as error:
        reason = _REASONS.get(error.errno or 0, error.strerror or str(error))
        raise DocumentError(f"{path.name} could not be saved: {reason}.", _ELSEWHERE) from error
