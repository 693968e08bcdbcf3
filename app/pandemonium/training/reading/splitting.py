"""Which part of a writer's texts is held out: whole documents where there are enough, whole stretches elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pandemonium.text.cleaning import PARAGRAPH

SHARE = 0.08
LEAST_CHARACTERS = 12_000
MOST_CHARACTERS = 160_000
LEAST_STRETCH = 1_000
_WHOLE_DOCUMENTS = 10

Documents = list[tuple[str, str]]


@dataclass(frozen=True)
class Split:
    """Texts by what they are for.

    Attributes:
        train: canonical prose to learn from, with where each came from.
        development: held out, for early stopping.
        test: held out, for the evaluation report alone.
    """

    train: Documents
    development: Documents
    test: Documents


def split(documents: Documents, seed: int) -> Split:
    """Splits (name, canonical prose) pairs, as `held_out` and `halves` have it.

    All three parts hold something as soon as there are a few characters.
    """
    train: Documents = []
    held: Documents = []
    for (name, text), share in zip(documents, held_out([len(text) for _, text in documents], seed), strict=True):
        if 0 < share >= len(text):
            held.append((name, text))
            continue
        cut = cut_share(text, share)
        train.append((name, text[:cut].rstrip() if cut < len(text) else text))
        if cut < len(text):
            held.append((name, text[cut:].strip()))
    return Split(train, *halves(held))


def held_out(sizes: Sequence[int], seed: int) -> list[int]:
    """How many characters at the end of each text are held out.

    About 8 % of the characters are held out, between 12,000 and 160,000 but never more than a third, half of them
    for development and half for the test. With many texts whole ones are taken; otherwise the last stretch of
    the longest ones goes: what is held out never lies in the middle of what is learned.

    Args:
        sizes: characters of each text.
        seed: of the draw among many.
    """
    total = sum(sizes)
    wanted = int(min(max(SHARE * total, LEAST_CHARACTERS), MOST_CHARACTERS, total / 3))
    small = [index for index, size in enumerate(sizes) if 0 < size <= wanted * 0.45]
    many = len(sizes) >= _WHOLE_DOCUMENTS and sum(sizes[index] for index in small) >= wanted * 1.5
    return _whole_ones(sizes, small, wanted, seed) if many else _ends(sizes, wanted)


def halves(held: Documents) -> tuple[Documents, Documents]:
    """Parts what is held out into about equal halves, for development and for the test."""
    development: Documents = []
    test: Documents = []
    for document in sorted(held, key=lambda each: -len(each[1])):
        (development if _size(development) <= _size(test) else test).append(document)
    if not test or _size(development) > 3 * _size(test) or _size(test) > 3 * _size(development):
        development, test = _halve(held)
    return development, test


def cut_share(text: str, share: int) -> int:
    """Where to cut `text` so that about `share` characters are behind: the end of it where the share is none."""
    share = min(share, len(text) // 2)
    return len(text) if share < 1 else cut_near(text, len(text) - share, share // 2)


def cut_near(text: str, at: int, reach: int) -> int:
    """Where to cut `text`, within `reach` of `at`: between paragraphs, else lines, else words, else right there."""
    for mark in (PARAGRAPH, "\n", " "):
        before = text.rfind(mark, max(1, at - reach), at + 1)
        after = text.find(mark, at, at + reach)
        if places := [place for place in (before, after) if 0 < place < len(text) - len(mark)]:
            return min(places, key=lambda place: abs(place - at))
    return at


def _size(documents: Documents) -> int:
    return sum(len(text) for _, text in documents)


def _whole_ones(sizes: Sequence[int], small: list[int], wanted: int, seed: int) -> list[int]:
    """Draws whole texts out of the small ones until there is enough."""
    shares = [0] * len(sizes)
    for index in map(int, np.random.default_rng(seed).permutation(small)):
        if sum(shares) >= wanted:
            break
        shares[index] = sizes[index]
    return shares


def _ends(sizes: Sequence[int], wanted: int) -> list[int]:
    """The last part of the longest texts, as many as can each give a stretch that is worth reading."""
    order = sorted((index for index, size in enumerate(sizes) if size), key=lambda index: -sizes[index])
    chosen: set[int] = set()
    whole = 0
    for count in range(max(1, min(len(order), wanted // LEAST_STRETCH)), 0, -1):
        chosen = set(order[:count])
        whole = sum(sizes[index] for index in chosen)
        if count == 1 or wanted * sizes[order[count - 1]] >= LEAST_STRETCH * whole:
            break
    return [min(wanted * size // max(1, whole), size // 2) if i in chosen else 0 for i, size in enumerate(sizes)]


def _halve(documents: Documents) -> tuple[Documents, Documents]:
    """Cuts every document in its middle."""
    first: Documents = []
    second: Documents = []
    for name, text in documents:
        middle = cut_near(text, len(text) // 2, len(text) // 4)
        first.append((name, text[:middle].rstrip()))
        second.append((name, text[middle:].strip()))
    return [each for each in first if each[1]], [each for each in second if each[1]]
