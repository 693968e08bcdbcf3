"""Counts whose the characters of a document are, paragraph by paragraph: what was not touched is not counted again."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from pandemonium.documents.model.authored_text import Touched
from pandemonium.documents.model.passage import Passage

_UNCOUNTED = re.compile("[\ud800-\udbff\ufffc]")  # of a pair, one half counts; what is no text does not
_Own = tuple[int, dict[str, int]]  # a paragraph's characters, and how many of them are each voice's


class Shares:
    """The characters of a document and of each voice in it, in the editor's units."""

    def __init__(self) -> None:
        self._paragraphs: list[_Own] = []
        self._total = 0
        self._voices: Counter[str] = Counter()

    @property
    def total(self) -> int:
        """The document's characters."""
        return self._total

    @property
    def by_voice(self) -> dict[str, int]:
        """The characters of each voice that has some."""
        return {voice: count for voice, count in self._voices.items() if count}

    @property
    def of_voices(self) -> int:
        """The characters of all voices together."""
        return self._voices.total()

    def begin(self, paragraphs: Sequence[Passage]) -> None:
        """Counts another document."""
        self._paragraphs = []
        self._total = 0
        self._voices = Counter()
        self.touch(Touched(0, 0, len(paragraphs)), paragraphs)

    def touch(self, touched: Touched, paragraphs: Sequence[Passage]) -> None:
        """Counts the paragraphs that an edit has changed; `paragraphs` are all there are now."""
        first = touched.first
        gone = self._paragraphs[first : first + touched.before]
        come = [_counted(each) for each in paragraphs[first : first + touched.after]]
        self._paragraphs[first : first + touched.before] = come
        for sign, those in ((-1, gone), (1, come)):
            for count, voices in those:
                self._total += sign * count
                for voice, theirs in voices.items():
                    self._voices[voice] += sign * theirs


_NOBODY: dict[str, int] = {}


def _counted(paragraph: Passage) -> _Own:
    voices = _NOBODY
    if paragraph.marks:
        voices = {}
        for mark in paragraph.marks:
            length = _length(paragraph.text[mark.start : mark.end])
            voices[mark.voice] = voices.get(mark.voice, 0) + length
    return _length(paragraph.text), voices


def _length(text: str) -> int:
    return len(text) if text.isascii() else len(text) - len(_UNCOUNTED.findall(text))
