"""Text files come back out as they came in, byte for byte."""

from __future__ import annotations

import codecs
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pandemonium.documents.formats.plain.coding import decode_plain, encode_plain
from pandemonium.documents.model.paragraphing import paragraph_break
from pandemonium.documents.model.passage import Passage
from pandemonium.errors import DocumentError

PROSE = "The café was dark.\n\nNobody spoke — not a word.\n"


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [
        ("utf-8", b""),
        ("utf-8", codecs.BOM_UTF8),
        ("utf-16-le", codecs.BOM_UTF16_LE),
        ("utf-16-be", codecs.BOM_UTF16_BE),
        ("utf-16-le", b""),
        ("utf-32-le", codecs.BOM_UTF32_LE),
        ("cp1252", b""),
    ],
)
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_encoding_mark_and_line_ends_are_kept(encoding: str, mark: bytes, newline: str) -> None:
    data = mark + PROSE.replace("\n", newline).encode(encoding)
    manuscript = decode_plain(data)
    assert manuscript.text == PROSE
    assert encode_plain(manuscript)[0] == data


@given(st.text())
def test_any_utf8_without_returns_comes_back(text: str) -> None:
    data = text.replace("\r", "").encode("utf-8")
    try:
        manuscript = decode_plain(data)
    except DocumentError:
        return
    assert encode_plain(manuscript)[0] == data


def test_lone_surrogates_are_kept() -> None:
    data = "before \ud83d after, \udc00".encode("utf-8", "surrogatepass") * 3
    manuscript = decode_plain(data)
    assert "\ud83d" in manuscript.text
    assert encode_plain(manuscript)[0] == data


def test_a_stray_byte_in_utf8_is_kept() -> None:
    data = (PROSE * 40).encode() + b"\xff\n" + PROSE.encode()
    assert encode_plain(decode_plain(data))[0] == data


@pytest.mark.parametrize(
    ("line", "encoding"),
    [
        ("門關上了。".encode("big5") * 20 + b"\xa2\x41", "big5"),
        ("これは海の底の話である。".encode("cp932") * 20 + b"\x87\x90 \xfa\x5c \xee\xf9", "cp932"),
        ("これは海の底の話である。".encode("cp932") * 20 + b"\x81\x20", "cp932"),
    ],
)
def test_signs_with_two_codes_and_stray_bytes_come_back(line: bytes, encoding: str) -> None:
    data = line + b"\r\n" + line[:20] + b"\r\n" + line
    manuscript = decode_plain(data)
    assert manuscript.plain.encoding == encoding
    assert encode_plain(manuscript)[0] == data
    edited = replace(manuscript, content=Passage(manuscript.text + "\nNew."))
    assert encode_plain(edited)[0] == data + b"\r\nNew."


def test_one_bad_byte_spoils_no_other_sign() -> None:
    data = "She said “never”, and left the café.".encode() + b"\x8e\nMore.\n"
    manuscript = decode_plain(data)
    assert manuscript.text.startswith("She said “never”, and left the café.")
    assert "UTF-8" in manuscript.notice
    assert encode_plain(manuscript)[0] == data
    edited = replace(manuscript, content=Passage(manuscript.text.replace("More", "Less")))
    assert encode_plain(edited)[0] == data.replace(b"More", b"Less")


def test_a_null_byte_is_kept() -> None:
    data = b"one\0two\n"
    assert decode_plain(data).text == "one\0two\n"
    assert encode_plain(decode_plain(data))[0] == data


@pytest.mark.parametrize("encoding", ["ascii", "utf-8", "utf-8-sig", "utf-16", "cp1252", "cp932"])
def test_lines_end_as_they_did(encoding: str) -> None:
    more = {"ascii": "d", "cp932": "これは海の底の話である。" * 20}.get(
        encoding, "She said \u201cnever\u201d in the café."
    )
    text = f"a\r\n\r\nb\n\nc\r\n{more}\r\r\ne"
    data = text.encode(encoding)
    manuscript = decode_plain(data)
    assert manuscript.text == text.replace("\r\n", "\n").replace("\r", "\n")
    assert (manuscript.plain.newline, manuscript.notice) == ("\r\n", "")
    assert encode_plain(manuscript)[0] == data
    edited = replace(manuscript, content=Passage(f"new\n{manuscript.text}".replace("b\n", "B\nbb\n") + "\nf"))
    expected = "new\r\n" + text.replace("b\n", "B\r\nbb\r\n") + "\r\nf"
    assert encode_plain(edited)[0] == expected.encode(encoding)


def test_lines_of_an_old_encoding_that_is_left_end_as_they_did() -> None:
    manuscript = decode_plain(PROSE.encode("cp1252") + b"\r\na\nb")
    data, written = encode_plain(replace(manuscript, content=Passage(manuscript.text + "猫")))
    assert data == f"{PROSE}\r\na\nb猫".encode()
    assert encode_plain(written)[0] == data


def test_what_the_old_encoding_cannot_say_is_saved_as_utf8() -> None:
    manuscript = replace(decode_plain(PROSE.encode("cp1252")), content=Passage("猫"))
    data, written = encode_plain(manuscript)
    assert data == "猫".encode()
    assert written.plain.encoding == "utf-8"
    assert "UTF-8" in written.notice


def test_a_program_is_no_text() -> None:
    with pytest.raises(DocumentError, match="not a text file"):
        decode_plain(bytes(range(256)) * 20)


@pytest.mark.parametrize(
    ("text", "format", "expected"),
    [
        ("", "txt", "\n"),
        ("", "md", "\n\n"),
        ("One.\n", "txt", "\n"),
        ("One.\nTwo.\nThree.", "txt", "\n"),
        ("One.\n\nTwo.", "txt", "\n\n"),
        ("One.\n\nTwo.\n\nThree.", "md", "\n\n"),
        ("One.\nTwo.\nThree.", "md", "\n"),
    ],
)
def test_paragraph_break(text: str, format: str, expected: str) -> None:
    assert paragraph_break(text, format) == expected


@pytest.mark.parametrize(
    ("before", "behind", "expected"),
    [
        ("", "One.\n\nTwo.\n", "\n\n"),
        ("One.", "\n\nTwo.", "\n\n"),
        ("", "One.\nTwo.\n", "\n"),
        ("One.\nTwo.", "\n\nThree.\n\nFour.", "\n"),
        ("", "One.", "\n"),
    ],
)
def test_where_little_stands_before_a_place_what_follows_tells(before: str, behind: str, expected: str) -> None:
    assert paragraph_break(before, "txt", behind) == expected


def test_what_would_be_taken_for_another_encoding_is_saved_as_utf8() -> None:
    manuscript = decode_plain("ind\u00e9nted caf\u00e9\n".encode("cp1252"))
    edited = replace(manuscript, content=Passage("\u00c3\u00a9\u00c3\u00a8 \u00c3\u00bc\n"))
    data, written = encode_plain(edited)
    assert written.plain.encoding == "utf-8"
    assert "UTF-8" in written.notice
    assert decode_plain(data).text == edited.text
