"""Decides where a page ends: plain Python over lines, which knows nothing of how they are drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

_BACK = 12  # so many lines may move to the next page for the sake of a better break


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the text, in any unit of length.

    Attributes:
        top, bottom: where it begins and ends, in the whole text.
        index, of: its number in its paragraph, from 0, and how many lines that has.
        keeps: the next line stays on its page, as after a heading.
        opens: it begins a page.
        notes: numbers of the notes, from 0, that belong at the foot of its page.
    """

    top: float
    bottom: float
    index: int = 0
    of: int = 1
    keeps: bool = False
    opens: bool = False
    notes: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page: lines [first, last), and the notes at its foot."""

    first: int
    last: int
    notes: tuple[int, ...]


def part_into_pages(lines: Sequence[Line], heights: Sequence[float], height: float, gap: float) -> list[Sheet]:
    """Gives every line to a page.

    No paragraph leaves a single line at a page's foot or head, a heading stays with what follows, and a note stands
    on the page of its mark, as far as there is room.

    Args:
        lines: all of them, from the top.
        heights: of the notes.
        height: of a page.
        gap: between the text and the notes, where a page has any.
    """
    sheets: list[Sheet] = []
    first = 0
    while first < len(lines):
        last = _filled(lines, heights, height, gap, first)
        last = _at_good_break(lines, first, last)
        notes = tuple(note for line in lines[first:last] for note in line.notes)
        sheets.append(Sheet(first, last, notes))
        first = last
    return sheets


def _filled(lines: Sequence[Line], heights: Sequence[float], height: float, gap: float, first: int) -> int:
    """How far a page reaches that begins with line `first`, and takes at least that one."""
    top = lines[first].top
    used = 0.0
    last = first
    while last < len(lines):
        line = lines[last]
        if last > first and line.opens:
            break
        below = sum(heights[note] for note in line.notes)
        status_bar = used + below
        if last > first and line.bottom - top + status_bar + (gap if status_bar else 0) > height:
            break
        used = status_bar
        last += 1
    return last


def _at_good_break(lines: Sequence[Line], first: int, last: int) -> int:
    """Moves a page's end up to where it parts nothing that belongs together; leaves it where there is no such place."""
    if last >= len(lines) or lines[last].opens:
        return last
    for end in range(last, max(first, last - _BACK), -1):
        before = lines[end - 1]
        after = lines[end]
        if after.index == 0:
            if not before.keeps:
                return end
        elif not before.keeps and after.index >= 2 and after.of - after.index >= 2:
            return end
    return last
