"""Balanced marks are found from the outside, and what is never closed takes nothing with it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pandemonium.text.boilerplate.spans import balanced, outermost, without


def cut(text: str, longest: int = 100) -> str:
    return without(text, balanced(text, "{{", "}}", longest))


def test_nested_marks_go_as_one() -> None:
    assert cut("a {{b {{c}} d}} e") == "a  e"


def test_a_mark_that_is_never_closed_stays() -> None:
    assert cut("a {{b c {{d}} e") == "a {{b c  e"
    assert cut("a }} b") == "a }} b"


def test_marks_too_far_apart_stay() -> None:
    assert cut("a {{" + "b" * 100 + "}} c {{d}}") == "a {{" + "b" * 100 + "}} c "


def test_of_overlapping_spans_the_first_counts() -> None:
    assert outermost([(5, 9), (0, 3), (2, 6), (7, 8)]) == [(0, 3), (5, 9)]


@given(st.text(st.sampled_from("{}a"), max_size=40))
def test_what_is_cut_was_balanced(text: str) -> None:
    left = cut(text)
    assert len(left) <= len(text)
    assert left.count("a") == text.count("a") or "{{" in text
