"""Texts of nothing but signs cost twice as much when they are twice as long, in the window and in a training."""

from __future__ import annotations

import contextlib
import io
import sys
import zipfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import FrameType

import pytest
from tests.documents.formats.docx.test_document import package

from pandemonium.documents.formats import read_document
from pandemonium.documents.formats.html import notes, page
from pandemonium.documents.formats.markdown.reading import read_markdown, to_rich
from pandemonium.documents.formats.odt.names import SPACES
from pandemonium.documents.formats.odt.template import empty_parts
from pandemonium.documents.reading.reader import read_text
from pandemonium.documents.rich import rich
from pandemonium.errors import DocumentError
from pandemonium.text.boilerplate.cutting import cut_and_count
from pandemonium.text.hyphens import join_hyphens

pytestmark = pytest.mark.long

SIZE = 4_000  # bytes, and then twice as many
MOST_CALLS = 80  # for each byte
MOST_CALLS_OF_PAGES = 11  # most of a dense page's elements are alike, and known

MARKDOWN = [
    "*a* ",
    "**a ",
    "[a](b) ",
    "[a][",
    "`a` ",
    "<a ",
    "&amp;",
    "[^1]: a\n\n",
    "> ",
    "- a\n",
    "- - a\n",
    "[a]: b\n",
    "# a\n",
    "|a",
    "\\*",
    "\\[a ",
]
RTF = [
    "\\b a\\b0 b",
    "a\\par ",
    "{{{a}}}",
    "\\rtlch\\fcs1 \\af0 a",
    "{a}",
    "{\\b a}",
    "\\u9731?",
    "\\'e9",
    "{\\footnote a}",
    "\\intbl a\\cell ",
    "{\\v a}b",
]
HTML = [
    "<p>a",
    "<li>a",
    "<td>a",
    "<hr>",
    "<div>a",
    "<b>a</b>",
    '<a href="#x">1</a>',
    '<sup><a href="#n">1</a></sup>',
    "<ul><li>a",
    "<table><tr><td>a</table>",
    "<div class=toc>a",
    "<div class=poem><p>a</p>",
    "<q>a",
    "<p hidden>a",
    "<odd>a",
    "a<b ",
    '<a b="c>',
    "<!--",
    '<p style="font-weight:bold">a',
    "<p class=a%d>a",
    "<style>.a%d{float:left}</style>",
    '<a href="#n%d" class=noteref>1</a><aside id=n%d>a</aside>',
    "<img>",
    "<x/>",
    "<ol><li>a",
]
WORD = [
    "<w:r><w:t>a</w:t></w:r>",
    "<w:r><w:tab/></w:r>",
    '<w:bookmarkStart w:id="1" w:name="a"/><w:r><w:t>a</w:t></w:r>',
    '<w:hyperlink w:anchor="a"><w:r><w:t>a</w:t></w:r></w:hyperlink>',
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r>',
    "<w:ins><w:r><w:t>a</w:t></w:r></w:ins>",
    "<w:r><w:pict/></w:r>",
]
ODT = [
    "<text:span>a</text:span>",
    "<text:s/>",
    "a<text:tab/>",
    '<text:a xlink:href="http://x">a</text:a>',
    "<text:bookmark-ref>a</text:bookmark-ref>",
    "<draw:frame><draw:text-box><text:p>a</text:p></draw:text-box></draw:frame>",
]
FB2 = [
    "<p>a</p>",
    "<section><title><p>a</p></title></section>",
    "<x>a</x>",
    "<p><emphasis>a</emphasis></p>",
    "<image/>",
    "<empty-line/>",
    "<poem><stanza><v>a</v></stanza></poem>",
    "<table><tr><td>a</td></tr></table>",
    '<p><a href="#n%d" type="note">1</a></p><section id="n%d"><p>a</p></section>',
    '<a href="#n" type="note">1</a>',
    "<binary>a</binary>",
]
ENEX = [
    "<note>",
    "<note><title>a</title></note>",
    "<note><content>a</content></note>",
    "<note><content><![CDATA[<en-note><div>a</div></en-note>]]></content></note>",
    "<note><content>&lt;en-note&gt;a",
    "<note><resource><data>a</data></resource></note>",
    "<note><content><![CDATA[<en-note><en-todo/>a<en-crypt>b</en-crypt></en-note>",
    "<title>",
]
LETTERS = [
    "\n--b\n\na",
    "\n--b\n",
    "\n--b\nA: b\n\na",
    "\n--b\nContent-Type: text/plain\n\na",
    "\n--b\nContent-Type: text/plain\nContent-Transfer-Encoding: base64\n\nYQ==",
    "\n--b\nContent-Type: text/html\nContent-Transfer-Encoding: quoted-printable\n\n=\n=3D",
    "\n--b\nContent-Type: multipart/mixed; boundary=c\n\n--c\n\na",
    "\n--b\nContent-Type: multipart/mixed; boundary=b\n\n",
    "; a=b",
    "A: b\n",
]
EPUB = [
    "<p>a</p>",
    "<img/>",
    "<a id='a'/>",
    "<a href='#n' class='noteref'>1</a>",
    "<a href='#n%d' class='noteref'>1</a><aside id='n%d'>a</aside>",
    "<sup><a href='#n%d' id='m%d'>1</a></sup><li id='n%d'>a <a href='#m%d'>b</a></li>",
    "<p class='a%d'>a</p>",
]
PLAIN = ["a\n", "-\n", '" ', "* ", "Chapter 1\n\n", "> a\n", "a-\nb "]


