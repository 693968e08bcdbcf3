"""Phrases that never appear: what might become one is held back, and taken back when it does."""

from __future__ import annotations

from collections.abc import Sequence

LONGEST = 200


class PhraseBans:
    """Compares the end of a text with phrases, whatever their case."""

    def __init__(self, phrases: Sequence[str]) -> None:
        self._phrases = tuple(_fold(p)[:LONGEST] for p in phrases if p.strip())

    def __bool__(self) -> bool:
        return bool(self._phrases)

    def found(self, text: str, start: int) -> int | None:
        """Where in `text` the earliest banned phrase begins that ends behind `start`, or None."""
        cut = max(0, start - LONGEST)
        folded = _fold(text[cut:])
        places = [folded.find(phrase, max(0, start - cut - len(phrase) + 1)) for phrase in self._phrases]
        found = [cut + place for place in places if place >= 0]
        return min(found) if found else None

    def open_length(self, text: str) -> int:
        """How many characters at the end of `text` may be the beginning of a banned phrase."""
        folded = _fold(text[-LONGEST:])
        longest = 0
        for phrase in self._phrases:
            for length in range(min(len(phrase) - 1, len(folded)), longest, -1):
                if folded.endswith(phrase[:length]):
                    longest = length
                    break
        return longest


def _fold(text: str) -> str:
    """Case-folded character by character, so that places stay the same; a line break is a space."""
    return "".join(c.casefold() if len(c.casefold()) == 1 else c for c in text.replace("\n", " "))
