"""What is known of a draft's surprise: read from where the writer looks on, and nothing twice."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pandemonium.desktop.features.insight.surprise_store import LONGEST, ReadingRun, SurpriseStore, stretches_of
from pandemonium.documents.model.passage import Passage
from pandemonium.text.ngrams import find_words
from pandemonium.writing.insight.surprise import Expectation, Surprise, WordBits


def draft(*texts: str) -> list[Passage]:
    return [Passage(text) for text in texts]


def answer(run: ReadingRun, count: int | None = None, bits: float = 4.0) -> Surprise:
    """What a voice might say of a run, as far as it came."""
    found = []
    for stretch in run.stretches[:count]:
        words = list(find_words(stretch.text))
        places = [np.array([getattr(word, edge)() for word in words], dtype=np.int32) for edge in ("start", "end")]
        found.append(WordBits(places[0], places[1], np.full(len(words), bits, dtype=np.float32)))
    read = sum(len(each.bits) for each in found)
    return Surprise(tuple(found), Expectation(("the",), np.array([0.5 * read]), read))


def read_all(store: SurpriseStore, paragraphs: list[Passage], first: int = 0) -> list[list[int]]:
    order = []
    while (run := store.next_run(paragraphs, first)) is not None:
        order.append([each.paragraph for each in run.stretches])
        assert store.take(run, answer(run)) == len(run.stretches)
        assert len(order) < 1000
    return order


def test_what_is_in_view_is_read_first_then_all_behind_it_then_the_beginning() -> None:
    paragraphs = draft(*(f"Paragraph {n}. " + "word " * 300 for n in range(10)))
    order = read_all(SurpriseStore(), paragraphs, first=6)
    assert [number for run in order for number in run] == [6, 7, 8, 9, 0, 1, 2, 3, 4, 5]


def test_an_edit_is_read_again_and_nothing_else() -> None:
    store = SurpriseStore()
    paragraphs = draft("One lamp.", "Two lamps.", "", "Three lamps.")
    read_all(store, paragraphs)
    assert store.share(paragraphs) == 1
    changed = draft("One lamp.", "Two old lamps.", "", "Three lamps.")
    assert store.share(changed) < 1
    assert read_all(store, changed) == [[1]]
    assert store.next_run(paragraphs, 0) is None, "what is taken back is known"
    moved = [paragraphs[3], *paragraphs[:3]]
    assert store.next_run(moved, 0) is None


def test_what_stands_before_is_given_along() -> None:
    store = SurpriseStore()
    paragraphs = draft("One lamp.", "Two lamps.", "Three lamps.")
    read_all(store, paragraphs)
    run = store.next_run(draft("One lamp.", "Two lamps.", "Four."), 0)
    assert run is not None
    assert [each.text for each in run.before] == ["One lamp.", "Two lamps."]


def test_a_run_that_was_cut_short_goes_on_behind_what_was_read() -> None:
    store = SurpriseStore()
    paragraphs = draft("One.", "Two.", "Three.")
    run = store.next_run(paragraphs, 0)
    assert run is not None
    assert store.take(run, answer(run, 1)) == 1
    run = store.next_run(paragraphs, 0)
    assert run is not None
    assert [each.paragraph for each in run.stretches] == [1, 2]
    assert store.take(run, Surprise((), Expectation(("the",), np.zeros(1), 0))) == 0


def test_a_paragraph_as_long_as_a_book_is_read_from_where_the_writer_looks() -> None:
    text = "word " * 20_000
    store = SurpriseStore()
    run = store.next_run(draft(text), 0, offset=50_000)
    assert run is not None
    assert run.stretches[0].start <= 50_000 < run.stretches[0].start + len(run.stretches[0].text)
    assert sum(len(each.text) for each in run.stretches) <= 2 * LONGEST
    assert run.before
    read_all(store, draft(text))
    assert store.share(draft(text)) == 1
    assert store.mean(text) == pytest.approx(4.0)


def test_the_mean_of_what_is_not_known_is_no_number() -> None:
    store = SurpriseStore()
    assert math.isnan(store.mean("A lamp."))
    assert math.isnan(store.mean(""))
    read_all(store, draft("A lamp."))
    assert store.mean("A lamp.") == pytest.approx(4.0)
    store.forget()
    assert math.isnan(store.mean("A lamp."))
    assert store.expected() is None


def test_expectations_add_up() -> None:
    store = SurpriseStore()
    read_all(store, draft("One lamp.", "Two old lamps."))
    expected = store.expected()
    assert expected is not None
    assert (expected.read, expected.counts.tolist()) == (5, [2.5])


def test_what_is_long_gone_is_forgotten() -> None:
    store = SurpriseStore()
    read_all(store, draft(*(f"Old {n}." for n in range(2500))))
    kept = draft("Old 1.")
    store.tidy(kept)
    assert store.known("Old 1.") is not None
    assert store.known("Old 2.") is None


@given(st.text(max_size=30), st.integers(0, 4 * LONGEST))
def test_stretches_are_the_paragraph(text: str, times: int) -> None:
    whole = (text * (1 + times // max(1, len(text))))[: 4 * LONGEST]
    found = stretches_of(3, whole)
    assert "".join(each.text for each in found) == (whole if whole.strip() else "")
    assert all(whole[each.start :].startswith(each.text) and len(each.text) <= LONGEST for each in found)
