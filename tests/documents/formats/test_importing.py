"""Documents of formats that are only read come with their looks, and bad ones as a sentence."""

from __future__ import annotations

import zipfile
from pathlib import Path

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from pandemonium.documents.composing import styled
from pandemonium.documents.formats import read_document
from pandemonium.documents.formats.html.reading import open_html
from pandemonium.documents.formats.rtf.reading import open_rtf
from pandemonium.documents.manuscript import Foreign, Manuscript, Note
from pandemonium.documents.passage import Look, Passage
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
"""  # fmt: skip


PIECES = [b"{", b"}", b"\\b ", b"\\u9731?", b"\\'e9", b"\\footnote ", b"words ", b"\\par ", b"\\*", b"\\bin3 "]
PIECES += [b"\\intbl\\cell ", b"\\uc2 ", b"\\pntext ", b"\\u-8640?"]


def kinds(manuscript: Manuscript) -> list[tuple[str, str, int]]:
    return [(p.text.replace("\ufffc", "@"), style.kind, style.level) for p, style in styled(manuscript.content)]


def looks(content: Passage) -> dict[str, Look]:
    return {content.text[span.start : span.end]: span.look for span in content.spans if span.look}


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
    found = looks(manuscript.content)
    assert (found["bold"], found["italic "], found["both"]) == (Look.BOLD, Look.ITALIC, Look.BOLD | Look.ITALIC)
    assert found["Caps"] & Look.SMALL_CAPS
    assert [span.link for span in manuscript.content.spans if span.link] == ["https://example.org"]
    styles = [style for _, style in styled(manuscript.content)]
    assert styles[2].alignment == "center"
    assert styles[7].page_break
    note, picture = manuscript.things.values()
    assert isinstance(note, Note)
    assert (note.content.text, looks(note.content)) == ("Note here.", {"here": Look.ITALIC})
    assert isinstance(picture, Foreign)
    assert (manuscript.title, manuscript.author) == ("A \u00e9t\u00e9", "Me")


@given(st.lists(st.sampled_from(PIECES), max_size=25))
@settings(deadline=None)
def test_damaged_rtf_is_read_as_far_as_it_goes(pieces: list[bytes]) -> None:
    content = open_rtf(b"{\\rtf1 " + b"".join(pieces) + b"}").content
    assert len(content.styles) == content.text.count("\n") + 1
    assert all(0 <= span.start < span.end <= len(content.text) for span in content.spans)


def test_rtf_nested_without_end_is_refused() -> None:
    with pytest.raises(DocumentError, match="damaged"):
        open_rtf(b"{\\rtf1 " + b"{" * 100_000)


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
    found = looks(manuscript.content)
    assert (found["bold"], found["leaning"]) == (Look.BOLD, Look.ITALIC)
    note = next(each for each in manuscript.things.values() if isinstance(each, Note))
    assert (note.content.text, looks(note.content)) == ("The note.", {"note": Look.ITALIC})
    assert [each.text for each in manuscript.things.values() if isinstance(each, Foreign)] == ["1\t2", "a cat"]


def test_deeply_nested_html_keeps_its_words() -> None:
    page = b"<div>" * 240 + b"words" + b"</div>" * 240
    assert open_html(page).text == "words"


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
        book.writestr("O/s.css", ".i { font-style: italic }")  # fmt: skip
    manuscript = read_document(path)
    assert kinds(manuscript) == [("First", "heading", 2), ("Last@", "body", 0)]
    assert looks(manuscript.content)["Last"] == Look.ITALIC
    assert [each.content.text for each in manuscript.things.values() if isinstance(each, Note)] == [". About it."]
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
