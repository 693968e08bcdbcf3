"""What an OpenDocument text is made of beside paragraphs is understood, keeps its words, and outlives an edit."""

from __future__ import annotations

from dataclasses import replace

import pytest
from lxml import etree
from tests.documents.formats.odt.test_document import SPACES, changed, package, part

from pandemonium.documents.exporting import export_bytes
from pandemonium.documents.formats.odt.document import read_odt, write_odt
from pandemonium.documents.model.composing import styled
from pandemonium.documents.model.manuscript import EmbeddedObject, Manuscript
from pandemonium.documents.model.numbering import PageNumbers
from pandemonium.documents.model.passage import ParagraphStyle, Passage, join

STYLES = (
    '<text:list-style style:name="N"><text:list-level-style-number text:level="1" style:num-format="1"/>'
    '<text:list-level-style-number text:level="2" style:num-format="1"/></text:list-style>'
    '<text:list-style style:name="F"><text:list-level-style-number text:level="1" style:num-format="1" '
    'text:start-value="5"/></text:list-style>'
    '<style:style style:name="H" style:family="paragraph"><style:text-properties text:display="none"/></style:style>'
    '<style:style style:name="HT" style:family="text"><style:text-properties text:display="none"/></style:style>'
)


def document(inner: str) -> bytes:
    data = package(inner)
    xml = part(data).replace("</office:automatic-styles>", STYLES + "</office:automatic-styles>")
    return package("", **{"content.xml": xml})


def said(data: bytes) -> str:
    """The document's words, as a plain text has them."""
    return export_bytes(read_odt(data), "txt").decode().strip()


def appended(data: bytes, index: int) -> tuple[Manuscript, bytes]:
    """A document with some characters more at the end of one of its paragraphs, and the file that it is saved as."""
    read = read_odt(data)
    now = changed(read, index, read.content.paragraphs()[index] + Passage("Q"))
    return now, write_odt(now)


def blocks(data: bytes) -> list[bytes]:
    body = etree.fromstring(part(data).encode()).find(f"{{{SPACES['office']}}}body")[0]
    return [etree.tostring(each, method="c14n") for each in body]


def text(inner: str) -> str:
    return f"<text:p>{inner}</text:p>"


def entries(*items: str, style: str = "N", more: str = "") -> str:
    inner = "".join(f"<text:list-item>{item}</text:list-item>" for item in items)
    return f'<text:list text:style-name="{style}" {more}>{inner}</text:list>'


def table(*rows: list[str]) -> str:
    cells = ("".join(f"<table:table-cell>{cell}</table:table-cell>" for cell in row) for row in rows)
    return "<table:table>" + "".join(f"<table:table-row>{row}</table:table-row>" for row in cells) + "</table:table>"


NOTE = (
    '<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body>'
    "<text:p>note words</text:p></text:note-body></text:note>"
)
BOX = "<draw:frame><draw:text-box><text:p>Boxed</text:p></draw:text-box></draw:frame>"
WORDS = [
    (text('See <text:bookmark-ref text:ref-name="b">Four</text:bookmark-ref> and on'), "See Four and on"),
    (text("See <text:reference-ref>Five</text:reference-ref>, <text:note-ref>3</text:note-ref>"), "See Five, 3"),
    (text("On <text:date>1 May</text:date>"), "On 1 May"),
    (
        text("Read <text:ruby><text:ruby-base>kanji</text:ruby-base><text:ruby-text>kana</text:ruby-text></text:ruby>"),
        "Read kanji (kana)",
    ),
    (text(f"He left.{BOX}{BOX}She stayed."), "He left.\nBoxed\nBoxed\nShe stayed."),
    (text("one <text:tab/>two<text:line-break/>three"), "one \ttwo\nthree"),
    (table([text("a") + text("b"), text("x<text:line-break/>y<text:tab/>z")]), "a\nb\tx\ny z"),
    (table([entries(text("i"), text("j")), text(f"cell{NOTE}")]), "i\nj\tcell [note words]"),
    (table([text("a") + table([text("b"), text("c")]) + text("d")]), "a\nb c\nd"),
    (table([text('seen<text:span text:style-name="HT">unseen</text:span>'), text("")]), "seen\t"),
    (
        f"<table:table><table:table-header-rows><table:table-row><table:table-cell>{text('h')}</table:table-cell>"
        "</table:table-row></table:table-header-rows></table:table>",
        "h",
    ),
]


