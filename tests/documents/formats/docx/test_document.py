"""Word documents: patched and not rewritten, so that what is not shown stays; and hostile ones get a sentence."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace

import docx
import pytest

from pandemonium.documents.formats.docx.document import read_docx, write_docx
from pandemonium.documents.model.manuscript import EmbeddedObject, Manuscript, Note
from pandemonium.documents.model.passage import BODY, CharFormat, Mark, ParagraphStyle, Passage, Span, join
from pandemonium.errors import DocumentError

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def package(inner: str, **parts: str | bytes) -> bytes:
    """A docx file whose body is `inner`, with other parts in the place of the template's."""
    base = write_docx(Manuscript(Passage("x")))
    body = f'<w:document xmlns:w="{MAIN}" xmlns:r="{RELATED}"><w:body>{inner}</w:body></w:document>'
    return rezipped(base, {"word/document.xml": body, **parts})


def rezipped(data: bytes, parts: dict[str, str | bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, content in parts.items():
            new.writestr(name, content)
    return buffer.getvalue()


@pytest.mark.parametrize("named", [str.upper, lambda name: name.replace("/", "\\")])
def test_parts_by_other_names_are_found_and_stay(named: Callable[[str], str]) -> None:
    plain = write_docx(Manuscript(Passage("one\ntwo")))
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(plain)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            new.writestr(named(name), old.read(name))
    read = read_docx(buffer.getvalue())
    assert (read.text, write_docx(read)) == ("one\ntwo", buffer.getvalue())
    changed = write_docx(replace(read, content=join([Passage("One"), read.content.paragraphs()[1]])))
    assert read_docx(changed).text == "One\ntwo"
    with zipfile.ZipFile(io.BytesIO(changed)) as saved, zipfile.ZipFile(buffer) as was:
        assert saved.namelist() == was.namelist()


def part(data: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        return opened.read(name).decode()


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def changed(manuscript: Manuscript, index: int, passage: Passage) -> Manuscript:
    """The manuscript with another text in one of its paragraphs."""
    paragraphs = manuscript.content.paragraphs()
    paragraphs[index] = replace(passage, styles=passage.styles or paragraphs[index].styles)
    return replace(manuscript, content=join(paragraphs))


@pytest.fixture
def rich() -> bytes:
    """What python-docx makes with header, table, section, core properties."""
    document = docx.Document()
    document.core_properties.title = "The Lamp"
    document.core_properties.author = "A. Writer"
    document.add_heading("One", 1)
    paragraph = document.add_paragraph("The lamp ")
    run_ = paragraph.add_run("burned")
    run_.bold, run_.font.color.rgb = True, docx.shared.RGBColor(200, 0, 0)
    paragraph.add_run(" low.")
    table = document.add_table(1, 2)
    table.cell(0, 0).text = "left"
    table.cell(0, 1).text = "right"
    document.add_paragraph("First.", style="List Bullet")
    document.add_paragraph("Quoted.", style="Intense Quote")
    document.sections[0].header.paragraphs[0].text = "RUNNING HEAD"
    document.add_section()
    document.add_paragraph("Last.")
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def test_what_another_program_wrote_is_understood(rich: bytes) -> None:
    read = read_docx(rich)
    assert read.text == "One\nThe lamp burned low.\n\ufffc\nFirst.\nQuoted.\n\nLast."
    kinds = [(style.kind, style.level) for style in read.content.styles if style]
    assert kinds[:2] == [("heading", 1), ("body", 0)]
    assert kinds[3:5] == [("bullet", 1), ("quote", 0)]
    assert (read.title, read.author) == ("The Lamp", "A. Writer")
    assert next(each for each in read.objects.values() if isinstance(each, EmbeddedObject)).text == "left\tright"
    assert Span(13, 19, CharFormat.BOLD) in read.content.spans


def test_saving_without_a_change_gives_the_same_bytes(rich: bytes) -> None:
    assert write_docx(read_docx(rich)) == rich


def test_every_other_part_stays_byte_for_byte(rich: bytes) -> None:
    read = read_docx(rich)
    data = write_docx(changed(read, 0, Passage("Two")))
    with zipfile.ZipFile(io.BytesIO(rich)) as before, zipfile.ZipFile(io.BytesIO(data)) as after:
        assert after.namelist() == before.namelist()
        assert [name for name in before.namelist() if before.read(name) != after.read(name)] == ["word/document.xml"]
    again = docx.Document(io.BytesIO(data))
    assert again.paragraphs[0].text == "Two"
    assert again.tables[0].cell(0, 1).text == "right"
    assert len(again.sections) == 2
    assert again.sections[0].header.paragraphs[0].text == "RUNNING HEAD"


def test_what_stays_of_a_changed_paragraph_keeps_its_colour(rich: bytes) -> None:
    read = read_docx(rich)
    line = Passage("The old lamp burned quite low.", (), (Span(13, 19, CharFormat.BOLD),))
    again = docx.Document(io.BytesIO(write_docx(changed(read, 1, line))))
    coloured = [each.text for each in again.paragraphs[1].runs if each.font.color.rgb is not None]
    assert again.paragraphs[1].text == line.text
    assert coloured == ["burned"]


def test_a_deleted_paragraph_does_not_take_its_section_along(rich: bytes) -> None:
    read = read_docx(rich)
    content = join([each for index, each in enumerate(read.content.paragraphs()) if index != 5])
    again = docx.Document(io.BytesIO(write_docx(replace(read, content=content))))
    assert len(again.sections) == 2
    assert again.paragraphs[-1].text == "Last."


CHANGES = (
    "<w:p>"
    + run("kept ")
    + '<w:del w:id="1" w:author="E"><w:r><w:delText>gone</w:delText></w:r></w:del>'
    + '<w:ins w:id="2" w:author="E">'
    + run("put in")
    + "</w:ins>"
    + run(" end")
    + "</w:p>"
    '<w:p><w:bookmarkStart w:id="3" w:name="here"/><w:commentRangeStart w:id="4"/>'
    + run("said")
    + '<w:commentRangeEnd w:id="4"/><w:r><w:commentReference w:id="4"/></w:r><w:bookmarkEnd w:id="3"/></w:p>'
)


def test_changes_and_comments_are_told_of_and_survive_an_edit() -> None:
    read = read_docx(package(CHANGES))
    assert read.text == "kept put in end\nsaid"
    assert read.notice.startswith("This file has comments and tracked changes")
    edited = changed(changed(read, 0, Passage("Now kept put in the end")), 1, Passage("was said here"))
    xml = part(write_docx(edited), "word/document.xml")
    for kept in ("<w:delText>gone</w:delText>", '<w:ins w:id="2"', 'w:name="here"', "commentRangeStart", "commentRef"):
        assert xml.count(kept) == 1, kept
    assert read_docx(write_docx(edited)).text == "Now kept put in the end\nwas said here"


def test_half_of_a_bookmark_goes_with_the_other_half() -> None:
    body = '<w:p><w:bookmarkStart w:id="3" w:name="a"/>' + run("one") + "</w:p><w:p>" + run("two")
    read = read_docx(package(body + '<w:bookmarkEnd w:id="3"/></w:p>'))
    xml = part(write_docx(replace(read, content=read.content.paragraphs()[1])), "word/document.xml")
    assert "bookmark" not in xml


FIELD = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>{0}</w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r>{1}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
)


@pytest.mark.parametrize(
    ("inner", "label", "text"),
    [
        (f"<w:p>{run('a')}{FIELD.format(' PAGE ', run('12'))}{run('b')}</w:p>", "field", "a\ufffcb"),
        (f"<w:p>{run('a')}<w:fldSimple w:instr='DATE'>{run('1928')}</w:fldSimple></w:p>", "field", "a\ufffc"),
        (f"<w:p>{run('a')}<w:r><w:drawing><x xmlns=''/></w:drawing></w:r></w:p>", "picture", "a\ufffc"),
        ("<w:p><w:r><w:sym w:font='Wingdings' w:char='F04A'/></w:r></w:p>", "sign", "\ufffc"),
        (
            "<w:p>" + FIELD.format("TOC", run("One") + "</w:p><w:p>" + run("Two")) + f"</w:p><w:p>{run('Prose')}</w:p>",
            "contents page",
            "\ufffc\nProse",
        ),
        (
            "<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val='Table of Contents'/></w:docPartObj></w:sdtPr>"
            f"<w:sdtContent><w:p>{run('One')}</w:p></w:sdtContent></w:sdt><w:p>{run('Prose')}</w:p>",
            "contents page",
            "\ufffc\nProse",
        ),
    ],
)
def test_what_is_no_text_is_one_thing_and_stays(inner: str, label: str, text: str) -> None:
    data = package(inner)
    read = read_docx(data)
    assert read.text == text
    assert [each.label for each in read.objects.values() if isinstance(each, EmbeddedObject)] == [label]
    last = len(read.content.paragraphs()) - 1
    line = read.content.paragraphs()[last]
    again = read_docx(write_docx(changed(read, last, Passage("New ") + replace(line, styles=()))))
    assert again.text == text[: len(read.text) - len(line)] + "New " + line.text
    assert list(again.objects.values()) == list(read.objects.values())


@pytest.mark.parametrize(
    ("inner", "link"),
    [
        (f"<w:p>{FIELD.format(' HYPERLINK &quot;http://a.b&quot; ', run('a link'))}</w:p>", "http://a.b"),
        (f"<w:p><w:hyperlink w:anchor='two'>{run('a link')}</w:hyperlink></w:p>", "#two"),
    ],
)
def test_links(inner: str, link: str) -> None:
    assert read_docx(package(inner)).content.spans == (Span(0, 6, CharFormat.PLAIN, link),)


@pytest.mark.parametrize(
    ("inner", "breaks"),
    [
        (f"<w:p>{run('a')}</w:p><w:p><w:r><w:br w:type='page'/></w:r>{run('b')}</w:p>", [False, True]),
        (f"<w:p>{run('a')}<w:r><w:br w:type='page'/></w:r></w:p><w:p>{run('b')}</w:p>", [False, True]),
        (f"<w:p>{run('a')}</w:p><w:p><w:pPr><w:pageBreakBefore/></w:pPr>{run('b')}</w:p>", [False, True]),
    ],
)
def test_page_breaks(inner: str, breaks: list[bool]) -> None:
    read = read_docx(package(inner))
    assert read.text == "a\nb"
    assert [style.page_break for style in read.content.styles if style] == breaks
    edited = changed(read, 1, Passage("c"))
    again = read_docx(write_docx(edited))
    assert [style.page_break for style in again.content.styles if style] == breaks


def test_a_row_of_stars_is_a_scene_break() -> None:
    style = read_docx(package(f"<w:p>{run('* * *')}</w:p>")).content.styles[0]
    assert style is not None
    assert style.kind == "scene"


def test_notes_are_changed_added_and_taken_out() -> None:
    objects = {"a": Note(Passage("First note.")), "b": Note(Passage("Second."), at_end=True)}
    spans = (Span(3, 4, object_key="a"), Span(7, 8, object_key="b"))
    read = read_docx(write_docx(Manuscript(Passage("one\ufffctwo\ufffc", (), spans), objects=objects)))
    keys = [span.object_key for span in read.content.spans]
    now = dict(read.objects) | {
        keys[0]: replace(read.objects[keys[0]], content=Passage("Changed.")),
        "new": Note(Passage("N")),
    }
    line = Passage("one\ufffctwo\ufffc", (), (Span(3, 4, object_key=keys[0]), Span(7, 8, object_key="new")))
    data = write_docx(changed(replace(read, objects=now), 0, line))
    notes = [each.content.text for each in read_docx(data).objects.values() if isinstance(each, Note)]
    assert notes == ["Changed.", "N"]
    assert "Second." not in part(data, "word/endnotes.xml")


def test_a_copied_note_is_a_note_of_its_own() -> None:
    objects = {"a": Note(Passage("Note."))}
    read = read_docx(write_docx(Manuscript(Passage("x\ufffc", (), (Span(1, 2, object_key="a"),)), objects=objects)))
    once = read.content.paragraphs()[0]
    again = read_docx(write_docx(replace(read, content=join([once, once]))))
    notes = [each for each in again.objects.values() if isinstance(each, Note)]
    assert [each.content.text for each in notes] == ["Note.", "Note."]
    assert notes[0].origin != notes[1].origin


def test_a_foreign_thing_of_another_file_becomes_its_text() -> None:
    source = f'<w:p xmlns:w="{MAIN}"><w:r><w:drawing xmlns:r="{RELATED}" r:embed="rId9"/></w:r></w:p>'
    objects = {
        "p": EmbeddedObject("picture", "a lamp", source),
        "q": EmbeddedObject("table", "", '<t:table xmlns:t="urn:t"/>'),
    }
    content = Passage("\ufffc \ufffc", (), (Span(0, 1, object_key="p"), Span(2, 3, object_key="q")))
    data = write_docx(Manuscript(content, objects=objects))
    assert read_docx(data).text == "a lamp [table]"
    assert "rId9" not in part(data, "word/document.xml")


def test_marks_are_kept_in_the_file_and_taken_out_again() -> None:
    marked = Passage("mine theirs", (Mark(5, 11, "lovecraft"),))
    read = read_docx(write_docx(Manuscript(marked)))
    assert read.content.marks == marked.marks
    docx.Document(io.BytesIO(write_docx(read)))
    cleared = write_docx(replace(read, content=replace(read.content, marks=())))
    assert not any(name.startswith("customXml/") for name in zipfile.ZipFile(io.BytesIO(cleared)).namelist())
    assert "customXml" not in part(cleared, "word/_rels/document.xml.rels")


def test_control_characters_cannot_break_the_file() -> None:
    assert read_docx(write_docx(Manuscript(Passage("a\x00b\x0bc\ud800d\uffffe")))).text == "ab cde"


def test_a_new_style_takes_the_place_of_the_old() -> None:
    read = read_docx(write_docx(Manuscript(Passage("one").with_style(ParagraphStyle("heading", 2)))))
    style = ParagraphStyle("number", 2, "right", True, 0)
    again = read_docx(write_docx(replace(read, content=read.content.with_style(style))))
    assert again.content.styles == (style,)
    plain = read_docx(write_docx(replace(again, content=again.content.with_style(replace(BODY, origin=0)))))
    assert plain.content.styles == (replace(BODY, origin=0),)


BOMB = (
    f'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><w:document xmlns:w="{MAIN}">'
    "<w:body>&b;</w:body></w:document>"
)


@pytest.mark.parametrize(
    "data",
    [
        b"PK\x03\x04 and no more",
        package("").replace(b"PK\x01\x02", b"PK\x09\x09"),
        package("")[:400],
        rezipped(package(""), {"word/document.xml": "no markup"}),
        rezipped(package(""), {"word/document.xml": "<a/>"}),
        rezipped(package(""), {"word/document.xml": BOMB}),
        rezipped(package(""), {"word/styles.xml": '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x/>'}),
    ],
    ids=["head", "directory", "truncated", "text", "other", "entities", "external"],
)
def test_a_hostile_file_is_a_sentence(data: bytes) -> None:
    with pytest.raises(DocumentError, match=r"^This file .*\.$") as caught:
        read_docx(data)
    assert str(caught.value).count("\n") == 0


def test_a_document_type_that_declares_nothing_is_no_harm() -> None:
    styles = f'<!DOCTYPE s SYSTEM "file:///etc/passwd"><w:styles xmlns:w="{MAIN}"/>'
    assert read_docx(package(f"<w:p>{run('x')}</w:p>", **{"word/styles.xml": styles})).text == "x"


def test_a_bomb_does_not_go_off(monkeypatch: pytest.MonkeyPatch) -> None:
    data = rezipped(package(""), {"word/media/1.png": b"\0" * 300_000})
    monkeypatch.setattr("pandemonium.documents.packages.package.PART_LIMIT", 200_000)
    with pytest.raises(DocumentError, match="far more"):
        read_docx(data)


def test_deep_nesting_ends() -> None:
    deep = "<w:sdt><w:sdtContent>" * 5000 + run("x") + "</w:sdtContent></w:sdt>" * 5000
    try:
        read = read_docx(package(f"<w:p>{deep}</w:p>"))
    except DocumentError:
        return
    assert read.package is None


def test_a_file_that_had_to_be_mended_is_not_written_over() -> None:
    xml = f'<w:document xmlns:w="{MAIN}"><w:body><w:p>{run("Still here.")}</w:p><w:p><w:r><w:t>and'
    read = read_docx(rezipped(package(""), {"word/document.xml": xml}))
    assert read.text.startswith("Still here.")
    assert (read.path, read.package) == (None, None)
    assert "damaged" in read.notice


def test_progress_is_told() -> None:
    heard: list[float] = []
    read_docx(package(f"<w:p>{run('x')}</w:p>" * 1200), None, heard.append)
    assert heard == sorted(heard)
    assert len(heard) >= 3
    assert 0 <= heard[0] <= heard[-1] <= 1


def test_a_damaged_part_that_nobody_shows_is_known_at_once() -> None:
    data = write_docx(Manuscript(Passage("Words."), "docx"))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        info = archive.getinfo(
            "word/settings.xml" if "word/settings.xml" in archive.namelist() else "docProps/core.xml"
        )
    place = info.header_offset + 30 + len(info.filename) + info.compress_size // 2
    damaged = data[:place] + bytes([data[place] ^ 0xFF]) + data[place + 1 :]
    manuscript = read_docx(damaged)
    assert (manuscript.text, manuscript.package) == ("Words.", None)
    assert "damaged" in manuscript.notice
