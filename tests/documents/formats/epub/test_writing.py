"""A book keeps the rules that shops and readers check."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings
from lxml import etree

from pandemonium.documents.formats.epub.writing import epub_book
from pandemonium.documents.model.manuscript import Manuscript
from pandemonium.documents.model.passage import ParagraphStyle, Passage

PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)
CHECKER = Path("/usr/bin/epubcheck")


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        return {name: book.read(name) for name in book.namelist()}


def check(data: bytes) -> dict[str, bytes]:
    """Holds a book against the rules of EPUB 3."""
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        first = book.infolist()[0]
        assert (first.filename, first.compress_type, first.extra) == ("mimetype", zipfile.ZIP_STORED, b"")
    parts = parts_of(data)
    assert parts["mimetype"] == b"application/epub+zip"
    trees: dict[str, Any] = {n: etree.fromstring(d) for n, d in parts.items() if not n.endswith((".css", "pe", ".png"))}
    package = trees["EPUB/package.opf"]
    named = {each.tag.rpartition("}")[2]: each for each in package.iter("{http://purl.org/dc/elements/1.1/}*")}
    assert named["title"].text.strip()
    assert re.fullmatch(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*", named["language"].text)
    assert package.get("unique-identifier") == named["identifier"].get("id")
    stamps = [each.text for each in package.iter("{*}meta") if each.get("property") == "dcterms:modified"]
    assert len(stamps) == 1
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", stamps[0])
    items = {each.get("id"): each for each in package.iter("{*}item")}
    assert len(items) == len(list(package.iter("{*}item")))
    files = {f"EPUB/{each.get('href')}" for each in items.values()}
    assert files == set(parts) - {"mimetype", "META-INF/container.xml", "EPUB/package.opf"}
    assert len([each for each in items.values() if each.get("properties") == "nav"]) == 1
    spine = [each.get("idref") for each in package.iter("{*}itemref")]
    assert spine
    assert len(set(spine)) == len(spine)
    assert set(spine) <= items.keys()
    ids = {(name, each.get("id")) for name, tree in trees.items() for each in tree.iter() if each.get("id")}
    for name, tree in trees.items():
        own = [each.get("id") for each in tree.iter() if each.get("id")]
        assert len(own) == len(set(own)), name
        for link in tree.iter("{http://www.w3.org/1999/xhtml}a"):
            path, _, place = link.get("href").partition("#")
            if ":" not in path:
                target = f"EPUB/{path}" if path else name
                assert target in parts
                assert not place or (target, place) in ids
        for page in tree.iter("{http://www.w3.org/1999/xhtml}ul", "{http://www.w3.org/1999/xhtml}ol"):
            assert len(page)
            assert {child.tag.rpartition("}")[2] for child in page} == {"li"}
    return parts


def test_a_book_keeps_the_rules(everything: Manuscript) -> None:
    parts = check(epub_book(everything, cover=PICTURE, modified=datetime(2026, 3, 1, 12, tzinfo=UTC)))
    assert b"2026-03-01T12:00:00Z" in parts["EPUB/package.opf"]
    assert b"cover-image" in parts["EPUB/package.opf"]
    nav = etree.fromstring(parts["EPUB/nav.xhtml"])
    listed = [(each.text, each.get("href")) for each in nav.iter("{*}a")]
    assert [title for title, _ in listed] == ["The House & the Sea", "One", "Two"]
    assert [address.partition("#")[0] for _, address in listed] == [f"chapter-00{at}.xhtml" for at in (1, 1, 2)]
    assert b"A note, " in parts["EPUB/chapter-001.xhtml"]
    assert b"Another note." in parts["EPUB/chapter-002.xhtml"]


def test_a_text_without_headings_is_one_chapter() -> None:
    parts = check(epub_book(Manuscript(Passage("It was dark.\nVery."), language="en")))
    assert "EPUB/chapter-001.xhtml" in parts
    assert "EPUB/chapter-002.xhtml" not in parts


@pytest.mark.long
def test_the_language_is_found_where_none_is_said(prose: str) -> None:
    assert b"<dc:language>en</dc:language>" in check(epub_book(Manuscript(Passage(prose), "txt")))["EPUB/package.opf"]


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["heading", "body", "bullet", "number", "quote", "scene"]),
            st.integers(1, 6),
            st.text("ab<&* ", max_size=4),
        ),
        max_size=12,
    )
)
@settings(deadline=None, max_examples=60)
def test_any_order_of_paragraphs_keeps_the_rules(paragraphs: list[tuple[Any, int, str]]) -> None:
    styles = tuple(ParagraphStyle(kind, level) for kind, level, _ in paragraphs)
    text = "\n".join(words for _, _, words in paragraphs)
    parts = check(epub_book(Manuscript(Passage(text, styles=styles), language="en")))
    words = b"".join(data for name, data in sorted(parts.items()) if "chapter" in name)
    assert words.count(b"&amp;") >= text.count("&")


@pytest.mark.long
def test_epubcheck_finds_no_fault(everything: Manuscript, tmp_path: Path) -> None:
    java = shutil.which("java")
    if java is None or not CHECKER.exists():
        pytest.skip("needs epubcheck: apt-get install epubcheck")
    path = tmp_path / "book.epub"
    path.write_bytes(epub_book(everything, cover=PICTURE))
    told = subprocess.run([java, "-jar", CHECKER, path], capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stdout + told.stderr
    assert "0 errors / 0 warnings" in told.stdout
