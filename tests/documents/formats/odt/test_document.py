"""OpenDocument texts: patched and not rewritten, so that what is not shown stays; and hostile ones get a sentence."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import pytest

from pandemonium.documents.formats.odt.document import read_odt, write_odt
from pandemonium.documents.formats.odt.names import SPACES
from pandemonium.documents.model.manuscript import EmbeddedObject, Manuscript, Note
from pandemonium.documents.model.passage import BODY, CharFormat, Mark, ParagraphStyle, Passage, Span, join
from pandemonium.errors import DocumentError

ALL = " ".join(f'xmlns:{prefix}="{space}"' for prefix, space in SPACES.items())
AUTOMATIC = (
    '<style:style style:name="B" style:family="text"><style:text-properties fo:font-weight="bold" fo:color="#ff0000"/>'
    '</style:style><style:style style:name="PB" style:family="paragraph" style:parent-style-name="Text_20_body">'
    '<style:paragraph-properties fo:break-before="page" fo:text-align="center" fo:margin-left="2cm"/>'
    '<style:text-properties fo:font-style="italic"/></style:style>'
    '<text:list-style style:name="L"><text:list-level-style-bullet text:level="1" text:bullet-char="-"/>'
    '<text:list-level-style-number text:level="2" style:num-format="1"/></text:list-style>'
)


def package(inner: str, **parts: str | bytes) -> bytes:
    """An odt file whose text is `inner`."""
    content = (
        f"<office:document-content {ALL}><office:automatic-styles>{AUTOMATIC}</office:automatic-styles>"
        f"<office:body><office:text>{inner}</office:text></office:body></office:document-content>"
    )
    return rezipped(write_odt(Manuscript(Passage("x"))), {"content.xml": content, **parts})


def rezipped(data: bytes, parts: dict[str, str | bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, content in parts.items():
            new.writestr(name, content)
    return buffer.getvalue()


def part(data: bytes, name: str = "content.xml") -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        return opened.read(name).decode()


def changed(manuscript: Manuscript, index: int, passage: Passage) -> Manuscript:
    """The manuscript with another text in one of its paragraphs."""
    paragraphs = manuscript.content.paragraphs()
    paragraphs[index] = replace(passage, styles=passage.styles or paragraphs[index].styles)
    return replace(manuscript, content=join(paragraphs))


RICH = (
    '<text:h text:outline-level="2">Two</text:h><text:section text:name="S"><text:p text:style-name="Text_20_body">The '
    'lamp <text:span text:style-name="B">burned</text:span><text:s text:c="2"/>low.</text:p></text:section>'
    '<text:list text:style-name="L"><text:list-item><text:p>one</text:p><text:list><text:list-item>'
    "<text:p>deep</text:p>"
    "</text:list-item></text:list></text:list-item><text:list-item><text:p>two</text:p><text:p>more of two</text:p>"
    '</text:list-item></text:list><text:p text:style-name="PB">slanted</text:p><table:table><table:table-row>'
    "<table:table-cell><text:p>left</text:p></table:table-cell><table:table-cell><text:p>right</text:p>"
    "</table:table-cell></table:table-row></table:table><text:p/>"
)


def test_what_another_program_wrote_is_understood() -> None:
    read = read_odt(package(RICH))
    assert read.text == "Two\nThe lamp burned  low.\none\ndeep\ntwo\nmore of two\nslanted\n\ufffc\n"
    styles = [replace(style, origin=-1) for style in read.content.styles if style]
    assert styles[0] == ParagraphStyle("heading", 2)
    assert [(style.kind, style.level) for style in styles[2:6]] == [
        ("bullet", 1),
        ("number", 2),
        ("bullet", 1),
        ("body", 0),
    ]
    assert styles[6] == ParagraphStyle("body", 0, "center", True)
    assert read.content.spans[:2] == (Span(13, 19, CharFormat.BOLD), Span(51, 58, CharFormat.ITALIC))
    assert next(each for each in read.objects.values() if isinstance(each, EmbeddedObject)).text == "left\tright"


def test_saving_without_a_change_gives_the_same_bytes() -> None:
    data = package(RICH)
    assert write_odt(read_odt(data)) == data


def test_every_other_part_stays_byte_for_byte() -> None:
    data = package(RICH, **{"Thumbnails/thumbnail.png": b"\x89PNG", "settings.xml": "<settings/>"})
    saved = write_odt(changed(read_odt(data), 0, Passage("Three")))
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(io.BytesIO(saved)) as after:
        assert after.namelist() == before.namelist()
        assert [name for name in before.namelist() if before.read(name) != after.read(name)] == ["content.xml"]
    xml = part(saved)
    for kept in ('<text:section text:name="S">', "<table:table-cell><text:p>left</text:p>", 'fo:color="#ff0000"'):
        assert xml.count(kept) == 1, kept
    assert part(data).count("<text:list") == xml.count("<text:list")


def test_the_mimetype_comes_first_and_bare() -> None:
    with zipfile.ZipFile(io.BytesIO(write_odt(Manuscript(Passage("x"))))) as opened:
        first = opened.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)


def test_what_stays_of_a_changed_paragraph_keeps_its_colour() -> None:
    line = Passage("The lamp burned quite low.", (), (Span(9, 15, CharFormat.BOLD),))
    xml = part(write_odt(changed(read_odt(package(RICH)), 1, line)))
    assert '<text:span text:style-name="B">burned</text:span> quite low.' in xml


def test_an_entry_is_put_into_a_list() -> None:
    read = read_odt(package(RICH))
    paragraphs = read.content.paragraphs()
    paragraphs.insert(3, Passage("new").with_style(ParagraphStyle("bullet", 1)))
    again = read_odt(write_odt(replace(read, content=join(paragraphs))))
    assert again.text == "Two\nThe lamp burned  low.\none\nnew\ndeep\ntwo\nmore of two\nslanted\n\ufffc\n"
    kinds = [(style.kind, style.level) for style in again.content.styles[2:7] if style]
    assert kinds == [("bullet", 1), ("bullet", 1), ("number", 2), ("bullet", 1), ("body", 0)]


def test_comments_and_changes_are_told_of_and_survive_an_edit() -> None:
    inner = (
        '<text:tracked-changes><text:changed-region text:id="c"/></text:tracked-changes><text:p>one '
        '<office:annotation office:name="n"><text:p>why?</text:p></office:annotation>two<office:annotation-end '
        'office:name="n"/> <text:change-start text:change-id="c"/>three<text:change-end text:change-id="c"/></text:p>'
    )
    read = read_odt(package(inner))
    assert read.text == "one two three"
    assert read.notice.startswith("This file has comments and tracked changes")
    xml = part(write_odt(changed(read, 0, Passage("one or two or three"))))
    for kept in ("<text:changed-region", "why?", "annotation-end", "change-start", "change-end"):
        assert xml.count(kept) == 1, kept


@pytest.mark.parametrize(
    ("inner", "label", "text"),
    [
        ("<text:p>a<text:page-number>12</text:page-number>b</text:p>", "field", "a\ufffcb"),
        ("<text:p>a<draw:frame><draw:image/></draw:frame></text:p>", "picture", "a\ufffc"),
        (
            "<text:p>a<draw:frame><draw:text-box><text:p>x</text:p></draw:text-box></draw:frame></text:p>",
            "text box",
            "a\ufffc",
        ),
        (
            "<text:table-of-content><text:index-body><text:p>One</text:p></text:index-body></text:table-of-content>"
            "<text:p>Prose</text:p>",
            "contents page",
            "\ufffc\nProse",
        ),
    ],
)
def test_what_is_no_text_is_one_thing_and_stays(inner: str, label: str, text: str) -> None:
    read = read_odt(package(inner))
    assert read.text == text
    assert [each.label for each in read.objects.values() if isinstance(each, EmbeddedObject)] == [label]
    last = len(read.content.paragraphs()) - 1
    line = read.content.paragraphs()[last]
    again = read_odt(write_odt(changed(read, last, Passage("New ") + replace(line, styles=()))))
    assert again.text == text[: len(text) - len(line)] + "New " + line.text
    assert list(again.objects.values()) == list(read.objects.values())


def test_notes_are_changed_added_and_taken_out() -> None:
    objects = {"a": Note(Passage("First note.")), "b": Note(Passage("Second."), at_end=True)}
    spans = (Span(3, 4, object_key="a"), Span(7, 8, object_key="b"))
    read = read_odt(write_odt(Manuscript(Passage("one\ufffctwo\ufffc", (), spans), objects=objects)))
    first = read.content.spans[0].object_key
    now = {first: replace(read.objects[first], content=Passage("Changed.")), "new": Note(Passage("N"))}
    line = Passage("one\ufffctwo\ufffc", (), (Span(3, 4, object_key=first), Span(7, 8, object_key="new")))
    data = write_odt(changed(replace(read, objects=now), 0, line))
    notes = [each.content.text for each in read_odt(data).objects.values() if isinstance(each, Note)]
    assert notes == ["Changed.", "N"]
    assert "Second." not in part(data)


def test_a_note_alone_is_changed_where_the_text_is_not() -> None:
    objects = {"a": Note(Passage("Note."))}
    read = read_odt(write_odt(Manuscript(Passage("x\ufffc", (), (Span(1, 2, object_key="a"),)), objects=objects)))
    key = read.content.spans[0].object_key
    changed_note = replace(read, objects={key: replace(read.objects[key], content=Passage("Other."))})
    again = read_odt(write_odt(changed_note))
    assert [each.content.text for each in again.objects.values() if isinstance(each, Note)] == ["Other."]


def test_marks_are_kept_in_the_file_and_taken_out_again() -> None:
    marked = Passage("mine theirs", (Mark(5, 11, "lovecraft"),))
    data = write_odt(Manuscript(marked))
    read = read_odt(data)
    assert read.content.marks == marked.marks
    assert part(data, "META-INF/manifest.xml").count("Pandemonium/authors.json") == 1
    cleared = write_odt(replace(read, content=replace(read.content, marks=())))
    assert "Pandemonium/authors.json" not in zipfile.ZipFile(io.BytesIO(cleared)).namelist()
    assert "authors.json" not in part(cleared, "META-INF/manifest.xml")


def test_a_new_style_takes_the_place_of_the_old() -> None:
    read = read_odt(write_odt(Manuscript(Passage("one").with_style(ParagraphStyle("heading", 2)))))
    style = ParagraphStyle("number", 2, "right", True, 0)
    again = read_odt(write_odt(replace(read, content=read.content.with_style(style))))
    assert again.content.styles == (style,)
    plain = read_odt(write_odt(replace(again, content=again.content.with_style(replace(BODY, origin=0)))))
    assert plain.content.styles == (replace(BODY, origin=0),)


def test_a_locked_file_is_a_sentence() -> None:
    locked = (
        f'<manifest:manifest xmlns:manifest="{SPACES["manifest"]}"><manifest:file-entry '
        'manifest:full-path="content.xml"><manifest:encryption-data/></manifest:file-entry></manifest:manifest>'
    )
    with pytest.raises(DocumentError, match="password"):
        read_odt(package("<text:p/>", **{"META-INF/manifest.xml": locked, "content.xml": b"\x00\x01"}))


@pytest.mark.parametrize(
    "data",
    [
        b"PK\x03\x04 and no more",
        package("")[:400],
        rezipped(package(""), {"content.xml": "no markup"}),
        rezipped(package(""), {"content.xml": f"<office:document-content {ALL}/>"}),
        rezipped(package(""), {"content.xml": '<!DOCTYPE x [<!ENTITY b SYSTEM "file:///etc/passwd">]><x>&b;</x>'}),
    ],
    ids=["head", "truncated", "text", "no text", "external"],
)
def test_a_hostile_file_is_a_sentence(data: bytes) -> None:
    with pytest.raises(DocumentError, match=r"^This file .*[.?]$"):
        read_odt(data)
