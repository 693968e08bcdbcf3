"""Markdown is read as the prose that it shows."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pandemonium.documents.reading.markdown import markdown_text, read_markdown


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("# One\n\nIt *was*\na **dark** night.", "One\n\nIt was a dark night."),
        ("---\ntitle: x\ntags: [a]\n---\nProse.", "Prose."),
        ("A [link](http://x.y) and ![a picture](x.png) here.", "A link and here."),
        ("Roses  \nviolets", "Roses\nviolets"),
        ("Before\n\n```python\nx = 1\n```\n\nafter", "Before\n\nafter"),
        ("    A writer's indent.\n\n    Another.", "A writer's indent.\n\nAnother."),
        ("Noted[^1].\n\n[^1]: A note\n    that goes on.\n", "Noted."),
        ("One\n\n***\n\nTwo", "One\n\n* * *\n\nTwo"),
        ("See [[The Place|the place]] and [[Home]].", "See the place and Home."),
        ("> Quoted prose.", "Quoted prose."),
        ("", ""),
    ],
)
def test_what_it_shows(source: str, text: str) -> None:
    assert markdown_text(source).replace("  ", " ") == text


def test_encodings() -> None:
    reading = read_markdown("# Caf\u00e9\r\n\r\nSo.".encode("latin-1"))
    assert reading.text == "Caf\u00e9\n\nSo."
    assert reading.format == "md"


@given(st.text())
def test_any_text_is_taken(source: str) -> None:
    assert isinstance(markdown_text(source), str)
