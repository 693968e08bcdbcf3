"""Balanced marks and stretches of a text: finding and cutting them in one pass, however deeply they are nested."""

from __future__ import annotations

import re
from collections.abc import Iterable

Span = tuple[int, int]


def balanced(text: str, opening: str, closing: str, longest: int) -> list[Span]:
    """The outermost stretches (start, end) between `opening` and `closing`, both included, of `longest` characters.

    A mark that is never closed, or too far away, is passed over; the stretches inside of it count.
    """
    if opening not in text:
        return []
    marks = re.compile(f"{re.escape(opening)}|{re.escape(closing)}")
    open_: list[int] = []
    found: list[Span] = []
    for match in marks.finditer(text):
        if match[0] == opening:
            open_.append(match.start())
        elif open_:
            start = open_.pop()
            if match.end() - start <= longest:
                found.append((start, match.end()))
    return outermost(found)


def outermost(spans: Iterable[Span]) -> list[Span]:
    """The spans that lie in no other one, in order; of two that overlap only the first is given."""
    found: list[Span] = []
    for start, end in sorted(spans, key=lambda each: (each[0], -each[1])):
        if not found or start >= found[-1][1]:
            found.append((start, end))
    return found


def without(text: str, spans: Iterable[Span]) -> str:
    """`text` without stretches of it, which come in order and do not overlap."""
    pieces: list[str] = []
    position = 0
    for start, end in spans:
        pieces.append(text[position:start])
        position = end
    pieces.append(text[position:])
    return "".join(pieces)
