"""Markdown is read as the prose that it shows."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pandemonium.documents.reading.prose import read_as_the_page_does
from pandemonium.documents.reading.result import Reading
from pandemonium.errors import DocumentError


def read_markdown(data: bytes) -> Reading:
    return read_as_the_page_does(data, Path("a.md"), "md")


def markdown_text(source: str) -> str:
    return read_markdown(source.encode("utf-8", "surrogatepass")).text


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
        ("<ruby>kanji<rt>kana</rt></ruby>, <ruby>a<rp>(</rp><rt>b</rt><rp>)</rp></ruby>.", "kanji (kana), a(b)."),
        ("Be![x](a.png)fore ![y](b.png), a![z](c.png).", "Be fore , a."),
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
    with suppress(DocumentError):
        assert isinstance(markdown_text(source), str)
