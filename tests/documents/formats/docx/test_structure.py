"""What a Word document is made of beside paragraphs is understood, keeps its words, and outlives an edit beside it."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import pytest
from lxml import etree
from tests.documents.formats.docx.test_document import FIELD, MAIN, RELATED, changed, package, part, rezipped, run

from pandemonium.documents.conversion import converted
from pandemonium.documents.exporting import export_bytes, export_loss
from pandemonium.documents.formats.docx.document import read_docx, write_docx
from pandemonium.documents.model.composing import styled
from pandemonium.documents.model.manuscript import EmbeddedObject, Manuscript, Note
from pandemonium.documents.model.numbering import PageNumbers
from pandemonium.documents.model.passage import ParagraphStyle, Passage, join
from pandemonium.documents.reading.prose import prose_of
from pandemonium.documents.rich import rich

COMPATIBLE = "http://schemas.openxmlformats.org/markup-compatibility/2006"
LINKS = "http://schemas.openxmlformats.org/package/2006/relationships"
WITH_ALTERNATIVES = f'xmlns:mc="{COMPATIBLE}" xmlns:v="urn:schemas-microsoft-com:vml"'


def paragraph(*inner: str) -> str:
    return f"<w:p>{''.join(inner)}</w:p>"


def said(data: bytes) -> str:
    """The document's words, as a plain text has them."""
    return export_bytes(read_docx(data), "txt").decode().strip()


def appended(data: bytes, index: int, text: str = "Q") -> tuple[Manuscript, bytes]:
    """A document with some characters more at the end of one of its paragraphs, and the file that it is saved as."""
    read = read_docx(data)
    line = read.content.paragraphs()[index]
    now = changed(read, index, line + Passage(text))
    return now, write_docx(now)


def blocks(data: bytes) -> list[bytes]:
    body = etree.fromstring(part(data, "word/document.xml").encode())[0]
    return [etree.tostring(each, method="c14n") for each in body]


def box(text: str) -> str:
    inner = f"<w:txbxContent>{paragraph(run(text))}</w:txbxContent>"
    return f'<w:r><w:pict><v:shape xmlns:v="urn:v"><v:textbox>{inner}</v:textbox></v:shape></w:pict></w:r>'


