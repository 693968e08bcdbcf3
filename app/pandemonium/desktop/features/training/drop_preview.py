"""Tells at a glance what was dropped: a voice, a document, or texts to train on, and how many."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pandemonium.documents import formats
from pandemonium.voice.file import SUFFIX

TEXTS = frozenset((*formats.SUFFIXES, *formats.READABLE))
_SECONDS = 0.15

Kind = Literal["nothing", "voice", "document", "texts"]


@dataclass(frozen=True)
class DropPreview:
    """What was dropped.

    Attributes:
        kind: "voice" and "document" are one file each; "texts" is a folder or several files.
        paths: what it is made of.
        name: what a person would call it.
        texts: files that look like texts by their names.
        more: there may be more of them; looking took too long.
    """

    kind: Kind
    paths: tuple[Path, ...] = ()
    name: str = ""
    texts: int = 0
    more: bool = False


def preview_drop(paths: Sequence[Path]) -> DropPreview:
    """Looks at `paths` for a moment, without opening a file."""
    found = tuple(path for path in paths if path.exists())
    if not found:
        return DropPreview("nothing")
    if len(found) == 1 and found[0].is_file():
        kind: Kind = "voice" if found[0].suffix.lower() == SUFFIX else "document"
        return DropPreview(kind, found, found[0].stem, 1)
    texts, more = _count(found)
    first = found[0] if found[0].is_dir() else found[0].parent
    return DropPreview("texts", found, first.resolve().name or str(first), texts, more)


def _count(paths: Sequence[Path]) -> tuple[int, bool]:
    end = time.monotonic() + _SECONDS
    texts = sum(path.is_file() and path.suffix.lower() in TEXTS for path in paths)
    for root in paths:
        for _, folders, files in os.walk(root):
            folders[:] = [name for name in folders if not name.startswith(".")]
            texts += sum(os.path.splitext(name)[1].lower() in TEXTS and not name.startswith(".") for name in files)
            if time.monotonic() > end:
                return texts, True
    return texts, False
