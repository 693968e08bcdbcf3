"""Bounds what reading a packed document may cost, by its size: a few kilobytes can unfold to hours of work.

A book's text packs to a third or a sixth of its size, and its paragraphs and runs are few beside that. What is beyond
any text is refused in a sentence before it keeps the program busy; the floors are so high that small files never meet
them.
"""

from __future__ import annotations

from pandemonium.errors import DocumentError

TOO_MUCH = "This file unfolds to far more than a text could hold, and was not opened."
PARAGRAPH = 3  # units that reading one costs at least
LETTERS = 64  # of a text, which are a unit
_LEAST_UNITS = 200_000
_UNITS_A_BYTE = 1 / 4
_LEAST_TAGS = 600_000
_TAGS_A_BYTE = 2
_LEAST_BYTES = 16 << 20
_BYTES_A_BYTE = 100


class Effort:
    """What may still be done for one file.

    Args:
        size: of the file, in bytes; None for one that may cost anything.
    """

    def __init__(self, size: int | None = None) -> None:
        self._size = size
        self._left = float("inf") if size is None else max(_LEAST_UNITS, size * _UNITS_A_BYTE)

    def spend(self, units: int) -> None:
        """Takes note of work that was done: about 10 microseconds for each unit.

        Raises:
            DocumentError: that is more than a file of this size deserves.
        """
        self._left -= units
        if self._left < 0:
            raise DocumentError(TOO_MUCH)

    def foresee(self, units: int) -> None:
        """Looks at what will at least be spent, before any of it is.

        Raises:
            DocumentError: that is more than a file of this size deserves.
        """
        if units > self._left:
            raise DocumentError(TOO_MUCH)

    def check(self, markup: bytes) -> None:
        """Looks at a part before it is parsed.

        Raises:
            DocumentError: it is larger, or of more elements, than a file of this size can sensibly hold.
        """
        if self._size is None:
            return
        if len(markup) > max(_LEAST_BYTES, self._size * _BYTES_A_BYTE):
            raise DocumentError(TOO_MUCH)
        if markup.count(b"<") > max(_LEAST_TAGS, self._size * _TAGS_A_BYTE):
            raise DocumentError(TOO_MUCH)
