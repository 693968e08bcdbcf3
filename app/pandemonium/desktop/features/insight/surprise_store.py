"""What is known of a draft's surprise, by the text of its paragraphs, and what is to be read next. Knows no window."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from pandemonium.documents.model.passage import Passage

if TYPE_CHECKING:
    from pandemonium.writing.insight.surprise import Expectation, Place, Surprise, WordBits

LONGEST = 3000  # characters of a part: a longer paragraph is read in several
_RUN = 4000  # characters that are asked for at once
_CONTEXT = 1500  # characters before them


@dataclass(frozen=True)
class Stretch:
    """A paragraph, or a part of a long one.

    Attributes:
        paragraph: its number.
        start: where it begins in it, in characters.
        text: what stands there.
    """

    paragraph: int
    start: int
    text: str


@dataclass(frozen=True)
class ReadingRun:
    """What is to be read next.

    Attributes:
        before: what comes right before it, read for its sake.
        stretches: what is asked for.
    """

    before: tuple[Stretch, ...]
    stretches: tuple[Stretch, ...]


class SurpriseStore:
    """The bits of a draft's words as far as they were read.

    They are kept by the text that they belong to: what is moved, taken back or brought back is not read again, and a
    late answer can never be about another text.
    """

    def __init__(self) -> None:
        self.forget()

    def forget(self) -> None:
        """Begins anew, with another voice."""
        self._known: dict[str, WordBits] = {}
        self._words: tuple[str, ...] = ()
        self._counts: NDArray[np.float64] = np.zeros(0)
        self._read = 0
        self.place: Place | None = None

    def known(self, text: str) -> WordBits | None:
        """The bits of a stretch's words; None where it was not read yet."""
        return self._known.get(text)

    def mean(self, text: str) -> float:
        """Bits a word of a paragraph; NaN where it has no word, or was not read yet."""
        total = 0.0
        words = 0
        for stretch in stretches_of(0, text):
            bits = self._known.get(stretch.text)
            if bits is None:
                return math.nan
            finite = bits.bits[np.isfinite(bits.bits)]
            total += float(finite.sum())
            words += len(finite)
        return total / words if words else math.nan

    def share(self, paragraphs: Sequence[Passage]) -> float:
        """How much of a draft was read, by its characters, between 0 and 1."""
        read = 0
        everything = 0
        for number, paragraph in enumerate(paragraphs):
            everything += len(paragraph.text)
            if paragraph.text in self._known:
                read += len(paragraph.text)
            elif len(paragraph.text) > LONGEST:
                stretches = stretches_of(number, paragraph.text)
                read += sum(len(each.text) for each in stretches if each.text in self._known)
            elif not paragraph.text.strip():
                read += len(paragraph.text)
        return read / everything if everything else 1.0

    def next_run(self, paragraphs: Sequence[Passage], first: int, offset: int = 0) -> ReadingRun | None:
        """What is to be read next: from a paragraph on to the end, then from the beginning; None if all is known.

        Args:
            paragraphs: the draft's.
            first: where the writer looks.
            offset: characters of that paragraph that lie above what she sees.
        """
        order = [*range(min(first, len(paragraphs)), len(paragraphs)), *range(min(first, len(paragraphs)))]
        for number in order:
            if paragraphs[number].text in self._known:
                continue
            at_first = offset if number == first else 0
            unknown = [each for each in stretches_of(number, paragraphs[number].text) if each.text not in self._known]
            later = [each for each in unknown if each.start + len(each.text) > at_first]
            if later or unknown:
                return self._run_from((later or unknown)[0], paragraphs)
        return None

    def take(self, run: ReadingRun, answer: Surprise) -> int:
        """Takes in an answer; gives how many stretches it was about."""
        for stretch, bits in zip(run.stretches, answer.bits, strict=False):
            self._known[stretch.text] = bits
        if answer.bits:
            self.place = answer.place
            if self._words != answer.expected.words:
                self._words = answer.expected.words
                self._counts = np.zeros(len(self._words))
                self._read = 0
            self._counts = self._counts + answer.expected.counts
            self._read += answer.expected.read
        return len(answer.bits)

    def expected(self) -> Expectation | None:
        """How often the voice would have written each word, in all that it has read so far."""
        if not self._read:
            return None
        from pandemonium.writing.insight.surprise import Expectation

        return Expectation(self._words, self._counts, self._read)

    def tidy(self, paragraphs: Sequence[Passage]) -> None:
        """Forgets texts that are long gone, where they have become many."""
        if len(self._known) > 3 * len(paragraphs) + 2000:
            stretches = (each for n, one in enumerate(paragraphs) for each in stretches_of(n, one.text))
            kept = {each.text for each in stretches}
            self._known = {text: bits for text, bits in self._known.items() if text in kept}

    def _run_from(self, first: Stretch, paragraphs: Sequence[Passage]) -> ReadingRun:
        chosen: list[Stretch] = []
        size = 0
        for stretch in _from(first, paragraphs):
            if stretch.text in self._known or (chosen and size + len(stretch.text) > _RUN):
                break
            chosen.append(stretch)
            size += len(stretch.text)
        before: list[Stretch] = []
        size = 0
        for stretch in _before(first, paragraphs):
            before.insert(0, stretch)
            size += len(stretch.text)
            if size >= _CONTEXT:
                break
        return ReadingRun(tuple(before), tuple(chosen))


def stretches_of(number: int, text: str) -> list[Stretch]:
    """A paragraph's text as stretches, cut at spaces; none of a blank one."""
    if not text.strip():
        return []
    found: list[Stretch] = []
    start = 0
    while len(text) - start > LONGEST:
        end = text.rfind(" ", start + 1, start + LONGEST)
        end = end if end > 0 else start + LONGEST
        found.append(Stretch(number, start, text[start:end]))
        start = end
    found.append(Stretch(number, start, text[start:]))
    return found


def _from(first: Stretch, paragraphs: Sequence[Passage]) -> Iterator[Stretch]:
    """The stretches of a draft from one of them on."""
    own = stretches_of(first.paragraph, paragraphs[first.paragraph].text)
    yield from (each for each in own if each.start >= first.start)
    for number in range(first.paragraph + 1, len(paragraphs)):
        yield from stretches_of(number, paragraphs[number].text)


def _before(first: Stretch, paragraphs: Sequence[Passage]) -> Iterator[Stretch]:
    """The stretches before one of them, the nearest first."""
    own = stretches_of(first.paragraph, paragraphs[first.paragraph].text)
    yield from reversed([each for each in own if each.start < first.start])
    for number in range(first.paragraph - 1, -1, -1):
        yield from reversed(stretches_of(number, paragraphs[number].text))
