"""How Markdown's source looks on the page: headings large, emphasis set, signs faint. One line at a time."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pandemonium.documents.model.passage import CharFormat

_HEADING = re.compile(r"(#{1,6})[ \t]+\S")
_MARGIN = re.compile(r"[ ]{0,3}(?:(?:>[ ]?)+|[-*+][ ]+(?=\S)|\d{1,9}[.)][ ]+(?=\S))")
_SCENE = re.compile(r"[ ]{0,3}(?:(?:\*[ ]*){3,}|(?:-[ ]*){3,}|(?:_[ ]*){3,})$")
# In the order in which they are tried at a place: how each begins, where it may end, and how it is set. The two are
# looked for apart: one pattern for both would search the rest of the line from each sign that nothing answers.
_EMPHASES = tuple(
    (re.compile(opening), re.compile(closing), char_format)
    for opening, closing, char_format in (
        (r"(?<![\\*])\*\*\*(?=\S)", r"(?<=\S)(?=\*\*\*)", CharFormat.BOLD | CharFormat.ITALIC),
        (r"(?<![\\*])\*\*(?=\S)", r"(?<=[^\s\\])(?=\*\*(?!\*))", CharFormat.BOLD),
        (r"(?<![\\\w_])__(?=\S)", r"(?<=[^\s\\])(?=__(?![\w_]))", CharFormat.BOLD),
        (r"(?<![\\*])\*(?=[^\s*])", r"(?<=[^\s\\*])(?=\*(?!\*))", CharFormat.ITALIC),
        (r"(?<![\\\w_])_(?=[^\s_])", r"(?<=[^\s\\_])(?=_(?![\w_]))", CharFormat.ITALIC),
        (r"~~(?=\S)", r"(?<=\S)(?=~~)", CharFormat.STRIKE),
    )
)
_SIGN = re.compile(r"`+|[*_~]")
_SIGNED = re.compile(r"^(?=[ ]{0,3}[#>+\-\d]|[^\n]*[*_~])[^\n]+", re.MULTILINE)
_LONGEST = 20_000  # characters of a line that are looked at


@dataclass(frozen=True)
class FormattedPart:
    """Characters [start, end) of a line are set in `char_format`, as a `heading` of that level, or are a `sign`."""

    start: int
    end: int
    char_format: CharFormat = CharFormat.PLAIN
    heading: int = 0
    sign: bool = False


def formatted_parts(line: str) -> Iterator[FormattedPart]:
    """Says how a line of source looks; later answers lie over earlier ones."""
    line = line[:_LONGEST]
    if heading := _HEADING.match(line):
        yield FormattedPart(0, len(line), heading=len(heading[1]))
        yield FormattedPart(0, heading.end() - 1, sign=True)
    elif _SCENE.match(line):
        yield FormattedPart(0, len(line), sign=True)
        return
    elif margin := _MARGIN.match(line):
        yield FormattedPart(0, margin.end(), sign=True)
    yield from _inline(line, 0, len(line), CharFormat.PLAIN)


def prose(source: str) -> str:
    """Gives Markdown's source without the signs that `dressed` finds, as a voice should read it."""
    return _SIGNED.sub(_unsigned, source)


def _unsigned(found: re.Match[str]) -> str:
    line = found[0]
    signs = sorted(((each.start, each.end) for each in formatted_parts(line) if each.sign), reverse=True)
    for start, end in signs:
        line = line[:start] + line[end:]
    return line


def _inline(line: str, start: int, end: int, outer: CharFormat) -> Iterator[FormattedPart]:
    signs = list(_SIGN.finditer(line, start, end))
    if not signs:
        return
    ends = [[found.start() for found in closing.finditer(line, start, end)] for _, closing, _ in _EMPHASES]
    code_ends: dict[str, list[int]] = {}  # by how many ticks there are
    for sign in signs:
        if sign[0][0] == "`":
            code_ends.setdefault(sign[0], []).append(sign.start())
    at = start
    for sign in signs:
        if sign.start() < at:
            continue
        if sign[0][0] == "`":
            closed = _first(code_ends[sign[0]], sign.end())
            at = sign.end() if closed is None else closed + len(sign[0])
            continue
        for (opening, _, inner), places in zip(_EMPHASES, ends, strict=True):
            opened = opening.match(line, sign.start(), end)
            closed = _first(places, opened.end() + 1) if opened else None
            if opened is None or closed is None:
                continue
            at = closed + len(opened[0])
            yield FormattedPart(opened.start(), at, char_format=outer | inner)
            yield FormattedPart(opened.start(), opened.end(), sign=True)
            yield FormattedPart(closed, at, sign=True)
            yield from _inline(line, opened.end(), closed, outer | inner)
            break


def _first(places: Sequence[int], least: int) -> int | None:
    """The first of some places, in order, from `least` on."""
    number = bisect_left(places, least)
    return places[number] if number < len(places) else None
