"""Reads a draft for the pane: what is worn in it, and the pace of a chapter. Knows no window; runs on a thread."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pandemonium.desktop.features.outline.heading_index import Entry, OutlineIndex
from pandemonium.documents.model.passage import Passage

if TYPE_CHECKING:
    from pandemonium.writing.insight.surprise import Expectation
    from pandemonium.writing.insight.worn import DraftFigures, DraftWords, Favourite, Opening, Run

Places = tuple[tuple[int, int, int], ...]
MOST_POINTS = 120  # of a curve: where there are more paragraphs, several share a point


@dataclass(frozen=True)
class Item:
    """A line of the pane.

    Attributes:
        words: what is worn.
        figure: how often, as it is shown.
        places: (paragraph, start, end) of each, in the paragraph's characters.
    """

    words: str
    figure: str
    places: Places


@dataclass(frozen=True)
class PacePoint:
    """A paragraph of a chapter, or a few that share a point.

    Attributes:
        paragraph: its number in the draft; of several, the first one's.
        number: its number in the chapter, from 1 on, blank ones not counted.
        sentence: words a sentence.
        surprise: bits a word; NaN where it was not read yet.
    """

    paragraph: int
    number: int
    sentence: float
    surprise: float


@dataclass(frozen=True)
class Pace:
    """The pace of a chapter.

    Attributes:
        title: the chapter's; empty where the draft has none.
        first, end: its paragraphs [first, end).
        points: in the order of the text.
        paragraphs: how many have words.
    """

    title: str = ""
    first: int = 0
    end: int = 0
    points: tuple[PacePoint, ...] = ()
    paragraphs: int = 0


@dataclass(frozen=True)
class DraftReading:
    """What was found in a draft.

    Attributes:
        revision: the document's when it was read.
        words: how many it has.
        runs, openings, favourites: what is worn, the most worn first.
        pace: of the chapter that the writer is in.
    """

    revision: int
    words: int
    runs: tuple[Run, ...]
    openings: tuple[Opening, ...]
    favourites: tuple[Favourite, ...]
    pace: Pace


@dataclass(frozen=True)
class Snapshot:
    """A draft as it stands.

    Attributes:
        revision: the document's.
        paragraphs: its paragraphs, which never change.
        format: its file's.
        cursor: the number of the paragraph that the writer is in.
    """

    revision: int
    paragraphs: Sequence[Passage]
    format: str
    cursor: int


class DraftReader:
    """Reads one draft again and again; what has not changed is not read twice. Belongs to one thread at a time."""

    def __init__(self) -> None:
        self._words: DraftWords | None = None
        self._revision = -1
        self._figures: DraftFigures | None = None
        self._worn: tuple[tuple[Run, ...], tuple[Opening, ...]] = ((), ())
        self._headings: list[Entry] = []

    def read(
        self,
        draft: Snapshot,
        surprise: Callable[[str], float],
        expected: Expectation | None,
        stop: Callable[[], bool],
        progress: Callable[[float], None] = lambda share: None,
    ) -> DraftReading | None:
        """Reads a draft; None if it was stopped.

        Args:
            draft: as it stands.
            surprise: gives the bits a word of a paragraph, NaN where they are not known.
            expected: what the voice would have written in its place.
            stop: looked at now and then.
            progress: is told now and then how much of it was read, from 0 to 1.
        """
        from pandemonium.writing.insight.worn import DraftWords

        if self._words is None:
            self._words = DraftWords()
        if self._figures is None or draft.revision != self._revision:
            index = OutlineIndex()
            index.begin(draft.paragraphs, draft.format)
            texts = [each.text for each in draft.paragraphs]
            for heading in index.entries:
                texts[heading.paragraph] = ""  # is no sentence
            figures = self._words.count(texts, stop, progress)
            if figures is None or stop():
                return None
            self._worn = (tuple(figures.runs()), tuple(figures.openings()))
            self._headings = index.entries
            self._figures = figures
            self._revision = draft.revision
        runs, openings = self._worn
        favourites = tuple(self._figures.favourites(expected))
        pace = _pace(self._headings, self._figures, draft, surprise)
        return DraftReading(draft.revision, self._figures.words, runs, openings, favourites, pace)


def _pace(headings: Sequence[Entry], figures: DraftFigures, draft: Snapshot, surprise: Callable[[str], float]) -> Pace:
    """The pace of the chapter that the cursor is in: from its heading to the next one that is as large."""
    at = bisect_right(headings, draft.cursor, key=lambda each: each.paragraph) - 1
    title, first, end = _chapter(headings, at, len(draft.paragraphs))
    while not figures.sentence_words[first:end, 0].any() and at + 1 < len(headings):
        at += 1  # a heading right behind another has nothing of its own
        title, first, end = _chapter(headings, at, len(draft.paragraphs))
    rows = figures.sentence_words[first:end].tolist()
    filled = [first + number for number, (words, _) in enumerate(rows) if words]
    size = -(-len(filled) // MOST_POINTS) or 1
    points = []
    for start in range(0, len(filled), size):
        group = filled[start : start + size]
        words = sum(rows[number - first][0] for number in group)
        sentences = sum(max(1, rows[number - first][1]) for number in group)
        known = [bits for number in group if not math.isnan(bits := surprise(draft.paragraphs[number].text))]
        mean = sum(known) / len(known) if known else math.nan
        points.append(PacePoint(group[0], start + 1, words / sentences, mean))
    return Pace(title, first, end, tuple(points), len(filled))


def _chapter(headings: Sequence[Entry], at: int, paragraphs: int) -> tuple[str, int, int]:
    """A chapter's title and its paragraphs [first, end); what stands before the first heading is number -1."""
    if at < 0:
        return "", 0, headings[0].paragraph if headings else paragraphs
    later = (each.paragraph for each in headings[at + 1 :] if each.level <= headings[at].level)
    return headings[at].title, headings[at].paragraph + 1, next(later, paragraphs)
