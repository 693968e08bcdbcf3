"""How Markdown's source looks on the page: headings large, emphasis set, signs faint. One line at a time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pandemonium.documents.model.passage import CharFormat

_HEADING = re.compile(r"(#{1,6})[ \t]+\S")
_MARGIN = re.compile(r"[ ]{0,3}(?:(?:>[ ]?)+|[-*+][ ]+(?=\S)|\d{1,9}[.)][ ]+(?=\S))")
_SCENE = re.compile(r"[ ]{0,3}(?:(?:\*[ ]*){3,}|(?:-[ ]*){3,}|(?:_[ ]*){3,})$")
_EMPHASIS = re.compile(
    r"(?P<code>(?P<ticks>`+)(?!`).+?(?<!`)(?P=ticks)(?!`))"
    r"|(?<![\\*])(?P<both>\*\*\*)(?=\S)(?P<b3>.+?)(?<=\S)\*\*\*"
    r"|(?<![\\*])(?P<stars>\*\*)(?=\S)(?P<b2>.+?)(?<=[^\s\\])\*\*(?!\*)"
    r"|(?<![\\\w_])(?P<lines>__)(?=\S)(?P<u2>.+?)(?<=[^\s\\])__(?![\w_])"
    r"|(?<![\\*])(?P<star>\*)(?=[^\s*])(?P<b1>.+?)(?<=[^\s\\*])\*(?!\*)"
    r"|(?<![\\\w_])(?P<line>_)(?=[^\s_])(?P<u1>.+?)(?<=[^\s\\_])_(?![\w_])"
    r"|(?P<waves>~~)(?=\S)(?P<w2>.+?)(?<=\S)~~"
)
_CHAR_FORMATS = {
    "both": CharFormat.BOLD | CharFormat.ITALIC,
    "stars": CharFormat.BOLD,
    "lines": CharFormat.BOLD,
    "star": CharFormat.ITALIC,
    "line": CharFormat.ITALIC,
    "waves": CharFormat.STRIKE,
}
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
    for found in _EMPHASIS.finditer(line, start, end):
        if found["code"]:
            continue
        name = next(each for each in _CHAR_FORMATS if found[each])
        char_format = outer | _CHAR_FORMATS[name]
        width = len(found[name])
        yield FormattedPart(found.start(), found.end(), char_format=char_format)
        yield FormattedPart(found.start(), found.start() + width, sign=True)
        yield FormattedPart(found.end() - width, found.end(), sign=True)
        yield from _inline(line, found.start() + width, found.end() - width, char_format)
