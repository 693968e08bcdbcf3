"""What of a passage Markdown can say: the form in which a passage comes back after it was written as Markdown."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from pandemonium.documents.formats.markdown.containers import (
    LISTS,
    Block,
    Nesting,
    Path,
    empty_quotation,
    first_entered,
    is_empty_quotation,
    may_touch,
    parted_list,
)
from pandemonium.documents.model.composing import LINE_END, Composer, InlineObjects, all_words, runs, styled, words_of
from pandemonium.documents.model.manuscript import EmbeddedObject, InlineObject, Note
from pandemonium.documents.model.passage import OBJECT, CharFormat, Kind, ParagraphStyle, Passage, Span
from pandemonium.documents.model.scenes import SCENE_SIGN, is_scene_sign

_PARTING = re.compile(r"[\r\x0b\x0c\x1c-\x1f\x85]")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_AROUND_LINE_END = re.compile(rf"[ \t]*{LINE_END}[ \t]*")
_XML = re.compile(r"\s*<\w+:|.{0,400}\bxmlns", re.DOTALL)
_STARS = re.compile(r"[ \t]*\*(?:[ \t]*\*){2,}[ \t]*")
_EMPTY_HEADING = re.compile(r"#{1,6}")
_HIGHEST = 999_999_999  # number of a list's entry
_TRIMMED = (CharFormat.BOLD, CharFormat.ITALIC, CharFormat.STRIKE)


@dataclass(frozen=True)
class Piece:
    """Characters of one look, one link, or one object."""

    text: str
    char_format: CharFormat = CharFormat.PLAIN
    link: str = ""
    object_key: str = ""
    title: str = ""


def normal(content: Passage, objects: Mapping[str, InlineObject]) -> tuple[Passage, dict[str, InlineObject]]:
    """Gives a passage as Markdown can say it: what `to_rich` makes of what `from_rich` writes.

    What goes: authors, alignment, page breaks, empty paragraphs but for entries of lists, white space at the ends of
    lines, control characters, bold and the like on the white space around words and on notes' marks, a list's levels
    that leave one out, the difference of footnotes and endnotes. A row of stars is a scene break. An object of another
    format is what it says, a table of another format a table. A note inside of a note stands in brackets. A paragraph
    that goes on in a list's entry is one with the text before it, after an empty line.
    """
    kept = InlineObjects()
    return _normal(content, objects, kept, inside=False), kept.by_key


def is_markdown(inline_object: EmbeddedObject) -> bool:
    """Tells whether an object's source is Markdown, and no other format's XML."""
    return bool(inline_object.source) and _XML.match(inline_object.source) is None


@dataclass
class _Row:
    """A paragraph in the making; `open` are the kinds of the containers around the one before it."""

    pieces: list[Piece]
    kind: Kind
    path: Path
    level: int
    start: int | None
    form: Literal["text", "code", "kept", "empty"]
    open: list[str]

    @property
    def block(self) -> Block:
        """What it is to the paragraph behind it."""
        return Block(self.kind, self.path, self.start, self.form)


def _normal(content: Passage, objects: Mapping[str, InlineObject], kept: InlineObjects, *, inside: bool) -> Passage:
    rows: list[_Row] = []
    nesting = Nesting()
    entry = False  # the paragraph before is text of a list's entry
    for paragraph, style in styled(content):
        pieces = _cleaned(paragraph, objects, kept, inside=inside)
        text = "".join(piece.text for piece in pieces)
        if not text and style.kind not in LISTS and not is_empty_quotation(style):
            continue
        style = _sound(style)
        form = _form(pieces, kept) if text else "empty"
        is_block = form in ("code", "kept")
        path = () if is_block and not style.containers else nesting.path(style)
        start = style.start
        while rows and rows[-1].form == "empty" and _goes_on(path, rows[-1].path):
            # What stands in an entry with nothing before it begins that entry.
            empty = rows.pop()
            start = start if len(path) > len(empty.path) else empty.start
            path = empty.path + path[len(empty.path) :]
            nesting.open = empty.open
        kind = "body" if is_block else _kind(style, text, path)
        goes_on = entry and kind == "body" and not is_block and [each.kind for each in path] == nesting.open
        entry = (kind in LISTS and bool(text)) or goes_on
        if goes_on:
            rows[-1].pieces += [Piece(LINE_END * 2), *pieces]
        else:
            if kind == "scene":  # within a quotation or a list the reader does not keep how the stars stood
                pieces = [Piece(SCENE_SIGN if path else text)]
            rows.append(_Row(pieces, kind, path, style.level if kind == "heading" else 0, start, form, nesting.open))
            nesting.enter(path)
    _loosen(rows)
    return _composed(rows)


def _goes_on(path: Path, before: Path) -> bool:
    """Tells whether a paragraph stands in the same entry as the one before it."""
    return len(path) >= len(before) and all(each.part == "same" for each in path[: len(before)])


def _composed(rows: Sequence[_Row]) -> Passage:
    composer = Composer()
    nesting = Nesting()
    for row in rows:
        for piece in row.pieces:
            if piece.object_key:
                composer.add_object(piece.object_key, piece.char_format, piece.link, piece.title)
            else:
                composer.add(piece.text, piece.char_format, piece.link, piece.title)
        style = nesting.style(row.kind, row.path, level=row.level, start=row.start)
        composer.end_paragraph(empty_quotation(style, row.path) if row.form == "empty" else style)
        nesting.enter(row.path)
    return composer.passage()


def _loosen(rows: Sequence[_Row]) -> None:
    """Makes lists loose that cannot be written otherwise, and others as one of their entries is."""
    lists: list[int] = []  # the number of the list at each depth, -1 for a quotation
    of_rows: list[list[int]] = []
    loose: set[int] = set()
    # Nothing tells a loose list that has no paragraph, or nothing to put a blank line between.
    telling: set[int] = set()
    partable: set[int] = set()
    count = 0
    for index, row in enumerate(rows):
        at = first_entered(row.path)
        if at < len(row.path) and row.path[at].part == "next":
            at += 1
        del lists[at:]
        for each in row.path[at:]:
            lists.append(-1 if each.kind == "quote" else count)
            count += 1
        of_rows.append(list(lists))
        loose.update(number for number, each in zip(lists, row.path, strict=True) if each.is_loose)
        if index and (parted := parted_list(row.path)) is not None:
            partable.add(lists[parted])
            if not may_touch(rows[index - 1].block, row.block):
                loose.add(lists[parted])
        if lists and row.block.is_text:
            telling.add(lists[-1])
            if row.kind in LISTS and _is_parted(row.pieces):
                partable.add(lists[-1])
                loose.add(lists[-1])
    loose &= telling & partable
    for row, numbers in zip(rows, of_rows, strict=True):
        row.path = tuple(
            replace(each, is_loose=each.part != "same" and number in loose)
            for each, number in zip(row.path, numbers, strict=True)
        )


def _is_parted(pieces: Sequence[Piece]) -> bool:
    """Tells whether an entry's text is several paragraphs."""
    composer = Composer()
    for piece in pieces:
        if piece.object_key:
            composer.add_object(piece.object_key, piece.char_format, piece.link, piece.title)
        else:
            composer.add(piece.text, piece.char_format, piece.link, piece.title)
    return len(parts_of_entry(composer.passage())) > 1


