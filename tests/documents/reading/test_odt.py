"""OpenDocument's paragraphs are read without notes, comments and indexes."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from odfdo import Document, Header, Paragraph

from pandemonium.documents.formats import read_document, write_document
from pandemonium.documents.formats.odt.names import SPACES
from pandemonium.documents.model.passage import OBJECT
from pandemonium.documents.reading.reader import read_text
from pandemonium.errors import DocumentError

NAMES = " ".join(f'xmlns:{prefix}="{space}"' for prefix, space in SPACES.items())


def flat(path: Path, inner: str) -> Path:
    """Writes a flat file of one body."""
    body = f"<office:body><office:text>{inner}</office:text></office:body>"
    path.write_text(f"<office:document {NAMES}>{body}</office:document>")
    return path


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
def test_inner_things(tmp_path: Path, inner: str, text: str) -> None:
    assert read_text(flat(tmp_path / "a.fodt", inner)).text == text


def test_a_flat_file_is_opened_and_saved_as_odt(tmp_path: Path) -> None:
    inner = "<text:h text:outline-level='2'>One</text:h><text:p>Two.</text:p>"
    manuscript = read_document(flat(tmp_path / "a.fodt", inner))
    assert (manuscript.text, manuscript.path) == ("One\nTwo.", None)
    write_document(manuscript, tmp_path / "a.odt")
    again = read_document(tmp_path / "a.odt").content
    assert (again.text, again.styles[0].kind, again.styles[0].level) == ("One\nTwo.", "heading", 2)


def test_a_damaged_flat_file_says_so(tmp_path: Path) -> None:
    path = flat(tmp_path / "a.fodt", "<text:p>One.</text:p><text:p>Two.")
    assert "damaged" in read_document(path).notice


@pytest.mark.long
def test_a_large_picture_within_a_flat_file_hides_nothing_behind_it(tmp_path: Path) -> None:
    data = f"<office:binary-data>{'QUFB' * 2_600_000}</office:binary-data>"
    picture = f"<text:p><draw:frame><draw:image>{data}</draw:image></draw:frame></text:p>"
    manuscript = read_document(flat(tmp_path / "a.fodt", f"<text:p>One.</text:p>{picture}<text:p>Two.</text:p>"))
    assert manuscript.text.split() == ["One.", OBJECT, "Two."]
    assert manuscript.notice == ""


def test_names_that_grow_without_end_are_refused_however_long_the_text(tmp_path: Path) -> None:
    """A parser that takes long texts would expand them in an attribute."""
    entities = (
        "<!ENTITY a '"
        + "word " * 1000
        + "'>"
        + "".join(f"<!ENTITY {name} '{f'&{before};' * 20}'>" for before, name in pairwise("abcdefg"))
    )
    path = flat(tmp_path / "a.fodt", "<text:p text:style-name='&g;'>One.</text:p>")
    path.write_text(f"<!DOCTYPE x [{entities}]>{path.read_text()}")
    for read in (read_text, read_document):
        with pytest.raises(DocumentError):
            read(path)


def test_a_locked_document_is_a_sentence(zipped) -> None:
    space = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    manifest = f'<m:manifest xmlns:m="{space}"><m:encryption-data/></m:manifest>'
    with pytest.raises(DocumentError, match="password"):
        read_text(zipped("a.odt", {"META-INF/manifest.xml": manifest, "content.xml": b"\1\2"}))


def test_a_file_without_text_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "a.fodt").write_bytes(b"<a/>")
    for read in (read_text, read_document):
        with pytest.raises(DocumentError, match="damaged"):
            read(tmp_path / "a.fodt")


def test_notes_in_tables_and_text_boxes_are_left_out(tmp_path: Path) -> None:
    inner = "<text:note><text:note-body><text:p>Inner.</text:p></text:note-body></text:note>"
    note = f"<text:note><text:note-body><text:p>Noted{inner}.</text:p></text:note-body></text:note>"
    said = f"<text:p>a word{note} more</text:p>"
    table = f"<table:table><table:table-row><table:table-cell>{said}</table:table-cell></table:table-row></table:table>"
    box = f"<text:p>before<draw:frame><draw:text-box>{said}</draw:text-box></draw:frame></text:p>"
    path = flat(tmp_path / "a.fodt", table + box)
    assert read_document(path).objects
    assert read_text(path).text.split("\n\n") == ["a word more", "before", "a word more"]
