"""Builds the nested lists of an odt file out of entries that come one after the other."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pandemonium.documents.formats.odt.names import ITEM, STYLE_NAME, make
from pandemonium.documents.formats.odt.styles import Styles
from pandemonium.documents.passage import Kind, ParagraphStyle


class ListBuilder:
    """Puts entries into lists.

    Args:
        styles: of the file.
        place: puts a list where it belongs.
    """

    def __init__(self, styles: Styles, place: Callable[[Any], None]) -> None:
        self._styles, self._place = styles, place
        self._open: list[tuple[Any, Kind]] = []
        self._source: Any = None

    def add(self, paragraph: Any, style: ParagraphStyle, list_style: str, source: Any) -> None:
        """Adds a paragraph.

        Args:
            paragraph: the element.
            style: of a list's entry; any other continues the entry before it.
            list_style: of the list that it comes from; "" for a new one.
            source: the outermost list of the file that it comes from; None for none.
        """
        if style.kind not in ("bullet", "number"):
            if self._open and self._source is source:
                self._open[-1][0][-1].append(paragraph)
            else:
                self.end()
                self._place(paragraph)
            return
        if source is not None and self._source is not None and source is not self._source:
            self.end()
        depth = min(max(style.level, 1), 10)
        del self._open[depth:]
        if len(self._open) == depth and self._open[-1][1] != style.kind:
            self._open.pop()
        while len(self._open) < depth:
            self._deeper(style.kind, list_style)
        self._open[-1][0].append(make("text:list-item", paragraph))
        self._source = source if source is not None else self._source

    def end(self) -> None:
        """What comes next is no entry."""
        self._open.clear()
        self._source = None

    def _deeper(self, kind: Kind, list_style: str) -> None:
        element = make("text:list")
        element.set(STYLE_NAME, list_style or self._styles.list_style(kind))
        if self._open:
            outer = self._open[-1][0]
            if not len(outer) or outer[-1].tag != ITEM:
                outer.append(make("text:list-item"))
            outer[-1].append(element)
        else:
            self._place(element)
        self._open.append((element, kind))
