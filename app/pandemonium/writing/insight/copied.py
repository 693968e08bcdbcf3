"""Finds what of a finished text stands so in the texts that a voice was trained on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from pandemonium.text.ngrams import find_words, fold, word_hash
from pandemonium.voice.profile import LONG_RUN, SHORT_RUN, StyleProfile, gram_hashes

if TYPE_CHECKING:
    from pandemonium.writing.continuer import Continuer


@dataclass(frozen=True)
class CopiedRun:
    """A run of eight words or more that stands so in the training text.

    Attributes:
        start, end: where it stands, in characters.
        source: the name of the text that it stands in; empty where the voice does not keep it.
    """

    start: int
    end: int
    source: str


def find_copied(profile: StyleProfile, text: str) -> list[CopiedRun]:
    """The runs of `text` that stand in the training text of a voice, in order and apart.

    A run of eight counts when its four runs of five are there as well, as for `CopyGuard`.
    """
    words = list(find_words(text))
    if len(words) < LONG_RUN:
        return []
    table = {word: word_hash(fold(word)) for word in {match[0] for match in words}}
    hashes = np.fromiter((table[match[0]] for match in words), dtype=np.uint64, count=len(words))
    long = gram_hashes(hashes, LONG_RUN)
    found = profile.grams8.has(long)
    if not found.any():
        return []
    short = profile.grams5.has(gram_hashes(hashes, SHORT_RUN))
    for shift in range(LONG_RUN - SHORT_RUN + 1):
        found &= short[shift : shift + len(found)]
    runs: list[CopiedRun] = []
    for first, last in _stretches(np.flatnonzero(found).tolist()):
        named = profile.sources.names_of(long[first : last + 1]) if profile.sources else []
        sources = Counter(name for name in named if name).most_common(1)
        source = sources[0][0] if sources else ""
        runs.append(CopiedRun(words[first].start(), words[last + LONG_RUN - 1].end(), source))
    return runs


def copied_in(texts: Sequence[str]) -> Callable[[Continuer, Callable[[], bool]], dict[str, list[CopiedRun]]]:
    """A question to a voice (`writing.worker.Question`): the copied runs of each of `texts`, as far as it came."""

    def ask(continuer: Continuer, stop: Callable[[], bool]) -> dict[str, list[CopiedRun]]:
        found: dict[str, list[CopiedRun]] = {}
        for text in texts:
            if stop():
                break
            profile = continuer.voice.profile
            found[text] = find_copied(profile, text) if profile is not None else []
        return found

    return ask


def _stretches(places: list[int]) -> Iterator[tuple[int, int]]:
    """Runs of eight that overlap or follow each other, as (first, last)."""
    first = last = -LONG_RUN - 1
    for place in places:
        if place > last + LONG_RUN:
            if first >= 0:
                yield first, last
            first = place
        last = place
    if first >= 0:
        yield first, last
