"""Words are folded alike in every typography; the published measures give their worked values."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pandemonium.text.ngrams import MASK, MULTIPLIER, distinct, find_words, folded_words, gram_hash, repeated, word_hash


def test_case_apostrophes_and_dashes_do_not_matter() -> None:
    assert folded_words("\u201cDon\u2019t,\u201d he SAID\u2014well-nigh 12 times") == folded_words(
        '"don\'t," he said -- well nigh 12 times'
    )


def test_words_have_their_places() -> None:
    text = "It's the cellar's end'"
    assert [text[match.start() : match.end()] for match in find_words(text)] == ["It's", "the", "cellar's", "end"]


def test_the_hashes_are_what_they_are_said_to_be() -> None:
    # Voice files hold filters of these values: they may never change.
    assert word_hash("pandemonium") == 0xF537D907A1773713
    assert gram_hash([1, 2, 3]) == (MULTIPLIER**2 + 2 * MULTIPLIER + 3) & MASK
    assert gram_hash([]) == 0


def test_distinct_divides_by_all_words() -> None:
    words = "the cat the cat sat".split()
    assert distinct(words, 1) == 3 / 5
    assert distinct(words, 2) == 3 / 5
    assert distinct([], 1) == 0


def test_repeated_is_the_share_that_came_before() -> None:
    words = "in the house of the dead in the house of".split()
    assert repeated(words, 4) == pytest.approx(1 / 7)
    assert repeated("a b c d".split(), 4) == 0
    assert repeated("a b c".split(), 4) == 0
    assert repeated(["again"] * 103, 4) == pytest.approx(0.99)


@pytest.mark.long
@given(st.text())
def test_any_text_folds_and_hashes(text: str) -> None:
    words = folded_words(text)
    assert len(words) == len(list(find_words(text)))
    assert 0 <= gram_hash([word_hash(word) for word in words]) <= MASK


@given(st.lists(st.sampled_from("ab"), max_size=40), st.integers(1, 5))
def test_shares_stay_shares(words: list[str], n: int) -> None:
    assert 0 <= repeated(words, n) < 1
    assert 0 <= distinct(words, n) <= 1
