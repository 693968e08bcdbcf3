"""Saves a document so that no crash, full disk or read-only folder costs a word."""

from __future__ import annotations

import contextlib
import errno
import os
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


def save_atomically(path: Path, data: bytes) -> str:
    """Writes `data` to `path`: the old file or the new one is there at any moment, whole.

    Returns:
        A sentence for the writer if the file was more than what replaced it (a hard link, attributes that did not
        come along); else "".

    Raises:
        DocumentError: it cannot be written; the old file is untouched.
    """
    attributes = _attributes(path)
    has_other_names = _has_other_names(path)
    try:
        write_atomically(path, data)
    except OSError as error:
        reason = _REASONS.get(error.errno or 0, error.strerror or str(error))
        raise DocumentError(f"{path.name} could not be saved: {reason}.", _ELSEWHERE) from error
    said = []
    if has_other_names:
        said.append(f"{path.name} had another name on the disk (a hard link): what is there is as it was.")
    if attributes - _attributes(path):
        said.append(f"Marks that the system kept with {path.name} (extended attributes) could not be taken over.")
    return " ".join(said)


def _has_other_names(path: Path) -> bool:
    with contextlib.suppress(OSError):
        return path.stat().st_nlink > 1
    return False


def _attributes(path: Path) -> set[str]:
    if hasattr(os, "listxattr"):
        with contextlib.suppress(OSError):
            return {each for each in os.listxattr(path) if each.startswith("user.")}
    return set()
