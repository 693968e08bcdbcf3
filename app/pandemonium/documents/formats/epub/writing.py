"""Exports a book: EPUB 3, one file a chapter, with contents for old readers and new."""

from __future__ import annotations

import io
import re
import uuid
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from xml.sax.saxutils import escape, quoteattr

from pandemonium.documents.formats.html.markup import STYLES, Markup, Styled, clean, plain_words
from pandemonium.documents.model.composing import styled
from pandemonium.documents.model.manuscript import Manuscript
from pandemonium.documents.rich import proposed_title, rich
from pandemonium.errors import PandemoniumError

_CONTAINER = """\
<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
"""
_STYLES = """\
aside { margin-top: 1em; font-size: 0.85em; }
.notes { margin-top: 3em; border-top: 1px solid; }
.cover { text-align: center; text-indent: 0; }
.cover img { max-width: 100%; max-height: 95vh; }
.title-page { text-align: center; margin-top: 25%; }
"""
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")
_PICTURES = {b"\x89PNG": ("png", "image/png"), b"\xff\xd8\xff": ("jpg", "image/jpeg")}
_LONGEST = 300_000  # characters in one file, before readers on paper-like screens grow slow


@dataclass(frozen=True)
class _Chapter:
    """One file of the book: its name, its title, and its paragraphs."""

    name: str
    title: str
    paragraphs: Sequence[Styled]


@dataclass(frozen=True)
class _Entry:
    """One line of the contents."""

    level: int
    title: str
    address: str


def epub_book(manuscript: Manuscript, *, cover: bytes = b"", modified: datetime | None = None) -> bytes:
    """The document as a book.

    Args:
        manuscript: any; it is parted at its headings.
        cover: a PNG or JPEG picture; none where empty.
        modified: when the document was changed last; now where None.
    """
    manuscript = rich(manuscript)
    title = clean(proposed_title(manuscript)) or "Untitled"
    language = manuscript.language.replace("_", "-")
    language = language if _LANGUAGE.fullmatch(language) else _identified(manuscript.text)
    author = clean(manuscript.author)
    identifier = uuid.uuid5(uuid.NAMESPACE_URL, clean(f"{title}\n{author}\n{manuscript.text}")).urn
    paragraphs = styled(manuscript.content)
    deepest = _chapter_level(paragraphs)
    chapters = _chapters(paragraphs, title, deepest)
    picture = next((kind for sign, kind in _PICTURES.items() if cover.startswith(sign)), None) if cover else None
    stamp = (modified or datetime.now(UTC)).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    markup = Markup(manuscript.objects, book=True)
    files: dict[str, str] = {}
    entries: list[_Entry] = []
    for chapter in chapters:
        before = len(markup.headings)
        name = f"{chapter.name}.xhtml"
        files[name] = _chapter_page(chapter, markup, language)
        listed = [each for each in markup.headings[before:] if each[0] <= deepest and each[1]]
        entries += [_Entry(level, words, f"{name}#{place}") for level, words, place in listed]
    if not entries or (chapters[0].paragraphs and not entries[0].address.startswith(f"{chapters[0].name}.")):
        entries.insert(0, _Entry(entries[0].level if entries else 1, title, f"{chapters[0].name}.xhtml"))
    if picture:
        body = f'<section epub:type="cover"><p class="cover"><img src="cover.{picture[0]}" alt="Cover"/></p></section>'
        files = {"cover.xhtml": _page("Cover", body, language)} | files
    opf = _package(title, author, language, identifier, stamp, list(files), picture)
    nav = _navigation(title, entries, language)
    ncx = _old_navigation(title, identifier, entries)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr(zipfile.ZipInfo("mimetype"), "application/epub+zip", zipfile.ZIP_STORED)
        book.writestr("META-INF/container.xml", _CONTAINER)
        book.writestr("EPUB/package.opf", opf)
        book.writestr("EPUB/nav.xhtml", nav)
        book.writestr("EPUB/toc.ncx", ncx)
        book.writestr("EPUB/style.css", STYLES + _STYLES)
        for name, text in files.items():
            book.writestr(f"EPUB/{name}", text)
        if picture:
            book.writestr(f"EPUB/cover.{picture[0]}", cover)
    return made.getvalue()


def _chapter_level(paragraphs: Sequence[Styled]) -> int:
    """The level of the chapters' headings: the highest that, with those above it, has two; 0 where there is none."""
    levels = [style.level for paragraph, style in paragraphs if style.kind == "heading" and plain_words(paragraph)]
    chosen = next((level for level in range(1, 7) if sum(1 for each in levels if each <= level) > 1), 0)
    return chosen or min(levels, default=0)


def _chapters(paragraphs: Sequence[Styled], title: str, deepest: int) -> list[_Chapter]:
    """Parts a text at the headings of its chapters, and where a chapter is too long for one file."""
    parts: list[tuple[str, list[Styled]]] = []
    length = 0
    for paragraph, style in paragraphs:
        opens = style.kind == "heading" and style.level <= deepest and bool(plain_words(paragraph))
        if opens and parts and all(each.kind == "heading" for _, each in parts[-1][1]):
            opens = parts[-1][1][-1][1].level >= style.level  # "Part One" and the "Chapter One" after it share a page
        if opens or not parts:
            parts.append((plain_words(paragraph) if opens else title, []))
            length = 0
        elif length > _LONGEST and style.kind in ("body", "scene"):
            parts.append(("", []))
            length = 0
        parts[-1][1].append((paragraph, style))
        length += len(paragraph.text)
    return [_Chapter(f"chapter-{at:03d}", *part) for at, part in enumerate(parts, 1)]


