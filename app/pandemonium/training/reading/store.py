"""The canonical prose of texts that were read, kept on the disk: a survey writes it, and the training reads it there.

A folder is read once, however long that takes, and what is learned is what the survey showed.
"""

from __future__ import annotations

import contextlib
import shutil
import tempfile
import time
import weakref
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

PROSE = "texts.prose"
MOST_BYTES = 1 << 30  # what is beyond is read again when it is needed
_PREFIX = ".reading-"
_LEFT_OVER = 86_400.0  # seconds after which nobody can be reading any more
_MARGIN = 512 << 20  # bytes that stay free on the disk

Parts = dict[Path, list[tuple[int, int]]]  # (start, length) in bytes of each part of a text


class ProseStore:
    """A file of texts' parts, each under its text's path. It goes with the object, unless it is moved into a job.

    Attributes:
        path: of the file.
        parts: where each text's parts lie in it.
    """

    def __init__(self, folder: Path, parts: Parts | None = None) -> None:
        """Begins a file in `folder`, or opens the one that lies there and has these `parts`.

        Raises:
            OSError: it cannot be made or opened.
        """
        self.path = folder / PROSE
        self.parts: Parts = parts or {}
        self._file: BinaryIO | None = self.path.open("w+b" if parts is None else "rb")
        self._end = 0
        self._room = 0
        if parts is None:
            self._room = min(MOST_BYTES, max(0, shutil.disk_usage(folder).free - _MARGIN))
        self._clean_up = weakref.finalize(self, _remove, self._file, self.path if parts is None else None)

    @classmethod
    def temporary(cls, parent: Path) -> ProseStore:
        """A store in a folder of its own below `parent`, which nobody else may read; old ones that were left go.

        Raises:
            OSError: it cannot be made.
        """
        parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        for left in parent.glob(f"{_PREFIX}*"):
            with contextlib.suppress(OSError):
                if time.time() - left.stat().st_mtime > _LEFT_OVER:
                    shutil.rmtree(left)
        return cls(Path(tempfile.mkdtemp(prefix=_PREFIX, dir=parent)))

    def add(self, path: Path, part: str) -> None:
        """Keeps one more part of a text, if there is room; of a text without all its parts nothing is kept."""
        data = part.encode("utf-8", "replace")
        if self._file is None or self._end + len(data) > self._room:
            self._room = 0
            self.parts.pop(path, None)
            return
        try:
            self._file.seek(self._end)
            self._file.write(data)
        except OSError:  # the disk is full: what is not here is read again
            self._room = 0
            self.parts.pop(path, None)
            return
        self.parts.setdefault(path, []).append((self._end, len(data)))
        self._end += len(data)

    def forget(self, path: Path) -> None:
        """Lets go of a text that could not be read to its end."""
        self.parts.pop(path, None)

    def holds(self, path: Path) -> bool:
        """Tells whether all parts of a text are here."""
        return path in self.parts

    def read(self, path: Path) -> Iterator[str]:
        """The parts of a text in their order."""
        file = self._file
        if file is None:
            return
        for start, length in self.parts.get(path, ()):
            file.seek(start)
            yield file.read(length).decode("utf-8")

    def move(self, folder: Path) -> None:
        """Moves the file into a folder; this object has no texts any more.

        Raises:
            OSError: it cannot be moved.
        """
        if self._file is not None:
            self._file.close()
            self._file = None
            self.parts = {}
            shutil.move(self.path, folder / PROSE)
            self._clean_up()


def _remove(file: BinaryIO, path: Path | None) -> None:
    with contextlib.suppress(OSError):
        file.close()
        if path is not None:
            path.unlink(missing_ok=True)
    if path is not None and path.parent.name.startswith(_PREFIX):
        with contextlib.suppress(OSError):
            path.parent.rmdir()
