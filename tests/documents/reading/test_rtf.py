"""RTF's paragraphs, line breaks and letters come back; its notes and heads do not."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from pandemonium.documents.reading.prose import read_as_the_page_does
from pandemonium.documents.reading.result import Reading
from pandemonium.errors import DocumentError


def read_rtf(data: bytes) -> Reading:
    return read_as_the_page_does(data, Path("a.rtf"), "rtf")


def test_paragraphs_lines_and_letters() -> None:
    data = (
        rb"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Times;}}{\info{\title T}}{\header Head\par}"
        rb"\pard He said \'93yes\'94.\par Caf\'e9 \u8212?so\line and on.{\footnote A note {\b deep}.}\par}"
    )
    assert read_rtf(data).text.strip() == "He said “yes”.\n\nCafé —so\nand on."


def test_other_code_pages() -> None:
    data = rb"{\rtf1\ansi\ansicpg1251 " + "Да".encode("cp1251").hex(" ").replace(" ", r"\'").join([r"\'", "}"]).encode()
    assert read_rtf(data).text.strip() == "Да"


def test_pictures_are_no_text() -> None:
    data = rb"{\rtf1\ansi Prose{\pict\pngblip " + b"89504e47" * 1000 + rb"} on.\par}"
    assert "89504e" not in read_rtf(data).text


@given(st.binary(max_size=200))
def test_rubbish_does_no_harm(data: bytes) -> None:
    with suppress(DocumentError):
        read_rtf(rb"{\rtf1 " + data)
