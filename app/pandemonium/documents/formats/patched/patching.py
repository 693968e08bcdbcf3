"""Tells which characters of a paragraph stayed when it was rewritten, so that what they carry stays with them."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

_CHARACTERS = re.compile(r"[^\x09\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_PARTING = re.compile(r"[\x0b\x0c\x1c-\x1f]")
_LONGEST = 4000


def kept(old: str, new: str) -> list[int]:
    """For each character of `new` the place in `old` that it comes from, or -1 for one that is new.

    Places ascend. What stands before the first and after the last difference is found at once; between
    them the words are compared.
    """
    head = _common(old, new)
    tail = _common(old[head:][::-1], new[head:][::-1])
    places = list(range(head))
    middle_old = old[head : len(old) - tail]
    middle_new = new[head : len(new) - tail]
    places += [place if place < 0 else place + head for place in _compared(middle_old, middle_new)]
    return places + list(range(len(old) - tail, len(old)))


def sayable(text: str) -> str:
    """`text` without the control characters and halves of characters that XML cannot hold.

    Those that part words (a vertical tab, a new page, separators of records) are spaces.
    """
    return _CHARACTERS.sub("", _PARTING.sub(" ", text))


def _compared(old: str, new: str) -> list[int]:
    places = [-1] * len(new)
    if not old or not new or len(old) > _LONGEST or len(new) > _LONGEST:
        return places
    left = re.findall(r"\w+|\W", old)
    right = re.findall(r"\w+|\W", new)
    starts = [0]
    for word in left:
        starts.append(starts[-1] + len(word))
    ends = [0]
    for word in right:
        ends.append(ends[-1] + len(word))
    for first, second, count in SequenceMatcher(None, left, right, autojunk=False).get_matching_blocks():
        for offset in range(ends[second + count] - ends[second]):
            places[ends[second] + offset] = starts[first] + offset
    return places


def _common(left: str, right: str) -> int:
    """How many characters both begin with."""
    low = 0
    high = min(len(left), len(right))
    while low < high:
        middle = (low + high + 1) // 2
        if left[low:middle] == right[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low
