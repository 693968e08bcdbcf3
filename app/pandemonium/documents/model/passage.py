"""A piece of a document: characters, who wrote them, how they look, and the style of each paragraph.

What is not marked is the writer's; what has no span is plain; a paragraph without a style of its own is body text.
Paragraph breaks ("\\n") have no author and no look.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import IntFlag
from itertools import pairwise
from typing import Generic, Literal, TypeVar

BREAK = "\n"
LINE_BREAK = "\u2028"  # within a paragraph
OBJECT = "\ufffc"  # stands in the text for what is no text: a note's mark, a picture, a table


class CharFormat(IntFlag):
    """How characters are set."""

    PLAIN = 0
    BOLD = 1
    ITALIC = 2
    UNDERLINE = 4
    STRIKE = 8
    SUPERSCRIPT = 16
    SUBSCRIPT = 32
    SMALL_CAPS = 64


Kind = Literal["body", "heading", "quote", "bullet", "number", "scene"]
Alignment = Literal["", "left", "center", "right", "justify"]


@dataclass(frozen=True, slots=True)
class Container:
    """A list or a quotation that a paragraph stands in.

    Attributes:
        kind: of the container.
        part: how the paragraph before it is related: "same" if it stands in the same entry or quotation, "next" if
            this one begins another entry of the same list, "new" if this one begins the list or the quotation.
        is_loose: of a list's entry that begins here: the entries of its list stand apart, as paragraphs do.
    """

    kind: Literal["quote", "bullet", "number"]
    part: Literal["same", "next", "new"] = "same"
    is_loose: bool = False


@dataclass(frozen=True, slots=True)
class ParagraphStyle:
    """What a paragraph is, and how it is set.

    Attributes:
        kind: of paragraph; "scene" is a scene break, whose text is its sign ("* * *").
        level: of a heading, 1 to 6; of a list's entry, 1 for the outermost. 0 elsewhere.
        alignment: empty where the page decides.
        page_break: it begins on a new page.
        origin: the number of the paragraph in the file that it was read from; -1 for one written here.
        start: of a list's entry that does not simply go on from the entry before it: the number that it bears. With
            bullets any number says that a list begins. None for an entry that goes on, for the first with 1, and
            elsewhere.
        containers: the lists and quotations that it stands in, from the outermost, where `kind`, `level` and `start`
            do not say it all: a heading in a quotation, a quotation in a list. The page does not show them; formats
            that nest keep them. They are void as soon as they contradict `kind` and `level`.
    """

    kind: Kind = "body"
    level: int = 0
    alignment: Alignment = ""
    page_break: bool = False
    origin: int = -1
    start: int | None = None
    containers: tuple[Container, ...] = ()

    def following(self) -> ParagraphStyle:
        """The style of a new paragraph behind one of this style: the next entry of its list, more of its quotation."""
        if self.start is None and self.origin < 0 and not (self.page_break or self.containers):
            return self
        last = len(self.containers) - 1
        entry = self.kind in ("bullet", "number")
        containers = tuple(
            replace(each, part="next" if entry and at == last else "same") for at, each in enumerate(self.containers)
        )
        return replace(self, page_break=False, origin=-1, start=None, containers=containers)


BODY = ParagraphStyle()


@dataclass(frozen=True, slots=True)
class Mark:
    """Characters [start, end) of a passage come from the voice of that name."""

    start: int
    end: int
    voice: str

    def at(self, start: int, end: int) -> Mark:
        """The same elsewhere."""
        return Mark(start, end, self.voice)


@dataclass(frozen=True, slots=True)
class Span:
    """Characters [start, end) of a passage are not plain.

    Attributes:
        char_format: how they are set.
        link: where they lead; empty elsewhere.
        object_key: the key of what the one character OBJECT stands for, in the manuscript's `objects`; empty for text.
        title: what a link says when it is pointed at; often empty.
    """

    start: int
    end: int
    char_format: CharFormat = CharFormat.PLAIN
    link: str = ""
    object_key: str = ""
    title: str = ""

    def at(self, start: int, end: int) -> Span:
        """The same elsewhere."""
        return Span(start, end, self.char_format, self.link, self.object_key, self.title)

    @property
    def is_plain(self) -> bool:
        """It says nothing."""
        return not (self.char_format or self.link or self.object_key)


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of text, its authors, its look and its paragraphs' styles.

    Attributes:
        text: the characters.
        marks: in order, apart, none empty; two that touch are of different voices.
        spans: likewise; two that touch differ, except around a OBJECT.
        styles: one for each paragraph (there is one more than there are breaks), or none at all. None for a
            paragraph, or no styles at all, means: as the paragraph that it is put into, or the one before it.
    """

    text: str = ""
    marks: tuple[Mark, ...] = ()
    spans: tuple[Span, ...] = ()
    styles: tuple[ParagraphStyle | None, ...] = ()

    @classmethod
    def by(cls, voice: str, text: str) -> Passage:
        """Text that a voice wrote, or the writer where `voice` is empty. Paragraph breaks stay unmarked."""
        if not voice:
            return cls(text)
        return cls(text, tuple(Mark(start, end, voice) for start, end in lines_of(text)))

    def __len__(self) -> int:
        return len(self.text)

    def __add__(self, other: Passage) -> Passage:
        """This passage and then `other`; the paragraph in which they meet is of the style that `other` says."""
        if not (other.text or other.styles):
            return self
        if not (self.text or self.styles):
            return other
        marks = joined_marks(self.marks, other.marks, len(self.text))
        spans = joined_spans(self.spans, other.spans, len(self.text))
        styles: tuple[ParagraphStyle | None, ...] = ()
        if self.styles or other.styles:
            left = self.each_style()
            right = other.each_style()
            styles = (*left[:-1], left[-1] if right[0] is None else right[0], *right[1:])
        return Passage(self.text + other.text, marks, spans, styles)

    def each_style(self) -> tuple[ParagraphStyle | None, ...]:
        """A style, or None, for each paragraph."""
        return self.styles or (None,) * (self.text.count(BREAK) + 1)

    def part(self, start: int, end: int) -> Passage:
        """Characters [start, end) with what is known of them."""
        text = self.text[start:end]
        if not (self.marks or self.spans or self.styles):
            return Passage(text)
        styles = self.styles
        if styles:
            first = self.text.count(BREAK, 0, start)
            styles = styles[first : first + text.count(BREAK) + 1]
        return Passage(text, tuple(_cut(self.marks, start, end)), tuple(_cut(self.spans, start, end)), styles)

    def paragraphs(self) -> list[Passage]:
        """The passage without its breaks, one for each paragraph; at least one."""
        if BREAK not in self.text:
            return [self]
        lines = self.text.split(BREAK)
        if not (self.marks or self.spans or self.styles):
            return [Passage(line) for line in lines]
        marks = _Shares(self.marks)
        spans = _Shares(self.spans)
        styles = self.each_style()
        parts: list[Passage] = []
        start = 0
        for line, style in zip(lines, styles, strict=True):
            end = start + len(line)
            own = () if style is None else (style,)
            parts.append(Passage(line, tuple(marks.take(start, end)), tuple(spans.take(start, end)), own))
            start = end + 1
        return parts

    def plain(self) -> Passage:
        """The same with its authors, but without looks and styles, and without objects that are no text."""
        kept = self
        for span in reversed([each for each in self.spans if each.object_key]):
            kept = kept.part(0, span.start) + kept.part(span.end, len(kept))
        return Passage(kept.text, kept.marks)

    def with_style(self, style: ParagraphStyle | None) -> Passage:
        """The same, all of one style; None for no say in it."""
        return replace(self, styles=() if style is None else (style,) * (self.text.count(BREAK) + 1))

    def char_format_at(self, position: int) -> CharFormat:
        """How the character at `position` is set."""
        return next((span.char_format for span in self.spans if span.start <= position < span.end), CharFormat.PLAIN)

    def with_char_format(self, start: int, end: int, char_format: CharFormat, *, on: bool) -> Passage:
        """The same with `char_format` put on characters [start, end), or taken from them."""
        edges = sorted({start, end, *(e for span in self.spans for e in (span.start, span.end) if start < e < end)})
        whole = self.part(0, start)
        for left, right in pairwise(edges):
            whole = whole + _set(self.part(left, right), char_format, on=on)
        return whole + self.part(end, len(self))

    @property
    def is_formatted(self) -> bool:
        """A look or a style would be lost in a plain text file."""
        return bool(self.spans) or any(style is not None and _says(style) for style in self.styles)

    def characters_by_voice(self) -> dict[str, int]:
        """How many characters each voice wrote."""
        counts: dict[str, int] = {}
        for each in self.marks:
            counts[each.voice] = counts.get(each.voice, 0) + each.end - each.start
        return counts


