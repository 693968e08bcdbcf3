"""Phrases that never appear: what might become one is held back, and taken back when it does.

The phrases are a tree of characters, so that ten thousand cost no more at each token than ten.
"""

from __future__ import annotations

from collections.abc import Sequence

LONGEST = 200

# A character leads to the node behind it; the empty text, which is no character, says that a phrase ends here.
_Node = dict[str, "_Node"]
_END = ""


class PhraseBans:
    """Compares the end of a text with phrases, whatever their case."""

    def __init__(self, phrases: Sequence[str]) -> None:
        self._root: _Node = {}
        self._longest = 0
        for phrase in phrases:
            if phrase.strip():
                self._add(_fold(phrase)[:LONGEST])

    def _add(self, phrase: str) -> None:
        node = self._root
        for character in phrase:
            node = node.setdefault(character, {})
        node[_END] = {}
        self._longest = max(self._longest, len(phrase))

    def found(self, text: str, start: int) -> int | None:
        """Where in `text` the earliest banned phrase begins that ends behind `start`, or None."""
        cut = max(0, start + 1 - self._longest)
        folded = _fold(text[cut:])
        for begin in range(len(folded)):
            node = self._root
            for end in range(begin, len(folded)):
                following = node.get(folded[end])
                if following is None:
                    break
                if _END in following and cut + end + 1 > start:
                    return cut + begin
                node = following
        return None

    def open_length(self, text: str) -> int:
        """How many characters at the end of `text` may be the beginning of a banned phrase."""
        if self._longest < 2:
            return 0
        folded = _fold(text[1 - self._longest :])
        for begin in range(len(folded)):
            node: _Node | None = self._root
            for character in folded[begin:]:
                node = node.get(character) if node is not None else None
                if node is None:
                    break
            if node is not None and any(node):  # a phrase goes on from there
                return len(folded) - begin
        return 0


def _fold(text: str) -> str:
    """Case-folded character by character, so that places stay the same; a line break is a space."""
    text = text.replace("\n", " ")
    if text.isascii():
        return text.lower()
    return "".join(c.casefold() if len(c.casefold()) == 1 else c for c in text)
