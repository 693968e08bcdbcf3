"""Gives new list entries a list of the file to belong to."""

from __future__ import annotations

from typing import Any

from pandemonium.documents.formats.docx.names import make, number, w
from pandemonium.documents.formats.docx.numbers import Numbering
from pandemonium.documents.model.passage import Kind

_LEVELS = 9
_BULLETS = "\u2022\u25e6\u25aa"
_NUMBERS = ("decimal", "lowerLetter", "lowerRoman")


class Lists:
    """The lists of one file.

    Args:
        root: of the numbering part; None if there is none.
        numbering: what it says; told of what is added.

    Attributes:
        root: of the numbering part; None as long as there is none.
        is_changed: lists were added.
    """

    def __init__(self, root: Any, numbering: Numbering) -> None:
        self.root = root
        self._numbering = numbering
        self.is_changed = False
        self._abstract: dict[str, str] = {}
        self._number = 0
        self._last: Any = None

    def new(self, kind: Kind) -> str:
        """Adds a list of entries with bullets, or with numbers from 1 on, and gives its id."""
        self.is_changed = True
        if self.root is None:
            self.root = make("numbering")
        if kind not in self._abstract:
            self._abstract[kind] = self._new_abstract(kind)
        return self._add(self._abstract[kind], dict.fromkeys(range(_LEVELS), 1) if kind == "number" else {})

    def restarted(self, list: str, depth: int, start: int) -> str:
        """Adds a list like another that begins anew with a number, and gives its id."""
        self.is_changed = True
        return self._add(self._numbering.abstract.get(list, ""), {depth: start})

    def _add(self, abstract: str, starts: dict[int, int]) -> str:
        if not self._number:
            nums = self.root.findall(w("num"))
            self._number = max((number(each.get(w("numId"))) for each in nums), default=0)
            self._last = nums[-1] if nums else None
        self._number += 1
        id = str(self._number)
        entry = make("num", make("abstractNumId", val=abstract), numId=id)
        self._numbering.abstract[id] = abstract
        for level, start in starts.items():
            entry.append(make("lvlOverride", make("startOverride", val=str(start)), ilvl=str(level)))
            self._numbering.restarts[id, level] = start
        if self._last is not None:
            self._last.addnext(entry)
        else:
            self._after_abstract(entry)
        self._last = entry
        return id

    def _new_abstract(self, kind: Kind) -> str:
        used = [number(each.get(w("abstractNumId"))) for each in self.root.iterfind(w("abstractNum"))]
        id = str(max(used, default=-1) + 1)
        element = make("abstractNum", make("multiLevelType", val="hybridMultilevel"), abstractNumId=id)
        for level in range(_LEVELS):
            sign = "bullet" if kind == "bullet" else _NUMBERS[level % 3]
            text = _BULLETS[level % 3] if kind == "bullet" else f"%{level + 1}."
            indent = make("ind", left=str(720 + 360 * level), hanging="360")
            element.append(
                make(
                    "lvl",
                    make("start", val="1"),
                    make("numFmt", val=sign),
                    make("lvlText", val=text),
                    make("lvlJc", val="left"),
                    make("pPr", indent),
                    ilvl=str(level),
                )
            )
        self._after_abstract(element)
        return id

    def _after_abstract(self, element: Any) -> None:
        """Puts it behind the last abstract list: the schema wants these before the lists."""
        abstract = self.root.findall(w("abstractNum"))
        if abstract:
            abstract[-1].addnext(element)
        else:
            pictures = self.root.findall(w("numPicBullet"))
            self.root.insert(len(pictures), element)