def parts_of_entry(paragraph: Passage) -> list[Passage]:
    """An entry's paragraphs, which the page shows as one with empty lines between them."""
    if LINE_END * 3 in paragraph.text:
        return [paragraph]
    parts: list[Passage] = []
    start = at = 0
    for span in [*paragraph.spans, Span(len(paragraph), len(paragraph))]:
        while (found := paragraph.text.find(LINE_END * 2, at, span.start)) >= 0:
            parts.append(paragraph.part(start, found))
            start = at = found + 2
        at = max(at, span.end)
    return [*parts, paragraph.part(start, len(paragraph))]


def form_of_block(paragraph: Passage, objects: Mapping[str, InlineObject]) -> Literal["text", "code", "kept", "empty"]:
    """How a paragraph is written: as text, or as the block of code or of another kind that it is."""
    inline_object = objects.get(paragraph.spans[0].object_key) if paragraph.text == OBJECT and paragraph.spans else None
    if isinstance(inline_object, EmbeddedObject) and "\n" in inline_object.source:
        return "code" if inline_object.label == "code" else "kept"
    return "text" if paragraph.text else "empty"


def _sound(style: ParagraphStyle) -> ParagraphStyle:
    """The style within what Markdown can count."""
    level = min(6, max(1, style.level)) if style.kind == "heading" else style.level
    start = style.start if style.start is None or 0 <= style.start <= _HIGHEST else None
    return replace(style, level=level, start=start)


def _kind(style: ParagraphStyle, text: str, path: Path) -> Kind:
    """What a paragraph with these containers around it is to Markdown."""
    if style.kind == "heading":
        return "heading"
    if not path:
        return "scene" if is_scene_sign(text) else "body"
    if style.kind == "scene" and (_STARS.fullmatch(text) or _EMPTY_HEADING.fullmatch(text)):
        return "scene"
    last = path[-1]
    if last.kind == "quote":
        return "quote"
    return "body" if last.part == "same" else last.kind


def _form(pieces: Sequence[Piece], kept: InlineObjects) -> Literal["text", "code", "kept", "empty"]:
    key = pieces[0].object_key if len(pieces) == 1 else ""
    return form_of_block(Passage(OBJECT, (), (Span(0, 1, object_key=key),)), kept.by_key) if key else "text"


def _cleaned(
    paragraph: Passage, objects: Mapping[str, InlineObject], kept: InlineObjects, *, inside: bool
) -> list[Piece]:
    pieces: list[Piece] = []
    alone = paragraph.text.strip() == OBJECT
    for text, span in runs(paragraph):
        if span.object_key and text == OBJECT:
            new = _object(span, objects, kept, alone=alone, inside=inside)
            if new and pieces and _is_code(new[0], kept) and _is_code(pieces[-1], kept):
                pieces.append(Piece(" "))  # two that touch would be one
            pieces += new
            continue
        text = _without_controls(text.replace(OBJECT, ""))
        if text:
            link = _address(span.link)
            pieces.append(Piece(text, span.char_format, link, title=_title(span.title) if link else ""))
    if not pieces:
        if len(paragraph.styles) == 1 and (own := paragraph.styles[0]) is not None and own.kind == "scene":
            return [Piece(SCENE_SIGN)]
        return []
    if any(piece.char_format or piece.link or piece.object_key for piece in pieces):
        return _trimmed(pieces)
    text = _AROUND_LINE_END.sub(LINE_END, "".join(piece.text for piece in pieces)).strip(" \t" + LINE_END)
    return [Piece(text)] if text else []


