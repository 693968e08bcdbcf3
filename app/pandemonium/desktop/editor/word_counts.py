"""Counts words paragraph by paragraph: what was not touched is not counted again."""

from __future__ import annotations

import time

from pandemonium.documents.model.authored_text import Touched
from pandemonium.documents.model.passage import Passage
from pandemonium.text.sentences import count_words

_LONG = 20_000  # characters


class WordCounts:
    """The words of each paragraph of a document, as far as they are known."""

    def __init__(self) -> None:
        self._counts: list[int | None] = [0]
        self._unknown = 0
        self._total = 0
        self._parts: dict[str, int] = {}  # the words of the parts of a very long paragraph

    @property
    def total(self) -> int:
        """The words counted so far."""
        return self._total

    @property
    def is_complete(self) -> bool:
        """Every paragraph has been counted."""
        return not self._unknown

    def between(self, first: int, end: int) -> int:
        """The words counted so far in paragraphs [first, end)."""
        return sum(filter(None, self._counts[first:end]))

    def begin(self, paragraphs: int) -> None:
        """Takes another document with so many paragraphs, none of them counted."""
        self._counts = [None] * paragraphs
        self._unknown = paragraphs
        self._total = 0

    def touch(self, touched: Touched) -> None:
        """Forgets the paragraphs that an edit has changed."""
        gone = self._counts[touched.first : touched.first + touched.before]
        self._total -= sum(each for each in gone if each is not None)
        self._unknown += touched.after - sum(1 for each in gone if each is None)
        self._counts[touched.first : touched.first + touched.before] = [None] * touched.after

    def count(self, paragraphs: list[Passage], near: int, budget: float) -> None:
        """Counts what is not known, that around paragraph `near` first, for at most `budget` seconds or so."""
        end = time.perf_counter() + budget
        for start in (max(0, near - 200), 0):
            while self._unknown:
                try:
                    index = self._counts.index(None, start)
                except ValueError:
                    break
                words = self._words_of(paragraphs[index].text)
                self._counts[index] = words
                self._total += words
                self._unknown -= 1
                start = index + 1
                if time.perf_counter() > end:
                    return

    def _words_of(self, text: str) -> int:
        """The words of a paragraph; of a very long one only those parts are counted that were not there before."""
        if len(text) < _LONG:
            return count_words(text)
        parts = text.split(". ")
        known = self._parts
        self._parts = {}
        for part in parts:
            if part not in self._parts:
                self._parts[part] = known[part] if part in known else count_words(part)
        return sum(map(self._parts.__getitem__, parts))
