"""Keeps who wrote what beside a file that has no room for it: `NAME.txt.authors`."""

from __future__ import annotations

import contextlib
import stat
from pathlib import Path

from pandemonium.atomic import write_atomically
from pandemonium.documents.authorship import load_marks, save_marks, with_marks
from pandemonium.documents.model.passage import Passage
from pandemonium.regular_files import read_regular

SUFFIX = ".authors"
_LARGEST = 32 << 20


def sidecar_of(path: Path) -> Path:
    """The file beside `path` that keeps who wrote what."""
    return path.with_name(path.name + SUFFIX)


def read_sidecar(path: Path, content: Passage) -> Passage:
    """The content of `path` with the marks that are kept beside it; without any where these are not sound."""
    try:
        data = read_regular(sidecar_of(path), _LARGEST)
    except OSError:
        return content
    return with_marks(content, {}, load_marks(data))[0]


def write_sidecar(path: Path, content: Passage) -> str:
    """Keeps the marks of `content` beside `path`, or takes away what is there where there are none.

    Returns:
        A sentence for the writer if they could not be kept; else "".
    """
    beside = sidecar_of(path)
    kept = save_marks(content)
    sorry = f"The text is saved, but not which words come from a voice: {beside.name} could not be written."
    try:
        before = read_regular(beside, _LARGEST)
    except FileNotFoundError:
        before = None
    except OSError:
        return sorry if kept else ""
    if before is not None and load_marks(before) is None and b"pandemonium-authors" not in before:
        return sorry if kept else ""
    if not kept:
        if before is not None:
            with contextlib.suppress(OSError):
                beside.unlink()
        return ""
    if before != kept.encode():
        try:
            write_atomically(beside, kept.encode(), mode=stat.S_IMODE(path.stat().st_mode))
        except OSError:
            return sorry
    return ""
