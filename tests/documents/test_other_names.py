"""What a file holds decides how it is read, in the window and in a training, whatever it is called."""

from __future__ import annotations

import base64
import io
import quopri
import zipfile
from pathlib import Path

import pytest
from tests.documents.formats.docx.test_document import rezipped
from tests.documents.reading.test_agreement import FLAT, words, words_shown

from pandemonium.documents.exporting import export_bytes
from pandemonium.documents.formats import READABLE, format_named, read_document, write_document
from pandemonium.documents.model.manuscript import Manuscript, Note
from pandemonium.documents.model.passage import Passage
from pandemonium.documents.reading.reader import read_text
from pandemonium.errors import DocumentError

PAGE = "<html><body><h1>The Lamp</h1><p>It burned \u201clow\u201d, caf\u00e9.</p></body></html>"
WORDS = "The Lamp\nIt burned \u201clow\u201d, caf\u00e9."
SOURCE = Manuscript(Passage(WORDS))
TYPES = "[Content_Types].xml"
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
BOOK = """<?xml version="1.0" encoding="windows-1251"?>
<FictionBook xmlns="http://www.gribuser.ru/xml/fictionbook/2.0" xmlns:l="http://www.w3.org/1999/xlink">
<description><title-info><author><first-name>Ada</first-name><last-name>Byron</last-name><email>a@b</email></author>
<book-title>The Lamp</book-title><lang>en</lang></title-info></description>
<body><title><p>The</p><p>Lamp</p></title><epigraph><p>Of old.</p><text-author>Anon</text-author></epigraph>
<section><title><p>One</p></title><p>It <emphasis>burned</emphasis> low<a l:href="#n1" type="note">1</a>.</p>
<image l:href="#cover.jpg"/><empty-line/><poem><stanza><v>One line,</v><v>another.</v></stanza></poem>
<subtitle>* * *</subtitle><section><title><p>Deeper</p></title><p>\u0414\u0430.</p></section></section></body>
<body name="notes"><title><p>Notes</p></title><section id="n1"><title><p>1</p></title><p>A note.</p></section></body>
<binary id="cover.jpg" content-type="image/jpeg">AAAA</binary></FictionBook>
""".encode("cp1251")


def letter(page: bytes, coding: str, kind: str = "text/html; charset=utf-8") -> bytes:
    """A page as browsers and Word pack it."""
    head = "From: <Saved>\r\nSubject: A page\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n"
    head += f'\ttype="text/html"; boundary="--b 1"\r\n\r\nNot shown.\r\n----b 1\r\nContent-Type: {kind}\r\n'
    head += f"Content-Transfer-Encoding: {coding}\r\n\r\n"
    picture = b"\r\n----b 1\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\nAAAA\r\n"
    return head.encode() + page + picture + b"----b 1--\r\n"


def odd_docx(kind: str) -> bytes:
    """A docx file of another main type, with macros."""
    plain = export_bytes(SOURCE, "docx")
    with zipfile.ZipFile(io.BytesIO(plain)) as opened:
        types = opened.read(TYPES).decode()
        relations = opened.read("word/_rels/document.xml.rels").decode()
    macro = '<Relationship Id="rIdM" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject"'
    return rezipped(
        plain,
        {
            TYPES: types.replace(MAIN, kind),
            "word/_rels/document.xml.rels": relations.replace(
                "</Relationships>", f'{macro} Target="vbaProject.bin"/></Relationships>'
            ),
            "word/vbaProject.bin": b"macros",
        },
    )


def odd_odt(kind: bytes) -> bytes:
    return rezipped(export_bytes(SOURCE, "odt"), {"mimetype": kind})


