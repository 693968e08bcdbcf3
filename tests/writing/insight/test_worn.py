"""What is worn in a draft: the runs, openings and favourites that are there, where they are, and no others."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pandemonium.text.ngrams import folded_words
from pandemonium.text.sentences import split_sentences
from pandemonium.writing.insight.surprise import Expectation
from pandemonium.writing.insight.worn import DraftFigures, DraftWords

DRAFT = [
    "She could not help but smile. He knew that it was late.",
    "",
    "He knew the way. \u201cI could not help but laugh,\u201d said Anna. He knew it well.",
    "They could not help but stare at Anna; the lamp, which could not help but burn, went out.",
]


def counted(paragraphs: list[str]) -> DraftFigures:
    found = DraftWords().count(paragraphs)
    assert found is not None
    return found


def at(paragraphs: list[str], place: tuple[int, int, int]) -> str:
    number, start, end = place
    return paragraphs[number][start:end]


def test_a_run_is_listed_once_with_all_its_places() -> None:
    runs = counted(DRAFT).runs()
    assert [(run.words, run.count) for run in runs] == [("could not help but", 4)]
    assert [at(DRAFT, place) for place in runs[0].places] == ["could not help but"] * 4


def test_runs_end_where_a_sentence_does() -> None:
    assert counted(["the red lamp. burned low"] * 9).runs()[0].words == "the red lamp"
    assert counted(["of the red. lamp burned low"] * 9).runs()[0].words == "lamp burned low"


def test_runs_of_small_words_and_of_names_are_none() -> None:
    assert counted(["so that it was in the end of it " * 6]).runs() == [] or all(
        "end" in run.words for run in counted(["so that it was in the end of it " * 6]).runs()
    )
    assert counted(["we saw that in Upper Darby Street there"] * 1).runs() == []
    assert counted([f"there was {n} in Upper Darby Street" for n in ("he", "she", "it", "that", "who")]).runs() == []


def test_openings_of_one_word_and_of_two() -> None:
    openings = {each.words: each for each in counted(DRAFT).openings()}
    assert openings["He"].count == 3
    assert openings["He knew"].count == 3
    assert openings["He"].share == pytest.approx(3 / 6)
    assert [at(DRAFT, place) for place in openings["He knew"].places] == ["He knew"] * 3


def test_favourites_are_words_that_the_voice_would_write_less() -> None:
    draft = ["Suddenly it was dark, and suddenly the lamp went out. Anna suddenly saw Anna."] * 6
    expected = Expectation(("suddenly", "the", "anna"), np.array([1.0, 6.0, 0.1]), read=84)
    found = counted(draft).favourites(expected)
    assert [(each.word, each.count) for each in found] == [("suddenly", 18)]
    assert found[0].expected == pytest.approx(1.0)
    assert len(found[0].places) == 18
    half = counted(draft).favourites(Expectation(expected.words, expected.counts, read=42))
    assert half[0].expected == pytest.approx(2.0)
    assert counted(draft).favourites(None) == []


def test_pace_is_counted_by_paragraph() -> None:
    assert counted(DRAFT).sentence_words.tolist() == [[12, 2], [0, 0], [16, 3], [18, 1]]


def test_an_empty_draft_has_nothing() -> None:
    for draft in ([], [""], ["..."]):
        found = counted(draft)
        assert found.runs() == []
        assert found.openings() == []
        assert found.words == 0


def test_it_stops_when_it_is_told() -> None:
    assert DraftWords().count(DRAFT, stop=lambda: True) is None


def test_what_is_cut_already_gives_the_same() -> None:
    words = DraftWords()
    words.count(["Something else, and more of it.", *DRAFT])
    again = words.count(DRAFT)
    assert again is not None
    assert again.runs() == counted(DRAFT).runs()
    assert again.openings() == counted(DRAFT).openings()


@pytest.mark.long
@given(st.lists(st.text(alphabet="ab c.,\u201d'\u2019\n", max_size=40), max_size=6))
def test_every_place_is_where_the_words_are(paragraphs: list[str]) -> None:
    found = counted(paragraphs)
    whole = Counter(word for paragraph in paragraphs for word in folded_words(paragraph))
    assert found.words == whole.total()
    for run in found.runs():
        assert run.count == len(run.places)
        assert len(set(run.places)) == run.count
        assert {tuple(folded_words(at(paragraphs, place))) for place in run.places} == {tuple(folded_words(run.words))}


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("He came. She went.", ["He came.", "She went."]),
        (" \u201cNo!\u201d he said. Dr. Weir left", ["\u201cNo!\u201d he said.", "Dr. Weir left"]),
        ("He left\u2026 and came. Why", ["He left\u2026 and came.", "Why"]),
        ("", []),
        ("  ", []),
    ],
)
def test_sentences(text: str, sentences: list[str]) -> None:
    assert [text[start:end] for start, end in split_sentences(text)] == sentences
