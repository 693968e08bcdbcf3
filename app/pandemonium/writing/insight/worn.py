"""What is worn in a draft: runs of words that come back, how its sentences open, and words that come too often.

A draft is counted as a whole, but each paragraph is cut into words only once: what an edit does not touch is not cut
again. Runs end at every sign that closes or breaks a sentence.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from pandemonium.text.function_words import PREPOSITIONS, PRONOUNS
from pandemonium.text.ngrams import find_words, fold
from pandemonium.text.sentences import split_sentences
from pandemonium.writing.insight.surprise import Expectation

SHORTEST = 3
LONGEST = 6
LISTED = 15
_LEAST = {3: 3, 4: 3, 5: 2, 6: 2}  # how often a run of so many words comes before it is worn
# Words of a draft that one more time is allowed for: of a short run, and once of a long one.
_WORDS_A_TIME = 40_000
_LONG_DRAFT = 5000
_LOOKS = 32  # paragraphs between two looks at whether to stop
_CONTAINED = 0.7  # a run is not listed beside a longer one that holds so many of its places
_LEAST_OPENINGS = 3
_LEAST_USED = 5
_MOST_BITS = 9.0  # that one word of a run tells: a rare word twice is no habit
_GROUPS = 2000  # runs of one length that are looked at, the commonest
_TOO_OFTEN = 2.0  # times what the voice expects
_NAME = 0.7  # share of capitals within sentences from which on a word is a name
_BREAKS = re.compile(r"[.!?;:\u2026\u2014()\"\u201c\u201d\u00ab\u00bb]")
_COMMON = (
    PREPOSITIONS
    | PRONOUNS
    | frozenset(
        "the a an and or but nor not no so if as than then that this these those there here be is are was were been am "
        "being have has had do does did will would shall should can could may might must i s t".split()
    )
)
Ids = NDArray[np.int64]


@dataclass(frozen=True)
class Run:
    """A run of words that comes back.

    Attributes:
        words: as they stand the first time.
        count: how often it comes.
        places: (paragraph, start, end) of each, in the paragraph's characters.
    """

    words: str
    count: int
    places: tuple[tuple[int, int, int], ...]


@dataclass(frozen=True)
class Opening:
    """Words that sentences begin with.

    Attributes:
        words: as they stand the first time.
        count: how many sentences begin so.
        share: of all sentences.
        places: as in `Run`.
    """

    words: str
    count: int
    share: float
    places: tuple[tuple[int, int, int], ...]


@dataclass(frozen=True)
class Favourite:
    """A word that comes far more often than a voice would have written it.

    Attributes:
        word: folded.
        count: how often it comes.
        expected: how often the voice would have written it in these places.
        places: as in `Run`.
    """

    word: str
    count: int
    expected: float
    places: tuple[tuple[int, int, int], ...]


@dataclass(frozen=True)
class _Cut:
    """A paragraph in words.

    Attributes:
        ids: of the folded words by the draft's own numbers, from 1 on, [words].
        starts, ends: characters of each, [words].
        opens: whether a sentence begins with it, bool [words].
        breaks: whether a run ends before it, bool [words].
        capital: whether it has a capital, bool [words].
    """

    ids: Ids
    starts: Ids
    ends: Ids
    opens: NDArray[np.bool_]
    breaks: NDArray[np.bool_]
    capital: NDArray[np.bool_]


class DraftWords:
    """The words of a draft; belongs to one thread at a time."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._cuts: dict[str, _Cut] = {}

    def count(
        self,
        paragraphs: Sequence[str],
        stop: Callable[[], bool] = lambda: False,
        progress: Callable[[float], None] = lambda share: None,
    ) -> DraftFigures | None:
        """Counts a draft.

        Args:
            paragraphs: its paragraphs as they stand.
            stop: looked at now and then; None comes of it.
            progress: is told now and then how much of it was cut into words, from 0 to 1.
        """
        cuts: list[_Cut] = []
        for number, text in enumerate(paragraphs):
            if number % _LOOKS == 0:
                if stop():
                    return None
                progress(number / len(paragraphs))
            cut = self._cuts.get(text)
            if cut is None:
                cut = self._cuts[text] = self._cut(text)
            cuts.append(cut)
        if len(self._cuts) > 2 * len(paragraphs) + 1000:
            self._cuts = dict(zip(paragraphs, cuts, strict=True))
        names = [""] * (len(self._numbers) + 1)
        for word, number in self._numbers.items():
            names[number] = word
        return DraftFigures(paragraphs, cuts, names)

    def _cut(self, text: str) -> _Cut:
        numbers = self._numbers
        matches = list(find_words(text))
        begins = [match.start() for match in matches]
        ends = np.array([match.end() for match in matches], dtype=np.int64)
        ids = [numbers.setdefault(fold(match[0]), len(numbers) + 1) for match in matches]
        opens = [False] * len(matches)
        for start, _ in split_sentences(text):
            # In Python: numpy's search lets Python's lock go, and a thread waits long to have it back from the window.
            first = bisect_left(begins, start)
            if first < len(matches):
                opens[first] = True
        gaps = (text[before.end() : match.start()] for before, match in pairwise(matches))
        breaks = [gap != " " and _BREAKS.search(gap) is not None for gap in gaps]
        return _Cut(
            np.array(ids, dtype=np.int64),
            np.array(begins, dtype=np.int64),
            ends,
            np.array(opens, dtype=np.bool_),
            np.array([True, *breaks] if matches else [], dtype=np.bool_),
            np.array([match[0][:1].isupper() for match in matches], dtype=np.bool_),
        )


