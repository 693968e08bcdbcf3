"""Counts the numbers of lists' entries as the page shows them, to compare them with those that a file gives."""

from __future__ import annotations

from dataclasses import replace

from pandemonium.documents.model.passage import ParagraphStyle

LISTED = frozenset(("bullet", "number"))


class PageNumbers:
    """Counts through the paragraphs of one text: each list on its own, and anew after what is no entry."""

    def __init__(self) -> None:
        self._counts: dict[int, int] = {}

    def take(self, style: ParagraphStyle) -> int | None:
        """The number that the next paragraph bears; None for one without."""
        if style.kind not in LISTED:
            self._counts.clear()
            return None
        self._counts = {level: count for level, count in self._counts.items() if level <= style.level}
        if style.kind == "bullet":
            return None
        number = self._counts.get(style.level, 0) + 1 if style.start is None else style.start
        self._counts[style.level] = number
        return number

    def started(self, style: ParagraphStyle, number: int) -> ParagraphStyle:
        """The style of the next paragraph, which bears `number` in its file: with a start where it would not here."""
        if style.kind != "number":
            self.take(style)
            return style
        before = dict(self._counts)
        if self.take(style) == number:
            return style
        self._counts = before
        style = replace(style, start=number)
        self.take(style)
        return style
