"""Copies of many files that take no room where the disk can name a file twice."""

from __future__ import annotations

import os
import shutil
from pathlib import Path


def copy_files(files: list[Path], source: Path, target: Path) -> None:
    """Puts `files` of `source` under `target`: as second names of the same files where the disk has such."""
    for inside in files:
        place = target / inside
        place.parent.mkdir(parents=True, exist_ok=True)
        try:
            os.link(source / inside, place, follow_symlinks=False)
        except OSError:
            shutil.copy2(source / inside, place, follow_symlinks=False)
