"""Where in the draft a word comes from that the memory gave to the voice: from tokens to characters of the document.

What a voice reads and writes is canonical, what stands in the document has its own typography, and cleaning changes its
length. Letters and digits alone are the same in both, so that places are found by counting them, and looked at.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

import numpy as np

from pandemonium.text.function_words import FUNCTION_WORDS
from pandemonium.voice.tokenizer import SubwordTokenizer
from pandemonium.writing.runtimes.runtime import Ids

_AROUND = 60  # characters of the quotation on either side
_LEAST = 4  # letters
_ASIDE = 400  # characters that the count may be wrong by: signs that a voice does not know are not read


class RecalledSpan(NamedTuple):
    """Written text [start, end), canonical, that the memory gave; `token` is its place in the memory's text."""

    start: int
    end: int
    token: int


@dataclass(frozen=True)
class Origin:
    """A written word that owes itself to the draft.

    Attributes:
        start, end: the word in the whole text of its continuation.
        place: where in the request's `before` the word stands that was recalled.
        quote: what stands around it there, within its paragraph.
        at: where the word begins in the quotation.
        length: of the word that was recalled.
    """

    start: int
    end: int
    place: int
    quote: str
    at: int
    length: int


class OriginFinder:
    """Finds the origins of one continuation, as its text is shown."""

    def __init__(
        self, handed: str, skipped: int, tokens: Ids, read: int, source: str, tokenizer: SubwordTokenizer
    ) -> None:
        """Begins.

        Args:
            handed: the text before the cursor that the memory knows, as it stands in the document.
            skipped: how many characters of the request's `before` stand before that.
            tokens: the memory's.
            read: how many of them were read, at their end; the others are of the text before.
            source: the part of `handed` that was read, its end.
            tokenizer: the voice's.
        """
        self._handed = handed
        self._skipped = skipped
        self._tokens = tokens
        self._read = read
        self._source = source
        self._tokenizer = tokenizer
        self._given = 0  # spans that were looked at

    def find(self, written: str, spans: Sequence[RecalledSpan], shown: str) -> tuple[Origin, ...]:
        """The origins of what has been shown since the last call.

        Args:
            written: the whole text, canonical.
            spans: what of it was recalled, in order.
            shown: what of it was shown, in the document's typography.
        """
        found: list[Origin] = []
        places = [at for at, character in enumerate(shown) if character.isalnum()] if self._given < len(spans) else []
        while self._given < len(spans):
            span = spans[self._given]
            begin = _letters(written[: span.start])
            end = begin + _letters(written[span.start : span.end])
            if end > len(places):
                break
            self._given += 1
            origin = self._origin(span.token, shown, places[begin]) if begin < end else None
            if origin is not None and (not found or found[-1].start != origin.start):
                found.append(origin)
        return tuple(found)

    def _origin(self, token: int, shown: str, at: int) -> Origin | None:
        place = self._place_of(token)
        if place is None:
            return None
        start, end = _word(shown, at)
        first, last = _word(self._handed, place)
        if not _are_one(shown[start:end], self._handed[first:last]):
            return None
        left = max(self._handed.rfind("\n", 0, first) + 1, first - _AROUND)
        right = self._handed.find("\n", last, last + _AROUND)
        right = min(len(self._handed), last + _AROUND) if right < 0 else right
        while left < first and left > 0 and self._handed[left - 1].isalnum():
            left += 1
        while right > last and right < len(self._handed) and self._handed[right].isalnum():
            right -= 1
        return Origin(start, end, self._skipped + first, self._handed[left:right], first - left, last - first)

    def _place_of(self, token: int) -> int | None:
        """The character of `handed` at which a token's letters begin; None where they cannot be found."""
        first = len(self._tokens) - self._read
        base = len(self._handed) - len(self._source) if token >= first else 0
        letters = int(self._counts[token] - (self._counts[first] if token >= first else 0))
        among = self._places_in_source if token >= first else self._places_earlier
        spelled = self._tokenizer.decode([int(self._tokens[token])]).strip().casefold()
        if not len(among) or not spelled:
            return None
        expected = base + int(among[min(letters, len(among) - 1)])
        if self._handed[expected : expected + len(spelled)].casefold() == spelled:
            return expected
        low = max(base, expected - _ASIDE)
        near = self._handed[low : expected + _ASIDE].casefold()
        if len(near) != len(self._handed[low : expected + _ASIDE]):  # characters that fold into two
            return None
        hits = []
        at = near.find(spelled)
        while at >= 0:
            hits.append(low + at)
            at = near.find(spelled, at + 1)
        return min(hits, key=lambda hit: abs(hit - expected)) if hits else None

    @cached_property
    def _counts(self) -> Ids:
        """How many letters and digits stand before each token, [n + 1]."""
        return np.concatenate([[0], np.cumsum(_letters_of(self._tokenizer)[self._tokens])])

    @cached_property
    def _places_in_source(self) -> Ids:
        return _letter_places(self._source)

    @cached_property
    def _places_earlier(self) -> Ids:
        return _letter_places(self._handed[: len(self._handed) - len(self._source)])


@lru_cache(maxsize=4)
def _letters_of(tokenizer: SubwordTokenizer) -> Ids:
    """How many letters and digits each token has, [vocabulary]."""
    return np.array([_letters(piece.decode("utf-8", "ignore")) for piece in tokenizer.pieces], dtype=np.int64)


def _letter_places(text: str) -> Ids:
    """Where the letters and digits of a text stand; asked sign by sign, a long text would keep the writer waiting."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    signs = np.array([ord(sign) for sign in set(text) if sign.isalnum()], dtype=np.uint32)
    is_letter = np.zeros(int(codes.max(initial=0)) + 1, dtype=bool)
    is_letter[signs] = True
    return np.flatnonzero(is_letter[codes])


def _letters(text: str) -> int:
    return sum(map(str.isalnum, text))


def _are_one(written: str, recalled: str) -> bool:
    """Tells whether a word is the one that was recalled, or a form of it; of small words nobody wants to know."""
    if (len(written) < _LEAST and not written[:1].isupper()) or written.casefold() in FUNCTION_WORDS:
        return False
    a, b = sorted((written.casefold(), recalled.casefold()), key=len)
    return a == b or (len(a) >= _LEAST and b.startswith(a))


def _word(text: str, at: int) -> tuple[int, int]:
    """The word around a place."""
    start = end = at
    while start > 0 and text[start - 1].isalnum():
        start -= 1
    while end < len(text) and text[end].isalnum():
        end += 1
    return start, end
