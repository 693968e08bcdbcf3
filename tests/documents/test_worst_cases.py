"""Texts of nothing but signs cost twice as much when they are twice as long, in the window and in a training."""

from __future__ import annotations

import io
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from types import FrameType

import pytest
from tests.documents.formats.docx.test_document import package

from pandemonium.documents.formats import read_document
from pandemonium.documents.formats.html import notes, page
from pandemonium.documents.formats.odt.names import SPACES
from pandemonium.documents.formats.odt.template import empty_parts
from pandemonium.documents.reading.reader import read_text
from pandemonium.documents.rich import rich
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
PLAIN = ["a\n", "-\n", '" ', "* ", "Chapter 1\n\n", "> a\n", "a-\nb "]


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


def odt(body: str) -> bytes:
    """An odt file of one paragraph."""
    names = " ".join(f'xmlns:{prefix}="{space}"' for prefix, space in SPACES.items())
    text = f"<office:body><office:text><text:p>{body}</text:p></office:text></office:body>"
    parts = empty_parts() | {
        "content.xml": f"<office:document-content {names}>{text}</office:document-content>".encode()
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
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
}
CASES = [
    (kind, unit)
    for kind, units in (
        ("md", MARKDOWN),
        ("txt", PLAIN),
        ("rtf", RTF),
        ("html", HTML),
        ("docx", WORD),
        ("odt", ODT),
    )
    for unit in units
]


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
        read()  # what is made once is made now
        costs = []
        for size in (SIZE, 2 * SIZE):
            path.write_bytes(MADE[kind](unit * (size // len(unit))))
            costs.append(calls(read))
        assert costs[1] <= 2.2 * costs[0] + 2_000
        assert costs[1] <= (MOST_CALLS_OF_PAGES if kind == "html" else MOST_CALLS) * 2 * SIZE


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