def _is_code(piece: Piece, kept: InlineObjects) -> bool:
    inline_object = kept.by_key.get(piece.object_key)
    return isinstance(inline_object, EmbeddedObject) and inline_object.label == "code"


def _object(
    span: Span, objects: Mapping[str, InlineObject], kept: InlineObjects, *, alone: bool, inside: bool
) -> list[Piece]:
    char_format = span.char_format
    inline_object = objects.get(span.object_key)
    if isinstance(inline_object, Note):
        if inside:
            said = all_words(inline_object.content, objects).replace(OBJECT, "")
            words = _without_controls(said.replace("\n", " "))
            return [Piece(f" ({words})")]
        content = _normal(inline_object.content, objects, kept, inside=True)
        return [Piece(OBJECT, object_key=kept.add(Note(content)))]
    if inline_object is None:
        return []
    if is_markdown(inline_object) and (alone or "\n" not in inline_object.source):
        if "\n" in inline_object.source:
            return [Piece(OBJECT, object_key=kept.add(inline_object))]
        link = _address(span.link)
        return [Piece(OBJECT, char_format, link, kept.add(inline_object), _title(span.title) if link else "")]
    if inline_object.label == "table" and alone and "\t" in inline_object.text and not is_markdown(inline_object):
        return [Piece(OBJECT, object_key=kept.add(replace(inline_object, source=_table(inline_object.text))))]
    words = _without_controls(words_of(inline_object).replace("\n", LINE_END).replace(OBJECT, ""))
    return [Piece(words, char_format)] if words else []


def _table(text: str) -> str:
    rows = [line.split("\t") for line in text.split("\n")]
    width = max(len(row) for row in rows)
    cells = [[_cell(cell) for cell in row + [""] * (width - len(row))] for row in rows]
    lines = ["| " + " | ".join(row) + " |" for row in cells]
    return "\n".join([lines[0], "|" + " --- |" * width, *lines[1:]])


def _cell(text: str) -> str:
    return re.sub(r"([\\`*_\[\]<|])", r"\\\1", text.replace(LINE_END, " ")).strip()


def _without_controls(text: str) -> str:
    """A text without control characters; those that part words are spaces."""
    return _CONTROL.sub("", _PARTING.sub(" ", text))


def _address(link: str) -> str:
    return _CONTROL.sub("", link.replace("\n", "").replace("\t", "")).strip(" ")


def _title(title: str) -> str:
    return " ".join(_CONTROL.sub("", title).split())


def _trimmed(pieces: list[Piece]) -> list[Piece]:
    """Takes white space from lines' ends, and bold and the like from the white space around what is set so."""
    text = "".join(piece.text for piece in pieces)
    keep = [True] * len(text)
    for match in _AROUND_LINE_END.finditer(text):
        for at in range(match.start(), match.end()):
            keep[at] = text[at] == LINE_END
    body = text.strip(" \t" + LINE_END)
    first = len(text) - len(text.lstrip(" \t" + LINE_END))
    last = first + len(body)
    char_formats = [piece.char_format for piece in pieces for _ in piece.text]
    for flag in _TRIMMED:
        _trim_flag(text, char_formats, flag)
    found: list[Piece] = []
    start = 0
    for piece in pieces:
        end = start + len(piece.text)
        at = max(start, first)
        while at < min(end, last):
            stop = at + 1
            while stop < min(end, last) and char_formats[stop] == char_formats[at]:
                stop += 1
            kept = "".join(text[each] for each in range(at, stop) if keep[each])
            if kept:
                _append(found, replace(piece, text=kept, char_format=char_formats[at]))
            at = stop
        start = end
    return found


def _append(found: list[Piece], piece: Piece) -> None:
    """Adds a piece, to the last one where both are alike and no objects."""
    last = found[-1] if found else None
    alike = last is not None and not piece.object_key and replace(last, text="") == replace(piece, text="")
    if last is not None and alike:
        found[-1] = replace(last, text=last.text + piece.text)
    else:
        found.append(piece)


def _trim_flag(text: str, char_formats: list[CharFormat], flag: CharFormat) -> None:
    at = 0
    while at < len(text):
        if not char_formats[at] & flag:
            at += 1
            continue
        end = at
        while end < len(text) and char_formats[end] & flag:
            end += 1
        left = at
        right = end
        while left < right and text[left].isspace():
            left += 1
        while right > left and text[right - 1].isspace():
            right -= 1
        for each in (*range(at, left), *range(right, end)):
            char_formats[each] &= ~flag
        at = end
