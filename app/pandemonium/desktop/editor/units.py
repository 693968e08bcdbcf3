"""Carries text between files and the editor, which counts UTF-16 units and cannot hold every character.

Positions in a QTextDocument are UTF-16 units. The document's model therefore holds *units*: a string in which a
character beyond U+FFFF is written as its two surrogates. Characters that the editor would drop or turn into
something else (lone surrogates, a return, a paragraph separator, two non-characters of its own) travel as private
ones of the last plane and come back as they were; one of these that stands in a file itself gets a mark before it.
"""

from __future__ import annotations

import itertools
import re
from array import array
from collections.abc import Callable
from dataclasses import replace

from pandemonium.documents.model.passage import BREAK, LINE_BREAK, OBJECT, Passage

_PRIVATE = 0x100000
_FOREIGN = {code: chr(_PRIVATE + code) for code in (*range(0xD800, 0xE000), 0x0D, 0x2029, 0xFDD0, 0xFDD1)}
_NATIVE = {_PRIVATE + code: chr(code) for code in _FOREIGN}
_LAST_PLANE = chr(_PRIVATE)
_MARK = "\U0010fffd"
_FOREIGN |= {code: _MARK + chr(code) for code in (*_NATIVE, ord(_MARK))}
_TRAVELLER = re.compile(f"{_MARK}(.)|([{''.join(map(chr, _NATIVE))}])", re.DOTALL)


def to_units(text: str) -> str:
    """Gives a file's text as units that the editor can hold."""
    if text.isascii() and "\r" not in text:
        return text
    text = text.translate(_FOREIGN)
    if max(text) <= "\uffff":
        return text
    return "".join(map(chr, array("H", text.encode("utf-16", "surrogatepass")[2:])))


def from_units(units: str) -> str:
    """Gives units as a file's text."""
    text = whole(units)
    if text.isascii() or max(text) < _LAST_PLANE:
        return text
    return _TRAVELLER.sub(lambda match: match[1] or _NATIVE[ord(match[2])], text)


def words_from_units(units: str) -> str:
    """Gives units as a file's text without objects, a break of a line as one of a paragraph."""
    return from_units(units.replace(OBJECT, "").replace(LINE_BREAK, BREAK))


def passage_to_units(passage: Passage) -> Passage:
    """Gives a file's passage with its text, marks and spans in units."""
    return _carried(passage, to_units)


def passage_from_units(passage: Passage) -> Passage:
    """Gives a passage of the editor's as a file's."""
    return _carried(passage, from_units)


def _carried(passage: Passage, carry: Callable[[str], str]) -> Passage:
    text = carry(passage.text)
    if text == passage.text:
        return passage
    edges = {0, *(edge for mark in passage.marks for edge in (mark.start, mark.end))}
    edges |= {edge for span in passage.spans for edge in (span.start, span.end)}
    places = {}
    at = 0
    parts = []
    for left, right in itertools.pairwise([*sorted(edges), len(passage.text)]):
        places[left] = at
        parts.append(carry(passage.text[left:right]))
        at += len(parts[-1])
    places[len(passage.text)] = at
    marks = tuple(each.at(places[each.start], places[each.end]) for each in passage.marks)
    spans = tuple(each.at(places[each.start], places[each.end]) for each in passage.spans)
    return replace(passage, text="".join(parts), marks=marks, spans=spans)


def whole(units: str) -> str:
    """Gives units with each pair of surrogates as the one character that it stands for, as Qt takes its strings."""
    if units.isascii() or max(units) < "\ud800":
        return units
    return units.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")


def split(text: str) -> str:
    """Gives a string of Qt's as units."""
    if text.isascii() or max(text) <= "\uffff":
        return text
    return "".join(map(chr, array("H", text.encode("utf-16", "surrogatepass")[2:])))


def is_low(unit: str) -> bool:
    """Tells whether `unit` is the second half of a pair."""
    return "\udc00" <= unit <= "\udfff"
