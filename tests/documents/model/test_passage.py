"""Looks and styles stay with their characters and paragraphs, whichever way a passage is cut and joined."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pandemonium.documents.model.authored_text import AuthoredText
from pandemonium.documents.model.passage import (
    BODY,
    OBJECT,
    CharFormat,
    Container,
    Mark,
    ParagraphStyle,
    Passage,
    Span,
    join,
)
from pandemonium.documents.model.serial import passage_from_json, passage_to_json

PARTS = ["same", "next", "new"]
STYLES = st.builds(
    ParagraphStyle,
    st.sampled_from(["body", "heading", "quote", "bullet", "number", "scene"]),
    st.integers(0, 6),
    st.sampled_from(["", "left", "center", "right", "justify"]),
    st.booleans(),
    st.integers(-1, 50),
    st.none() | st.integers(0, 3000),
    st.lists(
        st.builds(
            Container,
            st.sampled_from(["quote", "bullet", "number"]),
            part=st.sampled_from(PARTS),
            is_loose=st.booleans(),
        ),
        max_size=2,
    ).map(tuple),
)
LOOKS = st.integers(0, 127).map(CharFormat)
PIECES = st.one_of(
    st.builds(
        lambda text, char_format: Passage(text).with_char_format(0, len(text), char_format, on=True),
        st.text("ab é\n", max_size=6),
        LOOKS,
    ),
    st.builds(lambda voice, text: Passage.by(voice, text), st.sampled_from(["v", "w"]), st.text("ab\n", max_size=6)),
    st.builds(
        lambda key, char_format: Passage(OBJECT, spans=(Span(0, 1, char_format, "", key, "t"),)),
        st.sampled_from("xy"),
        LOOKS,
    ),
    st.builds(lambda style: Passage("a\nb", styles=(None, style)), STYLES),
    st.builds(lambda style: Passage("", styles=(style,)), STYLES),
)
PASSAGES = st.lists(PIECES, max_size=6).map(lambda parts: sum(parts, Passage()))


def characters(passage: Passage) -> list[tuple[str, CharFormat, str]]:
    """Each character with its look and its thing; breaks have none."""
    found = [(character, CharFormat.PLAIN, "") for character in passage.text]
    for span in passage.spans:
        for at in range(span.start, span.end):
            found[at] = (passage.text[at], span.char_format, span.object_key)
    return found


@given(PASSAGES, PASSAGES)
def test_addition_keeps_looks(left: Passage, right: Passage) -> None:
    assert characters(left + right) == characters(left) + characters(right)


@given(PASSAGES)
def test_paragraphs_join_again(passage: Passage) -> None:
    again = join(passage.paragraphs())
    assert (again.text, again.spans, again.marks) == (passage.text, passage.spans, passage.marks)
    assert again.each_style() == passage.each_style()


@given(PASSAGES, st.data())
def test_a_part_keeps_looks_and_styles(passage: Passage, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(passage)))
    end = data.draw(st.integers(start, len(passage)))
    part = passage.part(start, end)
    assert characters(part) == characters(passage)[start:end]
    first = passage.text.count("\n", 0, start)
    assert part.each_style() == passage.each_style()[first : first + part.text.count("\n") + 1]


@given(PASSAGES, LOOKS, st.booleans(), st.data())
def test_setting_a_look_changes_nothing_else(
    passage: Passage, char_format: CharFormat, on: bool, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(passage)))
    end = data.draw(st.integers(start, len(passage)))
    changed = passage.with_char_format(start, end, char_format, on=on)
    assert (changed.text, changed.marks, changed.styles) == (passage.text, passage.marks, passage.styles)
    for at, (before, after) in enumerate(zip(characters(passage), characters(changed), strict=True)):
        inside = start <= at < end and before[0] != "\n" and not before[2]
        wanted = (before[1] | char_format if on else before[1] & ~char_format) if inside else before[1]
        assert after == (before[0], wanted, before[2])


@given(PASSAGES, st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1), PASSAGES), max_size=6))
def test_replacing_and_putting_back_restores_everything(
    passage: Passage, edits: list[tuple[float, float, Passage]]
) -> None:
    document = AuthoredText(passage)
    for a, b, new in edits:
        start, end = sorted((round(a * len(document)), round(b * len(document))))
        before = document.part(0, len(document))
        first, _ = document.locate(start)
        removed = document.part(start, end)
        if new.styles:
            styles = document.styles(first, removed.text.count("\n") + 1)
            removed = Passage(removed.text, removed.marks, removed.spans, styles)
        document.replace(start, end, new)
        document.replace(start, start + len(new), removed)
        assert document.part(0, len(document)) == before
        document.replace(start, end, new)


def test_a_new_paragraph_is_as_the_one_before_but_of_no_file() -> None:
    document = AuthoredText(Passage("quote", styles=(ParagraphStyle("quote", page_break=True, origin=7),)))
    document.replace(2, 2, Passage("\n"))
    assert document.styles(0, 2) == (ParagraphStyle("quote", page_break=True, origin=7), ParagraphStyle("quote"))


def test_plain_leaves_authors_and_takes_things_away() -> None:
    passage = (
        Passage.by("v", "ab") + Passage(OBJECT, spans=(Span(0, 1, object_key="n"),)) + Passage("c\nd").with_style(BODY)
    )
    assert passage.plain() == Passage("abc\nd", (Mark(0, 2, "v"),))
    assert not Passage("a", styles=(ParagraphStyle(origin=3),)).is_formatted
    assert Passage("a", styles=(ParagraphStyle("heading", 1),)).is_formatted


@given(PASSAGES)
def test_json_brings_back_the_same(passage: Passage) -> None:
    assert passage_from_json(json.loads(json.dumps(passage_to_json(passage)))) == passage


@pytest.mark.parametrize(
    "values",
    [
        None,
        [],
        "text",
        {"text": "a", "marks": [[0, 2, "v"]]},
        {"text": "a", "marks": [[0, 1, ""]]},
        {"text": "a\nb", "marks": [[0, 3, "v"]]},
        {"text": "a", "spans": [[0, 1, 0, "", ""]]},
        {"text": "a", "spans": [[0, 1, 0, "", "key"]]},
        {"text": "a", "styles": []} | {"styles": [None, None]},
        {"text": "a", "styles": [["shout", 1, "", False, -1]]},
        {"text": "a", "marks": 3},
        {"text": "ab", "spans": [[1, 0, 1, "", ""]]},
    ],
)
def test_what_contradicts_itself_is_refused(values: object) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        passage_from_json(values)


def test_a_paragraph_behind_an_entry_is_the_next_entry() -> None:
    style = ParagraphStyle("number", 1, page_break=True, origin=4, start=7, containers=(Container("number", "new"),))
    assert style.following() == ParagraphStyle("number", 1, containers=(Container("number", "next"),))
    assert BODY.following() is BODY