def repeated(unit: str, size: int) -> str:
    """A unit as often as there is room for it, each with its number in the place of "%d"."""
    if "%d" not in unit:
        return unit * (size // len(unit))
    pieces: list[str] = []
    length = 0
    while length < size:
        pieces.append(unit.replace("%d", str(len(pieces))))
        length += len(pieces[-1])
    return "".join(pieces)


def calls(work: Callable[[], object]) -> int:
    """How many functions work calls, Python's own among them."""
    count = 0

    def hear(frame: FrameType, event: str, argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(hear)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count


def epub(body: str) -> bytes:
    """A book of two pages that are the same."""
    page = f"<html><body>{body}</body></html>"
    items = "".join(f'<item id="{name}" href="{name}.xhtml" media-type="application/xhtml+xml"/>' for name in "ab")
    order = '<itemref idref="a"/><itemref idref="b"/>'
    parts = {
        "META-INF/container.xml": '<container><rootfiles><rootfile full-path="p.opf"/></rootfiles></container>',
        "p.opf": f"<package><metadata/><manifest>{items}</manifest><spine>{order}</spine></package>",
        "a.xhtml": page,
        "b.xhtml": page,
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def odt(body: str, compression: int = zipfile.ZIP_STORED) -> bytes:
    """An odt file of one paragraph."""
    names = " ".join(f'xmlns:{prefix}="{space}"' for prefix, space in SPACES.items())
    text = f"<office:body><office:text><text:p>{body}</text:p></office:text></office:body>"
    parts = empty_parts() | {
        "content.xml": f"<office:document-content {names}>{text}</office:document-content>".encode()
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return buffer.getvalue()


MADE: dict[str, Callable[[str], bytes]] = {
    "md": str.encode,
    "txt": str.encode,
    "rtf": lambda text: f"{{\\rtf1 {text}}}".encode(),
    "html": lambda text: f"<html><body>{text}".encode(),
    "docx": lambda text: package(f"<w:p>{text}</w:p>"),
    "odt": odt,
    "fb2": lambda text: f'<?xml version="1.0"?><FictionBook><body>{text}</body></FictionBook>'.encode(),
    "enex": lambda text: f'<?xml version="1.0"?><en-export>{text}</en-export>'.encode(),
    "mht": lambda text: f"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b{text}".encode(),
    "epub": epub,
}
PAGES = frozenset(("html", "fb2", "enex", "epub"))
CASES = [
    (kind, unit)
    for kind, units in (
        ("md", MARKDOWN),
        ("txt", PLAIN),
        ("rtf", RTF),
        ("html", HTML),
        ("docx", WORD),
        ("odt", ODT),
        ("fb2", FB2),
        ("enex", ENEX),
        ("mht", LETTERS),
        ("epub", EPUB),
    )
    for unit in units
]


def opened(read: Callable[[], object]) -> None:
    """Reads, or is told why that cannot be."""
    with contextlib.suppress(DocumentError):
        read()


DEEP = {
    "page numbers": "<span class=pagenum>" * 200 + "word " * 2_000,
    "marks": "<div>" * 200 + "<a href=#n class=noteref>1</a>" * 400 + "</div>" * 200 + "<aside id=n>n</aside>",
    "marks in one": "<sup>" + "<a href=#n>1</a>" * 500 + "</sup><aside class=fn id=n>n</aside>",
    "tables": "<table><tr><td>" * 80 + "<p>a</p>" * 1_000,
}


@pytest.mark.parametrize("name", DEEP)
def test_what_stands_deep_costs_no_more(tmp_path: Path, name: str) -> None:
    """Characters are counted too, as a call may look at all of them."""
    path = tmp_path / "a.html"
    path.write_text(DEEP[name])
    looked = 0
    real = notes.words_in

    def counting(element: object) -> str:
        nonlocal looked
        words = real(element)
        looked += len(words)
        return str(words)

    with pytest.MonkeyPatch.context() as patched:
        for module in (notes, page):
            patched.setattr(module, "words_in", counting)
        assert calls(lambda: read_document(path)) <= 20 * len(DEEP[name])
    assert looked <= len(DEEP[name])


@pytest.mark.parametrize(("kind", "unit"), CASES, ids=[f"{kind} {unit[:24]!r}" for kind, unit in CASES])
def test_twice_as_long_costs_twice_as_much(tmp_path: Path, kind: str, unit: str) -> None:
    path = tmp_path / f"a.{kind}"

    def shown() -> object:
        read = read_document(path)
        return rich(read) if kind == "md" else read

    for read in (shown, lambda: read_text(path)):
        path.write_bytes(MADE[kind](unit))
        opened(read)  # what is made once is made now
        costs = []
        for size in (SIZE, 2 * SIZE):
            path.write_bytes(MADE[kind](repeated(unit, size)))
            costs.append(calls(partial(opened, read)))
        assert costs[1] <= 2.2 * costs[0] + 2_000
        assert costs[1] <= (MOST_CALLS_OF_PAGES if kind in PAGES else MOST_CALLS) * len(path.read_bytes())


def test_elements_that_no_standard_knows_cost_no_more_than_spans(tmp_path: Path) -> None:
    for name in ("text:span", "x:part"):
        (path := tmp_path / "a.odt").write_bytes(odt(f"<{name}>word</{name}> " * 60_000, zipfile.ZIP_DEFLATED))
        assert len(read_document(path).text.split()) == 60_000


@pytest.mark.parametrize("line", ["a: b\n", "# a\n", "#a b\n", "a, b\n", "ab\n\n"])
def test_lines_that_no_cut_means_cost_hardly_a_call(line: str) -> None:
    text = line * 2_000
    cut_and_count(text)
    assert calls(lambda: cut_and_count(text)) <= 4 * 2_000 + 4_000


def test_broken_words_cost_few_calls() -> None:
    assert calls(lambda: join_hyphens("ab-\ncd\n" * 1_000, frozenset())) <= 14 * 1_000


@pytest.mark.parametrize(("unit", "most"), [("{a}", 15), ("{\\b a}", 28), ("\\b a\\b0 b", 35)])
def test_what_holds_in_a_group_is_followed_once(tmp_path: Path, unit: str, most: int) -> None:
    path = tmp_path / "a.rtf"
    path.write_bytes(MADE["rtf"](unit * 1_000))
    read_document(path)
    assert calls(lambda: read_document(path)) <= most * 1_000 + 500


@pytest.mark.parametrize("unit", ["!", "^", "$", ":", "=", "a-b", "a > ", "@", "a & b ", "x < 5 ", "a~b "])
def test_signs_that_begin_nothing_cost_hardly_a_call(unit: str) -> None:
    text = "*b* " + unit * (SIZE // len(unit))
    to_rich(text)
    assert calls(lambda: to_rich(text)) <= SIZE


@pytest.mark.parametrize("unit", ["[^aaaaaaaaaaaaaaaaaaaaaaaa", "^[aaaaaaaaaaaaaaaaaaaaaaaa", "<aaaaaaaaaaaaaaa "])
def test_what_never_closes_is_not_looked_for_to_the_end(unit: str) -> None:
    costs = [calls(partial(to_rich, "[^1]: a\n\n[^1] " + unit * count)) for count in (80, 80, 160)]
    assert costs[2] <= 2.2 * costs[1] + 2_000


@pytest.mark.parametrize("unit", ["[aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa ", "<b>aaaaaaaaaa "])
def test_a_long_text_of_what_is_dear_is_not_read_as_markup(unit: str) -> None:
    text = unit * (500_000 // len(unit)) + "]"
    assert read_markdown(text)[2]
    assert not read_markdown(unit * 60)[2]