class DraftFigures:
    """What was counted in a draft as it stood.

    Attributes:
        words: how many there are.
        sentence_words: words and sentences of each paragraph, [paragraphs, 2].
    """

    def __init__(self, paragraphs: Sequence[str], cuts: Sequence[_Cut], names: Sequence[str]) -> None:
        self._paragraphs = paragraphs
        self._names = names
        sizes = np.array([len(cut.ids) for cut in cuts], dtype=np.int64)
        self._owner = np.repeat(np.arange(len(cuts)), sizes)
        self._ids = _joined([cut.ids for cut in cuts])
        self._starts = _joined([cut.starts for cut in cuts])
        self._ends = _joined([cut.ends for cut in cuts])
        self._opens = _joined([cut.opens for cut in cuts]).astype(np.bool_)
        self._breaks = _joined([cut.breaks for cut in cuts]).astype(np.bool_)
        self._capital = _joined([cut.capital for cut in cuts]).astype(np.bool_)
        self.words = len(self._ids)
        sentences = np.array([int(cut.opens.sum()) for cut in cuts], dtype=np.int64)
        self.sentence_words = np.stack([sizes, sentences], axis=1) if cuts else np.zeros((0, 2), dtype=np.int64)
        self._counts = np.bincount(self._ids, minlength=len(names))

    def runs(self, most: int = LISTED) -> list[Run]:
        """The runs of three to six words that are worn most: those that come often, are long and tell something."""
        information = np.zeros(len(self._names))
        is_name = self._are_names()
        for number, word in enumerate(self._names):
            if word not in _COMMON and self._counts[number] and not is_name[number]:
                information[number] = min(_MOST_BITS, math.log2(self.words / self._counts[number]))
        found: list[tuple[float, int, Ids]] = []
        for length, begins in self._repeated():
            allowed = self.words // _WORDS_A_TIME if length < 5 else int(self.words > _LONG_DRAFT)
            least = _LEAST[length] + allowed
            for places in begins:
                worth = sum(information[self._ids[places[0] + i]] for i in range(length))
                if worth and len(places) >= least:
                    found.append(((len(places) - 1) * worth * (length - 2), length, places))
        found.sort(key=lambda each: -each[0])
        return [self._run(length, places) for length, places in _apart(found, most)]

    def openings(self, most: int = LISTED) -> list[Opening]:
        """What most sentences begin with: half of the list are single words, half are two."""
        first = np.flatnonzero(self._opens)
        sentences = max(1, len(first))
        two = first[first + 1 < self.words]
        two = two[~self._opens[two + 1] & (self._owner[two + 1] == self._owner[two])]
        found: list[Opening] = []
        for length, begins in ((1, first), (2, two)):
            codes = self._ids[begins] * (len(self._names) * (length - 1) or 1)
            codes = codes + (self._ids[begins + 1] if length == 2 else 0)
            for places in _grouped(codes, begins, _LEAST_OPENINGS)[: most // 2]:
                words = self._words_at(int(places[0]), length)
                found.append(Opening(words, len(places), len(places) / sentences, self._places(places, length)))
        return found

    def favourites(self, expected: Expectation | None, most: int = LISTED) -> list[Favourite]:
        """The words that come most above what a voice expects (log-likelihood ratio, Dunning 1993); no names.

        Args:
            expected: of the voice that has read the draft, or a part of it: the rest is taken to be like it.
        """
        if expected is None or not expected.read:
            return []
        numbers = {word: number for number, word in enumerate(self._names) if number}
        scale = self.words / expected.read
        is_name = self._are_names()
        found: list[tuple[float, int, float]] = []
        for word, count in zip(expected.words, expected.counts.tolist(), strict=True):
            number = numbers.get(word, 0)
            used = int(self._counts[number])
            should = max(count * scale, 0.5)
            if used < max(_LEAST_USED, _TOO_OFTEN * should) or is_name[number]:
                continue
            found.append((used * math.log(used / should) - (used - should), number, should))
        found.sort(reverse=True)
        return [
            Favourite(
                self._names[number],
                int(self._counts[number]),
                should,
                self._places(np.flatnonzero(self._ids == number), 1),
            )
            for _, number, should in found[:most]
        ]

    def _are_names(self) -> NDArray[np.bool_]:
        """Which words have a capital even within sentences, most of the time, [different words + 1]."""
        within = ~self._opens
        capitals = np.bincount(self._ids[self._capital & within], minlength=len(self._names))
        everywhere = np.bincount(self._ids[within], minlength=len(self._names))
        found: NDArray[np.bool_] = capitals > _NAME * np.maximum(1, everywhere)
        return found

    def _repeated(self) -> Iterator[tuple[int, list[Ids]]]:
        """The runs that come at least twice, by length: where each begins."""
        begins = np.arange(self.words)
        codes = self._ids
        for length in range(2, LONGEST + 1):
            inside = begins + length - 1 < self.words
            begins = begins[inside]
            codes = codes[inside]
            last = begins + length - 1
            goes_on = ~self._breaks[last]
            begins = begins[goes_on]
            codes = codes[goes_on] * len(self._names) + self._ids[last[goes_on]]
            _, numbers, counts = np.unique(codes, return_inverse=True, return_counts=True)
            again = counts[numbers] > 1
            begins = begins[again]
            codes = numbers[again]
            if length >= SHORTEST:
                yield length, _grouped(codes, begins, 2)

    def _run(self, length: int, begins: Ids) -> Run:
        return Run(self._words_at(int(begins[0]), length), len(begins), self._places(begins, length))

    def _words_at(self, first: int, length: int) -> str:
        text = self._paragraphs[self._owner[first]]
        return " ".join(text[self._starts[first] : self._ends[first + length - 1]].split())

    def _places(self, begins: Ids, length: int) -> tuple[tuple[int, int, int], ...]:
        last = begins + length - 1
        rows = np.stack([self._owner[begins], self._starts[begins], self._ends[last]], axis=1)
        return tuple((int(a), int(b), int(c)) for a, b, c in rows)


def _grouped(codes: Ids, begins: Ids, least: int) -> list[Ids]:
    """The places of each code that comes at least so often, the commonest first, each in the order of the text."""
    order = np.argsort(codes, kind="stable")
    edges = np.concatenate([[0], np.flatnonzero(np.diff(codes[order])) + 1, [len(codes)]])
    sizes = np.diff(edges)
    largest = np.argsort(-sizes, kind="stable")[:_GROUPS]
    return [begins[order[edges[at] : edges[at + 1]]] for at in largest if sizes[at] >= least]


def _apart(found: Sequence[tuple[float, int, Ids]], most: int) -> list[tuple[int, Ids]]:
    """The first of the runs that do not lie within one another nor overlap for most of their places."""
    kept: list[tuple[int, Ids]] = []
    taken: Counter[int] = Counter()
    for _, length, places in found:
        if len(kept) == most:
            break
        covered = sum(any(taken[int(place) + i] for i in range(length)) for place in places)
        if covered > _CONTAINED * len(places):
            continue
        kept.append((length, places))
        for place in places.tolist():
            taken.update(range(place, place + length))
    return kept


def _joined(parts: Sequence[NDArray[np.generic]]) -> Ids:
    return np.concatenate([np.zeros(0, dtype=np.int64), *parts])