T = TypeVar("T", Mark, Span)


def lines_of(text: str) -> list[tuple[int, int]]:
    """Where each line of `text` that is not empty begins and ends."""
    places: list[tuple[int, int]] = []
    start = 0
    for line in text.split(BREAK):
        if line:
            places.append((start, start + len(line)))
        start += len(line) + 1
    return places


def join(paragraphs: Iterable[Passage]) -> Passage:
    """Puts paragraphs together with a break between any two."""
    texts: list[str] = []
    marks: list[Mark] = []
    spans: list[Span] = []
    styles: list[ParagraphStyle | None] = []
    start = 0
    styled = False
    for each in paragraphs:
        texts.append(each.text)
        marks += [mark.at(mark.start + start, mark.end + start) for mark in each.marks]
        spans += [span.at(span.start + start, span.end + start) for span in each.spans]
        styles += each.each_style()
        styled = styled or bool(each.styles)
        start += len(each.text) + 1
    return Passage(BREAK.join(texts), tuple(marks), tuple(spans), tuple(styles) if styled else ())


def joined_marks(left: tuple[Mark, ...], right: tuple[Mark, ...], offset: int) -> tuple[Mark, ...]:
    """The marks of two passages put together, of which the second begins at `offset`."""
    if not right:
        return left
    moved = tuple(each.at(each.start + offset, each.end + offset) for each in right)
    if left and left[-1].end == moved[0].start and left[-1].voice == moved[0].voice:
        return (*left[:-1], left[-1].at(left[-1].start, moved[0].end), *moved[1:])
    return left + moved


