"""Writes rich text as XHTML, for pages and for books."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from xml.sax.saxutils import escape, quoteattr

from pandemonium.documents.model.composing import LINE_END, runs, styled, words_of
from pandemonium.documents.model.manuscript import EmbeddedObject, InlineObject, Note
from pandemonium.documents.model.passage import OBJECT, CharFormat, ParagraphStyle, Passage

Styled = tuple[Passage, ParagraphStyle]

STYLES = """\
html { line-height: 1.5; }
body { font-family: Literata, "Source Serif 4", Georgia, "Noto Serif", serif; }
p, li, h1, h2, h3, h4, h5, h6 { white-space: pre-wrap; }
p { margin: 0; text-indent: 1.4em; orphans: 2; widows: 2; }
h1, h2, h3, h4, h5, h6 { line-height: 1.2; margin: 2em 0 1em; font-weight: 600; text-align: center;
  page-break-after: avoid; break-after: avoid; }
h1 + p, h2 + p, h3 + p, h4 + p, h5 + p, h6 + p, .scene + p, li > p, blockquote > p:first-child, .plain,
  .center, .right { text-indent: 0; }
blockquote { margin: 1em 2em; }
ul, ol { margin: 1em 0; padding-left: 1.6em; }
.scene { text-align: center; text-indent: 0; margin: 1.5em 0; }
.left { text-align: left; }
.center { text-align: center; }
.right { text-align: right; }
.justify { text-align: justify; }
.page { page-break-before: always; break-before: page; }
.smallcaps { font-variant: small-caps; }
.underline { text-decoration: underline; }
sup, sub { line-height: 0; }
table { border-collapse: collapse; margin: 1em auto; }
td { padding: 0.2em 0.8em; border: 1px solid; }
pre { white-space: pre-wrap; }
"""
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\ufffe\uffff]|([\x0b\x0c\x1c-\x1f])|[\ud800-\udfff]")
_SAFE = re.compile(r"(?:https?:|mailto:|#|/|\.|[^:/?#]*$|[^:/?#]*[/?#])", re.IGNORECASE)
# From the outside to the inside.
_ELEMENTS = (
    (CharFormat.BOLD, "<strong>", "</strong>"),
    (CharFormat.ITALIC, "<em>", "</em>"),
    (CharFormat.SMALL_CAPS, '<span class="smallcaps">', "</span>"),
    (CharFormat.UNDERLINE, '<span class="underline">', "</span>"),
    (CharFormat.STRIKE, "<del>", "</del>"),
    (CharFormat.SUPERSCRIPT, "<sup>", "</sup>"),
    (CharFormat.SUBSCRIPT, "<sub>", "</sub>"),
)


def clean(text: str) -> str:
    """Characters that XML may hold; a lone surrogate is the sign for a broken character.

    Control characters that part words are spaces.
    """
    return _CONTROL.sub(lambda match: " " if match[1] else "\ufffd" if "\ud800" <= match[0] <= "\udfff" else "", text)


def plain_words(paragraph: Passage) -> str:
    """A paragraph's words on one line, for a title."""
    return clean(paragraph.plain().text.replace(LINE_END, " ")).strip()


