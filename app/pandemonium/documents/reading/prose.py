"""Derives what a training learns from a document as the page shows it: its words without notes, pictures and code."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from pandemonium.documents.formats.lookup import format_named
from pandemonium.documents.model.composing import LINE_END, words_of
from pandemonium.documents.model.manuscript import EmbeddedObject, Manuscript
from pandemonium.documents.model.passage import BREAK, OBJECT, Kind, Passage, Span
from pandemonium.documents.model.scenes import SCENE_SIGN
from pandemonium.documents.reading.result import Reading
from pandemonium.documents.rich import rich

# What of a document is no prose, by the names that the formats give their objects.
_NO_PROSE = re.compile(r"picture|code|equation|contents|index|details|note|bibliography|embedded|sign$|page break")
# The field that an object is; others may stand inside of it.
_FIELD = re.compile(
    r"instr(?:Text[^<>]{0,80}>|=\")\s*(\w*)|<text:(page-number|page-count|date|time|file-name)(?=[\s/>])", re.IGNORECASE
)
_EDITORIAL = frozenset("toc page numpages pageref index date time filename page-number page-count file-name".split())
# A picture that stands beside the line, whichever letter it hangs on.
_BESIDE = re.compile(r"<wp:anchor\b|position:\s?absolute|anchor-type=\"(?:page|frame|paragraph|char)\"")
_BETWEEN_WORDS = re.compile(rf"(?<=[^\W_]){OBJECT}+(?=[^\W_])")
_OF_PAGES = frozenset(("html", "epub"))
_WIKI_LINK = re.compile(r"!?\[\[(?:[^\[\]|\n]{1,200}\|)?([^\[\]|\n]{1,200})\]\]")


def read_as_the_page_does(data: bytes, path: Path, name: str) -> Reading:
    """Reads a document of the format `name` by the reader that the window has.

    Raises:
        DocumentError: it is damaged, or locked.
    """
    manuscript = format_named(name).read(data, path, None)
    encoding = ""
    if name == "md":
        encoding = manuscript.plain.encoding
        text = without_wiki_links(manuscript.text)
        manuscript = rich(replace(manuscript, content=Passage(text)))
    return Reading(prose_of(manuscript), name, True, encoding)


def prose_of(manuscript: Manuscript) -> str:
    """A rich document's paragraphs with blank lines between, lines within one as lines."""
    content = manuscript.content
    objects = [span for span in content.spans if span.object_key]
    taken = 0
    paragraphs: list[tuple[str, Kind]] = []
    kind: Kind = "body"
    start = 0
    for text, style in zip(content.text.split(BREAK), content.each_style(), strict=True):
        end = start + len(text)
        kind = kind if style is None else style.kind
        framed: list[str] = []
        if OBJECT in text:
            first = taken
            while taken < len(objects) and objects[taken].start < end:
                taken += 1
            text = _words(text, start, objects[first:taken], manuscript, framed)
        text = text.strip()
        if kind == "scene":
            text = SCENE_SIGN
        if text:
            paragraphs.append((text, kind))
        paragraphs += [(each, kind) for each in framed if each]
        start = end + 1
    return "\n\n".join(_without_ornament(paragraphs)).replace(LINE_END, "\n").replace("\u2011", "-")


def _without_ornament(paragraphs: Iterable[tuple[str, Kind]]) -> Iterator[str]:
    """Leaves scene breaks where two scenes meet: beside a heading or another one, or at an end, they are ornament."""
    before: Kind = "heading"
    due = False
    for text, kind in paragraphs:
        if kind == "scene":
            due = before != "heading"
            continue
        if due and kind != "heading":
            yield SCENE_SIGN
        due = False
        before = kind
        yield text


def without_wiki_links(text: str) -> str:
    """The words of links as note programs write them: the name where there is one, else the place."""
    return _WIKI_LINK.sub(r"\1", text)


def _is_editorial_field(inline_object: EmbeddedObject) -> bool:
    """Tells whether an object is a page's number, a date of the file and the like."""
    field = _FIELD.search(inline_object.source) if inline_object.label == "field" else None
    return field is not None and (field[1] or field[2] or "").lower() in _EDITORIAL


def _without_notes(inline_object: EmbeddedObject) -> str:
    """What an object says, without the notes that stand in it in brackets."""
    pieces: list[str] = []
    at = 0
    for note in inline_object.notes:
        if (start := inline_object.text.find(note, at)) >= 0:
            pieces.append(inline_object.text[at:start].removesuffix(" "))
            at = start + len(note)
    return "".join([*pieces, inline_object.text[at:]])


def _words(text: str, start: int, spans: Sequence[Span], manuscript: Manuscript, framed: list[str]) -> str:
    """What a paragraph says that begins at `start`; what stands in a table or a frame of it goes into `framed`.

    There each cell is a paragraph.
    """
    pieces: list[str] = []
    at = 0
    for span in spans:
        pieces.append(text[at : span.start - start])
        at = span.end - start
        inline_object = manuscript.objects.get(span.object_key)
        if not isinstance(inline_object, EmbeddedObject):
            continue
        said = _without_notes(inline_object)
        if said and not said.strip():  # a break of the page, or a tab
            pieces.append(LINE_END if "\n" in said else said)
            continue
        is_prose = said and not _NO_PROSE.search(inline_object.label)
        if not is_prose or _is_editorial_field(inline_object):
            if words_of(inline_object) and not _BESIDE.search(inline_object.source):
                pieces.append(OBJECT)
            continue
        if inline_object.label == "table" and manuscript.format in _OF_PAGES:  # what a page lists stays together
            framed.append("\n".join(line.replace("\t", "  ").strip() for line in re.split(r"[\n\u2028]", said)))
        elif inline_object.label in ("table", "text box") or "\n" in said:
            framed += [part.strip() for part in re.split(r"[\n\t\u2028]", said) if part.strip()]
        else:
            pieces.append(said)
            continue
        pieces.append(" ")  # what stood on both sides of a frame is no one word
    # What is seen in a line, and is none of its words, parts those on both sides.
    return _BETWEEN_WORDS.sub(" ", "".join([*pieces, text[at:]])).replace(OBJECT, "")
