"""Word's documents are read as they stand after all changes."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
from tests.documents.formats.docx.test_document import package

from pandemonium.documents.formats import read_document
from pandemonium.documents.model.manuscript import EmbeddedObject
from pandemonium.documents.reading.reader import read_text
from pandemonium.errors import DocumentError

SPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def body(inner: str) -> str:
    return f'<w:document xmlns:w="{SPACE}"><w:body>{inner}</w:body></w:document>'


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def test_what_word_itself_would_write(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("The Lamp", 0)
    paragraph = document.add_paragraph("The lamp burned low, and ")
    paragraph.add_run("nobody").italic = True
    paragraph.add_run(" spoke.")
    document.add_paragraph("One line").add_run().add_break()
    document.sections[0].header.paragraphs[0].text = "RUNNING HEAD"
    table = document.add_table(1, 2)
    table.cell(0, 0).text = "A letter"
    table.cell(0, 1).text = "in a table"
    document.save(str(tmp_path / "a.docx"))
    text = read_text(tmp_path / "a.docx").text
    assert text == "The Lamp\n\nThe lamp burned low, and nobody spoke.\n\nOne line\n\nA letter\n\nin a table"


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        (f"<w:p>{run('kept ')}<w:del>{run('gone ')}</w:del><w:ins>{run('new')}</w:ins></w:p>", "kept new"),
        (f"<w:p>{run('seen')}{run('unseen', '<w:vanish/>')}</w:p>", "seen"),
        ("<w:p>" + run("seen", "<w:vanish w:val='0'/>") + "</w:p>", "seen"),
        (f"<w:p><w:fldSimple w:instr=' PAGE '>{run('12')}</w:fldSimple>{run('Prose')}</w:p>", "Prose"),
        (
            "<w:p><w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>TOC \\o</w:instrText></w:r>"
            "<w:r><w:fldChar w:fldCharType='separate'/></w:r>"
            + run("Chapter 1")
            + "</w:p><w:p>"
            + run("Chapter 2")
            + "<w:r><w:fldChar w:fldCharType='end'/></w:r></w:p><w:p>"
            + run("Prose")
            + "</w:p>",
            "Prose",
        ),
        (
            "<w:p><w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>HYPERLINK</w:instrText></w:r>"
            "<w:r><w:fldChar w:fldCharType='separate'/></w:r>"
            + run("a link")
            + "<w:r><w:fldChar w:fldCharType='end'/></w:r></w:p>",
            "a link",
        ),
        (f"<w:p>{run('one')}<w:r><w:br/></w:r>{run('two')}<w:r><w:br w:type='page'/></w:r></w:p>", "one\ntwo"),
        (
            f"<w:p>{run('one')}<w:r><w:br w:type='page'/></w:r>{run('two')}<w:r><w:br w:type='column'/></w:r>"
            f"{run('three')}</w:p>",
            "one\ntwo\nthree",
        ),
        (
            f"<w:tbl><w:tr><w:tc><w:p>{run('a')}</w:p><w:p>{run('b')}</w:p></w:tc></w:tr></w:tbl>",
            "a\n\nb",
        ),
        (f"<w:p>{run('well')}<w:r><w:noBreakHyphen/></w:r>{run('known')}</w:p>", "well-known"),
        (
            "<w:p><w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>IF </w:instrText></w:r>"
            "<w:fldSimple w:instr='PAGE'/><w:r><w:fldChar w:fldCharType='separate'/></w:r>"
            + run("chosen")
            + "<w:r><w:fldChar w:fldCharType='end'/></w:r></w:p>",
            "chosen",
        ),
    ],
)
def test_changes_fields_and_breaks(zipped, inner: str, text: str) -> None:
    assert read_text(zipped("a.docx", {"word/document.xml": body(inner)})).text == text


def test_the_main_part_may_lie_elsewhere(zipped) -> None:
    entry = '<Relationship Id="r" Type="x/officeDocument" Target="/word/other.xml"/>'
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    relations = f'<Relationships xmlns="{space}">{entry}</Relationships>'
    parts = {"_rels/.rels": relations, "word/other.xml": body(f"<w:p>{run('Found')}</w:p>")}
    assert read_text(zipped("a.docx", parts)).text == "Found"


def test_a_file_without_text_is_a_sentence(zipped) -> None:
    with pytest.raises(DocumentError, match="damaged"):
        read_text(zipped("a.docx", {"word/document.xml": "<w/>"}))


def test_notes_in_tables_text_boxes_and_fields_are_left_out(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    notes = f"<w:footnotes xmlns:w='{SPACE}'><w:footnote w:id='2'><w:p>{run('Noted.')}</w:p></w:footnote></w:footnotes>"
    mark = f"{run('a word')}<w:r><w:footnoteReference w:id='2'/></w:r>{run(' more')}"
    relation = (
        "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'><Relationship Id='n' "
        "Type='http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes' Target='footnotes.xml'/>"
        "</Relationships>"
    )
    table = f"<w:tbl><w:tr><w:tc><w:p>{mark}</w:p></w:tc></w:tr></w:tbl>"
    box = (
        f"<w:p>{run('before')}<w:r><w:pict><w:txbxContent><w:p>{mark}</w:p>{table}</w:txbxContent></w:pict></w:r></w:p>"
    )
    field = f"<w:p><w:fldSimple w:instr='REF x'>{mark}</w:fldSimple></w:p>"
    path.write_bytes(
        package(
            table + box + field,
            **{"word/footnotes.xml": notes, "word/_rels/document.xml.rels": relation},
        )
    )
    said = [table.text for table in read_document(path).objects.values() if isinstance(table, EmbeddedObject)]
    assert [each.count("[Noted.]") for each in said] == [1, 2, 1]
    assert read_text(path).text.split("\n\n") == ["a word more", "before", "a word more", "a word more", "a word more"]