@pytest.mark.parametrize(("inner", "words"), WORDS)
def test_the_words_of_foreign_things_are_kept_and_apart(inner: str, words: str) -> None:
    data = document(f"{text('Before.')}{inner}{text('After.')}")
    assert said(data) == f"Before.\n\n{words}\n\nAfter."
    assert write_odt(read_odt(data)) == data
    now, saved = appended(data, 0)
    assert [index for index, each in enumerate(blocks(saved)) if each != blocks(data)[index]] == [0]
    if now.text.split("\n")[1] == "\ufffc" or not any(
        isinstance(each, EmbeddedObject) for each in now.objects.values()
    ):
        return
    now, saved = appended(data, 1)  # the paragraph with the thing itself
    assert said(saved) == said(data).replace(words, words + "Q")
    assert list(read_odt(saved).objects.values()) == list(now.objects.values())


LISTS = {
    "two paragraphs": entries(text("one") + text("one more"), text("two")),
    "header": '<text:list text:style-name="N"><text:list-header><text:p>headed</text:p></text:list-header>'
    "<text:list-item><text:p>two</text:p></text:list-item></text:list>",
    "start and continue": entries(text("five"), style="F", more='xml:id="a"')
    + text("Between.")
    + entries(text("six"), style="F", more='text:continue-list="a"'),
    "numbering goes on": entries(text("one"))
    + text("Between.")
    + entries(text("two"), more='text:continue-numbering="true"'),
    "start value": '<text:list text:style-name="N"><text:list-item text:start-value="1986"><text:p>was a year</text:p>'
    "</text:list-item><text:list-item><text:p>too</text:p></text:list-item></text:list>",
    "nested": entries(text("a") + entries(text("b"), text("c")) + text("goes on"), text("d")),
    "nested only": entries(entries(text("b")), text("d")),
    "heading": entries('<text:h text:outline-level="1">One</text:h>', text("a")),
    "empty entry": '<text:list text:style-name="N"><text:list-item><text:p>a</text:p></text:list-item><text:list-item/>'
    "<text:list-item><text:p>b</text:p></text:list-item></text:list>",
    "bookmark": entries('<text:bookmark text:name="x"/>' + text("a"), text("b")),
    "table": entries(text("a") + table([text("cell")]), text("b")),
}


@pytest.mark.parametrize("inner", LISTS.values(), ids=LISTS)
def test_a_list_stays_as_it_was_around_an_entry_that_changed(inner: str) -> None:
    data = document(text("Before.") + inner + text("After."))
    read = read_odt(data)
    assert write_odt(read) == data
    for index, paragraph in enumerate(read.content.paragraphs()):
        if paragraph.text == "\ufffc":
            continue
        now, saved = appended(data, index)
        assert b"".join(blocks(saved)) == b"".join(blocks(data)).replace(
            paragraph.text.encode() + b"<", paragraph.text.encode() + b"Q<", 1
        )
        assert read_odt(saved).content.styles == now.content.styles


def kinds(data: bytes) -> list[tuple[str, str, int, int | None]]:
    return [(line.text, style.kind, style.level, style.start) for line, style in styled(read_odt(data).content)]


def test_numbers_that_do_not_simply_go_on_are_known() -> None:
    assert kinds(document(LISTS["start and continue"])) == [
        ("five", "number", 1, 5),
        ("Between.", "body", 0, None),
        ("six", "number", 1, 6),
    ]
    assert kinds(document(LISTS["two paragraphs"]))[2] == ("two", "number", 1, 2)


def numbered(content: Passage) -> list[tuple[str, ParagraphStyle]]:
    """Each paragraph's text and style, with the number that it bears as the start."""
    numbers = PageNumbers()
    return [(line.text, replace(style, origin=0, start=numbers.take(style))) for line, style in styled(content)]


