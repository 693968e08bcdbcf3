"""Keeps a voice from copying: no run of eight words of its training text is written (MemFree, Ippolito et al. 2022).

A run counts when its last word begins in what the voice wrote. The filter of runs of five says beforehand when
the word to come could complete one, so that hardly any word is looked at twice or taken for copied by mistake.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from pandemonium.text.ngrams import fold, gram_hash, word_hash, words_in
from pandemonium.voice.profile import LONG_RUN, SHORT_RUN, StyleProfile

_REACH = 80
_GROWING = re.compile(r"['\u2019]?\Z")


@dataclass(frozen=True)
class OpenWord:
    """A last word that stands behind seven which stand so in the training text.

    Attributes:
        start: where it begins.
        copies: it completes a run of eight: it must not stay.
        grows: it may become another word with the next piece.
    """

    start: int
    copies: bool
    grows: bool


class CopyGuard:
    """Looks at the end of a text with the filters of one training text."""

    def __init__(self, profile: StyleProfile) -> None:
        self._short = profile.grams5
        self._long = profile.grams8
        self._hash = lru_cache(maxsize=4096)(_hash)

    def look(self, text: str, written: int) -> OpenWord | None:
        """Looks at the last word of `text`, whole or not.

        Args:
            text: up to where it is written; the words before the voice's own among it.
            written: where the voice's own begins.

        Returns:
            None where the last word is the writer's, or could not complete a run.
        """
        words = _last_words(text)
        if len(words) < LONG_RUN:
            return None
        hashes = [self._hash(word) for word in words]
        for end in range(-1, SHORT_RUN - LONG_RUN - 1, -1):
            if gram_hash(hashes[end - SHORT_RUN : end]) not in self._short:
                return None
        start = text.rfind(words[-1])
        if start < written:
            return None
        copies = gram_hash(hashes[-SHORT_RUN:]) in self._short and gram_hash(hashes) in self._long
        return OpenWord(start, copies, _GROWING.match(text, start + len(words[-1])) is not None)


class MixedGuard:
    """Several guards at once, for voices that write together."""

    def __init__(self, guards: Sequence[CopyGuard]) -> None:
        self._guards = tuple(guards)

    def look(self, text: str, written: int) -> OpenWord | None:
        """See `CopyGuard.look`: what copies any of the texts."""
        found = [word for guard in self._guards if (word := guard.look(text, written)) is not None]
        return next((word for word in found if word.copies), found[0] if found else None)


def _hash(word: str) -> int:
    return word_hash(fold(word))


def _last_words(text: str) -> list[str]:
    """The last eight words of `text`; fewer if there are no more."""
    reach = _REACH
    while True:
        cut = max(0, len(text) - reach)
        words = words_in(text[cut:])
        # The first may be half a word.
        if cut == 0 or len(words) > LONG_RUN:
            return words[-LONG_RUN:]
        reach *= 4
