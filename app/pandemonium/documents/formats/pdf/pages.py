"""Puts lines on printed pages together again into paragraphs."""

from __future__ import annotations

import re
from collections import Counter

_PAGE_NUMBER = re.compile(
    r"^\W{0,3}(?:page\s+|p\.\s*)?(?:\d{1,4}|[ivxlcdm]{1,7})(?:\s*(?:/|of)\s*\d{1,4})?\W{0,3}$", re.I
)
_DIGITS = re.compile(r"\d+")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_BROKEN_WORD = re.compile(r"([^\W\d_]+)[-\u00ad\u2010]$")
_FIRST_WORD = re.compile(r"^([^\W\d_]+)")
_CLOSED = re.compile(r"""[.!?:;\u2026\u2014\u3002\uff01\uff1f][\u201d\u2019"')\]\u00bb\u300d]*$""")
_OPENS = re.compile(r"""^[\u201c\u2018"'(\[\u2014\u2013\u00ab\u00bf\u00a1-]*\s?[^\W\d_a-z]""")
_LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st"}
_EDGE = 2
_REPEATS = 3


def prose_of_pages(pages: list[str]) -> str:
    """Gives the pages' text as paragraphs with a blank line between them.

    A line at a page's edge that comes back on three pages (numbers aside) is a running head. A short line that
    closes a sentence, before one that opens another, ends a paragraph, on the page or across pages. A word
    broken at a line's end is whole again, with its hyphen where the text elsewhere has one.

    Args:
        pages: each page's lines, from top to bottom.
    """
    lined = [page.translate(_LIGATURES).splitlines() for page in pages]
    bare = _without_heads([[line.strip() for line in lines if line.strip()] for lines in lined])
    words = Counter(word.casefold() for page in bare for line in page for word in _WORD.findall(line))
    paragraphs: list[str] = []
    before = ""
    width = _width([line for lines in bare for line in lines])
    for lines in bare:
        for line in lines:
            if before and not _ends_paragraph(before, line, width):
                paragraphs[-1] = _joined(paragraphs[-1], line, words)
            else:
                paragraphs.append(line)
            before = line
    return "\n\n".join(paragraphs)


def _without_heads(pages: list[list[str]]) -> list[list[str]]:
    seen = Counter(key for lines in pages for key in {_key(line) for line in _edges(lines)})
    heads = {key for key, count in seen.items() if count >= _REPEATS and len(key) < 90}
    numbered = sum(1 for lines in pages if any(_PAGE_NUMBER.match(line) for line in _edges(lines))) * 2 > len(pages)
    return [_trimmed(lines, heads, numbered) for lines in pages]


def _edges(lines: list[str]) -> list[str]:
    return lines[:_EDGE] + lines[_EDGE:][-_EDGE:]


def _key(line: str) -> str:
    return _DIGITS.sub("#", line).casefold()


def _trimmed(lines: list[str], heads: set[str], numbered: bool) -> list[str]:
    def goes(line: str) -> bool:
        return _key(line) in heads or (numbered and bool(_PAGE_NUMBER.match(line)))

    start = 0
    end = len(lines)
    for _ in range(_EDGE):
        if start < end and goes(lines[start]):
            start += 1
        if start < end and goes(lines[end - 1]):
            end -= 1
    return lines[start:end]


def _width(lines: list[str]) -> int:
    """How many characters a full line has."""
    lengths = sorted(len(line) for line in lines)
    return lengths[int(len(lengths) * 0.8)] if lengths else 0


def _ends_paragraph(before: str, line: str, width: int) -> bool:
    if _BROKEN_WORD.search(before):
        return False
    short = len(before) < width * 0.8
    if _CLOSED.search(before):
        return short and bool(_OPENS.match(line))
    # A short line without an end of sentence is a heading or verse, unless the next goes on in small letters.
    return len(before) < width * 0.6 and bool(_OPENS.match(line))


def _joined(left: str, right: str, words: Counter[str]) -> str:
    broken = _BROKEN_WORD.search(left)
    first = _FIRST_WORD.match(right)
    if broken is None or first is None or not first.group(1)[0].islower():
        return left + right if left.endswith("\u2014") or _is_ideographic(left, right) else f"{left} {right}"
    head = broken.group(1)
    tail = first.group(1)
    with_hyphen = words[f"{head}-{tail}".casefold()] > words[f"{head}{tail}".casefold()]
    return left[: broken.end(1)] + ("-" if with_hyphen else "") + right


def _is_ideographic(left: str, right: str) -> bool:
    return left[-1] >= "\u2e80" and right[0] >= "\u2e80" and not "\uac00" <= left[-1] <= "\ud7a3"