def joined_spans(left: tuple[Span, ...], right: tuple[Span, ...], offset: int) -> tuple[Span, ...]:
    """The spans of two passages put together, of which the second begins at `offset`."""
    if not right:
        return left
    moved = tuple(each.at(each.start + offset, each.end + offset) for each in right)
    if left and left[-1].end == moved[0].start and not left[-1].object_key and left[-1].at(0, 0) == moved[0].at(0, 0):
        return (*left[:-1], left[-1].at(left[-1].start, moved[0].end), *moved[1:])
    return left + moved


def _cut(items: tuple[T, ...], start: int, end: int) -> list[T]:
    return [
        each.at(max(each.start, start) - start, min(each.end, end) - start)
        for each in items
        if max(each.start, start) < min(each.end, end)
    ]


class _Shares(Generic[T]):
    """Hands marks or spans out to paragraph after paragraph, in one pass."""

    def __init__(self, items: tuple[T, ...]) -> None:
        self._items: tuple[T, ...] = items
        self._next = 0

    def take(self, start: int, end: int) -> list[T]:
        taken: list[T] = []
        while self._next < len(self._items) and self._items[self._next].start < end:
            each = self._items[self._next]
            if max(each.start, start) < min(each.end, end):
                taken.append(each.at(max(each.start, start) - start, min(each.end, end) - start))
            if each.end > end:
                break
            self._next += 1
        return taken


def _set(part: Passage, char_format: CharFormat, *, on: bool) -> Passage:
    """Sets a part that lies within one span, or outside of any."""
    before = part.spans[0] if part.spans else Span(0, 0)
    if before.object_key:
        return part
    after = replace(before, char_format=before.char_format | char_format if on else before.char_format & ~char_format)
    spans = tuple(after.at(start, end) for start, end in lines_of(part.text)) if not after.is_plain else ()
    return replace(part, spans=spans)


def _says(style: ParagraphStyle) -> bool:
    return replace(style, origin=-1) != BODY
