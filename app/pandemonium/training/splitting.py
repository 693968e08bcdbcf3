"""Which part of a writer's texts is held out: whole documents where there are enough, whole stretches elsewhere."""

from __future__ import annotations

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
        test: held out, for the verdict alone.
    """

    train: Documents
    development: Documents
    test: Documents


def split(documents: Documents, seed: int) -> Split:
    """Splits (name, canonical prose) pairs.

    About 8 % of the characters are held out, between 12,000 and 160,000 but never more than a third, half of them
    for development and half for the test. With many documents whole ones are taken; otherwise the last stretch of
    the longest ones goes, cut between paragraphs where there are any: what is held out never lies in the middle
    of what is learned. All three parts hold something as soon as there are a few characters.
    """
    total = _size(documents)
    wanted = int(min(max(SHARE * total, LEAST_CHARACTERS), MOST_CHARACTERS, total / 3))
    small = [index for index, (_, text) in enumerate(documents) if 0 < len(text) <= wanted * 0.45]
    many = len(documents) >= _WHOLE_DOCUMENTS and sum(len(documents[i][1]) for i in small) >= wanted * 1.5
    train, held = _take_whole(documents, small, wanted, seed) if many else _cut_ends(documents, wanted)
    development: Documents = []
    test: Documents = []
    for document in sorted(held, key=lambda each: -len(each[1])):
        (development if _size(development) <= _size(test) else test).append(document)
    if not test or _size(development) > 3 * _size(test) or _size(test) > 3 * _size(development):
        development, test = _halve(held)
    return Split(train, development, test)


def cut_near(text: str, at: int, reach: int) -> int:
    """Where to cut `text`, within `reach` of `at`: between paragraphs, else lines, else words, else right there."""
    for mark in (PARAGRAPH, "\n", " "):
        before, after = text.rfind(mark, max(1, at - reach), at + 1), text.find(mark, at, at + reach)
        if places := [place for place in (before, after) if 0 < place < len(text) - len(mark)]:
            return min(places, key=lambda place: abs(place - at))
    return at


def _size(documents: Documents) -> int:
    return sum(len(text) for _, text in documents)


def _take_whole(documents: Documents, small: list[int], wanted: int, seed: int) -> tuple[Documents, Documents]:
    """Draws whole documents out of the small ones until there is enough."""
    chosen: set[int] = set()
    size = 0
    for index in np.random.default_rng(seed).permutation(small):
        if size >= wanted:
            break
        chosen.add(int(index))
        size += len(documents[int(index)][1])
    return (
        [each for index, each in enumerate(documents) if index not in chosen],
        [each for index, each in enumerate(documents) if index in chosen],
    )


def _cut_ends(documents: Documents, wanted: int) -> tuple[Documents, Documents]:
    """Takes the last part of the longest documents, as many as can each give a stretch that is worth reading."""
    order = sorted((i for i, (_, text) in enumerate(documents) if text), key=lambda i: -len(documents[i][1]))
    for count in range(max(1, min(len(order), wanted // LEAST_STRETCH)), 0, -1):
        chosen = set(order[:count])
        whole = sum(len(documents[index][1]) for index in chosen)
        if count == 1 or wanted * len(documents[order[count - 1]][1]) >= LEAST_STRETCH * whole:
            break
    train: Documents = []
    held: Documents = []
    for index, (name, text) in enumerate(documents):
        share = min(wanted * len(text) // max(1, whole), len(text) // 2) if index in chosen else 0
        if share < 1:
            train.append((name, text))
            continue
        cut = cut_near(text, len(text) - share, share // 2)
        train.append((name, text[:cut].rstrip()))
        held.append((name, text[cut:].strip()))
    return train, held


def _halve(documents: Documents) -> tuple[Documents, Documents]:
    """Cuts every document in its middle."""
    first: Documents = []
    second: Documents = []
    for name, text in documents:
        middle = cut_near(text, len(text) // 2, len(text) // 4)
        first.append((name, text[:middle].rstrip()))
        second.append((name, text[middle:].strip()))
    return [each for each in first if each[1]], [each for each in second if each[1]]
