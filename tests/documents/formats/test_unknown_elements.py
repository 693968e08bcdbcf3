"""Elements that this program does not know, or that damage has named anew, say their words in their place."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
from tests.documents.formats.docx.test_document import package, run
from tests.documents.formats.docx.test_structure import table
from tests.documents.formats.odt.test_structure import document as odt_document

from pandemonium.documents.exporting import export_bytes
from pandemonium.documents.formats import read_document, write_document
from pandemonium.documents.model.passage import Passage, join
from pandemonium.documents.reading.reader import read_text

ONE = run("one ")
THREE = run(" three")
CHUNK = {
    "word/_rels/document.xml.rels": "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>"
    "<Relationship Id='c' Type='http://schemas.openxmlformats.org/officeDocument/2006/relationships/aFChunk' "
    "Target='c.htm'/></Relationships>",
    "word/c.htm": "<p>two</p><p>three</p>",
}
F = 'xmlns:f="urn:foreign"'
EVENTS = '<office:event-listeners><f:listener xmlns:f="urn:foreign"/></office:event-listeners>'


def docx(inner: str) -> bytes:
    return package(inner, **CHUNK)


def fb2(inner: str) -> bytes:
    return f"<FictionBook><body><section>{inner}</section></body></FictionBook>".encode()


def enex(inner: str) -> bytes:
    note = f"<note><title>One</title><content><![CDATA[<en-note>{inner}</en-note>]]></content></note>"
    return f"<?xml version='1.0'?><en-export>{note}</en-export>".encode()


MAKERS = {"docx": docx, "odt": odt_document, "fb2": fb2, "enex": enex}
# The kind of file, what is in it, and what the window and a training read of it.
CASES = [
    ("docx", f"<w:p>{ONE}<w:r><w:odd>two</w:odd></w:r>{THREE}</w:p>", "one two three"),
    ("docx", f"<w:p>{ONE}<w:odd>two</w:odd>{THREE}</w:p>", "one two three"),
    ("docx", f'<w:p>{ONE}<f:odd {F}>two</f:odd>{THREE}</w:p><f:odd {F}>four</f:odd>', "one two three\nfour"),
    ("docx", f"<w:p>{ONE}<w:r><w:delText>h</w:delText><w:instrText>h</w:instrText></w:r>{THREE}</w:p>", "one three"),
    ("docx", f"<w:p>{ONE}<w:sdt><w:sdtOdd>{run('two')}</w:sdtOdd></w:sdt>{THREE}</w:p>", "one two three"),
    ("docx", table(["<w:odd>one</w:odd>"]).replace("<w:tc>", "<w:tc><w:p/>") + f"<w:p>{THREE}</w:p>", "one\nthree"),
    ("docx", f"{table([f'<w:p>{ONE}</w:p>']).replace('w:tc', 'w:tcx')}<w:p>{THREE}</w:p>", "one\nthree"),
    ("docx", f"{table([f'<w:p>{ONE}</w:p>']).replace('w:tr', 'w:trx')}<w:p>{THREE}</w:p>", "one\nthree"),
    ("docx", table(["<w:p><w:r><w:t>one</w:t></w:r></w:p><w:altChunk r:id='c'/>"]), "one\ntwo\nthree"),
    ("odt", f"<text:p>on<f:odd {F}>e t<text:span>w</text:span>o</f:odd> three</text:p>", "one two three"),
    ("odt", f"<text:p>on<f:odd {F}/>e <text:a xlink:href='http://x'>{EVENTS}two</text:a></text:p>", "one two"),
    ("odt", f"<text:p>one</text:p><f:odd {F}>two</f:odd><text:p>three</text:p>", "one\ntwo\nthree"),
    ("odt", "<text:p>one</text:p><text:px>two<text:s/>three</text:px>", "one\ntwo three"),
    ("odt", f"<text:p>one<f:odd {F}><text:p>two</text:p></f:odd></text:p>", "one\ntwo"),
    ("odt", "<table:table><table:table-rowx><table:table-cell><text:p>one</text:p></table:table-cell>"
     "</table:table-rowx><table:table-row><table:cell><text:p>two</text:p></table:cell></table:table-row></table:table>",
     "one\ntwo"),
    ("docx", table([f"<w:px>{run('one')}</w:px><w:px>{run('two')}</w:px>"]), "one\ntwo"),
    ("docx", f"<w:p>{run('one')}<w:r><w:pict><w:px>{run('two')}</w:px><w:px>{run('three')}</w:px></w:pict></w:r></w:p>",
     "one\ntwo\nthree"),
    ("fb2", "<p>one</p>two<px>three</px>four", "one\ntwo\nthree\nfour"),
    ("enex", "<div>two</div><en-crypt>h</en-crypt>", "One\ntwo"),
]  # fmt: skip


def lines(text: str) -> list[str]:
    """Its lines that say something, each with single spaces."""
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]


@pytest.mark.parametrize(("kind", "inner", "said"), CASES)
def test_its_words_are_read_where_they_stand(tmp_path: Path, kind: str, inner: str, said: str) -> None:
    path = tmp_path / f"a.{kind}"
    path.write_bytes(MAKERS[kind](inner))
    assert lines(export_bytes(read_document(path), "txt").decode()) == said.split("\n")
    assert lines(read_text(path).text) == said.split("\n")


@pytest.mark.parametrize(("kind", "inner", "said"), [each for each in CASES if each[0] in ("docx", "odt")])
def test_an_edit_beside_it_keeps_it(tmp_path: Path, kind: str, inner: str, said: str) -> None:
    path = tmp_path / f"a.{kind}"
    path.write_bytes(MAKERS[kind](inner))
    tags, words = held(path)
    read = read_document(path)
    first, *others = read.content.paragraphs()
    write_document(replace(read, content=join([first + Passage("Q"), *others])), path)
    assert lines(export_bytes(read_document(path), "txt").decode().replace("Q", "")) == said.split("\n")
    assert [each for each in tags if each not in held(path)[0]] == []
    assert held(path)[1].replace("Q", "") == words


def held(path: Path) -> tuple[list[str], str]:
    """The names of the elements of a file, and all characters in it but white space."""
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as opened:
        name = "word/document.xml" if path.suffix == ".docx" else "content.xml"
        root = ElementTree.fromstring(opened.read(name))
    return [each.tag for each in root.iter()], "".join("".join(root.itertext()).split())


@pytest.mark.parametrize(
    ("inner", "read"),
    [
        ("<text:p>one<text:spa/>two</text:p>", "one two"),
        ("<text:p>one<draw:frame><draw:image/></draw:frame><text:spa/>two</text:p>", "one two"),
        ("<text:px><text:span>one</text:span> <text:span>two</text:span></text:px>", "one two"),
    ],
)
def test_what_is_seen_and_no_word_parts_words_in_a_training(tmp_path: Path, inner: str, read: str) -> None:
    path = tmp_path / "a.odt"
    path.write_bytes(odt_document(inner))
    assert read_text(path).text == read


@pytest.mark.parametrize("kept", ["section-source", "list-item"])
def test_an_edit_leaves_what_is_around_as_it_was(tmp_path: Path, kept: str) -> None:
    path = tmp_path / "a.odt"
    inner = (
        "<text:list-item><text:list><text:list-item><text:p>two</text:p></text:list-item></text:list></text:list-item>"
    )
    listed = f"<text:list><text:list-item><text:p>one</text:p></text:list-item>{inner}</text:list>"
    section = (
        "<text:section text:name='s'><text:section-source xlink:href='b.odt'/><text:p>three</text:p></text:section>"
    )
    path.write_bytes(odt_document(f"{listed}{section}<text:p>four</text:p>"))
    before = held(path)[0]
    read = read_document(path)
    paragraphs = read.content.paragraphs()
    paragraphs[-1] = paragraphs[-1] + Passage("Q")
    write_document(replace(read, content=join(paragraphs)), path)
    named = [[each for each in tags if each.endswith(kept)] for tags in (before, held(path)[0])]
    assert named[0] == named[1]


RENAMED = [
    "<note><title>One</title><contentx><![CDATA[<?xml?><en-note><div>two</div></en-note>]]></contentx></note>",
    "<notex><title>One</title><content><![CDATA[<en-note><div>two</div></en-note>]]></content></notex>",
    "<note><titlex>One</titlex><created>2020</created><content><![CDATA[<en-note>two</en-note>]]></content></note>",
    "<note><title>One</title><resourcex><data>QUJD</data></resourcex><f>two</f></note>",
]


@pytest.mark.parametrize("inner", RENAMED)
def test_a_note_of_which_a_part_is_named_anew_keeps_its_words(tmp_path: Path, inner: str) -> None:
    path = tmp_path / "a.enex"
    path.write_text(f"<?xml version='1.0'?><!DOCTYPE en-export SYSTEM 'x'><en-export a='b'>{inner}</en-export>")
    for said in (export_bytes(read_document(path), "txt").decode(), read_text(path).text):
        assert sorted(said.split()) == ["One", "two"]
