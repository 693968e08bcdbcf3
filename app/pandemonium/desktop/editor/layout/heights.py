"""How tall each paragraph of a page is, measured or estimated, and where each one begins."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray


class Heights:
    """Heights of one page's paragraphs, in whole pixels, each with the gap before it; the first begins at `head`."""

    def __init__(self) -> None:
        self.head = 0.0
        self._heights: NDArray[np.float64] = np.zeros(0)
        self._gaps: NDArray[np.float64] = np.zeros(0)
        self._known: NDArray[np.bool_] = np.zeros(0, dtype=np.bool_)
        self._laid: NDArray[np.bool_] = np.zeros(0, dtype=np.bool_)
        self._ends: NDArray[np.float64] | None = None  # where each paragraph ends, without the head

    def __len__(self) -> int:
        return len(self._heights)

    @property
    def total(self) -> float:
        """Where the last paragraph ends."""
        return self.head + (float(self._sums()[-1]) if len(self._heights) else 0.0)

    @property
    def is_known(self) -> bool:
        """No height is an estimate."""
        return bool(self._known.all())

    def top(self, number: int) -> float:
        """Where a paragraph begins, its gap included."""
        return self.head + (float(self._sums()[number - 1]) if number > 0 else 0.0)

    def text_top(self, number: int) -> float:
        """Where a paragraph's first line begins."""
        return self.top(number) + float(self._gaps[number])

    def gap(self, number: int) -> float:
        """The gap before a paragraph."""
        return float(self._gaps[number])

    def height(self, number: int) -> float:
        """How tall a paragraph is."""
        return float(self._heights[number])

    def index_at(self, y: float) -> int:
        """The paragraph at that height; the first above the page, the last below it."""
        found = int(np.searchsorted(self._sums(), y - self.head, side="right"))
        return max(0, min(found, len(self._heights) - 1))

    def is_laid(self, number: int) -> bool:
        """The paragraph has its lines now."""
        return bool(self._laid[number])

    def laid(self) -> list[int]:
        """The paragraphs that have their lines now."""
        return [int(each) for each in np.flatnonzero(self._laid)]

    def unknown_near(self, number: int, most: int) -> list[int]:
        """Paragraphs whose heights are estimates, those behind `number` first."""
        unknown = np.flatnonzero(~self._known)
        place = int(np.searchsorted(unknown, number))
        return [int(each) for each in (*unknown[place : place + most], *unknown[:place][-most:][::-1])][:most]

    def set(self, number: int, height: float, gap: float) -> None:
        """Takes a height that was measured, and the gap that is part of it."""
        self._gaps[number] = gap
        self._known[number] = True
        if self._heights[number] != height:
            self._heights[number] = height
            self._ends = None

    def expect(self, number: int) -> None:
        """The height is measured and will be told."""
        self._known[number] = True

    def keep(self, number: int, laid: bool) -> None:
        """The paragraph has its lines, or they were let go."""
        self._laid[number] = laid

    def replace(self, first: int, removed: int, heights: Sequence[float], gap: float) -> None:
        """Puts paragraphs of estimated heights in the place of `removed` ones from number `first` on."""
        fresh = np.asarray(heights, dtype=np.float64)
        none = np.zeros(len(fresh), dtype=np.bool_)
        self._ends = None
        if removed == len(fresh):
            span = slice(first, first + removed)
            self._heights[span] = fresh
            self._gaps[span] = gap
            self._known[span] = none
            self._laid[span] = none
            return
        behind = first + removed
        self._heights = np.concatenate([self._heights[:first], fresh, self._heights[behind:]])
        self._gaps = np.concatenate([self._gaps[:first], np.full(len(fresh), gap), self._gaps[behind:]])
        self._known = np.concatenate([self._known[:first], none, self._known[behind:]])
        self._laid = np.concatenate([self._laid[:first], none, self._laid[behind:]])

    def heights(self, first: int, end: int) -> list[float]:
        """The heights of paragraphs [first, end)."""
        return [float(each) for each in self._heights[first:end]]

    def _sums(self) -> NDArray[np.float64]:
        if self._ends is None:
            self._ends = np.cumsum(self._heights)
        return self._ends
