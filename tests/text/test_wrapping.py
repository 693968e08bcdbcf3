"""Unwrapping: wrapped prose is joined, verse and one-line paragraphs keep their lines."""

from __future__ import annotations

import textwrap

import pytest

from pandemonium.text.cleaning import clean
from pandemonium.text.wrapping import lines_are_paragraphs, unwrap, wrap_width

VERSE = """Upon the marsh the moon hung low,
And nothing stirred but reed and sea;
I heard the wheel begin to go,
And knew that it would come for me.

They bricked the door, they hung the bell,
They filled the stair with lime and stone;
But what goes down into that well
Was never meant to go alone.

The tide is out, the tide comes in,
The bell is rung by no man's hand;
And all the waters are its kin,
And all the sea is all its land."""


def wrapped(prose: str, width: int, between: str = "\n\n", indent: str = "") -> str:
    return between.join(textwrap.fill(p, width, initial_indent=indent) for p in prose.split("\n\n"))


@pytest.mark.parametrize("width", [50, 60, 72, 80, 95])
def test_wrapped_prose_with_blank_lines_comes_back(prose: str, width: int) -> None:
    assert clean(wrapped(prose, width)) == clean(prose)


@pytest.mark.parametrize("width", [60, 72])
def test_wrapped_prose_with_indented_paragraphs_comes_back(prose: str, width: int) -> None:
    assert clean(wrapped(prose, width, between="\n", indent="    ")) == clean(prose)


def test_windows_line_ends_make_no_difference(prose: str) -> None:
    assert clean(wrapped(prose, 72).replace("\n", "\r\n")) == clean(prose)


def test_verse_keeps_its_lines() -> None:
    assert clean(VERSE) == VERSE
    assert unwrap(VERSE) == VERSE


def test_verse_within_wrapped_prose_keeps_its_lines(prose: str) -> None:
    first, rest = wrapped(prose, 72).split("\n\n", 1)
    stanza = VERSE.split("\n\n")[0]
    assert stanza in clean(f"{first}\n\n{stanza}\n\n{rest}")


def test_one_line_a_paragraph_becomes_paragraphs(prose: str) -> None:
    assert clean(prose.replace("\n\n", "\n")) == clean(prose)
    assert lines_are_paragraphs(prose.replace("\n\n", "\n"))
    assert not lines_are_paragraphs(prose)
    assert not lines_are_paragraphs(VERSE)


def test_meant_lines_stay(prose: str) -> None:
    text = wrapped(prose, 72)
    assert clean(text, unwrapped=True).count("\n") == text.count("\n")


def test_prose_that_was_not_wrapped_has_no_width(prose: str) -> None:
    assert wrap_width(prose) is None
    assert wrap_width("") is None
    assert wrap_width(wrapped(prose, 72)) in range(68, 73)


def test_a_line_that_ends_in_a_dash_is_joined_without_a_space(prose: str) -> None:
    text = wrapped(prose.replace("The wind had died.", "The wind had died--and that was worse--"), 72)
    cleaned = clean(text)
    assert "\u2014 " not in cleaned
    assert "died\u2014and that was worse\u2014The" in cleaned
