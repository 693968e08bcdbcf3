"""Passages as JSON values, for the clipboard and for what is kept against a crash."""

from __future__ import annotations

from typing import Any, get_args

from pandemonium.documents.model.passage import (
    BREAK,
    OBJECT,
    Alignment,
    CharFormat,
    Container,
    Kind,
    Mark,
    ParagraphStyle,
    Passage,
    Span,
)

_KINDS = get_args(Kind)
_ALIGNMENTS = get_args(Alignment)
_CHAR_FORMATS = sum(CharFormat)
_DEEPEST = 20  # as deep as Markdown's lists are read in each other
_CONTAINERS = ("quote", "bullet", "number")
_PARTS = ("same", "next", "new")


def passage_to_json(passage: Passage) -> dict[str, Any]:
    """Gives a passage as values that JSON can hold; what it has nothing of is left out."""
    values: dict[str, Any] = {"text": passage.text}
    if passage.marks:
        values["marks"] = [[each.start, each.end, each.voice] for each in passage.marks]
    if passage.spans:
        values["spans"] = [
            [
                each.start,
                each.end,
                int(each.char_format),
                each.link,
                each.object_key,
                *([each.title] if each.title else ()),
            ]
            for each in passage.spans
        ]
    if passage.styles:
        values["styles"] = [style and _style_to_json(style) for style in passage.styles]
    return values


def passage_from_json(values: Any) -> Passage:
    """Gives the passage that `passage_to_json` wrote.

    Raises:
        ValueError: it is no passage, or contradicts itself.
    """
    try:
        text = str(values["text"])
        marks = tuple(Mark(int(a), int(b), str(voice)) for a, b, voice in values.get("marks", ()))
        spans = tuple(
            Span(
                int(a),
                int(b),
                CharFormat(int(char_format) & _CHAR_FORMATS),
                str(link),
                str(inline_object),
                *map(str, title),
            )
            for a, b, char_format, link, inline_object, *title in values.get("spans", ())
        )
        styles = tuple(None if style is None else _style_from_json(style) for style in values.get("styles", ()))
    except (KeyError, TypeError, AttributeError, OverflowError) as error:
        raise ValueError("This is no passage.") from error
    if styles and len(styles) != text.count(BREAK) + 1:
        raise ValueError("There are more styles than paragraphs, or fewer.")
    for items in (marks, spans):
        edges = [0, *(edge for each in items for edge in (each.start, each.end)), len(text)]
        sound = all(each.start < each.end and BREAK not in text[each.start : each.end] for each in items)
        if not sound or edges != sorted(edges):
            raise ValueError("A mark or a look lies where there is no text.")
    if not all(each.voice for each in marks):
        raise ValueError("A mark has no voice.")
    if any(each.is_plain or (each.object_key and text[each.start : each.end] != OBJECT) for each in spans):
        raise ValueError("A look says nothing, or stands for a thing that is not there.")
    return Passage(text, marks, spans, styles)


def _style_to_json(style: ParagraphStyle) -> list[Any]:
    values: list[Any] = [style.kind, style.level, style.alignment, style.page_break, style.origin]
    if style.start is not None or style.containers:
        values.append(style.start)
        values += [[each.kind, each.part, *([True] * each.is_loose)] for each in style.containers]
    return values


def _style_from_json(values: Any) -> ParagraphStyle:
    kind, level, alignment, page_break, origin, *more = values
    if kind not in _KINDS or alignment not in _ALIGNMENTS or not 0 <= int(level) <= _DEEPEST:
        raise ValueError("A paragraph's style is not known.")
    start = int(more[0]) if more and more[0] is not None else None
    containers = tuple(Container(kind, part, rest == [True]) for kind, part, *rest in more[1:])
    if any(each.kind not in _CONTAINERS or each.part not in _PARTS for each in containers):
        raise ValueError("A list or a quotation is not known.")
    return ParagraphStyle(kind, int(level), alignment, bool(page_break), max(-1, int(origin)), start, containers)