MACROS = "application/vnd.ms-word.document.macroEnabled.main+xml"
FILES: dict[str, bytes] = {
    "quoted.mht": letter(quopri.encodestring(PAGE.encode()), "quoted-printable"),
    "packed.mhtml": letter(base64.encodebytes(PAGE.encode()), "base64"),
    "declared.mht": letter(PAGE.replace("<body>", "<meta charset=utf-8><body>").encode(), "8bit", "text/html"),
    "exported.doc": letter(quopri.encodestring(PAGE.encode("cp1252")), "Quoted-Printable", "text/html;charset=cp1252"),
    "word.doc": export_bytes(SOURCE, "docx"),
    "web.doc": PAGE.encode(),
    "rich.doc": b"{\\rtf1\\ansi The Lamp\\par It burned \\u8220?low\\u8221?, caf\\'e9.}",
    "typed.doc": WORDS.encode(),
    "macros.docm": odd_docx(MACROS),
    "template.dotx": odd_docx(MAIN.replace("document", "template", 2).replace("officetemplate", "officedocument")),
    "template.ott": odd_odt(b"application/vnd.oasis.opendocument.text-template"),
    "open.docx": export_bytes(SOURCE, "odt"),
    "rich.docx": b"{\\rtf1\\ansi The Lamp\\par It burned \\u8220?low\\u8221?, caf\\'e9.}",
    "typed.odt": WORDS.encode(),
    "page.txt": PAGE.encode(),
    "typed.rtf": WORDS.encode(),
    "word": export_bytes(SOURCE, "docx"),
    "word.docx.bak": export_bytes(SOURCE, "docx"),
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_of_another_name_shows_its_words_and_is_saved_under_another(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(FILES[name])
    read = read_document(path)
    assert read.text == WORDS
    assert words(read_text(path).text) == words(WORDS)
    assert read.path is None
    named = format_named(read.format)
    suffix = named.suffixes[0] if named.write else ".docx"
    write_document(read, tmp_path / f"b{suffix}")
    again = read_document(tmp_path / f"b{suffix}")
    assert (again.text, again.path, again.notice) == (WORDS, tmp_path / f"b{suffix}", "")
    assert path.read_bytes() == FILES[name]


@pytest.mark.parametrize("name", ["open.docx", "rich.docx", "typed.odt", "page.txt"])
def test_a_name_that_says_something_else_is_told_of(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(FILES[name])
    assert "whatever its name says" in read_document(tmp_path / name).notice


def test_macros_stay_behind_and_it_is_said(tmp_path: Path) -> None:
    (tmp_path / "a.docm").write_bytes(FILES["macros.docm"])
    read = read_document(tmp_path / "a.docm")
    assert "macros" in read.notice
    write_document(read, tmp_path / "a.docx")
    with zipfile.ZipFile(tmp_path / "a.docx") as saved:
        assert "word/vbaProject.bin" not in saved.namelist()
        assert b"vba" not in saved.read("word/_rels/document.xml.rels")
        assert MAIN.encode() in saved.read(TYPES)
        assert b"macro" not in saved.read(TYPES)


@pytest.mark.parametrize("suffix", READABLE)
def test_nothing_is_saved_under_a_name_that_is_only_read(tmp_path: Path, suffix: str) -> None:
    with pytest.raises(DocumentError, match="can be read, but not saved"):
        write_document(SOURCE, tmp_path / f"a{suffix}")


@pytest.mark.parametrize("name", ["lamp.fb2", "lamp.xml", "lamp.fb2.zip", "lamp.fbz"])
def test_a_fiction_book(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(BOOK)
    if name.endswith("z") or name.endswith("zip"):
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("lamp.fb2", BOOK)
    read = read_document(path)
    assert read.text.replace("\ufffc", "@").split("\n") == [
        "The\u2028Lamp",
        "Of old.",
        "Anon",
        "One",
        "It burned low@.",
        "@",
        "One line,\u2028another.",
        "* * *",
        "Deeper",
        "\u0414\u0430.",
    ]
    assert [each.content.text for each in read.objects.values() if isinstance(each, Note)] == ["A note."]
    assert (read.title, read.author, read.language, read.path) == ("The Lamp", "Ada Byron", "en", None)
    assert words(read_text(path).text) == words_shown(read)


def test_what_is_text_is_shown_though_no_training_reads_it(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("import os\n")
    read = read_document(tmp_path / "a.py")
    assert (read.text, read.path) == ("import os\n", tmp_path / "a.py")
    with pytest.raises(DocumentError, match="code"):
        read_text(tmp_path / "a.py")


def test_a_flat_odt_by_another_name(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_bytes(FLAT.encode())
    assert words_shown(read_document(tmp_path / "a.xml"))[:2] == ["The", "Lamp"]


@pytest.mark.parametrize("name", ["notes.enex", "notes.xml"])
def test_notes_of_evernote(tmp_path: Path, name: str) -> None:
    note = (
        "<note><title>A &amp; B</title><content><![CDATA[<?xml version='1.0'?><!DOCTYPE en-note SYSTEM 'x'>"
        "<en-note><div>It <b>burned</b> low.</div><en-media type='x'/><div><br/></div></en-note>]]></content>"
        "<resource><data>AAAA</data></resource></note><note><content>&lt;en-note&gt;Bare&lt;/en-note&gt;</content></note>"
    )
    (tmp_path / name).write_text(f"<?xml version='1.0'?><!DOCTYPE en-export SYSTEM 'x'><en-export>{note}</en-export>")
    read = read_document(tmp_path / name)
    assert (read.text, read.path) == ("A & B\nIt burned low.\nBare", None)
    assert words(read_text(tmp_path / name).text) == words_shown(read)


def test_a_letter_without_a_page_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "a.mht").write_bytes(letter(b"AAAA", "base64", "image/png"))
    for read in (read_document, read_text):
        with pytest.raises(DocumentError, match="no page in it"):
            read(tmp_path / "a.mht")


HEADS = b"From: Ben <b@example.org>\nTo: a@example.org\nSubject: A cafe\nMIME-Version: 1.0\n"


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        (
            b"Content-Type: text/plain; charset=utf-8\n\nDear all,\n\ncaf\xc3\xa9 <b> & done.\n",
            "Dear all,\ncafé <b> & done.",
        ),
        (b"Content-Transfer-Encoding: quoted-printable\n\none=20\n\ntwo", "one\ntwo"),
        (
            b"Content-Type: multipart/alternative; boundary=q\n\n--q\nContent-Type: text/plain\n\nplain\n"
            b"--q\nContent-Type: text/html\n\n<p>As a <b>page</b></p>\n--q--\n",
            "As a page",
        ),
    ],
)
def test_a_letter_shows_its_words(tmp_path: Path, body: bytes, shown: str) -> None:
    path = tmp_path / "a.eml"
    path.write_bytes(HEADS + body)
    manuscript = read_document(path)
    assert manuscript.text == shown
    assert manuscript.path is None
    assert "not who sent it" in manuscript.notice
    with pytest.raises(DocumentError, match="letter"):  # it may be anybody's
        read_text(path)


def test_a_book_with_an_entity_is_read(tmp_path: Path) -> None:
    book = "<!DOCTYPE a [<!ENTITY b 'c'>]><FictionBook><body><section><p>One &b; two</p></section></body></FictionBook>"
    (tmp_path / "a.fb2").write_text(book)
    assert "two" in read_document(tmp_path / "a.fb2").text
    assert "two" in read_text(tmp_path / "a.fb2").text
