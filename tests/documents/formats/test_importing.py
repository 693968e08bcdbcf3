"""Documents of formats that are only read come with their looks, and bad ones as a sentence."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from pandemonium.documents.formats import read_document
from pandemonium.documents.formats.html.char_formats import style_rules
from pandemonium.documents.formats.html.reading import open_html
from pandemonium.documents.formats.rtf.reading import open_rtf
from pandemonium.documents.model.composing import all_words, styled
from pandemonium.documents.model.manuscript import EmbeddedObject, Manuscript, Note
from pandemonium.documents.model.passage import OBJECT, CharFormat, ParagraphStyle, Passage
from pandemonium.documents.rich import rich
from pandemonium.errors import DocumentError

RTF = rb"""{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\froman\fcharset0 Times;}{\f1\fcharset204 Arial;}}
{\stylesheet{\s0 Normal;}{\s1\b heading 1;}{\s5 Quote;}}{\info{\title A \'e9t\'e9}{\author Me}}
{\header Running head}{\*\generator Nobody;}
\pard\s1\b A Tale\par
\pard\plain It was {\b bold} and {\i italic {\b both}}, \'93quoted\'94, {\f1\'ec\'e8\'f0}, \u9731?\u-10179?\u-9152?
 end.{\super{\footnote\pard Note {\i here}.}}\line next\par
\pard\qc Centred\par
\pard * * *\par
\pard\s5 Said she.\par
{\pntext\f1\'b7\tab}\pard\ls1\ilvl0 item\par
{\listtext 1.\tab}\pard\ls2\ilvl1 numbered\par
\pard\page New page{\v hidden}{\pict 00112233} {\field{\*\fldinst{HYPERLINK "https://example.org"}}{\fldrslt{link}}}
\par \trowd\intbl a\cell b\cell\row\pard\plain {\scaps Caps}\'}x}
"""


PIECES = [b"{", b"}", b"\\b ", b"\\u9731?", b"\\'e9", b"\\footnote ", b"words ", b"\\par ", b"\\*", b"\\bin3 "]
PIECES += [b"\\intbl\\cell ", b"\\uc2 ", b"\\pntext ", b"\\u-8640?"]


def kinds(manuscript: Manuscript) -> list[tuple[str, str, int]]:
    return [(p.text.replace("\ufffc", "@"), style.kind, style.level) for p, style in styled(manuscript.content)]


def char_formats(content: Passage) -> dict[str, CharFormat]:
    return {content.text[span.start : span.end]: span.char_format for span in content.spans if span.char_format}


def test_rtf_comes_with_its_looks() -> None:
    manuscript = open_rtf(RTF)
    assert kinds(manuscript)[:8] == [
        ("A Tale", "heading", 1),
        (
            "It was bold and italic both, \u201cquoted\u201d, \u043c\u0438\u0440, \u2603\U0001f440 end.@\u2028next",
            "body",
            0,
        ),
        ("Centred", "body", 0),
        ("* * *", "scene", 0),
        ("Said she.", "quote", 0),
        ("item", "bullet", 1),
        ("numbered", "number", 2),
        ("New page@ link", "body", 0),
    ]
    found = char_formats(manuscript.content)
    assert (found["bold"], found["italic "], found["both"]) == (
        CharFormat.BOLD,
        CharFormat.ITALIC,
        CharFormat.BOLD | CharFormat.ITALIC,
    )
    assert found["Caps"] & CharFormat.SMALL_CAPS
    assert [span.link for span in manuscript.content.spans if span.link] == ["https://example.org"]
    styles = [style for _, style in styled(manuscript.content)]
    assert styles[2].alignment == "center"
    assert styles[7].page_break
    note, picture = manuscript.objects.values()
    assert isinstance(note, Note)
    assert (note.content.text, char_formats(note.content)) == ("Note here.", {"here": CharFormat.ITALIC})
    assert isinstance(picture, EmbeddedObject)
    assert (manuscript.title, manuscript.author) == ("A \u00e9t\u00e9", "Me")


@given(st.lists(st.sampled_from(PIECES), max_size=25))
@settings(deadline=None)
def test_damaged_rtf_is_read_as_far_as_it_goes(pieces: list[bytes]) -> None:
    content = open_rtf(b"{\\rtf1 " + b"".join(pieces) + b"}").content
    assert len(content.styles) == content.text.count("\n") + 1
    assert all(0 <= span.start < span.end <= len(content.text) for span in content.spans)


@pytest.mark.parametrize("opening", ["{", "{\\b ", "{\\i word "])
def test_groups_as_deep_as_nobody_nests_them_are_read(opening: str) -> None:
    for closing in ("}" * 5000, ""):
        manuscript = open_rtf(f"{{\\rtf1 one {opening * 5000}two{closing} three}}".encode())
        assert manuscript.text.replace("word ", "") == "one two three"


@pytest.mark.parametrize(
    ("inner", "text", "notes"),
    [
        (rb"one{\footnote a{\footnote b} c} rest\par end", f"one{OBJECT} rest\nend", [f"a{OBJECT} c", "b"]),
        (rb"one{\footnote a\footnote b c} rest", f"one{OBJECT} rest", [f"a{OBJECT}", "b c"]),
        (rb"one{\footnote never ended", f"one{OBJECT}", ["never ended"]),
        (rb"one{\header head{\footnote a}} rest", "one rest", []),
    ],
)
def test_notes_of_rtf_hide_nothing_behind_them(inner: bytes, text: str, notes: list[str]) -> None:
    manuscript = open_rtf(rb"{\rtf1 " + inner + b"}")
    assert manuscript.text == text
    told = [each.content.text for each in manuscript.objects.values() if isinstance(each, Note)]
    assert sorted(told) == sorted(notes)


def test_html_comes_with_its_looks_and_notes() -> None:
    page = b"""<html lang="en"><head><title>A Tale</title><style>.q{font-style:italic} p.r{text-align:right}
      .gone{display:none}</style><script>var x;</script></head><body><h1>A <i>Tale</i></h1>
      <p>It   was <b>bold</b>, <span class="q">leaning</span> <span class="pagenum">[12]</span>and
      on.<a id="FNanchor_1" href="#Footnote_1" class="fnanchor">[1]</a></p><p class="r">right</p><p class="gone">no</p>
      <hr/><blockquote><p>Said.</p></blockquote><ul><li>a<ol><li>b</li></ol></li></ul>
      <p style="text-align:center">*&nbsp;</p><table><tr><td>1</td><td>2</td></tr></table><p>a<br>b
      <img alt="a cat"></p>
      <div class="footnote"><p><a id="Footnote_1" href="#FNanchor_1" class="label">[1]</a> The <em>note</em>.</p></div>
      </body></html>"""
    manuscript = open_html(page)
    assert kinds(manuscript) == [
        ("A Tale", "heading", 1),
        ("It was bold, leaning and on.@", "body", 0),
        ("right", "body", 0),
        ("* * *", "scene", 0),
        ("Said.", "quote", 0),
        ("a", "bullet", 1),
        ("b", "number", 2),
        ("*\u00a0", "body", 0),
        ("@", "body", 0),
        ("a\u2028b @", "body", 0),
    ]
    found = char_formats(manuscript.content)
    assert (found["bold"], found["leaning"]) == (CharFormat.BOLD, CharFormat.ITALIC)
    note = next(each for each in manuscript.objects.values() if isinstance(each, Note))
    assert (note.content.text, char_formats(note.content)) == ("The note.", {"note": CharFormat.ITALIC})
    assert [each.text for each in manuscript.objects.values() if isinstance(each, EmbeddedObject)] == ["1\t2", "a cat"]


@pytest.mark.parametrize("depth", [240, 2000, 3000])
def test_deeply_nested_html_keeps_its_words_and_tells_what_it_does_not(depth: int) -> None:
    page = "<div>" * depth + "<h1>A <i>title</i></h1>words" + "</div>" * depth
    manuscript = open_html(page.encode())
    assert manuscript.text == "A title\nwords"
    is_kept = depth <= 2000
    assert (manuscript.content.styles[0].kind, len(manuscript.content.spans)) == (  # type: ignore[union-attr]
        ("heading", 1) if is_kept else ("body", 0)
    )
    assert ("nested too deep" in manuscript.notice) is not is_kept


@pytest.mark.parametrize(
    "named", ["utf-16", "UTF-16LE", "ucs-2", "utf-32", "us-ascii", "iso-8859-1", "nonsense", "utf-7"]
)
@pytest.mark.parametrize("name", ["a.html", "a.fb2", "a.epub"])
def test_a_file_that_names_another_encoding_than_it_has_is_read(tmp_path: Path, name: str, named: str) -> None:
    head = f'<?xml version="1.0" encoding="{named}"?>'
    body = "<body><p>A caf\u00e9 stood there.</p></body>"
    whole = "FictionBook" if name == "a.fb2" else "html"
    for extra in ("", " "):  # one of the two has an even number of bytes
        data = f"{head}<{whole}>{body}{extra}</{whole}>".encode()
        if name == "a.epub":
            made = io.BytesIO()
            with zipfile.ZipFile(made, "w") as book:
                book.writestr("META-INF/container.xml", '<container><rootfile full-path="p.opf"/></container>')
                book.writestr(
                    "p.opf",
                    '<package><manifest><item id="a" href="a.xhtml" media-type="application/xhtml+xml"/></manifest>'
                    '<spine><itemref idref="a"/></spine></package>',
                )
                book.writestr("a.xhtml", data)
            data = made.getvalue()
        (tmp_path / name).write_bytes(data)
        assert read_document(tmp_path / name).text.strip() == "A caf\u00e9 stood there."


def test_stray_bytes_hide_nothing_of_a_book(tmp_path: Path) -> None:
    (tmp_path / "a.fb2").write_bytes(
        b'<?xml version="1.0" encoding="utf-8"?><FictionBook><body><p>A caf\xe9 stood there.</p></body></FictionBook>'
    )
    assert read_document(tmp_path / "a.fb2").text.strip() == "A caf\u00e9 stood there."


MARKED = {
    "a mark that is named so": (
        '<a epub:type="noteref" href="#n2">2</a>',
        '<ol><li id="n2"><p>The note.</p></li></ol>',
    ),
    "Substack": (
        '<a class="footnote-anchor" id="footnote-anchor-1" href="#footnote-1">1</a>',
        '<div class="footnote"><a id="footnote-1" href="#footnote-anchor-1" class="footnote-number">1</a>'
        '<div class="footnote-content"><p>The note.</p></div></div>',
    ),
    "Ulysses": (
        '<a id="ffn1" href="#fn1" class="footnote">1</a>',
        '<section><ol><li id="fn1"><p>The note. <a href="#ffn1">&#8617;</a></p></li></ol></section>',
    ),
    "MultiMarkdown": (
        '<a href="#fn:1" id="fnref:1" title="see footnote" class="footnote">1</a>',
        '<ol><li id="fn:1"><p>The note. <a href="#fnref:1" class="reversefootnote">&#160;&#8617;</a></p></li></ol>',
    ),
    "Mobipocket": ('<a href="#n1"><sup>*</sup></a>', '<p><a id="n1"></a>* The note.</p>'),
    "an old converter": ('<a id="r1"></a><a href="#n1"><sup>1</sup></a>', '<p><span id="n1">1</span> The note.</p>'),
    "Project Gutenberg, by hand": (
        '[<a name="citation1"></a><a href="#footnote1">1</a>]',
        '<p><a name="footnote1"></a><a href="#citation1">[1]</a> The note.</p>',
    ),
    "a number in a note": (
        '<sup><a href="#fn5" id="r5">5</a></sup>',
        '<ol><li id="fn5">5 apples. <a href="#r5">&#8617;</a></li></ol>',
    ),
    "a letter as mark": ('<sup><a href="#na" id="ra">a</a></sup>', '<p id="na"><a href="#ra">a</a>: a note.</p>'),
}


@pytest.mark.parametrize("program", MARKED)
def test_notes_of_pages_are_known_by_what_leads_to_them_and_back(program: str) -> None:
    mark, note = MARKED[program]
    manuscript = open_html(f"<p>It was old.{mark} And it was dark.</p>{note}".encode())
    assert manuscript.text.strip() == f"It was old.{OBJECT} And it was dark."
    told = [each.content.text for each in manuscript.objects.values() if isinstance(each, Note)]
    assert told == [{"a number in a note": "5 apples.", "a letter as mark": "a note."}.get(program, "The note.")]


@pytest.mark.parametrize(
    "notes",
    [
        "<p id=n1><a href='#r1'>1</a> See note <a href='#n2'>2</a>, page <a href='#c'>iv</a>, <a href='#no'>a</a>.</p>"
        "<p id=n2><a href='#r2'>2</a> Two.</p>",
        "<p id=n1><sup>1</sup> See note <a href='#n2'>2</a>, page <a href='#c'>iv</a>, <a href='#no'>a</a>.</p>"
        "<p id=n2><a href='#missing'>2</a> Two.</p>",
        "<ol><li id=n1>See note <a href='#n2'>2</a>, page <a href='#c'>iv</a>, <a href='#no'>a</a>. <a href='#r1'>^</a>"
        "</li><li id=n2><p>Two. <a href='#r2'>2</a></p></li></ol>",
    ],
)
def test_a_note_keeps_the_numbers_of_others(notes: str) -> None:
    page = "<p>A<sup><a href='#n1' id=r1>1</a></sup> B<sup><a href='#n2' id=r2>2</a></sup></p><p id=c>C</p>"
    manuscript = open_html((page + notes).encode())
    told = [each.content.text for each in manuscript.objects.values() if isinstance(each, Note)]
    assert told == ["See note 2, page iv, a.", "Two."]


@pytest.mark.parametrize(
    "page",
    [
        '<p>Parts: <a id="t" href="#c">1</a></p><div id="c"><h2>One</h2><p>Words. <a href="#t">1</a></p></div>',
        '<p><a id="t1" href="#c1">1</a> One</p><p id="c1"><a href="#t1">1</a></p><p>Words.</p>',
        '<p id="top">Part<a href="#c1">1</a></p><div id="c1"><p>Words. <a href="#top">top</a></p></div>',
        '<p>In the year<a href="#y">1812</a></p><p id="y">1812 was cold.</p>',
    ],
)
def test_numbers_that_lead_somewhere_are_no_marks(page: str) -> None:
    manuscript = open_html(page.encode())
    assert not any(isinstance(each, Note) for each in manuscript.objects.values())
    assert OBJECT not in manuscript.text


def test_an_epub_is_read_in_its_order_with_notes_from_another_page(tmp_path: Path) -> None:
    path = tmp_path / "book.epub"
    with zipfile.ZipFile(path, "w") as book:
        book.writestr(
            "META-INF/container.xml", '<container><rootfiles><rootfile full-path="O/p.opf"/></rootfiles></container>'
        )
        book.writestr(
            "O/p.opf",
            '<package xmlns:dc="d"><metadata><dc:title>T</dc:title><dc:creator>C</dc:creator></metadata>'
            '<manifest><item id="a" href="a.xhtml" media-type="application/xhtml+xml"/><item id="n" href="n.xhtml"'
            ' media-type="application/xhtml+xml"/><item id="b" href="b.xhtml" media-type="application/xhtml+xml"/>'
            '</manifest><spine><itemref idref="b"/><itemref idref="a"/><itemref idref="n"/></spine></package>',
        )
        book.writestr(
            "O/a.xhtml",
            '<html><head><link rel="stylesheet" href="s.css"/></head><body><p class="i">Last'
            '<a href="n.xhtml#x"><sup>1</sup></a></p></body></html>',
        )
        book.writestr("O/b.xhtml", "<html><body><h2>First</h2></body></html>")
        book.writestr("O/n.xhtml", '<html><body><p id="x"><a href="a.xhtml#y">1</a>. About it.</p></body></html>')
        book.writestr("O/s.css", ".i { font-style: italic }")
    manuscript = read_document(path)
    assert kinds(manuscript) == [("First", "heading", 2), ("Last@", "body", 0)]
    assert char_formats(manuscript.content)["Last"] == CharFormat.ITALIC
    assert [each.content.text for each in manuscript.objects.values() if isinstance(each, Note)] == ["About it."]
    assert (manuscript.title, manuscript.author, manuscript.format, manuscript.path) == ("T", "C", "epub", None)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.epub", b"PK\x03\x04 nothing"),
        ("a.pdf", b"%PDF-1.7 nothing"),
        ("a.rtf", b"\x00\x01\x02\x03" * 50),
        ("a.html", b"\x89PNG\r\n\x1a\n" + b"\0" * 50),
    ],
)
def test_a_bad_file_is_one_sentence(tmp_path: Path, name: str, data: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(DocumentError) as caught:
        read_document(path)
    assert name in caught.value.message
    assert caught.value.hint


def test_a_missing_file_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match=r"gone\.rtf is not there"):
        read_document(tmp_path / "gone.rtf")


CONTAINER = '<container><rootfiles><rootfile full-path="{}"/></rootfiles></container>'


def book(path: Path, parts: dict[str, str], *, spine: str = "", items: str = "", opf: str = "O/p.opf") -> Path:
    """Writes a small book; `items` and `spine` are the entries of its lists."""
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("META-INF/container.xml", CONTAINER.format(opf))
        archive.writestr("O/p.opf", f"<package><manifest>{items}</manifest><spine>{spine}</spine></package>")
        for name, text in parts.items():
            archive.writestr(name, text)
    return path


def item(href: str, kind: str = "application/xhtml+xml", key: str = "a") -> str:
    return f'<item id="{key}" href="{href}" media-type="{kind}"/>'


ONE = {"O/a.xhtml": "<html><body><p>Words.</p></body></html>"}
A = '<itemref idref="a"/>'


@pytest.mark.parametrize(
    ("items", "spine", "opf"),
    [
        (item("A.XHTML"), A, "O/p.opf"),
        (item("a.xhtml"), A, "o/P.OPF"),
        (item("a.xhtml"), A, "nowhere.opf"),
        (item("a.xhtml", "text/x-oeb1-document"), A, "O/p.opf"),
        (item("a.xhtml", "application/octet-stream"), A, "O/p.opf"),
        (item("a.xhtml"), "", "O/p.opf"),
    ],
)
def test_a_book_is_read_as_the_big_readers_do(tmp_path: Path, items: str, spine: str, opf: str) -> None:
    manuscript = read_document(book(tmp_path / "a.epub", ONE, items=items, spine=spine, opf=opf))
    assert (manuscript.text, manuscript.notice) == ("Words.", "")


def test_a_part_may_be_named_as_its_address_is_written(tmp_path: Path) -> None:
    parts = {"O/a%20b.xhtml": ONE["O/a.xhtml"]}
    assert read_document(book(tmp_path / "a.epub", parts, items=item("a%20b.xhtml"), spine=A)).text == "Words."


def test_a_part_may_be_named_with_its_accents_apart(tmp_path: Path) -> None:
    parts = {"O/e\u0301.xhtml": ONE["O/a.xhtml"]}
    assert read_document(book(tmp_path / "a.epub", parts, items=item("\u00e9.xhtml"), spine=A)).text == "Words."


def test_of_words_for_several_kinds_of_readers_those_for_all_are_read(tmp_path: Path) -> None:
    page = "<p>One</p><epub:switch><epub:case><p>x</p></epub:case><epub:default><p>Two</p></epub:default></epub:switch>"
    path = book(tmp_path / "a.epub", {"O/a.xhtml": f"<html><body>{page}</body></html>"}, items=item("a.xhtml"), spine=A)
    assert read_document(path).text == "One\nTwo"


def test_a_drawing_may_be_a_page_of_a_book(tmp_path: Path) -> None:
    parts = ONE | {"O/b.svg": '<svg xmlns="http://www.w3.org/2000/svg"><text>Drawn</text></svg>'}
    items = item("a.xhtml") + item("b.svg", "image/svg+xml", "b")
    manuscript = read_document(book(tmp_path / "a.epub", parts, items=items, spine=A + '<itemref idref="b"/>'))
    assert all_words(manuscript.content, manuscript.objects) == "Words.\nDrawn"
    assert read_document(book(tmp_path / "b.epub", parts, items=items)).text == "Words."


def test_a_missing_chapter_and_an_empty_book_are_told(tmp_path: Path) -> None:
    items = item("a.xhtml") + item("b.xhtml", key="b")
    path = book(tmp_path / "a.epub", ONE, items=items, spine=A + '<itemref idref="b"/><itemref idref="c"/>')
    assert "2 of its chapters are missing" in read_document(path).notice
    path = book(tmp_path / "b.epub", {"O/a.xhtml": "<html><body/></html>"}, items=item("a.xhtml"), spine=A)
    assert "no words" in read_document(path).notice


@pytest.mark.parametrize(
    ("page", "text"),
    [
        (
            "<!DOCTYPE html><title>T</title><article><h1>The Bell</h1><p>It tolled.</p></article>",
            "The Bell\nIt tolled.",
        ),
        ("<title>T</title>Words <b>and</b> more<section><p>x</p></section>", "Words and more\nx"),
        ("<p>He said <q>hello <q>again</q></q>.</p>", "He said \u201chello \u2018again\u2019\u201d."),
        ('<p><a href="x>One</a> two.</p><p class="y">Three.</p>', "One two.\nThree."),
        (
            "<p>If x<y then</p><p>z < 3, I <b>like</b> <you and me> now.</p>",
            "If x<y then\nz < 3, I like <you and me> now.",
        ),
        (
            "<p><Anna> Write to <anna@x.org>.<o:p></o:p><my-own>Own</my-own> <odd>odd</odd>, <spacer a=b>so.</p>",
            "<Anna> Write to <anna@x.org>. Own odd, so.",
        ),
        (
            '<meta charset="ascii"><p>caf\u00e9<img alt="T">.</p><p><img alt="T"/>he night.',
            "caf\u00e9\ufffc.\nThe night.",
        ),
        ("<p class='a b>One.</p><p>Two.</p>", "One.\nTwo."),
        ('<p id=a title="x>He said. "No." She said "yes".</p>', 'He said. "No." She said "yes".'),
        ('<p title="a > b" class = "c">One.</p><p title="<b>x</b>"/>Two.', "One.\nTwo."),
        ("<p title='it\"s > c'>One.<p id='a' title=\"\">Two.", "One.\nTwo."),
        (
            '<!DOCTYPE html [ <!ENTITY who "Me &#38; you"> <!ENTITY w2 "Them"> ]><p>By &w2; and &copy;</p>',
            "By Them and \u00a9",
        ),
    ],
)
def test_pages_say_all_their_words(page: str, text: str) -> None:
    assert open_html(page.encode()).text == text


def test_lists_of_pages_keep_their_numbers() -> None:
    page = b"<ol start=5><li>a<li>b<li value=9>c</ol><p>x</p><ol><li>d</ol><ol><li>e</ol>"
    styles = [style for _, style in styled(open_html(page).content)]
    assert [style.start for style in styles] == [5, None, 9, None, None, 1]


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        (
            rb"Before {\object\objemb{\*\objdata 0102}{\result{\pard shown result}}} after.\par",
            "Before shown result after.",
        ),
        (rb"a{\shp{\*\shpinst{\sp{\sn x}{\sv 202}}{\shptxt box}}{\shprslt not this}}\par", "a\nbox"),
        (
            rb"\intbl out\cell in\nestcell{\*\nesttableprops\nestrow}{\nonesttables\par}\intbl end\cell\row\pard x",
            "out\tin\tend\nx",
        ),
        (rb"a\u-99999999999999999999?b\u9999999999999999999999999?c", "a\ufffdb\ufffdc"),
    ],
)
def test_rtf_says_all_its_words_once(inner: bytes, text: str) -> None:
    assert open_rtf(rb"{\rtf1\ansi " + inner + b"}").text == text


def test_style_sheets_are_scanned_once() -> None:
    font = "@font-face{src:url(data:font/woff;base64," + "A" * 200_000 + ")}"
    media = "@media print { .c { font-weight: bold } }"
    sheet = f"/* {'/*' * 1000} */{font}{'.a,' * 50_000}.b{{font-style:italic}} {media}"
    page = f"<style>{sheet}</style><p class=b>leans</p><p class=c>bold</p>"
    assert char_formats(open_html(page.encode()).content) == {"leans": CharFormat.ITALIC, "bold": CharFormat.BOLD}


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        (r"{\upr{Caf?}{\*\ud Caf\u233?}} closed", "Café closed"),
        (r"one {\pict\bin99999999999 } two", "one \ufffc two"),
        (r"one\page two\page\par three", "one\ntwo\n\nthree"),
        (r"one\column two", "one\u2028two"),
        (r"{\b one}} and} two", "one and two"),
        (r"one {\*\do\dobxpage{\dptxbx{\dptxbxtext boxed}}} two", "one boxed two"),
        (r"one {\mmath{\*\moMath{\mr x}}}{\mmathPict y} two", "one x two"),
        (r"one{\*\do\dobxpage{\dptxbx{\dptxbxtext boxed}}} two", "one boxed two"),
        (r"{\mmath{\*\moMath{\mf{\mnum{\mr one}}{\mden{\mr two}}}}}", "one/two"),
        (r"one\lbr0 two", "one\u2028two"),
        (r"{{\NeXTGraphic a.png \width1}\'ac} one", "\ufffc one"),
        (r"{\*\pn\pnlvlblt{\pntxtb\'b7}}one", "one"),
        (r"{\fonttbl{\f1 Times;}{\f3\fcharset2 Symbol;}}\f3\'61\'be\u-3998?\f1 b\f3 b\plain b", "α—βbβb"),
        (r"{\fonttbl{\f2 WP TypographicSymbols;}}{\f2 A}one{\f2 @}", "“one”"),
        (r'one{\field{\*\fldinst SYMBOL 190 \\f "Symbol"}{\fldrslt\f3\fs24}}two', "one—two"),
        (r'one{\field{\*\fldinst SYMBOL 190 \\f "Symbol"}{\fldrslt\f3 -}}two', "one-two"),
        (r"{\field{\*\fldinst{MACROBUTTON None [one]}}{\fldrslt}} two", "[one] two"),
        (r"one {\field{\*\fldinst EQ \\o(two,three)}} four", "one two three four"),
        (r"{\field{\*\fldinst REF{\field{\*\fldinst SYMBOL 97 \\f Symbol}}}{\fldrslt one}}{\footnote n}", "one\ufffc"),
        (r"one {\Scrv_annot \color={\R=1.0} \text=x\end_Scrv_annot}two{\Scrv_fn=y\end_Scrv_fn}", "one two\ufffc"),
        ("<$Scr_Ps::0>one <$Scr_Cs::12>two<!$Scr_Cs::12><!$Scr_Ps::0> <$n>", "one two <$n>"),
    ],
)
def test_what_rtf_says_in_another_way_is_read_once(tmp_path: Path, body: str, shown: str) -> None:
    path = tmp_path / "a.rtf"
    path.write_text(f"{{\\rtf1\\ansi {body}}}")
    assert read_document(path).text == shown


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        ("<my-title>The Bell</my-title><my-text>It tolled.</my-text>", "The Bell It tolled."),
        ("<ruby>kanji<rp>(</rp><rt>kana</rt><rp>)</rp></ruby> aloud", "kanji (kana) aloud"),
        ("<menu><li>one</menu>", "one"),
        ("<form><h1>The page</h1><p>Its words.</p><button>Go</button></form>", "The page\nIts words."),
        ("<form>Search <input> <button>Go</button></form><p>Words.", "Words."),
    ],
)
def test_pages_of_odd_elements_keep_their_words(tmp_path: Path, body: str, shown: str) -> None:
    path = tmp_path / "a.html"
    path.write_text(body)
    assert read_document(path).text == shown


def test_what_stands_beside_cells_and_what_drawings_say_of_themselves(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text("<table>stray<tr><td>cell</table><svg><title>unseen</title><text>drawn</text></svg>")
    objects = [each.text for each in read_document(path).objects.values() if isinstance(each, EmbeddedObject)]
    assert objects == ["stray\ncell", "drawn"]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.html", "<p>a para\ufffcgraph</p>".encode()),
        ("a.rtf", rb"{\rtf1 a para\u65532?graph}"),
        ("a.md", "a para\ufffcgraph".encode()),
    ],
)
def test_the_sign_for_what_is_no_text_is_no_text_of_a_file(tmp_path: Path, name: str, data: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    assert rich(read_document(path)).text == "a paragraph"


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("<noscript>Scripts are off.</noscript>", "what it says where scripts do not run"),
        ("<video>No films here.</video>", "what it says in place of films, sounds and other pages"),
        ("<audio>No sounds.</audio><iframe>No frames.</iframe><object><p>Old.</object>", "in place of films"),
        ("<canvas>A drawing of words.</canvas>", "in place of films"),
        ("<nav><a href=x>Home</a></nav><select><option>one</select>", "its menu and its forms."),
        ("<form>Search <button>Go</button></form>", "its forms"),
        ("<textarea>A tale.</textarea>", "its forms"),
        ("<p hidden>A secret.</p>", "what it hides"),
        ('<table style="display: none"><tr><td>A secret.</table>', "what it hides"),
    ],
)
def test_what_is_left_out_of_a_page_is_said(tmp_path: Path, body: str, said: str) -> None:
    path = tmp_path / "a.html"
    path.write_text(f"<p>Words.</p>{body}")
    manuscript = read_document(path)
    assert manuscript.text == "Words."
    assert said in manuscript.notice


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (r"{\header My book}", "Of this file was left out: headers and footers."),
        (r"{\footer {\field{\*\fldinst PAGE}}}", ""),
        (r"{\*\annotation A thought.}", "Of this file was left out: comments."),
        (r"{\v secret}", "Of this file was left out: what it hides."),
        (r"{\fonttbl{\f0 Times;}}{\info{\title T}}", ""),
    ],
)
def test_what_is_left_out_of_an_rtf_is_said(body: str, said: str) -> None:
    manuscript = open_rtf(rf"{{\rtf1 {body} Words.}}".encode())
    assert (manuscript.text.strip(), manuscript.notice) == ("Words.", said)


def test_what_says_nothing_is_not_said_to_be_left_out() -> None:
    page = "<title>T</title><nav> </nav><noscript><img></noscript><video></video><span class=pagenum>[12]</span><p>a"
    assert open_html(page.encode()).notice == ""


def test_two_pages_in_one_file_are_both_read() -> None:
    page = "<html><body><p>one</p></body></html><html><head><title>x</title></head><body><p>two</p></body></html>three"
    assert open_html(page.encode()).text == "one\ntwo\nthree"


@pytest.mark.parametrize("tag", ["b", "div", "font", "ul><li", "table><tr><td"])
def test_elements_as_deep_as_nobody_nests_them_keep_their_words(tag: str) -> None:
    page = "".join(f"<{tag}>word{number} " for number in range(3000))
    manuscript = open_html(page.encode())
    said = manuscript.text + " ".join(
        each.text for each in manuscript.objects.values() if isinstance(each, EmbeddedObject)
    )
    assert [f"word{number}" for number in range(3000)] == said.split()


@pytest.mark.long
def test_a_large_picture_within_a_page_hides_nothing_behind_it() -> None:
    page = f'<p>one</p><img src="data:image/png;base64,{"A" * 10_100_000}"><p>two</p>'
    assert open_html(page.encode()).text.split() == ["one", OBJECT, "two"]


def test_a_web_of_notes_is_told_once() -> None:
    """Each note has two marks that lead to the next."""
    notes = "".join(
        f'<aside id=n{number} class=footnote>note{number}<sup><a href="#n{number - 1}">1</a></sup>'
        f'<sup><a href="#n{number - 1}">2</a></sup></aside>'
        for number in range(400)
    )
    manuscript = open_html(f"{notes}<p>x<sup><a href=#n399>1</a></sup></p>".encode())
    told = [each.content.text for each in manuscript.objects.values() if isinstance(each, Note)]
    said = manuscript.text + " ".join(told)
    assert all(f"note{number}" in said for number in range(400))
    assert len(manuscript.objects) < 400


def test_a_way_back_within_a_way_back_goes_with_it(tmp_path: Path) -> None:
    path = tmp_path / "back.html"
    back = '<a href="#m">\u21a9<svg><a href="#m">\u21a9</a></svg></a>'
    path.write_text(f'<p>Text<a href="#n" id="m"><sup>1</sup></a>.</p><ol><li id="n">A note. {back}</li></ol>', "utf-8")
    manuscript = read_document(path)
    assert manuscript.text == f"Text{OBJECT}."
    (note,) = manuscript.objects.values()
    assert isinstance(note, Note)
    assert note.content.text == "A note."


def test_a_long_note_is_not_told_as_often_as_marks_lead_to_it() -> None:
    marks = "<sup><a href=#n>1</a></sup> " * 2000
    manuscript = open_html(f"<p>{marks}</p><aside id=n class=footnote>{'word ' * 1000}</aside>".encode())
    assert 0 < len(manuscript.objects) < 200


@pytest.mark.parametrize(
    ("table", "shown"),
    [
        ("<table><tr>stray<td>cell</table>", "stray\ncell"),
        ("<table><p>stray</p><tr><td>cell</table>", "stray\ncell"),
        ("<table><tbody>stray<tr><td>cell<td>more</tbody></table>", "stray\ncell\tmore"),
        ("<table><form><tr><td>cell<tr><td>more</form></table>", "cell\nmore"),
        ("<table><caption>title<tr><td>cell</table>", "title\ncell"),
    ],
)
def test_tables_keep_what_stands_in_none_of_their_cells(table: str, shown: str) -> None:
    assert [each.text for each in open_html(table.encode()).objects.values() if isinstance(each, EmbeddedObject)] == [
        shown
    ]


# Each word stands once, and once it is read, or said to be left out.
VARIATIONS = {
    "cells": "<table><caption>w1<thead><tr><th>w2<tbody><tr><td><p>w3<p>w4<tr><td><ul><li>w5</ul><td>w6</table>",
    "a table in a cell": "<table><tr><td>w1<table><tr><td>w2<td>w3</table>w4<td>w5</table>",
    "a table that arranges": "<table><tr><td><p>w1<p>w2<p>w3<td><h1>w4</h1></table>",
    "a note in a cell": "<table><tr><td>w1<a href='#n' class=noteref>1</a></table><aside id=n class=footnote>w2",
    "a hidden note": "<p>w1<a href='#n' class=noteref>1</a></p><aside id=n class=footnote hidden><p>w2</aside>",
    "an unseen note": "<p>w1<a href='#n' class=noteref>1</a></p><p id=n class=fn style='display: none'>w2",
    "notes at the end": "<p>w1<sup><a href='#n'>1</a></sup><ol><li id=n><p>w2 <a href='#r'>\u21a9</a><li id=n2>w3</ol>",
    "notes of terms": "<p>w1<a href='#n'>[1]</a></p><dl><dt id=n>w2<dd>w3</dl>",
    "a note without a mark": "<p>w1</p><aside class=footnote id=n>w2</aside>",
    "verse": "<div class=poem><div class=stanza><p>w1<p>w2<br>w3</div><div class=lg><div>w4</div></div></div>",
    "lists": "<ul>w1<li>w2<ol type=a><li>w3<li></ol>w4</li><p>w5</p><li><blockquote>w6</blockquote></ul>",
    "terms": "<dl><dt>w1<dt>w2<dd>w3<dd><p>w4<p>w5</dl>",
    "pictures": "<p>w1 <img alt=w2> w3</p><picture><source><img title=w4></picture><figure><figcaption>w5</figure>",
    "ruby": "<ruby>w1<rp>(</rp><rt>w2</rt><rp>)</rp></ruby> <ruby><rb>w3</rb><rtc><rt>w4</rt></rtc></ruby>",
    "equations": "<math><mi>w1</mi><mo>=</mo><msup><mi>w2</mi></msup></math> <p>w3 <math><mtext>w4</mtext></math> w5",
    "drawings": "<svg><text>w1</text><g><tspan>w2</tspan></g><foreignObject><p>w3</p></foreignObject></svg><p>w4",
    "folded": "<details><summary>w1</summary>w2<p>w3</details><dialog open>w4</dialog><dialog>w5</dialog>",
    "typed": "<pre><code>w1\n w2</code></pre><p><code>w3</code> <kbd>w4</kbd><xmp>w5 <b>w6</xmp>",
    "changed": "<p><ins>w1</ins> <del>w2</del> <s>w3</s> <mark>w4</mark> <small>w5</small> <abbr title=x>w6</abbr>",
    "asked": "<form><legend>w1</legend><select><option>w2</select><textarea>w3</textarea><button>w4</button></form>",
    "framed": "<noframes>w1</noframes><applet>w2</applet><iframe>w3</iframe><object><p>w4<object>w5</object></object>",
    "around": "<header>w1</header><main>w2</main><aside>w3</aside><footer>w4</footer><nav>w5</nav><address>w6",
    "unknown": "<x-a>w1 <x-b>w2</x-b></x-a><y>w3</y><marquee>w4</marquee> <slot>w5</slot><search>w6</search>",
    "plain sections": "<p>w1 <![CDATA[w2 & <b>]]> w3<script>//<![CDATA[\nx\n//]]></script> w4",
    "lines": "w1<br>w2<br/><br />w3<hr>w4<hr/>w5<div>w6<p>w7</p>w8</div>",
    "crossed": "<b><p>w1</b> w2<i>w3</p>w4</i><p>w5<h1>w6</h1>w7<td>w8<li>w9",
    "links": "<a href=x><p>w1</p><h2>w2</h2></a><a href=''>w3</a> <a>w4</a><a href='#z'></a>",
    "pages": "<p>w1<span epub:type=pagebreak title=x></span> w2</p><div class=page>w3</div>",
    "hidden": "<p style='visibility: hidden'>w1</p><p style='font-size: 0'>w2</p><div aria-hidden=true>w3</div>",
    "shown where": "<video><track><p>w1</video><audio>w2</audio><canvas>w3</canvas><noscript>w4</noscript><p>w5",
}


@pytest.mark.parametrize("kind", ["html", "epub"])
@pytest.mark.parametrize("name", VARIATIONS)
def test_words_in_are_words_out_or_said(tmp_path: Path, name: str, kind: str) -> None:
    page = f"<html><head><title>T</title></head><body>{VARIATIONS[name]}</body></html>"
    path = tmp_path / f"a.{kind}"
    if kind == "html":
        path.write_text(page)
    else:
        book(path, {"O/a.xhtml": page}, items=item("a.xhtml"), spine=A)
    manuscript = read_document(path)
    read = re.findall(r"w\d", all_words(manuscript.content, manuscript.objects))
    assert len(read) == len(set(read))
    assert manuscript.notice or set(re.findall(r"w\d", page)) == set(read)
    assert "left out" in manuscript.notice or not manuscript.notice


@pytest.mark.parametrize(
    ("head", "text"), [("\\pca", "été"), ("\\pc", "été"), ("\\mac", "ÇtÇ"), ("\\ansi\\ansicpg1252", "‚t‚")]
)
def test_an_rtf_of_old_is_read_in_the_code_page_of_its_system(head: str, text: str) -> None:
    assert open_rtf(f"\ufeff{{\\rtf1{head} \\'82t\\'82}}".encode()).text == text


@pytest.mark.parametrize(
    ("style", "text"),
    [
        ("display: block", "one\ntwo\nthree"),
        ("display:BLOCK; float: left", "onetwo three"),
        ("position: absolute; display: block", "onetwo three"),
        ("display: inline-block", "onetwo three"),
    ],
)
def test_what_a_style_makes_a_line_of_is_one(style: str, text: str) -> None:
    page = f"<p>one<span style='{style}'>two</span> three</p>"
    assert open_html(page.encode()).text == text
    page = f"<style>.a {{{style}}}</style><p>one<span class=a>two</span> three</p>"
    assert open_html(page.encode()).text == text


def test_a_text_box_of_rtf_belongs_to_no_sentence() -> None:
    rtf = rb"{\rtf1 before{\shp{\*\shpinst{\shptxt boxed\par more\par}}}after\par}"
    assert open_rtf(rtf).text == "before\nboxed\nmore\nafter"


def test_style_sheets_are_read_whatever_braces_they_hold() -> None:
    sheet = "} a{ } @media print { b { font-weight: bold } } @import 'x'; i { font-style: italic } u {"
    assert style_rules(sheet) == {"b": {"font-weight": "bold"}, "i": {"font-style": "italic"}}


def test_the_sheet_that_a_page_of_a_book_names_last_holds(tmp_path: Path) -> None:
    path = tmp_path / "a.epub"
    named = "".join(f'<link rel="stylesheet" href="{name}.css"/>' for name in "aba")
    with zipfile.ZipFile(path, "w") as book:
        container = '<container><rootfiles><rootfile full-path="p.opf"/></rootfiles></container>'
        book.writestr("META-INF/container.xml", container)
        item = '<item id="a" href="a.xhtml" media-type="application/xhtml+xml"/>'
        book.writestr("p.opf", f'<package><manifest>{item}</manifest><spine><itemref idref="a"/></spine></package>')
        book.writestr("a.xhtml", f"<html><head>{named}</head><body><p class='c'>Words.</p></body></html>")
        book.writestr("a.css", ".c { font-weight: bold; text-align: right }")
        book.writestr("b.css", ".c { font-weight: normal; font-style: italic }")
    content = read_document(path).content
    assert content.spans[0].char_format == CharFormat.BOLD | CharFormat.ITALIC
    assert content.each_style()[0] == ParagraphStyle(alignment="right")


def test_a_letter_of_more_parts_than_any_has_is_refused_in_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "a.mht"
    path.write_text("MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n" + "\n--b\nA: b\n\na" * 20_000)
    with pytest.raises(DocumentError, match="more than a text could hold"):
        read_document(path)


MARK = "<p>A<a href='#n1' id='r1'><sup>1</sup></a></p>"
NOTE = "<p id='n1'><a href='#r1'>1</a> Foot.</p>"


@pytest.mark.parametrize(
    ("page", "shown"),
    [
        (f"{MARK}<hr>{NOTE}", ["A@"]),
        (
            f"{MARK}<section class='footnotes'><hr/><ol><li id='n1'>Foot. <a href='#r1'>^</a></li></ol></section>",
            ["A@"],
        ),
        (f"{MARK}<br clear=all><hr size=1><!-- notes --><div id='n1'><p><a href='#r1'>1</a> Foot.</p></div>", ["A@"]),
        (f"{MARK}<hr>{NOTE}<hr><h2>B</h2><p>C</p>", ["A@", "* * *", "B", "C"]),
        (f"{MARK}<hr>{NOTE}<h2>B</h2><p>C</p>", ["A@", "B", "C"]),
        (f"{MARK}<hr>{NOTE}<p>C</p>", ["A@", "* * *", "C"]),
        (f"{MARK}{NOTE}<hr><p>C</p>", ["A@", "* * *", "C"]),
        (f"{MARK}<hr>B{NOTE}", ["A@", "* * *", "B"]),
        (f"{MARK}<hr><img alt='a cat'>{NOTE}", ["A@", "* * *", "@"]),
    ],
)
def test_a_line_that_parts_the_notes_from_the_text_is_no_scene_break(page: str, shown: list[str]) -> None:
    manuscript = open_html(page.encode())
    assert [text for text, _, _ in kinds(manuscript)] == shown
    assert [each.content.text for each in manuscript.objects.values() if isinstance(each, Note)] == ["Foot."]


@pytest.mark.parametrize(
    "between",
    [
        "<br clear=all style='mso-special-character:line-break;page-break-before:always'>",
        "<span><br style='page-break-before:always'></span>",
        "<hr style='page-break-before:always;display:none;'>",
        "<div style='page-break-after: always'></div>",
        "<div style='break-after: page'>&nbsp;</div>",
        "<div class='end'></div>",
    ],
)
def test_a_page_begins_where_a_page_says_so(between: str) -> None:
    sheet = "<style>.end { display: block; page-break-after: always }</style>"
    content = open_html(f"{sheet}<p>A</p>{between}<p>B</p><p>C</p>".encode()).content
    said = [(line.text.strip(), style.page_break) for line, style in styled(content)]
    assert [each for each in said if each[0]] == [("A", False), ("B", True), ("C", False)]


def word_entry(sign: str, words: str, level: int = 1) -> str:
    shown = f"<![if !supportLists]><span><span style='mso-list:Ignore'>{sign}<span>&nbsp;&nbsp; </span></span></span>"
    return f"<p style='text-indent:-18.0pt;mso-list:l0 level{level} lfo1'>{shown}<![endif]>{words}</p>"


def test_lists_of_a_page_that_word_saved_are_lists() -> None:
    entries = [("\u00b7", "a", 1), ("o", "b", 2), ("3.", "c", 1), ("4)", "d", 1), ("a.", "e", 2), ("2.1.", "f", 2)]
    page = "".join(word_entry(*each) for each in entries)
    page += "<h1 style='mso-list:l1 level1 lfo2'><span style='mso-list:Ignore'>1.</span>One</h1>"
    content = open_html(f"{page}<p style='mso-list:none'>g</p>".encode()).content
    assert [(line.text, style.kind, style.level, style.start) for line, style in styled(content)] == [
        ("a", "bullet", 1, None),
        ("b", "bullet", 2, None),
        ("c", "number", 1, 3),
        ("d", "number", 1, None),
        ("e", "number", 2, None),
        ("f", "number", 2, 1),
        ("1.One", "heading", 1, None),
        ("g", "body", 0, None),
    ]


def test_comments_of_a_page_that_word_saved_are_left_out_and_said() -> None:
    page = (
        "<p>The <a style='mso-comment-reference:A_1'>old</a><span class=MsoCommentReference><![if !supportAnnotations]>"
        "<a class=msocomanchor id='_anchor_1' href='#_msocom_1' name='_msoanchor_1'>[A1]</a><![endif]>"
        "<span style='mso-special-character:comment'>&nbsp;</span></span> house.</p>"
        "<div style='mso-element:comment-list'><![if !supportAnnotations]><hr class=msocomoff><![endif]>"
        "<div style='mso-element:comment'><div id='_com_1' class=msocomtxt><a name='_msocom_1'></a>"
        "<p class=MsoCommentText><a href='#_msoanchor_1' class=msocomoff>[A1]</a>Too old?</p></div></div></div>"
    )
    manuscript = open_html(page.encode())
    assert (manuscript.text, manuscript.notice) == ("The old house.", "Of this page was left out: comments.")
