"""Stopping: words are counted as they grow, and an end is one only when it is."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pandemonium.text.sentences import count_words
from pandemonium.writing.decoding.stopping import SentenceStop


@given(st.text(st.sampled_from("ab'-. \n\"\u2014\u00e9"), max_size=60), st.lists(st.integers(0, 60), max_size=20))
def test_counts_the_same_however_it_arrives(text: str, cuts: list[int]) -> None:
    stop = SentenceStop(10)
    edges = [0, *sorted(cuts), len(text)]
    for a, b in itertools.pairwise(edges):
        stop.add(text[a:b])
    assert stop.count == count_words(text)


def stop_at(words: int, text: str, before: str = "") -> SentenceStop:
    stop = SentenceStop(words, before)
    stop.add(text)
    return stop


def test_what_stands_before_is_not_counted() -> None:
    assert stop_at(3, "lar door", before="There was, in the cel").count == 2


def test_ends_at_a_sentence_with_enough_words() -> None:
    assert not stop_at(3, " He went").may_end
    assert not stop_at(3, " He went.").may_end
    assert not stop_at(3, " He went away").may_end
    assert stop_at(3, " He went away.").may_end
    assert not stop_at(3, " He saw old Mr.").may_end


def test_an_open_quotation_waits_till_it_grows_late() -> None:
    assert not stop_at(4, '"He went quite away.').may_end
    assert stop_at(4, '"He went quite away."').may_end
    assert stop_at(4, ' He went quite away."', before='"Well.').may_end
    assert stop_at(4, '"He went quite away from here.').may_end


@pytest.mark.parametrize(("words", "limit"), [(1, 2), (2, 3), (10, 15), (60, 90)])
def test_at_most_half_as_many_again(words: int, limit: int) -> None:
    stop = SentenceStop(words)
    assert stop.limit == limit
    for count in range(1, limit + 1):
        stop.add(" word")
        assert stop.must_end == (count >= limit)
        assert 0 <= stop.pressure <= 1
    assert stop.pressure == 1


def test_nothing_written_is_no_end() -> None:
    assert not SentenceStop(1, "It was over.").at_sentence_end
