"""Which part of a writer's texts is held out: whole documents where there are enough, whole stretches elsewhere."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pandemonium.text.cleaning import PARAGRAPH

SHARE = 0.08
LEAST_CHARACTERS = 12_000
MOST_CHARACTERS = 160_000


@dataclass(frozen=True)
class Split:
    """Texts by what they are for.

    Attributes:
        train: canonical prose to learn from, with where each came from.
        development: held out, for early stopping.
        test: held out, for the verdict alone.
    """

    train: list[tuple[str, str]]
    development: list[tuple[str, str]]
    test: list[tuple[str, str]]


def split(documents: list[tuple[str, str]], seed: int) -> Split:
    """Splits (name, canonical prose) pairs.

    About 8 % of the characters are held out, between 12,000 and 160,000, half of them for development and half
    for the test. With many documents whole ones are taken, as long as none is more than a third of what is
    wanted too large; otherwise the last stretch of each large document goes, cut between paragraphs: what is
    held out never lies in the middle of what is learned.
    """
    total = sum(len(text) for _, text in documents)
    wanted = int(min(max(SHARE * total, LEAST_CHARACTERS), MOST_CHARACTERS, total / 3))
    random = np.random.default_rng(seed)
    held: list[tuple[str, str]] = []
    train = list(documents)
    small = [d for d in documents if len(d[1]) <= wanted * 0.45]
    if len(documents) >= 10 and sum(len(text) for _, text in small) >= wanted * 1.5:
        for index in random.permutation(len(small)):
            if sum(len(text) for _, text in held) >= wanted:
                break
            held.append(small[int(index)])
        chosen = {id(document) for document in held}
        train = [d for d in documents if id(d) not in chosen]
    else:
        train, held = _cut_ends(documents, wanted, total)
    development: list[tuple[str, str]] = []
    test: list[tuple[str, str]] = []
    for document in sorted(held, key=lambda d: -len(d[1])):
        smaller = development if _size(development) <= _size(test) else test
        smaller.append(document)
    if not test or _size(development) > 3 * _size(test) or _size(test) > 3 * _size(development):
        development, test = _halve(development + test)
    return Split(train, development, test)


def _size(documents: list[tuple[str, str]]) -> int:
    return sum(len(text) for _, text in documents)


def _cut_ends(
    documents: list[tuple[str, str]], wanted: int, total: int
) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Takes the last part of every document large enough to spare it."""
    train: list[tuple[str, str]] = []
    held: list[tuple[str, str]] = []
    for name, text in documents:
        share = int(wanted * len(text) / max(1, total))
        cut = text.find(PARAGRAPH, len(text) - share) if share >= 1_000 else -1
        if cut < 0 and share >= 1_000:
            cut = text.find(" ", len(text) - share)
        if cut > 0:
            train.append((name, text[:cut]))
            held.append((name, text[cut:].strip()))
        else:
            train.append((name, text))
    return train, held


def _halve(documents: list[tuple[str, str]]) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    first: list[tuple[str, str]] = []
    second: list[tuple[str, str]] = []
    for name, text in documents:
        middle = text.find(PARAGRAPH, len(text) // 2)
        middle = middle if middle > 0 else text.find(" ", len(text) // 2)
        if middle > 0:
            first.append((name, text[:middle]))
            second.append((name, text[middle:].strip()))
        else:
            first.append((name, text))
    return first, second
