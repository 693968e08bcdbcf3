"""Puts the blocks of an odt file that is written into the lists and sections where they stood, or into new ones."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pandemonium.documents.formats.odt.file import ListNumbers
from pandemonium.documents.formats.odt.names import (
    CONTINUES,
    ITEM,
    LIST,
    LIST_HEADER,
    SECTION,
    SECTION_SOURCE,
    START,
    STYLE_NAME,
    XML_ID,
    H,
    P,
    make,
)
from pandemonium.documents.formats.odt.styles import Styles
from pandemonium.documents.model.numbering import PageNumbers
from pandemonium.documents.model.passage import Kind, ParagraphStyle

_DEEPEST = 10


@dataclass(slots=True)
class _Open:
    """An element that takes blocks in: `source` is what it is a copy of, None for a new one."""

    source: Any
    copy: Any
    style: str = ""  # of a list
    depth: int = 0


class Nesting:
    """The lists and sections of one body.

    Args:
        styles: of the file.
        place: puts an element where nothing is around it.
    """

    def __init__(self, styles: Styles, place: Callable[[Any], None]) -> None:
        self._styles = styles
        self._place_outside = place
        self._open: list[_Open] = []
        self._copied: set[int] = set()
        self._page = PageNumbers()
        self._file = ListNumbers(styles)

    def put_unseen(self, element: Any, shells: tuple[Any, ...]) -> None:
        """Puts an element that is not shown back where it stood; out of lists whose entry is gone."""
        element.tail = None
        if shells and shells[-1].tag == ITEM and not self._is_open(shells) and id(shells[-1]) in self._copied:
            shells = _sections(shells)
        self._go(shells)
        if element.tag == ITEM:
            self._file.take(element, self._depth())
        self._place(element)

    def put(self, block: Any, style: ParagraphStyle, shells: tuple[Any, ...], *, begins: bool) -> None:
        """Puts a block where it stood.

        Args:
            block: the element.
            style: of the paragraph that it is.
            shells: what was around it.
            begins: it is the first paragraph of its entry, or in no list.
        """
        has_begun = self._is_open(shells) and _holds_paragraph(self._open[len(shells) - 1].copy) if shells else False
        if not begins and shells[-1].tag == ITEM and not has_begun:
            shells = _sections(shells)  # the entry that it went on is gone
        self._go(shells, anew=begins and has_begun)
        number = self._page.take(style)
        if number is not None and begins and shells and shells[-1].tag == ITEM:
            self._number(number)
        self._place(block)

    def put_entry(self, block: Any, style: ParagraphStyle, shells: tuple[Any, ...], list_style: str = "") -> None:
        """Puts a paragraph as a new entry into the list that is open, or into a new one.

        Args:
            block: the element.
            style: of the paragraph.
            shells: the sections in which it stands.
            list_style: of a new list; "" for one made for it.
        """
        depth = min(max(style.level, 1), _DEEPEST)
        self._to_sections(shells)
        base = len(shells)
        lists = [index for index in range(base, len(self._open)) if self._open[index].copy.tag == LIST]
        if len(lists) > depth:
            self._close(lists[depth])
            del lists[depth:]
        if len(lists) == depth:
            last = self._open[lists[-1]]
            other = self._styles.list_sign(last.style, depth) not in (
                ("bullet",) if style.kind == "bullet" else _NUMBERS
            )
            begun = style.kind == "bullet" and style.start is not None
            self._close(lists[-1] if other or begun else lists[-1] + 1)
        while self._depth() < depth:
            if self._open[base:] and self._open[-1].copy.tag == LIST:
                self._open_last_item()
            self._begin_list(style.kind, list_style)
        number = self._page.take(style)
        self._begin_item(None)
        if number is not None:
            self._number(number)
        self._place(block)

    def put_plain(self, block: Any, style: ParagraphStyle, shells: tuple[Any, ...], *, within: bool) -> None:
        """Puts a block that is no entry.

        Args:
            block: the element.
            style: of the paragraph that it is.
            shells: the sections in which it stands.
            within: it goes on the entry that is open, if one is; else it stands outside of lists.
        """
        if not (within and self._open and self._open[-1].copy.tag in (ITEM, LIST_HEADER)):
            self._to_sections(shells)
        self._page.take(style)
        self._place(block)

    def end(self) -> None:
        """Nothing more comes."""
        self._close(0)

    def _is_open(self, shells: tuple[Any, ...]) -> bool:
        at = len(shells)
        return len(self._open) >= at and all(
            each.source is shell for each, shell in zip(self._open, shells, strict=False)
        )

    def _depth(self) -> int:
        return self._open[-1].depth if self._open else 0

    def _to_sections(self, shells: tuple[Any, ...]) -> None:
        self._go(shells)

    def _go(self, shells: tuple[Any, ...], *, anew: bool = False) -> None:
        """Opens copies of these, as far as they are not open; the innermost entry anew where that is wanted."""
        common = 0
        while common < min(len(shells), len(self._open)) and self._open[common].source is shells[common]:
            common += 1
        if anew and common == len(shells) and shells and shells[-1].tag == ITEM:
            common -= 1
        if common + 1 == len(shells) and shells[-1].tag == LIST_HEADER and common and len(self._open[common - 1].copy):
            common -= 1  # a header comes first
        self._close(common)
        for index in range(common, len(shells)):
            shell = shells[index]
            holds_more = shell.tag == ITEM and index + 1 < len(shells)
            if holds_more and _holds_paragraph(shell) and self._last_item() is not None:
                self._open_last_item(shell)  # its own paragraph is gone
            elif shell.tag in (ITEM, LIST_HEADER):
                self._begin_item(shell)
            elif shell.tag == LIST:
                self._begin_copied(shell)
            else:
                clone = _shallow(shell)
                clone.extend(copy.deepcopy(each) for each in shell.iterchildren(SECTION_SOURCE))
                self._place(clone)
                self._open.append(_Open(shell, clone))

    def _close(self, count: int) -> None:
        while len(self._open) > count:
            last = self._open.pop()
            if last.copy.tag == LIST:
                self._file.end(last.copy, last.style, last.depth)

    def _begin_copied(self, shell: Any) -> None:
        clone = _shallow(shell)
        if id(shell) in self._copied:
            for name in (XML_ID, CONTINUES):
                clone.attrib.pop(name, None)
        self._copied.add(id(shell))
        outer = next((each.style for each in reversed(self._open) if each.copy.tag == LIST), "")
        self._push_list(shell, clone, clone.get(STYLE_NAME) or outer)

    def _begin_list(self, kind: Kind, list_style: str) -> None:
        style = list_style or self._styles.list_style(kind)
        element = make("text:list")
        element.set(STYLE_NAME, style)
        self._push_list(None, element, style)

    def _push_list(self, source: Any, element: Any, style: str) -> None:
        depth = self._depth() + 1
        self._place(element)
        self._file.begin(element, style, depth)
        self._open.append(_Open(source, element, style, depth))

    def _begin_item(self, shell: Any) -> None:
        if shell is None:
            item = make("text:list-item")
        else:
            item = _shallow(shell)
            if id(shell) in self._copied:
                for name in (XML_ID, START):
                    item.attrib.pop(name, None)
            self._copied.add(id(shell))
        self._count_before = self._file.number(self._depth())
        self._file.take(item, self._depth())
        self._push_item(shell, item)

    def _push_item(self, shell: Any, item: Any) -> None:
        depth = self._depth()
        if item.getparent() is None:
            self._place(item)
        self._open.append(_Open(shell, item, depth=depth))

    def _last_item(self) -> Any:
        last = self._open[-1].copy[-1] if self._open and len(self._open[-1].copy) else None
        return last if last is not None and last.tag == ITEM else None

    def _open_last_item(self, shell: Any = None) -> None:
        item = self._last_item()
        if item is None:
            self._begin_item(None)
        else:
            self._push_item(shell, item)

    def _number(self, number: int) -> None:
        """Has the entry that was begun last bear a number: by an attribute where it would not by itself."""
        depth = self._depth()
        item = self._open[-1].copy
        if self._file.number(depth) == number:
            return
        item.attrib.pop(START, None)
        if self._count_before + 1 != number:
            item.set(START, str(number))
        self._file.set(depth, number)

    _count_before: int = 0

    def _place(self, element: Any) -> None:
        if self._open:
            self._open[-1].copy.append(element)
        else:
            self._place_outside(element)


_NUMBERS = ("number",)


def _sections(shells: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(each for each in shells if each.tag == SECTION)


def _holds_paragraph(item: Any) -> bool:
    return any(each.tag in (P, H) for each in item)


def _shallow(element: Any) -> Any:
    return element.makeelement(element.tag, dict(element.attrib), nsmap=element.nsmap)