def table(*rows: list[str]) -> str:
    cells = ("".join(f"<w:tc>{cell}</w:tc>" for cell in row) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def alternatives(choice: str, fallback: str) -> str:
    return (
        f'<mc:AlternateContent xmlns:mc="{COMPATIBLE}"><mc:Choice Requires="wps">{choice}</mc:Choice>'
        f"<mc:Fallback>{fallback}</mc:Fallback></mc:AlternateContent>"
    )


WORDS = [
    (paragraph(run("In "), FIELD.format("REF _a", run("Four")), run(" below.")), "In Four below."),
    (paragraph(run("He left."), box("One"), box("Two"), run("She stayed.")), "He left.\nOne\nTwo\nShe stayed."),
    (paragraph(box("Alone")), "Alone"),
    (paragraph(run("one"), f"<w:r>{paragraph(run('two'))}</w:r>", run("three")), "one\ntwo\nthree"),
    (paragraph(run("A "), alternatives(run("chosen"), run("fallen")), run(" z")), "A chosen z"),
    (paragraph(run("A"), f"<w:r>{alternatives('<w:t>b</w:t>', '<w:t>c</w:t>')}</w:r>", run("d")), "Abd"),
    (alternatives(paragraph(run("chosen")), paragraph(run("fallen"))), "chosen"),
    (
        paragraph(
            run("Read "),
            "<w:r><w:ruby><w:rt><w:r><w:t>kana</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>kanji</w:t>"
            "</w:r></w:rubyBase></w:ruby></w:r>",
            run(" aloud."),
        ),
        "Read kanji (kana) aloud.",
    ),
    (table([paragraph(run("one")) + paragraph(run("more")), paragraph(run("two"))]), "one\nmore\ttwo"),
    (table([paragraph("<w:r><w:t>n</w:t><w:br/><w:t>s</w:t><w:tab/><w:t>e</w:t></w:r>"), paragraph()]), "n\ns e\t"),
    (
        table([paragraph(run("a")) + table([paragraph(run("b")), paragraph(run("c"))]) + paragraph(run("d"))]),
        "a\nb c\nd",
    ),
    (
        table([paragraph(f"<w:sdt><w:sdtContent>{run('held')}</w:sdtContent></w:sdt>", run(" on"))]),
        "held on",
    ),
    (
        f"<w:tbl><w:sdt><w:sdtContent><w:tr><w:tc>{paragraph(run('row'))}</w:tc></w:tr></w:sdtContent></w:sdt></w:tbl>",
        "row",
    ),
    (
        table([paragraph(f"<w:del>{run('gone')}</w:del><w:ins>{run('new')}</w:ins>", run("x", "<w:vanish/>"))]),
        "new",
    ),
    (
        paragraph(
            run("One"),
            "<w:r><w:br w:type='page'/></w:r>",
            run("Two"),
            "<w:r><w:br w:type='column'/></w:r>",
            run("Three"),
        ),
        "One\nTwo\nThree",
    ),
    (
        paragraph('<w:r><w:fldChar w:fldCharType="end"/></w:r>', run("after a stray end")),
        "after a stray end",
    ),
    (paragraph('<w:r><w:fldChar w:fldCharType="begin"/></w:r>', run("never ended")), "never ended"),
    (
        paragraph(
            "<m:oMath xmlns:m='http://schemas.openxmlformats.org/officeDocument/2006/math'><m:f><m:num><m:r>"
            "<m:t>a</m:t></m:r></m:num><m:den><m:r><m:t>b</m:t></m:r></m:den></m:f></m:oMath>"
        ),
        "a/b",
    ),
    (paragraph(run("one"), "<w:r><w:r><w:t>within</w:t></w:r></w:r>", run("two")), "onewithintwo"),
    (paragraph("<w:r><w:sym w:font='Symbol' w:char='F0BE'/><w:sym w:font='Times' w:char='2020'/></w:r>"), "—†"),
    (
        paragraph(
            "<w:r><mc:AlternateContent xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006'>"
            "<mc:Choice Requires='w16se'><s:symEx xmlns:s='http://schemas.microsoft.com/office/word/2015/wordml/symex' "
            "s:font='Segoe UI Emoji' s:char='1F60A'/></mc:Choice><mc:Fallback><w:t>😊</w:t></mc:Fallback>"
            "</mc:AlternateContent></w:r>",
            run(" she said"),
        ),
        "😊 she said",
    ),
    (
        paragraph(
            "<w:r><w:drawing><a:p xmlns:a='http://schemas.openxmlformats.org/drawingml/2006/main'><a:r><a:t>drawn</a:t>"
            "</a:r></a:p></w:drawing></w:r>"
        ),
        "drawn",
    ),
    (
        paragraph(
            "<w:r><w:pict><v:shape xmlns:v='urn:schemas-microsoft-com:vml'><v:textpath string='An &amp; art'/>"
            "</v:shape></w:pict></w:r>"
        ),
        "An & art",
    ),
]

CODES = [
    ("MACROBUTTON None [Click here]", "[Click here]"),
    ('QUOTE "He said \\"no\\"." \\* Upper', 'He said "no".'),
    ("QUOTE once", "once"),
    ('GOTOBUTTON "a b" there', "there"),
    (" eq \\* jc2 \\* hps10 \\o\\ad(\\s\\up 9(kana),kanji)", "kana kanji"),
    (' SYMBOL 97 \\f "Symbol" \\s 12', "α"),
    (" SYMBOL 74 \\f Wingdings", ""),
    (' XE "entry" ', ""),
    (" SYMBOL x", ""),
]


@pytest.mark.parametrize(("code", "text"), CODES)
def test_a_field_whose_words_stand_in_its_code_says_them(code: str, text: str) -> None:
    code = code.replace('"', "&quot;")
    field = (
        f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>{code}</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    assert said(package(paragraph(run("one "), field, run(" two")))) == f"one {text} two"


@pytest.mark.parametrize(("inner", "text"), WORDS)
def test_the_words_of_foreign_things_are_kept_and_apart(inner: str, text: str) -> None:
    data = package(f"{paragraph(run('Before.'))}{inner}{paragraph(run('After.'))}")
    assert said(data) == f"Before.\n\n{text}\n\nAfter."
    assert write_docx(read_docx(data)) == data
    now, saved = appended(data, 0)
    assert [index for index, each in enumerate(blocks(saved)) if each != blocks(data)[index]] == [0]
    if not any(isinstance(each, EmbeddedObject) for each in now.objects.values()):
        return
    if now.text.split("\n")[1] != "\ufffc":  # the paragraph with the thing itself
        now, saved = appended(data, 1)
        assert said(saved) == said(data).replace(text, text + "Q")
        assert list(read_docx(saved).objects.values()) == list(now.objects.values())


@pytest.mark.parametrize(
    ("inner", "text", "hidden"),
    [
        (run("seen") + run("unseen", "<w:vanish/>"), "seen", True),
        (run("seen") + run("unseen", "<w:rStyle w:val='H'/>"), "seen", True),
        (run("seen", "<w:vanish w:val='0'/>"), "seen", False),
    ],
)
def test_hidden_text_is_not_shown_and_said(inner: str, text: str, hidden: bool) -> None:
    styles = (
        f"<w:styles xmlns:w='{MAIN}'><w:style w:type='character' w:styleId='H'><w:rPr><w:vanish/></w:rPr></w:style>"
    )
    read = read_docx(package(paragraph(inner), **{"word/styles.xml": styles + "</w:styles>"}))
    assert read.text == text
    assert ("hidden text" in read.notice) == hidden


def test_a_paragraph_that_is_hidden_is_no_empty_line() -> None:
    mark = "<w:pPr><w:rPr><w:vanish/></w:rPr></w:pPr>"
    data = package(paragraph(run("a")) + paragraph(mark, run("hid", "<w:vanish/>")) + paragraph(run("b")))
    assert read_docx(data).text == "a\nb"
    assert "hid" in part(appended(data, 1)[1], "word/document.xml")


@pytest.mark.parametrize("before", ["", run("Before ")])
def test_a_link_that_is_a_field_leads_where_it_did(before: str) -> None:
    field = FIELD.format(" HYPERLINK &quot;C:\\\\My Papers\\\\plan (2).docx&quot; \\l &quot;two&quot; ", run("plans"))
    read = read_docx(package(paragraph(before, field, run(" after"))))
    assert [span.link for span in read.content.spans] == ["C:\\My Papers\\plan (2).docx#two"]
    assert read.text == ("Before " if before else "") + "plans after"


def test_bookmarks_within_a_field_stay_in_it() -> None:
    marked = '<w:bookmarkStart w:id="1" w:name="m"/>' + run("Four") + '<w:bookmarkEnd w:id="1"/>'
    _, saved = appended(package(paragraph(run("In "), FIELD.format("REF _a", marked))), 0)
    assert part(saved, "word/document.xml").count("<w:bookmarkStart") == 1
    assert part(saved, "word/document.xml").count("<w:bookmarkEnd") == 1


BEGIN, SEPARATE, END = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end"))
CODE = "<w:r><w:instrText> REF _a </w:instrText></w:r>"


def control(*inner: str) -> str:
    return (
        '<w:sdt><w:sdtPr><w:tag w:val="t"/><w:id w:val="7"/></w:sdtPr>'
        f"<w:sdtContent>{''.join(inner)}</w:sdtContent></w:sdt>"
    )


def tracked(*inner: str) -> str:
    return f'<w:ins w:id="3" w:author="me">{"".join(inner)}</w:ins>'


def around_runs(xml: str) -> list[tuple[str, str]]:
    """The names of what is around each run, and what the run is."""
    root = etree.fromstring(xml.encode())
    found: list[tuple[str, str]] = []
    for each in root.iter(f"{{{MAIN}}}r"):
        names = [etree.QName(outer).localname for outer in each.iterancestors()]
        names = [name for name in reversed(names) if name in ("sdt", "ins")]
        kind = each.find(f"{{{MAIN}}}fldChar")
        what = "".join(inner.text or "" for inner in each) if kind is None else kind.get(f"{{{MAIN}}}fldCharType")
        found += [(" ".join(names), what)] if what else []
    return found


@pytest.mark.parametrize(
    "inner",
    [
        (control(BEGIN), CODE, SEPARATE, run("Four"), END),
        (control(run("In "), BEGIN, CODE), SEPARATE, run("Four"), END),
        (BEGIN, control(CODE), SEPARATE, run("Four"), END),
        (BEGIN, CODE, SEPARATE, control(run("Four"), END, run(" and"))),
        (control(tracked(BEGIN), CODE), tracked(SEPARATE, run("Four"), END)),
        (tracked(BEGIN), tracked(CODE), tracked(SEPARATE), tracked(run("Four")), tracked(END)),
        (control(BEGIN, CODE, SEPARATE, run("Four"), END),),
        (BEGIN, CODE, SEPARATE, f"<w:r>{run('Four')}</w:r>", END),
        (control(BEGIN, "<w:r><w:instrText> XE x </w:instrText></w:r>"), END),
    ],
)
def test_what_is_around_a_part_of_a_field_stays_there(inner: tuple[str, ...]) -> None:
    data = package(paragraph(run("See "), *inner, run(" below")))
    _, saved = appended(data, 0)
    before = around_runs(part(data, "word/document.xml"))
    assert said(saved) == said(data) + "Q"
    assert around_runs(part(saved, "word/document.xml")) in ([*before, ("", "Q")], [*before[:-1], ("", " belowQ")])
    assert part(saved, "word/document.xml").count('<w:id w:val="7"') <= 1


CAP = '<w:pPr><w:framePr w:dropCap="drop" w:lines="3"/></w:pPr>'


@pytest.mark.parametrize(
    ("now", "cap", "rest"),
    [
        ("The night was short.", "T", "he night was short."),
        ("A night was long.", "A", " night was long."),
        ("\u201cSo the night", "\u201cS", "o the night"),
        ("T", "T", ""),
        ("", "", None),
    ],
)
def test_a_drop_cap_is_the_first_letter_of_its_word(now: str, cap: str, rest: str | None) -> None:
    read = read_docx(package(paragraph(CAP, run("T")) + paragraph(run("he night was long.")) + paragraph(run("Next."))))
    assert read.text == "The night was long.\nNext."
    saved = write_docx(changed(read, 0, Passage(now)))
    body = etree.fromstring(part(saved, "word/document.xml").encode())[0]
    assert ["".join(each.itertext()) for each in body[:2]] == ([cap, rest] if rest is not None else ["", "Next."])
    assert part(saved, "word/document.xml").count("framePr") == (rest is not None)
    assert read_docx(saved).text == now + "\nNext."


def test_a_frame_stays_with_its_paragraph_and_goes_to_no_other() -> None:
    frame = '<w:pPr><w:framePr w:w="2000" w:hAnchor="page"/><w:pPrChange w:id="9"><w:pPr/></w:pPrChange></w:pPr>'
    read = read_docx(package(paragraph(frame, run("In the margin")) + paragraph(run("Text."))))
    paragraphs = read.content.paragraphs()
    paragraphs[:1] = [paragraphs[0].part(0, 6), paragraphs[0].part(7, 13)]
    xml = part(write_docx(replace(read, content=join(paragraphs))), "word/document.xml")
    assert (xml.count("<w:framePr"), xml.count("<w:pPrChange")) == (1, 1)


def test_notes_keep_their_marks_and_ask_for_no_style() -> None:
    notes = (
        f"<w:footnotes xmlns:w='{MAIN}'><w:footnote w:id='1'>{paragraph('<w:r><w:footnoteRef/></w:r>', run(' one'))}"
        f"{paragraph(run('two'))}</w:footnote></w:footnotes>"
    )
    mark = "<w:r><w:footnoteReference w:customMarkFollows='1' w:id='1'/><w:t>*</w:t></w:r>"
    links = f"<Relationships xmlns='{LINKS}'><Relationship Id='f' Type='{RELATED}/footnotes' Target='footnotes.xml'/>"
    data = package(
        paragraph(run("Text"), mark) + table([paragraph(run("cell"), mark)]) + paragraph(run("End.")),
        **{"word/footnotes.xml": notes, "word/_rels/document.xml.rels": links + "</Relationships>"},
    )
    read = read_docx(data)
    assert [each.content.text for each in read.objects.values() if isinstance(each, Note)] == ["one\ntwo"]
    assert [each.text for each in read.objects.values() if isinstance(each, EmbeddedObject)] == ["cell [one two]*"]
    assert write_docx(read) == data
    _, saved = appended(data, 0)
    changed_parts = [
        name for name in zipfile.ZipFile(io.BytesIO(data)).namelist() if _bytes(data, name) != _bytes(saved, name)
    ]
    assert changed_parts == ["word/document.xml"]
    assert part(saved, "word/document.xml").count('w:customMarkFollows="1"') == 2


def _bytes(data: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        return opened.read(name)


def test_a_body_without_a_paragraph_stays_without() -> None:
    data = package("<w:sectPr/>")
    assert write_docx(read_docx(data)) == data


NUMBERED = (
    f"<w:numbering xmlns:w='{MAIN}'><w:abstractNum w:abstractNumId='0'><w:lvl w:ilvl='0'><w:numFmt w:val='decimal'/>"
    "<w:lvlText w:val='%1.'/></w:lvl></w:abstractNum><w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num>"
    "</w:numbering>"
)
LISTED = (
    f"<w:styles xmlns:w='{MAIN}'><w:style w:type='paragraph' w:styleId='L'><w:name w:val='List Number'/><w:pPr>"
    "<w:numPr><w:numId w:val='1'/></w:numPr></w:pPr></w:style></w:styles>"
)


def test_a_new_paragraph_is_body_text_where_the_style_of_most_is_numbered() -> None:
    off = "<w:pPr><w:pStyle w:val='L'/><w:numPr><w:numId w:val='0'/></w:numPr></w:pPr>"
    inner = paragraph("<w:pPr><w:pStyle w:val='L'/></w:pPr>", run("Item")) + paragraph(off, run("Body")) * 3
    read = read_docx(package(inner, **{"word/numbering.xml": NUMBERED, "word/styles.xml": LISTED}))
    content = join([*read.content.paragraphs(), Passage("New.").with_style(ParagraphStyle())])
    again = read_docx(write_docx(replace(read, content=content)))
    assert [style.kind for _, style in styled(again.content)] == ["number", "body", "body", "body", "body"]


@pytest.mark.parametrize("quote", ['"', "'"])
def test_the_strict_form_is_read_and_stays_strict(quote: str) -> None:
    data = package(paragraph("<w:pPr><w:jc w:val='end'/></w:pPr>", run("Strict words.")))
    xml = part(data, "word/document.xml").replace('"', quote)
    for usual, strict in ((MAIN, "wordprocessingml/main"), (RELATED, "officeDocument/relationships")):
        xml = xml.replace(usual, f"http://purl.oclc.org/ooxml/{strict}")
    data = rezipped(data, {"word/document.xml": xml})
    assert read_docx(data).text == "Strict words."
    assert write_docx(read_docx(data)) == data
    _, saved = appended(data, 0)
    assert read_docx(saved).text == "Strict words.Q"
    assert "schemas.openxmlformats.org" not in part(saved, "word/document.xml")
    assert 'w:jc w:val="end"' in part(saved, "word/document.xml")


def chunked(name: str, content: bytes | str) -> bytes:
    links = f"<Relationships xmlns='{LINKS}'><Relationship Id='c' Type='{RELATED}/aFChunk' Target='{name}'/>"
    inner = paragraph(run("Own.")) + '<w:altChunk r:id="c"/>' + paragraph(run("More."))
    parts: dict[str, bytes | str] = {
        "word/_rels/document.xml.rels": links + "</Relationships>",
        f"word/{name}": content,
    }
    return package(inner, **parts)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("c.html", "<html><body><p>One <b>bold</b></p><p>two</p></body></html>"),
        ("c.docx", write_docx(Manuscript(Passage("One bold\ntwo")))),
        ("c.rtf", r"{\rtf1\ansi One \b bold\b0\par two\par}"),
        ("c.mht", "MIME-Version: 1.0\nContent-Type: text/html\n\n<html><body><p>One bold</p><p>two</p></body></html>"),
    ],
)
def test_a_document_within_the_document_is_read(name: str, content: bytes | str) -> None:
    data = chunked(name, content)
    assert read_docx(data).text == "Own.\nOne bold\ntwo\nMore."
    assert write_docx(read_docx(data)) == data
    now, saved = appended(data, 0)
    assert part(saved, "word/document.xml").count("altChunk") == 1
    assert read_docx(saved).text == now.text
    now, saved = appended(data, 1)
    assert "altChunk" not in part(saved, "word/document.xml")
    assert read_docx(saved).text == "Own.\nOne boldQ\ntwo\nMore."


BROKEN = paragraph(run("One"), "<w:r><w:br w:type='page'/></w:r>") + paragraph(run("Two")) + paragraph(run("Three"))


def page_breaks(data: bytes) -> list[tuple[str, bool]]:
    return [(line.text, style.page_break) for line, style in styled(read_docx(data).content)]


def test_a_break_of_the_page_at_a_paragraphs_end_stays_where_it_is() -> None:
    data = package(BROKEN)
    assert page_breaks(data) == [("One", False), ("Two", True), ("Three", False)]
    for index in range(3):
        _, saved = appended(data, index)
        assert [at for at, each in enumerate(blocks(saved)) if each != blocks(data)[at]] == [index]
        assert [broken for _, broken in page_breaks(saved)] == [False, True, False]


@pytest.mark.parametrize(
    ("order", "breaks"),
    [((1, 2), [True, False]), ((0, 2), [False, False]), ((0, 2, 1), [False, False, True]), ((1, 0), [True, False])],
)
def test_a_break_of_the_page_goes_with_the_paragraph_that_it_is_before(
    order: tuple[int, ...], breaks: list[bool]
) -> None:
    read = read_docx(package(BROKEN))
    paragraphs = read.content.paragraphs()
    saved = write_docx(replace(read, content=join([paragraphs[index] for index in order])))
    assert [broken for _, broken in page_breaks(saved)] == breaks
    assert read_docx(saved).text.split("\n") == [paragraphs[index].text for index in order]


def test_a_deleted_end_of_a_paragraph_is_said() -> None:
    mark = '<w:pPr><w:rPr><w:del w:id="1" w:author="A"/></w:rPr></w:pPr>'
    read = read_docx(package(paragraph(mark, run("First half ")) + paragraph(run("second half."))))
    assert "tracked changes" in read.notice
    assert "deleted end of a paragraph" in read.notice


STARTED = (
    f"<w:numbering xmlns:w='{MAIN}'><w:abstractNum w:abstractNumId='0'><w:lvl w:ilvl='0'><w:start w:val='5'/><w:numFmt "
    "w:val='decimal'/><w:lvlText w:val='%1.'/></w:lvl></w:abstractNum><w:num w:numId='1'><w:abstractNumId w:val='0'/>"
    "</w:num><w:num w:numId='2'><w:abstractNumId w:val='0'/><w:lvlOverride w:ilvl='0'><w:startOverride w:val='1986'/>"
    "</w:lvlOverride></w:num></w:numbering>"
)


def entry(text: str, list: int) -> str:
    numbered = f"<w:pPr><w:numPr><w:ilvl w:val='0'/><w:numId w:val='{list}'/></w:numPr></w:pPr>"
    return paragraph(numbered, run(text))


LIST = package(
    entry("a", 1) + entry("b", 1) + paragraph(run("Between.")) + entry("c", 1) + entry("d", 2) + entry("e", 2),
    **{"word/numbering.xml": STARTED},
)


def numbers(content: Passage) -> list[tuple[str, int | None]]:
    counted = PageNumbers()
    return [(line.text, counted.take(style)) for line, style in styled(content)]


def test_the_numbers_of_a_list_are_those_that_word_shows() -> None:
    read = read_docx(LIST)
    assert numbers(read.content) == [("a", 5), ("b", 6), ("Between.", None), ("c", 7), ("d", 1986), ("e", 1987)]
    assert write_docx(read) == LIST
    for index in range(6):
        _, saved = appended(LIST, index)
        assert [at for at, each in enumerate(blocks(saved)) if each != blocks(LIST)[at]] == [index]


def test_comments_of_xml_cut_no_word() -> None:
    file = package(paragraph(run("First.")) + paragraph("<!-- a -->", run("with<!-- b -->out<?c?> end")))
    assert read_docx(file).text == "First.\nwithout end"
    now, saved = appended(file, 1)
    assert read_docx(saved).text == now.text == "First.\nwithout endQ"
    assert blocks(saved)[0] == blocks(file)[0]


def test_a_list_that_only_names_a_list_style_is_one() -> None:
    styled_list = STARTED.replace("<w:lvl ", "<w:styleLink w:val='Plain'/><w:lvl ", 1).replace(
        "<w:num ", "<w:abstractNum w:abstractNumId='4'><w:numStyleLink w:val='Plain'/></w:abstractNum><w:num ", 1
    )
    linked = styled_list.replace(
        "</w:numbering>", "<w:num w:numId='3'><w:abstractNumId w:val='4'/></w:num></w:numbering>"
    )
    file = package(entry("a", 3) + entry("b", 3), **{"word/numbering.xml": linked})
    assert numbers(read_docx(file).content) == [("a", 5), ("b", 6)]
    _, saved = appended(file, 1)
    assert numbers(read_docx(saved).content) == [("a", 5), ("bQ", 6)]


@pytest.mark.parametrize("gone", range(6))
def test_entries_keep_the_numbers_that_the_page_shows(gone: int) -> None:
    read = read_docx(LIST)
    rest = [each for index, each in enumerate(read.content.paragraphs()) if index != gone]
    now = replace(read, content=join(rest))
    assert numbers(read_docx(write_docx(now)).content) == numbers(now.content)


@pytest.mark.parametrize(
    ("mark", "is_told"),
    [("<w:footnoteReferencex w:id='2'/>", False), ("<w:x><w:footnoteReference w:id='2'/></w:x>", True)],
)
def test_a_note_to_which_no_mark_leads_is_said(mark: str, is_told: bool) -> None:
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    notes = f"<w:footnotes xmlns:w='{space}'><w:footnote w:id='2'><w:p>{run('Noted.')}</w:p></w:footnote></w:footnotes>"
    relation = (
        "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'><Relationship Id='n' "
        "Type='http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes' Target='footnotes.xml'/>"
        "</Relationships>"
    )
    body = paragraph(run("one"), f"<w:r>{mark}</w:r>", run(" two"))
    data = package(body, **{"word/footnotes.xml": notes, "word/_rels/document.xml.rels": relation})
    assert ("notes that no mark leads to" in read_docx(data).notice) is not is_told


LINKED = [
    f'<w:hyperlink w:anchor="x" w:tooltip="A tip">{run("here")}</w:hyperlink>',
    '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>HYPERLINK "http://x" \\o "A tip"</w:instrText>'
    '<w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>here</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>',
]


@pytest.mark.parametrize("link", LINKED)
def test_what_a_link_says_when_it_is_pointed_at_is_kept(link: str) -> None:
    manuscript = read_docx(package(paragraph(run("Go "), link, run("."))))
    (span,) = (each for each in manuscript.content.spans if each.link)
    assert (manuscript.text[span.start : span.end], span.title) == ("here", "A tip")
    edited = replace(manuscript, content=manuscript.content + Passage(" More."))
    for again in (read_docx(write_docx(edited)), rich(converted(edited, "md"))):
        assert [each.title for each in again.content.spans if each.link] == ["A tip"]


def test_a_line_across_the_page_is_a_scene_break() -> None:
    """As Google Docs writes it."""
    space = "urn:schemas-microsoft-com:"
    drawn = f'<v:rect xmlns:v="{space}vml" xmlns:o="{space}office:office" style="height:1.5pt" o:hr="t" o:hrstd="t"/>'
    rule = f"<w:r><w:pict>{drawn}</w:pict></w:r>"
    data = package(paragraph(run("One")) + paragraph(rule) + paragraph(run("Two")))
    read = read_docx(data)
    assert [style.kind for _, style in styled(read.content)] == ["body", "scene", "body"]
    assert prose_of(read) == "One\n\n* * *\n\nTwo"
    assert export_bytes(read, "md").decode() == "One\n\n* * *\n\nTwo\n"
    assert "picture" not in export_loss(read, "md")
    _, saved = appended(data, 0)
    assert blocks(saved)[1:] == blocks(data)[1:]
