"""Keeps the headings of a document: an edit costs what its paragraphs cost and not what the book does."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pandemonium.documents.model.authored_text import Touched, style_of
from pandemonium.documents.model.passage import OBJECT, Passage
from pandemonium.text.headings import Heading, markdown_heading, opens_or_closes_code, plain_heading

_LONGEST = 200  # characters of a title that are kept
_SIGNS = re.compile(r"(\*{1,3}|_{1,3}|`)(.+?)\1")


@dataclass(frozen=True, slots=True)
class Entry:
    """One heading.

    Attributes:
        paragraph: its number.
        level: 1 for the largest.
        title: what it says.
        is_styled: a style or a sign says that it is one; else it only looks like one.
    """

    paragraph: int
    level: int
    title: str
    is_styled: bool


class OutlineIndex:
    """The headings of one document, in order."""

    def __init__(self) -> None:
        self._found: list[Entry] = []
        self._fences: list[int] = []  # numbers of the paragraphs that open or close code, in Markdown
        self._format = ""

    @property
    def entries(self) -> list[Entry]:
        """The headings; where any is styled, those that only look like headings are left out."""
        styled = [each for each in self._found if each.is_styled]
        return styled or list(self._found)

    def begin(self, paragraphs: Sequence[Passage], format: str) -> None:
        """Takes another document, "md" for Markdown."""
        self._format = format
        self._fences = []
        if format == "md":
            self._fences = [n for n, each in enumerate(paragraphs) if opens_or_closes_code(each.text)]
        self._found = self._look(paragraphs, 0, len(paragraphs))

    def touch(self, touched: Touched, paragraphs: Sequence[Passage]) -> None:
        """Takes in an edit."""
        first = touched.first
        end = touched.first + touched.before
        grown = touched.after - touched.before
        if self._format == "md":
            old = self._fences[bisect_left(self._fences, first) : bisect_left(self._fences, end)]
            new = [n for n in range(first, first + touched.after) if opens_or_closes_code(paragraphs[n].text)]
            if old or new:
                self.begin(paragraphs, self._format)
                return
            if grown:
                self._fences = [n + grown if n >= end else n for n in self._fences]
        low = self._place(first)
        high = self._place(end)
        behind = self._found[high:]
        if grown:
            behind = [replace(each, paragraph=each.paragraph + grown) for each in behind]
        self._found[low:] = [*self._look(paragraphs, first, first + touched.after), *behind]

    def _place(self, paragraph: int) -> int:
        return bisect_left(self._found, paragraph, key=lambda each: each.paragraph)

    def _look(self, paragraphs: Sequence[Passage], first: int, end: int) -> list[Entry]:
        found: list[Entry] = []
        for number in range(first, end):
            passage = paragraphs[number]
            if self._format == "md":
                heading = markdown_heading(passage.text[:_LONGEST]) if passage.text[:4].lstrip()[:1] == "#" else None
                if heading is not None and not self._is_code(number):
                    found.append(_entry(number, replace(heading, title=_SIGNS.sub(r"\2", heading.title)), True))
            elif passage.styles and (style := style_of(passage)).kind == "heading":
                found.append(_entry(number, Heading(max(1, style.level), passage.text[:_LONGEST]), True))
            elif (not passage.styles or style_of(passage).kind == "body") and (
                heading := plain_heading(passage.text)
            ) is not None:
                found.append(_entry(number, heading, False))
        return found

    def _is_code(self, number: int) -> bool:
        return bisect_left(self._fences, number) % 2 == 1


def _entry(number: int, heading: Heading, is_styled: bool) -> Entry:
    title = " ".join(heading.title.replace(OBJECT, "").split())
    return Entry(number, heading.level, title, is_styled)