@dataclass
class Markup:
    """Writes paragraphs, and gathers the notes that they point to.

    Attributes:
        objects: what the text's OBJECTs stand for.
        book: it is for a book, whose readers show a note where its mark is touched.
        in_note: it is the inside of a note, where another note is words in brackets.
        notes: number and content of each note since they were taken last.
        headings: level, words and id of each heading so far.
    """

    objects: Mapping[str, InlineObject]
    book: bool = False
    in_note: bool = False
    notes: list[tuple[int, Note]] = field(default_factory=list)
    numbered: int = 0
    headings: list[tuple[int, str, str]] = field(default_factory=list)

    def blocks(self, paragraphs: Sequence[Styled]) -> str:
        """Writes paragraphs one after the other, those of a quotation or a list together."""
        pieces: list[str] = []
        opened: list[str] = []  # elements that are open: blockquote, or ul and ol one inside the other
        for paragraph, style in paragraphs:
            if style.kind in ("bullet", "number"):
                self._entry(pieces, opened, paragraph, style)
                continue
            wanted = ["blockquote"] if style.kind == "quote" else []
            if opened != wanted:
                _close(pieces, opened, 0)
                if wanted:
                    pieces.append("<blockquote>")
                    opened.extend(wanted)
            pieces.append(self._paragraph(paragraph, style))
        _close(pieces, opened, 0)
        return "\n".join(pieces)

    def take_notes(self) -> list[tuple[int, str]]:
        """The notes since the last call, each with its number and written out."""
        taken = self.notes
        self.notes = []
        written: list[tuple[int, str]] = []
        for number, note in taken:
            inner = Markup(self.objects, self.book, in_note=True)
            written.append((number, inner.blocks(styled(note.content))))
        return written

    def _entry(self, pieces: list[str], opened: list[str], paragraph: Passage, style: ParagraphStyle) -> None:
        name = "ul" if style.kind == "bullet" else "ol"
        level = max(1, style.level)
        if opened[:1] == ["blockquote"]:
            _close(pieces, opened, 0)
        _close(pieces, opened, level)
        if len(opened) == level and (opened[-1] != name or style.start is not None):
            _close(pieces, opened, level - 1)
        elif len(opened) == level:
            pieces.append("</li>")
        while len(opened) < level:
            if opened and len(opened) < level and pieces[-1].startswith(("<ul", "<ol")):
                pieces.append('<li class="empty">')
            opened.append(name)
            begins = name == "ol" and len(opened) == level and style.start not in (None, 1)
            pieces.append(f'<ol start="{style.start}">' if begins else f"<{name}>")
        pieces.append(f"<li>{self._paragraph(paragraph, style)}")

    def _paragraph(self, paragraph: Passage, style: ParagraphStyle) -> str:
        if paragraph.text.strip() == OBJECT and (block := self._block(paragraph)):
            return block
        names: list[str] = [style.alignment] if style.alignment else []
        names += ["page"] if style.page_break else []
        text = self._text(paragraph)
        if style.kind == "heading":
            level = min(6, max(1, style.level))
            place = f"part-{len(self.headings) + 1}"
            self.headings.append((level, plain_words(paragraph), place))
            return f'<h{level} id="{place}"{_classes(names)}>{text}</h{level}>'
        if style.kind == "scene":
            if not text:
                return "<hr/>"
            names.insert(0, "scene")
        return f"<p{_classes(names)}>{text}</p>"

    def _block(self, paragraph: Passage) -> str:
        inline_object = next((self.objects.get(span.object_key) for span in paragraph.spans if span.object_key), None)
        if isinstance(inline_object, EmbeddedObject) and inline_object.label == "table" and inline_object.text:
            rows = (
                "".join(f"<td>{escape(clean(cell))}</td>" for cell in row.split("\t"))
                for row in inline_object.text.split("\n")
            )
            return "<table>\n" + "\n".join(f"<tr>{row}</tr>" for row in rows) + "\n</table>"
        if isinstance(inline_object, EmbeddedObject) and inline_object.label == "code" and "\n" in inline_object.source:
            return f"<pre>{escape(clean(inline_object.text))}</pre>"
        return ""

    def _text(self, paragraph: Passage) -> str:
        pieces: list[str] = []
        for text, span in runs(paragraph):
            inner = self._object(span.object_key) if span.object_key else _lines(text.replace(OBJECT, ""))
            wrapped = _SAFE.match(span.link) if span.link else None
            opening = "".join(each for char_format, each, _ in _ELEMENTS if char_format & span.char_format)
            closing = "".join(each for char_format, _, each in reversed(_ELEMENTS) if char_format & span.char_format)
            if wrapped and inner:
                title = f" title={quoteattr(clean(span.title))}" if span.title else ""
                opening = f"<a href={quoteattr(clean(span.link))}{title}>{opening}"
                closing = closing + "</a>"
            pieces.append(f"{opening}{inner}{closing}" if inner else "")
        return "".join(pieces)

    def _object(self, key: str) -> str:
        inline_object = self.objects.get(key)
        if not isinstance(inline_object, Note):
            words = _lines(words_of(inline_object))
            return (
                f"<code>{words}</code>"
                if isinstance(inline_object, EmbeddedObject) and inline_object.label == "code"
                else words
            )
        if self.in_note:
            inner = " ".join(self._text(each) for each, _ in styled(inline_object.content))
            return f" [{inner}]"
        self.numbered += 1
        number = self.numbered
        self.notes.append((number, inline_object))
        kind = ' epub:type="noteref"' if self.book else ""
        return (
            f'<a class="noteref" id="mark-{number}" href="#note-{number}"{kind} role="doc-noteref">'
            f"<sup>{number}</sup></a>"
        )


def _lines(text: str) -> str:
    return escape(clean(text)).replace("\r", "").replace("\n", "<br/>").replace(LINE_END, "<br/>")


def _classes(names: list[str]) -> str:
    return f' class="{" ".join(names)}"' if names else ""


def _close(pieces: list[str], opened: list[str], level: int) -> None:
    while len(opened) > level:
        name = opened.pop()
        pieces.append("</blockquote>" if name == "blockquote" else f"</li></{name}>")
