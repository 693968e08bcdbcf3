"""A book's chapters come in reading order, and its apparatus not at all."""

from __future__ import annotations

import pytest

from pandemonium.documents.reading.epub import read_epub
from pandemonium.errors import DocumentError

CONTAINER = '<container><rootfiles><rootfile full-path="O/book.opf"/></rootfiles></container>'
PAGE = 'media-type="application/xhtml+xml"'
PACKAGE = f"""<package xmlns="http://www.idpf.org/2007/opf"><manifest>
<item id="a" href="a.xhtml" {PAGE}/><item id="b" href="b%20b.xhtml" {PAGE}/><item id="t" href="t.xhtml" {PAGE}/>
<item id="n" href="n.xhtml" properties="nav" {PAGE}/><item id="c" href="c.xhtml" {PAGE}/></manifest>
<spine><itemref idref="n"/><itemref idref="t"/><itemref idref="c"/><itemref idref="b"/><itemref idref="a"/>
<itemref idref="missing"/></spine>
<guide><reference type="title-page" href="t.xhtml"/></guide></package>"""
PARTS = {
    "mimetype": "application/epub+zip",
    "META-INF/container.xml": CONTAINER,
    "O/book.opf": PACKAGE,
    "O/a.xhtml": "<html><body><p>The second chapter.</p></body></html>",
    "O/b b.xhtml": "<html><body><p>The first chapter.</p></body></html>",
    "O/t.xhtml": "<html><body><p>A title page</p></body></html>",
    "O/n.xhtml": "<html><body><p>Contents</p></body></html>",
    "O/c.xhtml": '<html><body epub:type="copyright-page"><p>All rights reserved.</p></body></html>',
}


def test_reading_order(zipped) -> None:
    reading = read_epub(zipped("a.epub", PARTS).read_bytes())
    assert reading.text == "The first chapter.\n\nThe second chapter."
    assert reading.unwrapped


def test_a_locked_book_is_a_sentence(zipped) -> None:
    locked = '<encryption><EncryptedData><EncryptionMethod Algorithm="urn:aes"/></EncryptedData></encryption>'
    with pytest.raises(DocumentError, match="copy protection"):
        read_epub(zipped("a.epub", {**PARTS, "META-INF/encryption.xml": locked}).read_bytes())


def test_hidden_fonts_lock_nothing(zipped) -> None:
    fonts = '<encryption><EncryptionMethod Algorithm="http://www.idpf.org/2008/embedding"/></encryption>'
    assert read_epub(zipped("a.epub", {**PARTS, "META-INF/encryption.xml": fonts}).read_bytes()).text


def test_a_book_without_its_table_is_a_sentence(zipped) -> None:
    with pytest.raises(DocumentError, match="damaged"):
        read_epub(zipped("a.epub", {name: each for name, each in PARTS.items() if name != "O/book.opf"}).read_bytes())


def test_a_book_that_calls_all_of_itself_apparatus_is_read(zipped) -> None:
    package = PACKAGE.replace("<itemref ", "<itemref linear='no' ")
    parts = {**PARTS, "O/book.opf": package, "O/c.xhtml": PARTS["O/a.xhtml"]}
    text = read_epub(zipped("a.epub", parts).read_bytes()).text
    assert "The first chapter." in text
    assert "The second chapter." in text