def _chapter_page(chapter: _Chapter, markup: Markup, language: str) -> str:
    body = markup.blocks(chapter.paragraphs)
    notes = "\n".join(
        f'<aside epub:type="footnote" role="doc-footnote" id="note-{number}">'
        f'<p class="plain"><a href="#mark-{number}" class="footnote-back" role="doc-backlink">{number}.</a></p>\n{text}'
        "</aside>"
        for number, text in markup.take_notes()
    )
    if notes:
        notes = f'\n<section class="notes" epub:type="footnotes">\n{notes}\n</section>'
    kind = ' epub:type="chapter" role="doc-chapter"' if chapter.title else ""
    return _page(chapter.title or "Text", f"<section{kind}>\n{body}{notes}\n</section>", language)


def _page(title: str, body: str, language: str) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE html>\n<html xmlns="http://www.w3.org/1999/xhtml" '
        f'xmlns:epub="http://www.idpf.org/2007/ops" lang="{language}" xml:lang="{language}">\n<head>\n'
        f'<meta charset="utf-8"/>\n<title>{escape(title)}</title>\n'
        f'<link rel="stylesheet" type="text/css" href="style.css"/>\n</head>\n<body>\n{body}\n</body>\n</html>\n'
    )


def _package(
    title: str,
    author: str,
    language: str,
    identifier: str,
    stamp: str,
    pages: list[str],
    picture: tuple[str, str] | None,
) -> str:
    items = [f'<item id="{_id(name)}" href="{name}" media-type="application/xhtml+xml"/>' for name in pages]
    spine = [f'<itemref idref="{_id(name)}"/>' for name in pages]
    creator = f"<dc:creator>{escape(author)}</dc:creator>\n" if author else ""
    if picture:
        kind = f'media-type="{picture[1]}" properties="cover-image"'
        items.append(f'<item id="cover-picture" href="cover.{picture[0]}" {kind}/>')
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<package xmlns="http://www.idpf.org/2007/opf" version="3.0" '
        f'unique-identifier="identifier" xml:lang="{language}">\n'
        '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">\n'
        f'<dc:identifier id="identifier">{identifier}</dc:identifier>\n<dc:title>{escape(title)}</dc:title>\n'
        f"<dc:language>{language}</dc:language>\n{creator}"
        f'<meta property="dcterms:modified">{stamp}</meta>\n'
        '<meta property="schema:accessMode">textual</meta>\n'
        '<meta property="schema:accessModeSufficient">textual</meta>\n'
        '<meta property="schema:accessibilityFeature">structuralNavigation</meta>\n'
        '<meta property="schema:accessibilityFeature">tableOfContents</meta>\n'
        '<meta property="schema:accessibilityHazard">none</meta>\n'
        "</metadata>\n<manifest>\n"
        '<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>\n'
        '<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>\n'
        '<item id="style" href="style.css" media-type="text/css"/>\n'
        + "\n".join(items)
        + '\n</manifest>\n<spine toc="ncx">\n'
        + "\n".join(spine)
        + "\n</spine>\n</package>\n"
    )


def _navigation(title: str, entries: Sequence[_Entry], language: str) -> str:
    pieces: list[str] = []
    levels: list[int] = []  # of the entries that are open, one inside the other
    for entry in entries:
        while len(levels) > 1 and levels[-1] > entry.level:
            levels.pop()
            pieces.append("</li></ol>")
        if levels and levels[-1] < entry.level:
            pieces.append("<ol>")
            levels.append(entry.level)
        elif levels:
            pieces.append("</li>")
            levels[-1] = min(levels[-1], entry.level)
        else:
            levels.append(entry.level)
        pieces.append(f'<li><a href="{entry.address}">{escape(entry.title)}</a>')
    pieces += ["</li></ol>"] * (len(levels) - 1) + ["</li>"]
    listed = "\n".join(pieces)
    body = f'<nav epub:type="toc" role="doc-toc" id="toc">\n<h1>{escape(title)}</h1>\n<ol>\n{listed}\n</ol>\n</nav>'
    return _page(title, body, language)


def _old_navigation(title: str, identifier: str, entries: Sequence[_Entry]) -> str:
    points = "\n".join(
        f'<navPoint id="point-{at}" playOrder="{at}"><navLabel><text>{escape(each.title)}</text></navLabel>'
        f'<content src="{each.address}"/></navPoint>'
        for at, each in enumerate(entries, 1)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/" version="2005-1">\n'
        f'<head><meta name="dtb:uid" content={quoteattr(identifier)}/><meta name="dtb:depth" content="1"/></head>\n'
        f"<docTitle><text>{escape(title)}</text></docTitle>\n<navMap>\n{points}\n</navMap>\n</ncx>\n"
    )


def _id(name: str) -> str:
    return name.partition(".")[0]


def _identified(text: str) -> str:
    """The language that the text is in, as far as can be told; "und" says that it cannot."""
    from pandemonium.text.language import UNKNOWN, LanguageIdentifier

    try:
        return LanguageIdentifier().identify(text)
    except PandemoniumError:  # a book is worth more than the name of its language
        return UNKNOWN
