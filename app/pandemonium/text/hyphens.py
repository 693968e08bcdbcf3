"""Joins words that a line's end or a scanner cut in two: "pa- tience", "remem-" and "bered" on the next line."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass

# Hyphens, and what scanners write for one; a soft hyphen before a line end is one as well.
_BROKEN = re.compile(
    r"(?<![\w'\u2019-])(?P<left>[^\W\d_]{1,40}+)(?P<hyphen>[-\u2010\u00ac\u00ad])"
    r"(?P<gap>[ \t]{0,20}\n[ \t]{0,20}|[ ]{1,3})(?P<right>[^\W\d_]{1,40}+)(?!\w)"
)
_WHOLE = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
# Behind "two- " or "sail- " a compound may still follow: "two- or three-storied".
_SUSPENDING = frozenset("and or nor to but und oder bis et ou en of y o e ed".split())
_COMPOUND_NEAR = re.compile(r"\s+(?:[^\W\d_]+\s+)?[^\W\d_]+-[^\W\d_]")


def join_hyphens(text: str, known: Container[str]) -> str:
    """Gives `text` with the words whole that stand in it in two parts, where it is known what they are.

    "pa- tience" is joined if "patience" is known or stands elsewhere in the text, and so is "well- known" to
    "well-known". A word that a speaker breaks off, a stammer, a dash typed as a hyphen and the first part of
    "two- or three-storied" stay as they are.

    Args:
        text: of any line ends; a break at a line's end takes the line end with it.
        known: lower-cased words, such as a dictionary's.
    """
    breaks = list(_breaks(text))
    if not breaks:
        return text
    own = _count(text, breaks)
    parts: list[str] = []
    position = 0
    for each in breaks:
        if own[each.compound] > own[each.whole]:
            word = f"{each.left}-{each.right}"
        elif own[each.whole] or each.whole in known:
            word = each.left + each.right
        else:
            continue
        parts += [text[position : each.start], word]
        position = each.end
    return "".join([*parts, text[position:]])


@dataclass(slots=True)
class _Break:
    """One word in two parts: where it begins and ends, what it consists of, and what it may be, in lower case."""

    start: int
    end: int
    left: str
    right: str
    whole: str
    compound: str


def _breaks(text: str) -> Iterator[_Break]:
    """The words that may be broken in two; none of them overlaps another."""
    position = 0
    while match := _BROKEN.search(text, position):
        left, right = match["left"], match["right"]
        if _may_be_broken(text, left, match):
            yield _Break(match.start(), match.end(), left, right, (left + right).lower(), f"{left}-{right}".lower())
            position = match.end()
        else:
            position = match.start("right")


def _count(text: str, breaks: Sequence[_Break]) -> Counter[str]:
    """How often the words and compounds that the breaks may stand for occur in a text as they should."""
    wanted = {each.whole for each in breaks} | {each.compound for each in breaks}
    return Counter(word for word in _WHOLE.findall(text.lower()) if word in wanted)


def _may_be_broken(text: str, left: str, match: re.Match[str]) -> bool:
    right = match["right"]
    at_line_end = "\n" in match["gap"]
    if not (right.islower() or (left.isupper() and right.isupper() and len(left) > 1)):
        return False
    if match["hyphen"] in "\u00ac\u00ad":
        return at_line_end or match["hyphen"] == "\u00ac"
    if right in _SUSPENDING and _COMPOUND_NEAR.match(text, match.end()):
        return False
    if at_line_end:
        return True
    # Within a line one letter, or the same letters twice, are a stammer: "I- it", "do- do".
    return len(left) > 1 and not right.startswith(left.lower())
