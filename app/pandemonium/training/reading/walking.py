"""Finds every file below what a writer dropped, once each, whatever loops and locked doors there are."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

_LITTER = frozenset(
    ("thumbs.db", "desktop.ini", "__macosx", "node_modules", "__pycache__", "$recycle.bin", "system volume information")
)
_LIMIT = 200_000
_SYSTEM = ("/proc", "/sys", "/dev")  # not /run, below which disks are mounted


@dataclass(frozen=True)
class Found:
    """A file, or a folder that stays closed.

    Attributes:
        path: below the root as it was given.
        size: bytes.
        modified: seconds since 1970.
        closed: why it is not looked into, as a sentence; "" for a file to be read.
    """

    path: Path
    size: int = 0
    modified: float = 0.0
    closed: str = ""


def walk(roots: Sequence[Path]) -> Iterator[Found]:
    """Gives every file below `roots`, folder by folder in the order of names.

    Links are followed; a file or folder that is reached twice is given once. Hidden folders and systems' litter
    are given closed, as are what cannot be opened, what is no file, and links to a folder that holds the root or is the
    system's: whoever drops a folder means nothing so large.

    Args:
        roots: files and folders.
    """
    seen: set[tuple[int, int]] = set()
    left = _LIMIT
    for root in roots:
        for found in _below(root, seen):
            if left == 0:
                yield Found(root, closed=f"There are more than {_LIMIT:,} files here; the rest was not looked at.")
                return
            left -= 1
            yield found


def _below(root: Path, seen: set[tuple[int, int]]) -> Iterator[Found]:
    pending = [root]
    while pending:
        path = pending.pop()
        try:
            status = path.stat()
        except OSError as error:
            yield Found(path, closed=_refusal(path, error))
            continue
        identity = (status.st_dev, status.st_ino)
        if status.st_ino and identity in seen:
            continue
        seen.add(identity)
        if stat.S_ISDIR(status.st_mode):
            if path != root and _is_litter(path.name):
                yield Found(path, closed="This is a hidden folder, or one that a program keeps for itself.")
                continue
            if path != root and (reason := _leads_astray(path, root)):
                yield Found(path, closed=reason)
                continue
            try:
                names = sorted(os.listdir(path), reverse=True)
            except OSError as error:
                yield Found(path, closed=_refusal(path, error))
                continue
            pending.extend(path / name for name in names)
        elif not stat.S_ISREG(status.st_mode):
            yield Found(path, closed="This is a device or a pipe, not a file.")
        elif path != root and (_is_litter(path.name) or path.name.startswith("~$")):
            yield Found(
                path, status.st_size, status.st_mtime, "This is a hidden file, or one that a program keeps for itself."
            )
        else:
            yield Found(path, status.st_size, status.st_mtime)


def _leads_astray(folder: Path, root: Path) -> str:
    """Why a link to a folder is not followed; "" for one that is, and for what is no link."""
    if not os.path.islink(folder):
        return ""
    target = Path(os.path.realpath(folder))
    if Path(os.path.realpath(root)).is_relative_to(target):
        return "This is a link to a folder that holds this one."
    if any(target.is_relative_to(each) for each in _SYSTEM):
        return "This is a link to what belongs to the system."
    return ""


def _is_litter(name: str) -> bool:
    return name.startswith(".") or name.casefold() in _LITTER


def _refusal(path: Path, error: OSError) -> str:
    if os.path.islink(path):
        return "This is a link that leads nowhere, or in a circle."
    if isinstance(error, PermissionError):
        return "You are not allowed to read this."
    if isinstance(error, FileNotFoundError):
        return "There is nothing of this name."
    return f"This cannot be opened: {error.strerror}."
