"""Which of the words that voices wrote owe themselves to the draft, found again by the words around them.

Nothing of this is kept in the document: a passage that is undone and done again, moved, or put back as an attempt still
says the same words, and that is what it is known by. So it is tomorrow, when it comes back with the attempts.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field

from pandemonium.writing.reading.origins import Origin
from pandemonium.writing.request import Chunk

_MOST = 2_000  # continuations
_BEFORE = 24  # letters before a word that tell its place from others


@dataclass
class _Written:
    text: str = ""
    origins: list[Origin] = field(default_factory=list)


class RecalledWords:
    """The origins of what voices have written on these pages: the last 2,000 continuations."""

    def __init__(self) -> None:
        self._written: OrderedDict[tuple[int, int] | str, _Written] = OrderedDict()

    def __bool__(self) -> bool:
        return any(each.origins for each in self._written.values())

    def add(self, chunk: Chunk) -> None:
        """Takes in a chunk that a voice has written, whether it comes onto the page or not."""
        key = chunk.number, chunk.alternative
        written = self._written.setdefault(key, _Written())
        self._written.move_to_end(key)
        written.text += chunk.text
        written.origins += chunk.origins
        if len(self._written) > _MOST:
            self._written.popitem(last=False)

    def of(self, text: str) -> tuple[Origin, ...]:
        """The origins of a continuation, or of its beginning; none of a text that no voice has written here."""
        for written in reversed(self._written.values()):
            if written.origins and text and written.text.startswith(text):
                return tuple(origin for origin in written.origins if origin.end <= len(text))
        return ()

    def bring_back(self, text: str, origins: Sequence[Origin]) -> None:
        """Takes in a continuation of another day; what was written since stands before it."""
        if origins and len(self._written) < _MOST and text not in self._written:
            self._written[text] = _Written(text, list(origins))
            self._written.move_to_end(text, last=False)

    def find(self, before: str, word: str) -> tuple[Origin, str] | None:
        """The origin of a word on the page, and the word with which it came.

        Args:
            before: what stands before the word on the page, at least a sentence where there is so much.
            word: whole.
        """
        near = _letters(before)
        for written in reversed(self._written.values()):
            for origin in written.origins:
                if written.text[origin.start : origin.end] == word:
                    own = _letters(written.text[: origin.start])[-_BEFORE:]
                    if near.endswith(own):
                        return origin, word
        return None


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text[-8 * _BEFORE :]))
