"""A document as it is written: a file that grows by what was changed, so that keeping a long book safe stays cheap.

One record a line: the CRC-32 of what follows, a space, JSON. A record says `about` (a manuscript but for its content)
or `at` (first paragraph, how many are replaced, the new ones); beside either the `place` where the writer was, and
`more` where it counts only together with the next one. A torn end, from a crash in the midst of writing, is not read;
all that stands before it is.
"""

from __future__ import annotations

import contextlib
import json
import operator
import os
import time
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import compress, count
from pathlib import Path
from typing import Any, BinaryIO

from pandemonium.atomic import PRIVATE, replacing
from pandemonium.documents.model.passage import Passage
from pandemonium.documents.safekeeping.snapshot import dumped, from_passage, to_passage
from pandemonium.errors import DocumentError

_CHUNK = 400  # paragraphs in one record of a whole document
_BREATH = 0.001  # seconds between two of them, for the thread of the window
_NEAR = 4  # two changed paragraphs that lie so near are written as one stretch
_SPARE = 1 << 20  # bytes of changes before a short document is written anew


class Journal:
    """Writes one document again and again.

    Args:
        path: its file; what is there is replaced by the first writing.
        form: turns a paragraph into what is to be written of it.
    """

    def __init__(self, path: Path, form: Callable[[Passage], Passage] = lambda each: each) -> None:
        self.path = path
        self._form = form
        self._file: BinaryIO | None = None
        self._about: Any = None
        self._paragraphs: list[Passage] = []
        self._whole = 0
        self._size = 0

    def write(self, about: Any, paragraphs: list[Passage], place: int = 0) -> int:
        """Makes the file say what the document is now, flushed to the disk.

        Args:
            about: plain values.
            paragraphs: the document's; the list is kept and must not be changed afterwards. A paragraph that is
                the same object as last time is known to be unchanged.
            place: where the writer is, in the page's positions; kept where there is something else to keep.

        Returns:
            how many bytes were written.

        Raises:
            OSError: they were not. What the file said before, it still says.
        """
        if self._file is None or self._size > 2 * self._whole + _SPARE:
            return self._write_whole(about, paragraphs, place)
        records: list[dict[str, Any]] = [{"about": about}] if about != self._about else []
        for first, before, after in changed_stretches(self._paragraphs, paragraphs):
            records += self._stretch(paragraphs, first, before, after)
        if records:
            records[-1] = {**records[-1], "place": place}
        data = b"".join(_line(each) for each in _as_one(records))
        if data:
            try:
                self._file.write(data)
                self._file.flush()  # a disk that is full by half of it is only seen here
                os.fsync(self._file.fileno())
            except OSError:
                self.close()  # half a line may stand at its end: the next writing is a whole one
                raise
        self._about = about
        self._paragraphs = paragraphs
        self._size += len(data)
        return len(data)

    def close(self) -> None:
        """Lets go of the file."""
        if self._file is not None:
            file = self._file
            self._file = None
            with contextlib.suppress(OSError):  # it may try to write what did not fit once more
                file.close()

    def _write_whole(self, about: Any, paragraphs: list[Passage], place: int) -> int:
        self.close()
        with replacing(self.path, mode=PRIVATE) as file:
            size = file.write(_line({"about": about, "place": place}))
            for record in self._stretch(paragraphs, 0, 0, len(paragraphs)):
                size += file.write(_line(record))
        self._file = self.path.open("ab")
        self._about = about
        self._paragraphs = paragraphs
        self._whole = self._size = size
        return size

    def _stretch(self, paragraphs: list[Passage], first: int, before: int, after: int) -> Iterator[dict[str, Any]]:
        """Records of a stretch, none so long that the thread of the window would feel it being written."""
        for start in range(first, first + max(1, after), _CHUNK):
            some = paragraphs[start : min(start + _CHUNK, first + after)]
            yield {"at": [start, before if start == first else 0, [from_passage(self._form(each)) for each in some]]}
            if len(some) == _CHUNK:
                time.sleep(_BREATH)


