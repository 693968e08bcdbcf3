"""Files are known by what they hold, and by name where that says nothing."""

from __future__ import annotations

import pytest

from pandemonium.documents.kinds import kind_of, zip_kind


@pytest.mark.parametrize(
    ("head", "name", "format_"),
    [
        (b"It was a dark night.", "night.txt", "txt"),
        (b"It was a dark night.", "night", "txt"),
        (b"It was a dark night.", "chapter.one", "txt"),
        (b"BMW drove by. MZ", "car.txt", "txt"),
        (b"# Night", "night.md", "md"),
        (b"{\\rtf1 night}", "night.doc", "rtf"),
        (b"\xef\xbb\xbf{\\rtf1 night}", "night.rtf", "rtf"),
        (b"%PDF-1.7", "night", "pdf"),
        (b"<!DOCTYPE html><html>", "night.txt", "html"),
        (b"<!DOCTYPE html>\n\n# Night\n", "night.md", "md"),
        (b"<p>night</p>", "night.htm", "html"),
        (b'<?xml version="1.0"?><html xmlns="x">', "night.xhtml", "html"),
        (b'<?xml version="1.0"?><office:document x="y">', "night.fodt", "fodt"),
        ("It was".encode("utf-16"), "night.txt", "txt"),
        (b"PK\x03\x04....", "night.docx", "zip"),
        (b"It was a dark night.", "night.doc", "txt"),
        (b"Tags such as <office:document and <html> are no files.", "night.txt", "txt"),
        (b"<?xml version='1.0'?><FictionBook>", "night.xml", "fb2"),
        (b'From: x\nMIME-Version: 1.0\nContent-Type: multipart/related; boundary="b"\n', "night.doc", "mhtml"),
    ],
)
def test_what_can_be_read(head: bytes, name: str, format_: str) -> None:
    kind = kind_of(head, name)
    assert (kind.format, kind.reason) == (format_, "")


@pytest.mark.parametrize(
    ("head", "name", "word"),
    [
        (b"\x89PNG\r\n", "a.txt", "picture"),
        (b"<?xml version='1.0'?><w:wordDocument>", "a.xml", "docx or odt"),
        (b"<?xml version='1.0'?><FinalDraft>", "a.fdx", "Export it"),
        (b"\xd0\xcf\x11\xe0", "a.docx", "without a password"),
        (b'{"url": "https://docs.example.org"}', "a.gdoc", "download it"),
        (bytes((0, 1, 2, 3)) * 50, "a.txt", "program can read"),
        (b"\xff\xd8\xff\xe0", "a", "picture"),
        (b"MThd\0\0\0\6", "a.midi", "music"),
        (b"RIFF....WEBP", "a.x", "picture"),
        (b"\0\0\0 ftypheic", "a.x", "picture"),
        (b"\x7fELF\2\1", "a.txt", "program"),
        (b"MZ" + bytes(100), "a.txt", "program"),
        (b"\xd0\xcf\x11\xe0", "a.doc", "docx or odt"),
        (b"\x1f\x8b\x08", "a.gz", "Unpack"),
        (bytes(range(32)) * 9, "a.xyz", "program can read"),
    ],
)
def test_what_cannot(head: bytes, name: str, word: str) -> None:
    kind = kind_of(head, name)
    assert kind.format == ""
    assert word in f"{kind.reason} {kind.hint}"
    assert kind.reason.endswith(".")


@pytest.mark.parametrize(
    ("head", "name", "word"),
    [
        (b"<?xml version='1.0'?><rdf:RDF>", "a.rdf", "data"),
        (b"key: value", "a.yaml", "data"),
        (b"\\version", "a.ly", "music"),
        (b"import os", "a.py", "code"),
        (b"#!/bin/sh\n", "run", "code"),
        (b"a,b,c", "a.csv", "table"),
    ],
)
def test_what_is_text_and_no_prose(head: bytes, name: str, word: str) -> None:
    kind = kind_of(head, name)
    assert kind.format == "txt"
    assert word in kind.reason


@pytest.mark.parametrize(
    ("names", "declared", "name", "format_"),
    [
        (("mimetype", "content.xml"), b"application/vnd.oasis.opendocument.text", "a.odt", "odt"),
        (("mimetype",), b"application/epub+zip", "a.zip", "epub"),
        (("word/document.xml",), b"", "a", "docx"),
        (("content.xml",), b"", "a.odt", "odt"),
        (("xl/workbook.xml",), b"", "a.xlsx", ""),
        (("ppt/presentation.xml",), b"", "a.pptx", ""),
        (("one.txt",), b"", "a.zip", ""),
        (("[Content_Types].xml",), b"application/vnd.ms-word.document.macroEnabled.main+xml", "a", "docx"),
        (("book.fb2",), b"", "book.fb2.zip", "fb2"),
        (("mimetype", "content.xml"), b"application/vnd.sun.xml.writer", "a.sxw", ""),
        (("Index/Document.iwa",), b"", "a.pages", ""),
        (("content.xml",), b"application/vnd.oasis.opendocument.spreadsheet", "a.ods", ""),
    ],
)
def test_zip_files(names: tuple[str, ...], declared: bytes, name: str, format_: str) -> None:
    kind = zip_kind(frozenset(names), declared, name)
    assert kind.format == format_
    assert bool(kind.reason) is not bool(format_)
