"""How large a document may be, and how one that cannot be opened is told of."""

from __future__ import annotations

import errno

LARGEST = 256 << 20
"""Bytes that a document may have."""

_REASONS = {
    errno.ENOENT: "is not there any more",
    errno.ENOTDIR: "is not there any more",
    errno.EACCES: "may not be read by you",
    errno.EPERM: "may not be read by you",
    errno.EISDIR: "is a folder",
    errno.EINVAL: "is a device or a pipe, not a file",
    errno.EFBIG: "is larger than any manuscript",
    errno.ENAMETOOLONG: "has a longer name than any file",
}


def unreadable(error: OSError) -> str:
    """Why a file cannot be read, as the rest of a sentence that begins with its name."""
    return _REASONS.get(error.errno or 0, f"cannot be read: {error.strerror or error}")
