"""Reads a whole manuscript while nothing else is asked, so that Continue begins at once wherever the cursor goes."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from pandemonium.writing.continuer import Continuer, window_of
from pandemonium.writing.reading.context import cut

EVERY = 1_000  # characters between two places that are looked at


def read_manuscript(
    continuer: Continuer,
    read_before: Callable[[int], tuple[str, str]],
    positions: Sequence[int],
    stop: Callable[[], bool],
    most: int | None = None,
) -> int:
    """Reads a manuscript up to each position, and keeps what was read.

    Args:
        continuer: the voice.
        read_before: gives, for a position, the text before it and what stands between its paragraphs, as in a
            `ContinueRequest`.
        positions: ascending places; of those for which reading begins at the same line the last is enough.
        stop: looked at between any two of them, and while one is read.
        most: places that are looked at, or a few more: up to the end of a window; None for all.

    Returns:
        how many of the positions were dealt with; all of them also where there is no room for more.
    """
    begun = 0  # the first position of the window that is under way
    last: tuple[str, str] | None = None
    window = ""
    for number, position in enumerate(positions):
        if not continuer.can_keep:
            return len(positions)
        before, paragraph = read_before(position)
        here = window_of(cut(before), paragraph)
        if last is not None and here != window:
            continuer.read_elsewhere(*last, stop)
            if stop():
                return begun
            begun = number
            if most is not None and number >= most:
                return begun
        last = before, paragraph
        window = here
        if stop():
            return begun
    if last is not None:
        continuer.read_elsewhere(*last, stop)
        if stop():
            return begun
    continuer.keep()
    return len(positions)


def positions_from(start: int, length: int) -> tuple[list[int], list[int]]:
    """The places of a manuscript that are looked at: from `start` to its end, and from its beginning to `start`."""
    places = [*range(EVERY, length, EVERY), length]
    return [each for each in places if each >= start], [each for each in places if each < start]
