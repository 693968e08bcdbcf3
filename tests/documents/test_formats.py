"""The one door for documents: by suffix in and out, from form to form, and a sentence for what cannot be."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from pandemonium.documents.conversion import carried, form_of
from pandemonium.documents.exporting import export_loss
from pandemonium.documents.formats import READABLE, SUFFIXES, lookup, loss, read_document, registry, write_document
from pandemonium.documents.model.manuscript import EmbeddedObject, Manuscript, Note
from pandemonium.documents.model.passage import BODY, CharFormat, Mark, ParagraphStyle, Passage, Span, join
from pandemonium.errors import DocumentError


def test_reads_and_writes(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(b"# One\r\n\r\nTwo.\r\n")
    manuscript = read_document(path)
    assert (manuscript.text, manuscript.format, manuscript.path) == ("# One\n\nTwo.\n", "md", path)
    write_document(replace(manuscript, content=Passage("# One\n\nTwo, three.\n")), path)
    assert path.read_bytes() == b"# One\r\n\r\nTwo, three.\r\n"


def test_another_name_is_another_format(tmp_path: Path) -> None:
    written = write_document(Manuscript(Passage("Text.")), tmp_path / "b.markdown")
    assert (written.format, written.path) == ("md", tmp_path / "b.markdown")


def test_a_lost_file_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match=r"gone\.txt is not there any more\."):
        read_document(tmp_path / "gone.txt")


@pytest.mark.parametrize("suffix", [*SUFFIXES, *READABLE])
def test_a_lost_file_of_any_kind_is_a_sentence(tmp_path: Path, suffix: str) -> None:
    with pytest.raises(DocumentError, match="is not there any more"):
        read_document(tmp_path / f"gone{suffix}")


def test_a_folder_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="is a folder"):
        read_document(tmp_path)


@pytest.mark.parametrize(
    ("head", "what"), [(b"PK\x03\x04", "damaged"), (b"%PDF-1.7", "damaged"), (b"\x89PNG", "a picture")]
)
def test_what_is_no_text_by_that_name_is_named(tmp_path: Path, head: bytes, what: str) -> None:
    (tmp_path / "a.txt").write_bytes(head + b" rest")
    with pytest.raises(DocumentError, match=what):
        read_document(tmp_path / "a.txt")


@pytest.mark.parametrize("suffix", [".docx", ".odt"])
@pytest.mark.parametrize(
    ("data", "what"),
    [(b"", "empty"), (b"\0" * 40, "not a text"), (b"\xd0\xcf\x11\xe0 old", "old (?:Word|Office)")],
)
def test_a_word_processors_file_that_is_none(tmp_path: Path, suffix: str, data: bytes, what: str) -> None:
    (tmp_path / f"a{suffix}").write_bytes(data)
    with pytest.raises(DocumentError, match=what):
        read_document(tmp_path / f"a{suffix}")


def test_nothing_is_written_into_a_format_that_is_only_read(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="can be read, but not saved"):
        write_document(Manuscript(Passage("x")), tmp_path / "a.epub")
    assert list(tmp_path.iterdir()) == []


RICH = Manuscript(
    join(
        [
            Passage("One").with_style(ParagraphStyle("heading", 1)),
            Passage(
                "It burned\u2028low\ufffc.",
                (Mark(3, 9, "v"),),
                (Span(3, 9, CharFormat.BOLD), Span(13, 14, object_key="n")),
                (BODY,),
            ),
            Passage("first").with_style(ParagraphStyle("number", 1)),
            Passage("deep").with_style(ParagraphStyle("bullet", 2)),
            Passage("second").with_style(ParagraphStyle("number", 1)),
            Passage("* * *").with_style(ParagraphStyle("scene")),
        ]
    ),
    "docx",
    objects={"n": Note(Passage("A note."))},
)


def test_rich_text_as_plain_text(tmp_path: Path) -> None:
    written = write_document(RICH, tmp_path / "a.txt")
    assert written.text == ("One\n\nIt burned\nlow[1].\n\n1. first\n\n  - deep\n\n2. second\n\n* * *\n\n[1] A note.")
    assert [written.text[each.start : each.end] for each in written.content.marks] == ["burned"]


def test_rich_text_as_markdown_and_back(tmp_path: Path) -> None:
    written = write_document(RICH, tmp_path / "a.md")
    assert written.text.startswith("# One\n\nIt **burned**")
    assert [written.text[each.start : each.end] for each in written.content.marks] == ["burned"]
    back = write_document(read_document(tmp_path / "a.md"), tmp_path / "b.docx")
    assert back.text == RICH.text
    assert [back.text[each.start : each.end] for each in back.content.marks] == ["burned"]


def test_plain_text_with_blank_lines_becomes_paragraphs(tmp_path: Path) -> None:
    plain = Manuscript(Passage("One\n\ntwo\nlines\n\n***\n\nthree\n", (Mark(5, 8, "v"),)), "txt")
    written = write_document(plain, tmp_path / "a.docx")
    assert written.text == "One\ntwo\u2028lines\n***\nthree"
    assert written.content.marks == (Mark(4, 7, "v"),)
    assert written.content.styles[2] == ParagraphStyle("scene")


@pytest.mark.parametrize("name", ["a.txt", "a.md"])
def test_what_was_never_formatted_is_written_as_it_is(tmp_path: Path, name: str) -> None:
    write_document(Manuscript(Passage("One\ntwo\n"), "md" if name == "a.md" else ""), tmp_path / name)
    assert (tmp_path / name).read_text() == "One\ntwo\n"


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("a.txt", "Plain text cannot keep bold and headings."),
        ("a.md", ""),
        ("a.docx", ""),
        ("a.odt", ""),
    ],
)
def test_what_would_be_lost_is_said_before(name: str, sentence: str) -> None:
    assert loss(RICH, Path(name)) == sentence


def test_a_file_with_more_than_the_page_shows_is_said_to_lose_it_in_another_format() -> None:
    objects = {"t": EmbeddedObject("table", "a\tb", "<x/>")}
    content = Passage("\ufffc", (), (Span(0, 1, object_key="t"),), (ParagraphStyle("body", 0, "center"),))
    manuscript = Manuscript(content, "docx", objects=objects, package=b"PK")
    assert "a table" in loss(manuscript, Path("a.odt"))
    assert "headers" in loss(manuscript, Path("a.odt"))
    assert "alignment" in loss(manuscript, Path("a.md"))
    assert loss(manuscript, Path("b.docx")) == ""


def test_marks_are_carried_by_the_letters() -> None:
    old = Passage("one two three\nA b c\nlost here", (Mark(4, 7, "v"), Mark(14, 19, "w"), Mark(20, 24, "v")))
    new = "one **two** three\n\n1. *A* b c[^1]\n\nlost there\n"
    marks = carried(old, new)
    assert [(new[each.start : each.end], each.voice) for each in marks] == [("two", "v"), ("A* b c", "w")]


def test_a_document_saved_twice_is_patched_twice(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    write_document(Manuscript(Passage("one\ntwo\nthree"), "docx"), path)
    read = read_document(path)
    first = read.content.paragraphs()
    saved = write_document(replace(read, content=join([first[0], first[2]])), path)
    # The page goes on with the paragraphs that it has: their origins count in the package as it was read.
    write_document(replace(saved, content=join([first[0], Passage("new"), first[2]])), path)
    assert read_document(path).text == "one\nnew\nthree"


LINES = [
    "He came home late.",
    '"Nobody waits," she said.',
    "* He counted the stars *",
    "1986. was long ago.",
    "# 7 was on the door.",
    "- and <b>more</b> & [x](y)",
    "---",
    "The end.",
]


@pytest.mark.parametrize("way", [["md"], ["docx", "md"], ["md", "docx"], ["odt", "md", "odt"]])
def test_plain_words_stay_as_they_stood_in_a_markup(tmp_path: Path, way: list[str]) -> None:
    path = tmp_path / "a.txt"
    path.write_text("\n".join(LINES) + "\n", "utf-8")
    for number, format in enumerate(way):
        written = tmp_path / f"{number}.{format}"
        write_document(read_document(path), written)
        path = written
    write_document(read_document(path), tmp_path / "b.docx")
    words = [line for line in read_document(tmp_path / "b.docx").text.split("\n") if line.strip()]
    assert words == [line if line != "---" else words[6] for line in LINES]


@pytest.mark.parametrize(
    ("source", "format", "sentence"),
    [
        ("One.\n\n[^unused]: Words.\n", "docx", "A Word document cannot keep a note without a mark."),
        ("One[^1].\n\n[^1]: Words.\n", "docx", ""),
        ("a `b` c\n\n| a | b |\n| - | - |\n| c | d |\n", "odt", "An OpenDocument text cannot keep code and a table."),
        ("---\ntitle: T\n---\nWords.\n", "docx", "A Word document cannot keep details about the text."),
        ("---\n\nWords.\n\n---\n", "docx", ""),
    ],
)
def test_what_markdown_would_lose_is_what_its_reading_shows(source: str, format: str, sentence: str) -> None:
    assert loss(Manuscript(Passage(source), "md"), Path(f"a.{format}")) == sentence


def test_a_look_that_markdown_writes_as_a_tag_is_not_lost() -> None:
    content = Passage("small", spans=(Span(0, 5, CharFormat.SMALL_CAPS | CharFormat.UNDERLINE),), styles=(BODY,))
    assert loss(Manuscript(content, "docx"), Path("a.md")) == ""


def test_a_format_is_its_description_alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """What a new plain format says of itself is enough to open, to save and to warn: no other place names formats."""
    path = tmp_path / "a.fountain"
    plain = lookup.format_named("txt")
    described = replace(plain, name="fountain", title="A screenplay", suffixes=(".fountain",))
    described = replace(described, read=lambda data, at, _: replace(plain.read(data, at, None), format="fountain"))
    monkeypatch.setitem(lookup._BY_NAME, "fountain", described)
    monkeypatch.setitem(registry.SUFFIXES, ".fountain", "fountain")
    bold = Manuscript(Passage("Dark.", (), (Span(0, 4, CharFormat.BOLD),)), "docx")
    assert loss(bold, path) == "A screenplay cannot keep bold."
    assert "bold" in export_loss(bold, "fountain")
    write_document(bold, path)
    again = read_document(path)
    assert (again.text, again.format, form_of(again)) == ("Dark.", "fountain", "plain")
    path.write_bytes(b"*Dark.*\r\n")
    assert write_document(read_document(path), tmp_path / "a.md").text.strip() == r"\*Dark.\*"


@pytest.mark.parametrize("suffix", ["docx", "odt"])
def test_words_in_headers_alone_are_told_of(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a.{suffix}"
    write_document(Manuscript(Passage("")), path)
    assert read_document(path).notice == ""
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    styles = (
        '<o:document-styles xmlns:o="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:s="urn:oasis:names:tc:opendocument:xmlns:style:1.0"><s:header>Headed</s:header></o:document-styles>'
    )
    name, data = {
        "docx": ("word/header1.xml", f"<w:hdr {space}><w:p><w:r><w:t>Headed</w:t></w:r></w:p></w:hdr>"),
        "odt": ("styles.xml", styles),
    }[suffix]
    with zipfile.ZipFile(path) as old:
        parts = {each: old.read(each) for each in old.namelist()}
    with zipfile.ZipFile(path, "w") as new:
        for each, content in (parts | {name: data.encode()}).items():
            new.writestr(each, content)
    assert read_document(path).notice == f"There are no words in a.{suffix} but in its headers, footers or notes."
