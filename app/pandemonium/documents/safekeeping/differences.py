"""What is other in one text than in another, word by word, for a writer to see."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from pandemonium.text.sentences import count_words

_LINE = re.compile(r"(?:\A|\n)[^\n]*")  # with the break before it: a text that goes on changes no line
_WORD = re.compile(r"\w+(?:['’]\w+)*\s*|\s+|[^\w\s]\s*")
_MANY_WORDS = 6000  # in one changed passage, beyond which it is shown as a whole
_MANY_PARAGRAPHS = 3000  # likewise, of changed passages that are compared paragraph by paragraph

Change = Literal["same", "added", "removed"]


@dataclass(frozen=True, slots=True)
class Stretch:
    """A run of characters that is the same in both texts, or only in the one: "removed" is only in the first."""

    change: Change
    text: str


def differences(old: str, new: str) -> list[Stretch]:
    """How to get from `old` to `new`.

    The stretches that are not "added" make up `old`, those that are not "removed" make up `new`.
    """
    return list(_joined(_between(_LINE.findall(old), _LINE.findall(new))))


def count_changes(stretches: Sequence[Stretch]) -> tuple[int, int]:
    """How many words were added and removed."""
    added = sum(count_words(each.text) for each in stretches if each.change == "added")
    return added, sum(count_words(each.text) for each in stretches if each.change == "removed")


def _between(old: list[str], new: list[str]) -> Iterator[Stretch]:
    most = min(len(old), len(new))
    left = next((index for index in range(most) if old[index] != new[index]), most)
    right = next((index for index in range(most - left) if old[-1 - index] != new[-1 - index]), most - left)
    yield Stretch("same", "".join(old[:left]))
    before = old[left : len(old) - right]
    after = new[left : len(new) - right]
    if max(len(before), len(after)) > _MANY_PARAGRAPHS:
        yield Stretch("removed", "".join(before))
        yield Stretch("added", "".join(after))
    else:
        matcher = SequenceMatcher(None, before, after, autojunk=False)
        for tag, i, j, k, m in matcher.get_opcodes():
            if tag == "equal":
                yield Stretch("same", "".join(before[i:j]))
            else:
                yield from _within("".join(before[i:j]), "".join(after[k:m]))
    yield Stretch("same", "".join(old[len(old) - right :]))


def _within(old: str, new: str) -> Iterator[Stretch]:
    before = _WORD.findall(old)
    after = _WORD.findall(new)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    if not (before and after) or max(len(before), len(after)) > _MANY_WORDS or matcher.quick_ratio() < 0.3:
        yield Stretch("removed", old)
        yield Stretch("added", new)
        return
    for tag, i, j, k, m in matcher.get_opcodes():
        if tag == "equal":
            yield Stretch("same", "".join(before[i:j]))
        else:
            yield Stretch("removed", "".join(before[i:j]))
            yield Stretch("added", "".join(after[k:m]))


def _joined(stretches: Iterator[Stretch]) -> Iterator[Stretch]:
    change: Change = "same"
    texts: list[str] = []
    for each in stretches:
        if not each.text:
            continue
        if each.change != change and texts:
            yield Stretch(change, "".join(texts))
            texts = []
        change = each.change
        texts.append(each.text)
    if texts:
        yield Stretch(change, "".join(texts))
