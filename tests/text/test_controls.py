"""What a stranger's text holds is shown, not obeyed."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pandemonium.text.controls import one_line, without_commands


def test_commands_are_replaced_and_breaks_stay() -> None:
    assert without_commands("a\x1b[31m\x9b2J\x00\r\tb\n\u00e9") == "a\ufffd[31m\ufffd2J\ufffd\ufffd\tb\n\u00e9"


@given(st.text(st.characters(exclude_categories=()), max_size=300))
def test_a_line_is_one_line_of_plain_words(text: str) -> None:
    shown = one_line(text, 100)
    assert len(shown) <= 100
    assert len(shown.splitlines()) <= 1
    assert without_commands(shown) == shown
    shown.encode()


def test_a_long_name_ends_in_an_ellipsis() -> None:
    assert one_line("x" * 5000, 5) == "xxxx\u2026"
    assert one_line("xxxxx", 5) == "xxxxx"
