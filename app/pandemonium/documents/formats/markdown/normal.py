"""What of a passage Markdown can say: the form in which a passage comes back after it was written as Markdown."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from pandemonium.documents.composing import LINE_END, Composer, Things, runs, styled, words_of
from pandemonium.documents.manuscript import Foreign, Note, Thing
from pandemonium.documents.passage import BODY, THING, Look, ParagraphStyle, Passage, Span
from pandemonium.documents.scenes import SCENE_SIGN, is_scene_sign

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_AROUND_LINE_END = re.compile(rf"[ \t]*{LINE_END}[ \t]*")
_XML = re.compile(r"\s*<\w+:|.{0,400}\bxmlns", re.DOTALL)
_TRIMMED = (Look.BOLD, Look.ITALIC, Look.STRIKE)


@dataclass(frozen=True)
class Piece:
    """Characters of one look, one link, or one thing."""

    text: str
    look: Look = Look.PLAIN
    link: str = ""
    thing: str = ""


def normal(content: Passage, things: Mapping[str, Thing]) -> tuple[Passage, dict[str, Thing]]:
    """Gives a passage as Markdown can say it: what `to_rich` makes of what `from_rich` writes.

    What goes: authors, alignment, page breaks, empty paragraphs, white space at the ends of lines, control
    characters, bold and the like on the white space around words and on things, a list's levels that leave one out, the
    difference of footnotes and endnotes. A row of stars is a scene break. A thing of another format is what it
    says, a table of another format a table. A note inside of a note stands in brackets.
    """
    kept = Things()
    return _normal(content, things, kept, inside=False), kept.by_key


def is_markdown(thing: Foreign) -> bool:
    """Tells whether a thing's source is Markdown, and no other format's XML."""
    return bool(thing.source) and _XML.match(thing.source) is None


def _normal(content: Passage, things: Mapping[str, Thing], kept: Things, *, inside: bool) -> Passage:
    composer = Composer()
    deepest = 0
    for paragraph, style in styled(content):
        pieces = _cleaned(paragraph, things, kept, inside=inside)
        text = "".join(piece.text for piece in pieces)
        if not text:
            continue
        new = _style(style, text, deepest)
        if new.kind == "scene":
            pieces = [Piece(text)]
        elif _is_block(text, pieces, kept):
            new = BODY
        deepest = new.level if new.kind in ("bullet", "number") else 0
        for piece in pieces:
            composer.add(piece.text, piece.look, piece.link, piece.thing)
        composer.end_paragraph(new)
    return composer.passage()


def _style(style: ParagraphStyle, text: str, deepest: int) -> ParagraphStyle:
    """The style as Markdown has it; `deepest` is the level of the list's entry before, or 0."""
    match style.kind:
        case "heading":
            return ParagraphStyle("heading", min(6, max(1, style.level)))
        case "bullet" | "number":
            return ParagraphStyle(style.kind, min(deepest + 1, max(1, style.level)))
        case "quote":
            return ParagraphStyle("quote")
        case _:
            return ParagraphStyle("scene") if is_scene_sign(text) else BODY


def _is_block(text: str, pieces: list[Piece], kept: Things) -> bool:
    thing = kept.by_key.get(pieces[0].thing) if text == THING else None
    return isinstance(thing, Foreign) and "\n" in thing.source


def _cleaned(paragraph: Passage, things: Mapping[str, Thing], kept: Things, *, inside: bool) -> list[Piece]:
    pieces: list[Piece] = []
    alone = paragraph.text.strip() == THING
    for text, span in runs(paragraph):
        if span.thing and text == THING:
            new = _thing(span, things, kept, alone=alone, inside=inside)
            if new and pieces and new[0].thing and pieces[-1].thing:
                pieces.append(Piece(" "))  # two pieces of code that touch would be one
            pieces += new
            continue
        text = _CONTROL.sub("", text.replace(THING, "").replace("\r", " "))
        if text:
            pieces.append(Piece(text, span.look, _address(span.link)))
    if not pieces:
        if len(paragraph.styles) == 1 and (own := paragraph.styles[0]) is not None and own.kind == "scene":
            return [Piece(SCENE_SIGN)]
        return []
    if any(piece.look or piece.link or piece.thing for piece in pieces):
        return _trimmed(pieces)
    text = _AROUND_LINE_END.sub(LINE_END, "".join(piece.text for piece in pieces)).strip(" \t" + LINE_END)
    return [Piece(text)] if text else []


def _thing(span: Span, things: Mapping[str, Thing], kept: Things, *, alone: bool, inside: bool) -> list[Piece]:
    look, thing = span.look, things.get(span.thing)
    if isinstance(thing, Note):
        if inside:
            words = _CONTROL.sub("", thing.content.plain().text.replace("\n", " ").replace("\r", " "))
            return [Piece(f" ({words})")]
        content = _normal(thing.content, things, kept, inside=True)
        return [Piece(THING, thing=kept.add(Note(content)))]
    if thing is None:
        return []
    if is_markdown(thing) and (alone or "\n" not in thing.source):
        return [Piece(THING, thing=kept.add(thing))]
    if thing.label == "table" and alone and "\t" in thing.text and not is_markdown(thing):
        return [Piece(THING, thing=kept.add(replace(thing, source=_table(thing.text))))]
    words = _CONTROL.sub("", words_of(thing).replace("\n", LINE_END).replace(THING, ""))
    return [Piece(words, look)] if words else []


def _table(text: str) -> str:
    rows = [line.split("\t") for line in text.split("\n")]
    width = max(len(row) for row in rows)
    cells = [[_cell(cell) for cell in row + [""] * (width - len(row))] for row in rows]
    lines = ["| " + " | ".join(row) + " |" for row in cells]
    return "\n".join([lines[0], "|" + " --- |" * width, *lines[1:]])


def _cell(text: str) -> str:
    return re.sub(r"([\\`*_\[\]<|])", r"\\\1", text.replace(LINE_END, " ")).strip()


def _address(link: str) -> str:
    return re.sub(r"[\x00-\x20\x7f-\x9f]+", "", link)


def _trimmed(pieces: list[Piece]) -> list[Piece]:
    """Takes white space from lines' ends, and bold and the like from the white space around what is set so."""
    characters = [(c, piece) for piece in pieces for c in piece.text]
    text = "".join(c for c, _ in characters)
    keep = [True] * len(text)
    for match in _AROUND_LINE_END.finditer(text):
        for at in range(match.start(), match.end()):
            keep[at] = text[at] == LINE_END
    body = text.strip(" \t" + LINE_END)
    start = len(text) - len(text.lstrip(" \t" + LINE_END))
    looks = [piece.look for _, piece in characters]
    for flag in _TRIMMED:
        _trim_flag(text, looks, flag)
    found: list[Piece] = []
    for at in range(start, start + len(body)):
        if not keep[at]:
            continue
        piece = replace(characters[at][1], text=text[at], look=looks[at])
        last = found[-1] if found else None
        if last is not None and not piece.thing and replace(last, text="") == replace(piece, text=""):
            found[-1] = replace(last, text=last.text + piece.text)
        else:
            found.append(piece)
    return found


def _trim_flag(text: str, looks: list[Look], flag: Look) -> None:
    at = 0
    while at < len(text):
        if not looks[at] & flag:
            at += 1
            continue
        end = at
        while end < len(text) and looks[end] & flag:
            end += 1
        left, right = at, end
        while left < right and text[left].isspace():
            left += 1
        while right > left and text[right - 1].isspace():
            right -= 1
        for each in (*range(at, left), *range(right, end)):
            looks[each] &= ~flag
        at = end
