"""OpenDocument's paragraphs are read without notes, comments and indexes."""

from __future__ import annotations

from pathlib import Path

import pytest
from odfdo import Document, Header, Paragraph

from pandemonium.documents.reading.flat_odt import read_flat_odt
from pandemonium.documents.reading.reader import read_text
from pandemonium.errors import DocumentError

SPACES = 'xmlns:office="urn:o" xmlns:text="urn:t" xmlns:draw="urn:d"'


def content(inner: str) -> bytes:
    body = f"<office:body><office:text>{inner}</office:text></office:body>"
    return f"<office:document {SPACES}>{body}</office:document>".encode()


def test_what_an_office_program_would_write(tmp_path: Path) -> None:
    document = Document("text")
    document.body.clear()
    document.body.append(Header(1, "The Lamp"))
    noted = Paragraph("The lamp burned low.")
    noted.insert_note(after="low", note_id="n1", citation="1", body="A note.")
    document.body.append(noted)
    document.save(str(tmp_path / "a.odt"))
    assert read_text(tmp_path / "a.odt").text == "The Lamp\n\nThe lamp burned low."


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        ("<text:p>a<text:s text:c='2'/>b<text:tab/>c<text:line-break/>d</text:p>", "a  b\tc\nd"),
        ("<text:p>He <text:span>spoke</text:span> on.</text:p>", "He spoke on."),
        ("<text:p>He<office:annotation><text:p>why?</text:p></office:annotation> spoke.</text:p>", "He spoke."),
        ("<text:table-of-content><text:p>Chapter 1 5</text:p></text:table-of-content><text:p>Prose</text:p>", "Prose"),
        ("<text:tracked-changes><text:p>deleted</text:p></text:tracked-changes><text:p>Prose</text:p>", "Prose"),
        ("<text:list><text:list-item><text:p>one</text:p></text:list-item></text:list>", "one"),
        (
            "<text:p>Prose<draw:frame><draw:text-box><text:p>boxed</text:p></draw:text-box></draw:frame></text:p>",
            "Prose\n\nboxed",
        ),
    ],
)
def test_inner_things(inner: str, text: str) -> None:
    assert read_flat_odt(content(inner)).text == text


def test_a_locked_document_is_a_sentence(zipped) -> None:
    space = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    manifest = f'<m:manifest xmlns:m="{space}"><m:encryption-data/></m:manifest>'
    with pytest.raises(DocumentError, match="password"):
        read_text(zipped("a.odt", {"META-INF/manifest.xml": manifest, "content.xml": b"\1\2"}))


def test_a_file_without_text_is_a_sentence() -> None:
    with pytest.raises(DocumentError, match="damaged"):
        read_flat_odt(b"<a/>")