@pytest.mark.parametrize("name", ["two paragraphs", "nested", "start value", "header", "heading"])
@pytest.mark.parametrize("gone", range(4))
def test_a_paragraph_that_goes_changes_no_other(name: str, gone: int) -> None:
    read = read_odt(document(text("Before.") + LISTS[name] + text("After.")))
    rest = [each for index, each in enumerate(read.content.paragraphs()) if index != gone]
    now = replace(read, content=join(rest))
    again = read_odt(write_odt(now))
    assert numbered(again.content) == numbered(now.content)


@pytest.mark.parametrize("style", [ParagraphStyle("number", 1), ParagraphStyle("bullet", 2), ParagraphStyle()])
@pytest.mark.parametrize("name", ["two paragraphs", "nested", "start value", "header", "start and continue"])
@pytest.mark.parametrize("at", range(5))
def test_a_paragraph_that_comes_changes_no_other(name: str, style: ParagraphStyle, at: int) -> None:
    read = read_odt(document(text("Before.") + LISTS[name] + text("After.")))
    paragraphs = read.content.paragraphs()
    paragraphs.insert(at, Passage("New.").with_style(style))
    now = replace(read, content=join(paragraphs))
    again = read_odt(write_odt(now))
    assert numbered(again.content) == numbered(now.content)


HIDDEN = [
    (
        '<text:p>seen<text:hidden-text text:string-value="h" text:is-hidden="true">hid</text:hidden-text></text:p>',
        "seen",
    ),
    ('<text:p>seen<text:span text:style-name="HT">hid</text:span></text:p>', "seen"),
    ('<text:p>seen</text:p><text:p text:style-name="H">hid</text:p>', "seen"),
    ('<text:p>seen</text:p><text:p><text:hidden-paragraph text:is-hidden="true"/>hid</text:p>', "seen"),
    ('<text:p>seen</text:p><text:section text:display="none"><text:p>hid</text:p></text:section>', "seen"),
]


@pytest.mark.parametrize(("inner", "shown"), HIDDEN)
def test_hidden_text_is_not_shown_but_said_and_stays(inner: str, shown: str) -> None:
    data = document(inner + text("Last."))
    read = read_odt(data)
    assert read.text == shown + "\nLast."
    assert "hidden text" in read.notice
    for index in range(2):
        assert part(appended(data, index)[1]).count(">hid<") == 1


def test_what_is_hidden_on_a_condition_that_does_not_hold_is_shown() -> None:
    inner = '<text:p>a <text:hidden-text text:is-hidden="false">b</text:hidden-text></text:p>'
    assert said(document(inner)) == "a b"


def test_a_manifest_that_declares_its_document_type_is_read() -> None:
    data = document(text("An old document."))
    old = part(data, "META-INF/manifest.xml").partition("?>")[2]
    declared = f'<!DOCTYPE manifest:manifest PUBLIC "-//OpenOffice.org//DTD Manifest 1.0//EN" "Manifest.dtd">{old}'
    data = package("", **{"content.xml": part(data), "META-INF/manifest.xml": declared})
    assert read_odt(data).text == "An old document."
    assert write_odt(read_odt(data)) == data


def test_a_body_without_a_paragraph_stays_without() -> None:
    data = document("")
    assert write_odt(read_odt(data)) == data


def test_an_edit_asks_for_no_style_that_it_does_not_use() -> None:
    data = package(
        text("x"),
        **{"styles.xml": "<office:document-styles xmlns:office='urn:oasis:names:tc:opendocument:xmlns:office:1.0'/>"},
    )
    assert part(appended(data, 0)[1], "styles.xml") == part(data, "styles.xml")


def test_what_merged_cells_cover_is_not_shown_and_said() -> None:
    covered = f"<table:covered-table-cell>{text('under it')}</table:covered-table-cell>"
    row = f"<table:table-row><table:table-cell>{text('wide')}</table:table-cell>{covered}</table:table-row>"
    data = document(f"{text('Before.')}<table:table>{row}</table:table>{text('After.')}")
    read = read_odt(data)
    assert said(data) == "Before.\n\nwide\n\nAfter."
    assert "hidden text" in read.notice
    assert "under it" in part(appended(data, 0)[1])
