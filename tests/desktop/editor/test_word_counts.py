"""Counting piece by piece gives what counting the whole gives."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pandemonium.desktop.editor.word_counts import WordCounts
from pandemonium.documents.model.authored_text import AuthoredText
from pandemonium.documents.model.passage import Passage
from pandemonium.text.sentences import count_words

TEXTS = st.text("ab \n", max_size=30)


@given(TEXTS, st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1), TEXTS, st.booleans()), max_size=10))
def test_edits_and_slices_add_up(text: str, edits: list[tuple[float, float, str, bool]]) -> None:
    document = AuthoredText(text)
    counts = WordCounts()
    counts.begin(len(document.paragraphs))
    for a, b, new, counted in edits:
        start, end = sorted((round(a * len(document)), round(b * len(document))))
        touched = document.replace(start, end, Passage(new))
        counts.touch(touched)
        if counted:
            counts.count(document.paragraphs, touched.first, 0.0)
    counts.count(document.paragraphs, 0, 60.0)
    assert counts.is_complete
    assert counts.total == sum(count_words(line) for line in document.text.split("\n"))


def test_a_paragraph_as_long_as_a_book_is_counted_whole_and_then_by_its_changes() -> None:
    text = "The old house stood upon the hill. Nobody came, and 'twas dark. " * 1000
    document = AuthoredText(text)
    counts = WordCounts()
    counts.begin(1)
    counts.count(document.paragraphs, 0, 60.0)
    assert counts.total == count_words(text)
    counts.touch(document.replace(30_001, 30_003, Passage("a new. word")))
    counts.count(document.paragraphs, 0, 60.0)
    assert counts.total == count_words(document.text)
