"""Who wrote what stays right under any edits: checked against a list of single characters."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pandemonium.documents.model.authored_text import AuthoredText
from pandemonium.documents.model.passage import Mark, Passage, join

VOICES = st.sampled_from(["", "lovecraft", "mine"])
PASSAGES = st.lists(st.tuples(VOICES, st.text("ab \n", max_size=6)), max_size=4).map(
    lambda parts: sum((Passage.by(voice, text) for voice, text in parts), Passage())
)
Character = tuple[str, str]


def characters(passage: Passage) -> list[Character]:
    """Each character with its author."""
    authors = [""] * len(passage)
    for mark in passage.marks:
        for at in range(mark.start, mark.end):
            authors[at] = mark.voice
    return list(zip(passage.text, authors, strict=True))


def assert_tidy(passage: Passage) -> None:
    for left, right in zip(passage.marks, passage.marks[1:], strict=False):
        assert left.end <= right.start
        assert left.end < right.start or left.voice != right.voice
    assert all(mark.start < mark.end <= len(passage) and mark.voice for mark in passage.marks)
    assert all("\n" not in passage.text[mark.start : mark.end] for mark in passage.marks)


def test_by_leaves_paragraph_breaks_unmarked() -> None:
    assert Passage.by("v", "ab\n\nc").marks == (Mark(0, 2, "v"), Mark(4, 5, "v"))
    assert Passage.by("", "ab").marks == ()


@given(PASSAGES, PASSAGES)
def test_addition_joins_characters(left: Passage, right: Passage) -> None:
    assert characters(left + right) == characters(left) + characters(right)
    assert_tidy(left + right)


@given(PASSAGES, st.data())
def test_a_part_keeps_its_authors(passage: Passage, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(passage)))
    end = data.draw(st.integers(start, len(passage)))
    assert characters(passage.part(start, end)) == characters(passage)[start:end]
    assert_tidy(passage.part(start, end))


@given(PASSAGES)
def test_paragraphs_join_again(passage: Passage) -> None:
    assert join(passage.paragraphs()) == passage


@given(PASSAGES, st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1), PASSAGES), max_size=12))
def test_random_edits_agree_with_single_characters(passage: Passage, edits: list[tuple[float, float, Passage]]) -> None:
    document = AuthoredText(passage)
    model = characters(passage)
    for a, b, new in edits:
        start, end = sorted((round(a * len(model)), round(b * len(model))))
        assert characters(document.part(start, end)) == model[start:end]
        before = len(document.paragraphs)
        touched = document.replace(start, end, new)
        model[start:end] = characters(new)
        assert len(document.paragraphs) == before - touched.before + touched.after
        assert characters(join(document.paragraphs)) == model
        assert len(document) == len(model)
        assert document.text == "".join(text for text, _ in model)
        for paragraph in document.paragraphs:
            assert_tidy(paragraph)


@given(PASSAGES)
def test_counts_by_voice(passage: Passage) -> None:
    counts = AuthoredText(passage).characters_by_voice()
    for voice in ("lovecraft", "mine"):
        assert counts.get(voice, 0) == sum(1 for _, author in characters(passage) if author == voice)


def test_editing_inside_a_voices_text_makes_the_new_characters_the_writers() -> None:
    document = AuthoredText(Passage.by("v", "the dark house"))
    document.replace(4, 8, Passage("old"))
    assert document.part(0, len(document)).marks == (Mark(0, 4, "v"), Mark(7, 13, "v"))