@dataclass
class Journaled:
    """What a journal says.

    Attributes:
        about: plain values.
        paragraphs: of the document.
        place: where the writer was, in the page's positions.
        is_torn: something stands at its end that could not be read.
    """

    about: Any = None
    paragraphs: list[Passage] = field(default_factory=list)
    place: int = 0
    is_torn: bool = False


def read_journal(path: Path) -> Journaled:
    """Reads a journal as far as it is sound.

    Raises:
        DocumentError: nothing in it is.
    """
    found = Journaled()
    try:
        data = path.read_bytes()
    except OSError as error:
        raise DocumentError(f"An autosave could not be read: {error.strerror}.", "It was left where it is.") from error
    waiting: list[Any] = []
    for record in _records(data):
        waiting.append(record)
        if record is None:
            break
        try:
            if record.get("more"):
                continue
            for each in waiting:
                _take(found, each)
        except (LookupError, ValueError, TypeError, AttributeError):
            break
        waiting.clear()
    found.is_torn = bool(waiting)
    if found.about is None:
        raise DocumentError("An autosave could not be read: it is broken.", f"It was left at {path}.")
    return found


def changed_stretches(old: Sequence[Passage], new: Sequence[Passage]) -> list[tuple[int, int, int]]:
    """Where two lists of paragraphs differ: (first in `new`, how many there were, how many there are).

    Taken one after the other they make `new` out of `old`. Only identity is looked at: an edit makes new objects.
    """
    if len(old) == len(new):
        stretches: list[tuple[int, int, int]] = []
        for index in compress(count(), map(operator.is_not, old, new)):
            if stretches and index - sum(stretches[-1][:2]) < _NEAR:
                first = stretches[-1][0]
                stretches[-1] = (first, index + 1 - first, index + 1 - first)
            else:
                stretches.append((index, 1, 1))
        return stretches
    most = min(len(old), len(new))
    left = next(compress(count(), map(operator.is_not, old, new)), most)
    right = next(compress(count(), map(operator.is_not, reversed(old), reversed(new))), most)
    right = min(right, most - left)
    return _matched(old, new, left, right)


def _matched(old: Sequence[Passage], new: Sequence[Passage], left: int, right: int) -> list[tuple[int, int, int]]:
    """The stretches between two ends that are the same: paragraphs that moved aside are known by who they are."""
    places = {id(old[index]): index for index in range(left, len(old) - right)}
    stretches: list[tuple[int, int, int]] = []
    # Up to here, old and new are accounted for.
    i = left
    j = left
    for index in range(left, len(new) - right):
        place = places.get(id(new[index]), -1)
        if place >= i:
            if place > i or index > j:
                stretches.append((j, place - i, index - j))
            i = place + 1
            j = index + 1
    if len(old) - right > i or len(new) - right > j:
        stretches.append((j, len(old) - right - i, len(new) - right - j))
    return stretches


def _as_one(records: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Records that count only together."""
    return [{**each, "more": True} for each in records[:-1]] + records[-1:]


def _take(found: Journaled, record: Any) -> None:
    if "about" in record:
        found.about = record["about"]
    if "at" in record:
        first, before, trees = record["at"]
        if not 0 <= first <= first + before <= len(found.paragraphs):
            raise ValueError("a stretch lies outside the document")
        found.paragraphs[first : first + before] = [to_passage(each) for each in trees]
    found.place = max(0, int(record.get("place", found.place)))


def _line(record: Any) -> bytes:
    data = dumped(record)
    return b"%08x %b\n" % (zlib.crc32(data), data)


def _records(data: bytes) -> Iterator[Any]:
    """Each record; None for one that is broken or torn."""
    for line in data.splitlines(keepends=True):
        body = line[9:-1]
        if line[-1:] != b"\n" or line[:9] != b"%08x " % zlib.crc32(body):
            yield None
            return
        try:
            yield json.loads(body.decode("utf-8", "surrogatepass"))
        except (ValueError, RecursionError):
            yield None
            return
