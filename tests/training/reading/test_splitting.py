"""Splitting: what is held out is never learned, never lies inside what is learned, and is never nothing."""

from __future__ import annotations

import random
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pandemonium.training.reading.splitting import MOST_CHARACTERS, Documents, Split, cut_near, split


def documents(sizes: list[int], paragraph: int = 400, spaces: bool = True) -> Documents:
    """Texts of those sizes, each word of which occurs once in all of them."""
    number = 0
    made: Documents = []
    for index, size in enumerate(sizes):
        words: list[str] = []
        length = since = 0
        while length < size:
            word = f"w{number:x}"
            number += 1
            gap = "" if not words else "\n\n" if since > paragraph else " " if spaces else "-"
            since = 0 if gap == "\n\n" else since + len(word) + 1
            words.append(gap + word)
            length += len(gap + word)
        made.append((f"{index}.txt", "".join(words)[:size].strip(" \n-")))
    return made


def size(texts: Documents) -> int:
    return sum(len(text) for _, text in texts)


def check(whole: Documents, parts: Split) -> None:
    """Every document is its learned part and then its held-out parts, with nothing but white space lost."""
    learned = dict(parts.train)
    held = [*parts.development, *parts.test]
    assert len(learned) == len(parts.train)
    for name, text in whole:
        stretches = [each for other, each in held if other == name]
        stretches.sort(key=text.index)
        # Of a few characters, a stretch may be one sign that stands in several places.
        orders = permutations(stretches) if len(text) < 100 else [stretches]
        pieces = [learned[name]] if name in learned else []
        assert "".join(text.split()) in {"".join("".join([*pieces, *order]).split()) for order in orders}
        assert text.startswith(learned.get(name, ""))
    assert all(text for _, text in held)


@given(st.lists(st.integers(0, 30_000), min_size=1, max_size=40), st.integers(0, 5), st.booleans())
@settings(max_examples=60, deadline=None)
def test_what_is_held_out_lies_behind_what_is_learned(sizes: list[int], seed: int, spaces: bool) -> None:
    whole = documents(sizes, paragraph=300 if seed % 2 else 10**9, spaces=spaces)
    parts = split(whole, seed)
    check(whole, parts)
    total = size(whole)
    if total >= 100:
        assert size(parts.development) > 0
        assert size(parts.test) > 0
        assert size(parts.train) >= total * 0.4
    if total >= 100_000:
        held = size(parts.development) + size(parts.test)
        assert 0.03 * total <= held <= max(0.2 * total, 20_000)
        assert size(parts.test) >= held / 6
        assert size(parts.development) >= held / 6


@pytest.mark.parametrize(
    "sizes",
    [[120_000], [100_000, 90_000], [100_000, 2_000], [5_556] * 18, [600] * 200, [9_000] * 200, [5_000_000], [30], [3]],
    ids=["one", "two", "one and a note", "eighteen", "two hundred", "many", "a shelf", "a line", "a word"],
)
def test_few_and_many_and_tiny(sizes: list[int]) -> None:
    whole = documents(sizes)
    parts = split(whole, 1)
    check(whole, parts)
    assert size(parts.development) + size(parts.test) <= 1.5 * MOST_CHARACTERS
    assert size(parts.train) > 0
    if sum(sizes) > 3:
        assert size(parts.development) > 0
        assert size(parts.test) > 0


def test_of_many_documents_whole_ones_are_held_out() -> None:
    whole = documents([3_000] * 60)
    parts = split(whole, 1)
    assert sorted([*parts.train, *parts.development, *parts.test]) == sorted(whole)
    assert 12_000 <= size(parts.development) + size(parts.test) <= 18_000
    assert {name for name, _ in split(whole, 2).test} != {name for name, _ in parts.test}


def test_a_long_document_is_cut_between_paragraphs() -> None:
    whole = documents([200_000])
    parts = split(whole, 1)
    text = whole[0][1]
    for part in (parts.development, parts.test):
        at = text.index(part[0][1])
        assert text[at - 2 : at] == "\n\n"


def test_nothing_at_all() -> None:
    assert split([], 1) == Split([], [], [])
    assert split([("empty.txt", "")], 1).train == [("empty.txt", "")]


@given(st.text(alphabet="ab \n", min_size=2, max_size=200), st.data())
def test_a_cut_stays_within_reach(text: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(1, len(text) - 1))
    reach = data.draw(st.integers(0, 50))
    cut = cut_near(text, at, reach)
    assert abs(cut - at) <= reach
    assert 0 < cut < len(text)


def test_the_same_seed_splits_the_same() -> None:
    whole = documents([random.Random(1).randint(500, 4000) for _ in range(80)])
    assert split(whole, 3) == split(whole, 3)
