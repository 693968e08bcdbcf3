"""The racist insult that stands in some old tales, which no voice writes of itself: a writer who wants it types it."""

from __future__ import annotations

import re
from collections.abc import Sequence

_SLURS = ("nigger",)
_SHORTEST = 3  # letters from which on a beginning is looked at
_ENDS = frozenset(slur[end - _SHORTEST : end] for slur in _SLURS for end in range(_SHORTEST, len(slur)))
_WHOLE = re.compile(rf"(?<![^\W\d_])(?:{'|'.join(_SLURS)})", re.IGNORECASE)
_WORD_AT_END = re.compile(r"(?<![^\W\d_])[^\W\d_]{3,}$")


def whole(texts: Sequence[str]) -> list[int]:
    """The ids of those pieces that have a slur in them."""
    return [i for i, text in enumerate(texts) if _WHOLE.search(text)]


def completing(text: str, pieces: Sequence[bytes]) -> list[int]:
    """The ids of those pieces that would make a slur of the word that `text` ends with; most often none.

    Args:
        text: up to where the next piece is written.
        pieces: a tokenizer's, by id.
    """
    if text[-_SHORTEST:].lower() not in _ENDS:
        return []
    word = _WORD_AT_END.search(text[-20:])
    begun = word[0].lower() if word else ""
    if not begun or not any(slur.startswith(begun) for slur in _SLURS):
        return []
    return [i for i, piece in enumerate(pieces) if (begun + piece.decode("utf-8", "ignore").lower()).startswith(_SLURS)]
