"""The formats that this program knows, each described in a folder of its own: a new one is entered here."""

from __future__ import annotations

from pathlib import Path

from pandemonium.documents.formats.docx import DOCX
from pandemonium.documents.formats.enex import ENEX
from pandemonium.documents.formats.epub import EPUB
from pandemonium.documents.formats.fb2 import FB2
from pandemonium.documents.formats.format import Format
from pandemonium.documents.formats.html import HTML
from pandemonium.documents.formats.lookup import enter
from pandemonium.documents.formats.markdown import MARKDOWN
from pandemonium.documents.formats.mhtml import MHTML
from pandemonium.documents.formats.odt import FLAT_ODT, ODT
from pandemonium.documents.formats.pdf import PDF
from pandemonium.documents.formats.plain import PLAIN
from pandemonium.documents.formats.rtf import RTF

FORMATS: tuple[Format, ...] = (DOCX, ODT, PDF, EPUB, HTML, MARKDOWN, PLAIN, RTF, FLAT_ODT, FB2, MHTML, ENEX)
"""In the order in which dialogs list them."""

SUFFIXES = {suffix: each.name for each in FORMATS if each.write for suffix in each.suffixes}
"""The formats that are opened, edited and saved, by the ends of their names."""
READABLE = {
    suffix: each.name
    for each in FORMATS
    for suffix in (each.also_read if each.write else (*each.suffixes, *each.also_read))
}
"""The formats of documents that are only read, by the ends of their names."""
EXPORTS = {suffix: each.name for each in FORMATS if each.export for suffix in each.suffixes}
"""The formats that a copy is written in; PDF is written by the window, which has what it takes to set pages."""

enter(FORMATS)


def format_of(path: Path) -> str:
    """The name of the format that a file of this name is written in; text where the name says nothing."""
    return SUFFIXES.get(path.suffix.lower(), PLAIN.name)
