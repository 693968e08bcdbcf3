"""Gives new list entries a list of the file to belong to."""

from __future__ import annotations

from typing import Any

from pandemonium.documents.formats.docx.names import make, number, w
from pandemonium.documents.passage import Kind

_LEVELS = 9
_BULLETS = "\u2022\u25e6\u25aa"
_NUMBERS = ("decimal", "lowerLetter", "lowerRoman")


class Lists:
    """The lists of one file.

    Attributes:
        root: of the numbering part; None as long as there is none.
        is_changed: lists were added.
    """

    def __init__(self, root: Any) -> None:
        self.root = root
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
        if not self._number:
            nums = self.root.findall(w("num"))
            self._number = max((number(each.get(w("numId"))) for each in nums), default=0)
            self._last = nums[-1] if nums else None
        self._number += 1
        id = str(self._number)
        entry = make("num", make("abstractNumId", val=self._abstract[kind]), numId=id)
        if kind == "number":
            for level in range(_LEVELS):
                entry.append(make("lvlOverride", make("startOverride", val="1"), ilvl=str(level)))
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
                    "lvl", make("start", val="1"), make("numFmt", val=sign), make("lvlText", val=text),
                    make("lvlJc", val="left"), make("pPr", indent), ilvl=str(level),
                )
            )  # fmt: skip
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
