"""Who wrote what: text that knows which of its characters came from a voice, through every edit.

A `Passage` is a piece of such text. `AuthoredText` is a whole document of them, one for each paragraph, so that
an edit costs as much as the paragraph that it touches and not as much as the book. What is not marked is the
writer's. Paragraph breaks ("\\n") have no author.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

BREAK = "\n"


@dataclass(frozen=True, slots=True)
class Mark:
    """Characters [start, end) of a passage come from the voice of that name."""

    start: int
    end: int
    voice: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of text and its marks.

    Attributes:
        text: the characters.
        marks: in order, apart, none empty; two that touch are of different voices.
    """

    text: str = ""
    marks: tuple[Mark, ...] = ()

    @classmethod
    def by(cls, voice: str, text: str) -> Passage:
        """Text that a voice wrote, or the writer where `voice` is empty. Paragraph breaks stay unmarked."""
        if not voice:
            return cls(text)
        marks: list[Mark] = []
        start = 0
        for line in text.split(BREAK):
            if line:
                marks.append(Mark(start, start + len(line), voice))
            start += len(line) + 1
        return cls(text, tuple(marks))

    def __len__(self) -> int:
        return len(self.text)

    def __add__(self, other: Passage) -> Passage:
        if not other.text:
            return self
        if not self.text:
            return other
        return Passage(self.text + other.text, _joined(self.marks, other.marks, len(self.text)))

    def part(self, start: int, end: int) -> Passage:
        """Characters [start, end) with their marks."""
        if not self.marks:
            return Passage(self.text[start:end])
        marks = tuple(
            Mark(max(each.start, start) - start, min(each.end, end) - start, each.voice)
            for each in self.marks
            if max(each.start, start) < min(each.end, end)
        )
        return Passage(self.text[start:end], marks)

    def paragraphs(self) -> list[Passage]:
        """The passage without its breaks, one for each paragraph; at least one."""
        if BREAK not in self.text:
            return [self]
        parts: list[Passage] = []
        start = 0
        for line in self.text.split(BREAK):
            parts.append(self.part(start, start + len(line)) if self.marks else Passage(line))
            start += len(line) + 1
        return parts

    def characters_by_voice(self) -> dict[str, int]:
        """How many characters each voice wrote."""
        counts: dict[str, int] = {}
        for each in self.marks:
            counts[each.voice] = counts.get(each.voice, 0) + each.end - each.start
        return counts


def _joined(left: tuple[Mark, ...], right: tuple[Mark, ...], offset: int) -> tuple[Mark, ...]:
    if not right:
        return left
    moved = [Mark(each.start + offset, each.end + offset, each.voice) for each in right]
    if left and left[-1].end == moved[0].start and left[-1].voice == moved[0].voice:
        return (*left[:-1], Mark(left[-1].start, moved[0].end, moved[0].voice), *moved[1:])
    return (*left, *moved)


@dataclass(frozen=True, slots=True)
class Touched:
    """What an edit did to the list of paragraphs: `before` ones from `first` on became `after` ones."""

    first: int
    before: int
    after: int


class AuthoredText:
    """A whole document as paragraphs with marks.

    Positions count characters, a paragraph break as one. Looking one up starts at the place of the last, so
    that edits near each other are found at once however long the document is.
    """

    def __init__(self, passage: Passage | str = "") -> None:
        passage = Passage(passage) if isinstance(passage, str) else passage
        self._paragraphs = passage.paragraphs()
        self._length = len(passage)
        self._index = 0  # a paragraph ...
        self._start = 0  # ... and the position of its first character

    def __len__(self) -> int:
        return self._length

    @property
    def paragraphs(self) -> list[Passage]:
        """The paragraphs; not to be changed by the caller."""
        return self._paragraphs

    @property
    def text(self) -> str:
        """The whole text."""
        return BREAK.join(each.text for each in self._paragraphs)

    def locate(self, position: int) -> tuple[int, int]:
        """Gives the paragraph that holds `position`, and the place in it.

        Raises:
            IndexError: the position lies outside the document.
        """
        if not 0 <= position <= self._length:
            raise IndexError(f"{position} lies outside a document of {self._length} characters")
        index, start = self._index, self._start
        if position < start // 2:
            index, start = 0, 0
        while position < start:
            index -= 1
            start -= len(self._paragraphs[index]) + 1
        while position > start + len(self._paragraphs[index]):
            start += len(self._paragraphs[index]) + 1
            index += 1
        self._index, self._start = index, start
        return index, position - start

    def part(self, start: int, end: int) -> Passage:
        """Characters [start, end) with their marks."""
        first, offset = self.locate(start)
        last, stop = self.locate(end)
        if first == last:
            return self._paragraphs[first].part(offset, stop)
        edges = [self._paragraphs[first].part(offset, len(self._paragraphs[first]))]
        edges += self._paragraphs[first + 1 : last]
        edges.append(self._paragraphs[last].part(0, stop))
        return join(edges)

    def replace(self, start: int, end: int, passage: Passage) -> Touched:
        """Puts `passage` in the place of characters [start, end)."""
        last, stop = self.locate(end)
        first, offset = self.locate(start)
        head = self._paragraphs[first].part(0, offset)
        tail = self._paragraphs[last].part(stop, len(self._paragraphs[last]))
        new = passage.paragraphs()
        new[0] = head + new[0]
        new[-1] = new[-1] + tail
        self._paragraphs[first : last + 1] = new
        self._length += len(passage) - (end - start)
        return Touched(first, last - first + 1, len(new))

    def characters_by_voice(self) -> dict[str, int]:
        """How many characters each voice wrote."""
        counts: dict[str, int] = {}
        for paragraph in self._paragraphs:
            for voice, count in paragraph.characters_by_voice().items():
                counts[voice] = counts.get(voice, 0) + count
        return counts


def join(paragraphs: Iterable[Passage]) -> Passage:
    """Puts paragraphs together with a break between any two."""
    texts: list[str] = []
    marks: list[Mark] = []
    start = 0
    for each in paragraphs:
        texts.append(each.text)
        marks += [Mark(mark.start + start, mark.end + start, mark.voice) for mark in each.marks]
        start += len(each.text) + 1
    return Passage(BREAK.join(texts), tuple(marks))
