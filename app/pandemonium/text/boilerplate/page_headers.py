"""Cuts the headers and footers of printed pages from typed text: page numbers, running heads, form feeds."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

_DECORATED_NUMBER = re.compile(
    r"^[ \t]*(?:[-\u2013\u2014~|*][ ]?\d{1,4}[ ]?[-\u2013\u2014~|*]|[\[{(<]\d{1,4}[\]})>]|(?:page|pg\.?"
    r"|p\.)[ ]?\d{1,4}(?:[ ](?:of|/)[ ]\d{1,4})?)[ \t]*$",
    re.IGNORECASE,
)
_BARE_NUMBER = re.compile(r"^[ \t]*(\d{1,4})[ \t]*$")
_HEAD = re.compile(r"^[ \t]*(?:(\d{1,4})[ \t]+(\S.{2,60}?)|(\S.{2,60}?)[ \t]+(\d{1,4}))[ \t]*$")
_DIGIT = re.compile(r"\d")
_INLINE_NUMBER = re.compile(r"[\[{](?:pg\.?|page|p\.)[ ]?\d{1,4}[\]}]", re.IGNORECASE)
_DIVISION = re.compile(
    r"^(?:chapter|part|book|volume|vol\.|letter|canto|act|scene|day|no\.|section|verse|psalm|kapitel|teil|chapitre|partie|"
    r"cap[i\u00ed]tulo|capitolo|hoofdstuk|deel|rozdzia\u0142|\u0433\u043b\u0430\u0432\u0430)\b"
)
_ENDS = re.compile(r"""[.!?:\u2026][\u201d\u2019"')\]*_]*$""")
_PAGE_CHARACTERS = 4_500
_STEPS = range(1, 4)
_REPEATS = 3


def cut_page_headers(text: str) -> str:
    """Gives `text` without page numbers on lines of their own and the running heads beside them.

    A number alone on its line may be a chapter's; it is a page's if there are many, they count up, and a page's
    worth of text lies between them. A sentence that a page's end cut in two is whole again.

    Args:
        text: LF line ends.
    """
    if "\f" not in text and _DIGIT.search(text) is None:
        return text  # nothing that says where a page begins
    text = _INLINE_NUMBER.sub("", text)
    lines = text.split("\n")
    gone = {index for index, line in enumerate(lines) if line and _DECORATED_NUMBER.match(line)}
    gone |= _bare_numbers(lines)
    gone |= _heads_with_numbers(lines)
    fed = {index for index, line in enumerate(lines) if "\f" in line}
    gone |= _heads_beside(lines, gone | fed)
    return _mended(lines, gone) if gone else text


def _bare_numbers(lines: list[str]) -> set[int]:
    found: list[tuple[int, int, int]] = []
    position = 0
    for index, line in enumerate(lines):
        if len(line) < 40 and (match := _BARE_NUMBER.match(line)):
            found.append((index, int(match.group(1)), position))
        position += len(line) + 1
    return {index for index, *_ in found} if _counts_pages([each[1:] for each in found]) else set()


def _counts_pages(numbers: list[tuple[int, int]]) -> bool:
    """Tells whether (number, position) pairs are pages': they count up with a page of text between them."""
    if len(numbers) < 5:
        return False
    pairs = list(pairwise(numbers))
    upwards = sum(1 for (one, _), (other, _) in pairs if other - one in _STEPS)
    distances = sorted(other - one for (_, one), (_, other) in pairs)
    return upwards >= 0.8 * len(pairs) and 300 <= distances[len(distances) // 2] <= _PAGE_CHARACTERS


def _heads_with_numbers(lines: list[str]) -> set[int]:
    """Lines of a title and a page number that come again and again with growing numbers, a page or so apart."""
    found: dict[str, list[tuple[int, int, int]]] = {}
    position = 0
    for index, line in enumerate(lines):
        if (
            len(line) < 80
            and line.strip()[:1].isdigit() != line.strip()[-1:].isdigit()
            and (match := _HEAD.match(line))
        ):
            title = (match.group(2) or match.group(3)).strip().casefold()
            found.setdefault(title, []).append((index, int(match.group(1) or match.group(4)), position))
        position += len(line) + 1
    gone: set[int] = set()
    for title, places in found.items():
        if len(places) >= _REPEATS and not _DIVISION.match(title) and _are_pages_apart([each[1:] for each in places]):
            gone |= {index for index, *_ in places}
    return gone


def _are_pages_apart(numbers: list[tuple[int, int]]) -> bool:
    steps = [(other - one, there - here) for (one, here), (other, there) in pairwise(numbers)]
    return all(step > 0 and 300 * step <= distance <= _PAGE_CHARACTERS * step for step, distance in steps)


def _heads_beside(lines: list[str], edges: set[int]) -> set[int]:
    """Lines next to a page's edge that come back at three edges."""
    beside: list[int] = []
    for edge in edges:
        # A form feed stands on the line that the page begins with.
        own = "\f" in lines[edge] and bool(lines[edge].strip("\f \t"))
        beside += [edge] if own else []
        near = [_next_written(lines, edge, step) for step in ((-1,) if own else (-1, 1))]
        beside += [index for index in near if index is not None and index not in edges]
    keys = Counter(_key(lines[index]) for index in set(beside))
    return {index for index in beside if keys[_key(lines[index])] >= _REPEATS and len(lines[index]) < 70}


def _next_written(lines: list[str], index: int, step: int) -> int | None:
    for other in range(index + step, index + 4 * step, step):
        if not 0 <= other < len(lines):
            return None
        if lines[other].strip():
            return other
    return None


def _key(line: str) -> str:
    return re.sub(r"[\d\f]+", "", line).strip().casefold()


def _mended(lines: list[str], gone: set[int]) -> str:
    """Joins what is left; where a page's end lay within a sentence, the blank lines around it go too."""
    kept: list[str] = []
    cut = False
    for index, line in enumerate(lines):
        if index in gone:
            cut = True
            continue
        if cut and line.strip():
            last = next((at for at in range(len(kept) - 1, -1, -1) if kept[at].strip()), None)
            if last is not None and line.lstrip()[0].islower() and not _ENDS.search(kept[last].rstrip()):
                del kept[last + 1 :]
            cut = False
        kept.append(line)
    return "\n".join(kept)
