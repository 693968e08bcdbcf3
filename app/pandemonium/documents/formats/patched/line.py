"""A paragraph of a docx or odt file with all that must come back out, and how it is written when it was changed."""

from __future__ import annotations

import copy
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

from pandemonium.documents.formats.patched.patching import kept
from pandemonium.documents.model.manuscript import EmbeddedObject, Note
from pandemonium.documents.model.passage import OBJECT, CharFormat, Passage, Span

_APART = frozenset(("text box", "table"))


@dataclass(slots=True)
class Piece:
    """Characters that are alike.

    Attributes:
        properties: of a docx file's run, or None.
        shells: the elements around them within the paragraph, outermost first.
        note: for a note's mark whether it is an endnote, and the note's number in the file.
        mark: of a docx file's note, the element that refers to it.
        source: for any other object that is no text, how the file wrote it.
        own_note: for a note's mark that is no note of the file, what it says.
        key: of the object.
        title: of the link.
    """

    text: str
    char_format: CharFormat = CharFormat.PLAIN
    link: str = ""
    properties: Any = None
    shells: tuple[Any, ...] = ()
    note: tuple[bool, str] | None = None
    mark: Any = None
    source: EmbeddedObject | None = None
    own_note: Note | None = None
    key: str = ""
    title: str = ""

    def grow(self, text: str) -> None:
        """Adds characters at its end."""
        whole = self.text
        self.text = ""  # with one reference left, Python makes the string longer where it is, and copies nothing
        whole += text
        self.text = whole


@dataclass(slots=True)
class Anchor:
    """What stands between two characters and is not shown: a bookmark, a comment's place, deleted text."""

    at: int
    element: Any


@dataclass(slots=True)
class Line:
    """A paragraph of the file.

    Attributes:
        page_break: it begins with a break of the page.
        signed: it begins with a note's own sign and a space that is not shown.
        breaks_page: its last anchor is a break of the page, which the page shows as one before the next paragraph.
    """

    pieces: list[Piece] = field(default_factory=list)
    anchors: list[Anchor] = field(default_factory=list)
    page_break: bool = False
    signed: bool = False
    breaks_page: bool = False

    @property
    def text(self) -> str:
        """Its characters."""
        return "".join(each.text for each in self.pieces)

    def spans(self) -> tuple[Span, ...]:
        """How its characters look, where they lead, and what objects stand among them."""
        spans: list[Span] = []
        start = 0
        for each in self.pieces:
            end = start + len(each.text)
            span = Span(start, end, each.char_format, each.link, each.key, each.title)
            last = spans[-1] if spans else None
            if not span.is_plain:
                if (
                    last
                    and last.end == start
                    and not (last.object_key or span.object_key)
                    and last.at(0, 0) == span.at(0, 0)
                ):
                    spans[-1] = last.at(last.start, end)
                else:
                    spans.append(span)
            start = end
        return tuple(spans)


def stand_apart(pieces: list[Piece]) -> None:
    """Parts what belongs to no sentence (a text box, an object of several lines) from words beside it, by line ends."""
    for index, piece in enumerate(pieces):
        source = piece.source
        if source is None or not source.text.strip() or not (source.label in _APART or "\n" in source.text):
            continue
        before = _words_of_piece(pieces[index - 1]) if index else ""
        after = _words_of_piece(pieces[index + 1]) if index + 1 < len(pieces) else ""
        text = source.text
        if before and not (before[-1].isspace() or text[0].isspace()):
            text = "\n" + text
        if after and not (after[0].isspace() or text[-1].isspace()):
            text += "\n"
        piece.source = replace(source, text=text)


def fold(line: Line, folds: Sequence[tuple[int, int, Piece]]) -> None:
    """Puts objects in the place of characters that say the same.

    Args:
        line: to be changed; it stays as it is if one of the places holds anything but text.
        folds: where, in order and apart, and what.
    """
    pieces: list[Piece] = []
    ends: list[int] = []  # of the places, in the old text
    new_ends: list[int] = []  # and in the new
    waiting = list(reversed(line.pieces))
    at = new = 0

    def taken(upto: int) -> list[Piece]:
        """The next pieces, up to that place in the old text."""
        nonlocal at
        found: list[Piece] = []
        while at < upto and waiting:
            piece = waiting.pop()
            if at + len(piece.text) > upto:
                waiting.append(replace(piece, text=piece.text[upto - at :]))
                piece = replace(piece, text=piece.text[: upto - at])
            found.append(piece)
            at += len(piece.text)
        return found

    for start, end, inline_object in folds:
        before = taken(start)
        covered = taken(end)
        if at < end or any(each.text == OBJECT for each in covered):
            return
        if covered:
            inline_object.properties = covered[0].properties
            inline_object.shells = covered[0].shells
        pieces += [*before, inline_object]
        new += sum(len(each.text) for each in before) + 1
        ends.append(end)
        new_ends.append(new)
    line.pieces = pieces + waiting[::-1]
    starts = [start for start, _, _ in folds]
    for anchor in line.anchors:
        index = bisect_right(starts, anchor.at) - 1
        if index >= 0:
            anchor.at = new_ends[index] + max(0, anchor.at - ends[index])


def _words_of_piece(piece: Piece) -> str:
    return piece.text if piece.source is None else piece.source.text or f"[{piece.source.label}]"


class LineWriter:
    """Writes paragraphs' characters; what stayed of the old ones keeps what it carried.

    A format says how by `put_text`, `put_thing`, `make_link`, `clone`, `is_link` and `is_tracked`.
    """

    def put_text(
        self, container: Any, text: str, char_format: CharFormat, piece: Piece | None, *, linked: bool
    ) -> None:
        """Appends text to an element: with a new look, else as its piece was; `linked` if a link was made for it."""
        raise NotImplementedError

    def put_object(self, container: Any, key: str, piece: Piece | None) -> None:
        """Appends the elements that stand for an object."""
        raise NotImplementedError

    def make_link(self, link: str, title: str) -> Any:
        """An element that leads there, and says so when it is pointed at."""
        raise NotImplementedError

    def clone(self, shell: Any, *, again: bool) -> tuple[Any, Any]:
        """A copy of an element without its text, and the element of the copy that takes the text in."""
        raise NotImplementedError

    def is_link(self, shell: Any) -> bool:
        """It makes a link of what is in it."""
        raise NotImplementedError

    def is_tracked(self, shell: Any) -> bool:
        """It says who put in what is in it, so that nothing new belongs there."""
        return False

    def write(self, paragraph: Any, new: Passage, old: Line | None, anchored: set[int]) -> None:
        """Puts the characters of `new` into the element `paragraph`.

        Args:
            paragraph: the element, with its properties only.
            new: the characters.
            old: the paragraph of the file that they come from; None for none.
            anchored: the unseen elements of `old` that were put out already, by their number; this adds to them.
        """
        self._open: list[tuple[Any, Any]] = []
        self._paragraph = paragraph
        self._cloned: set[int] = set()
        text = new.text
        places = kept(old.text, text) if old else [-1] * len(text)
        sources = _sources(places, old) if old else []
        line_pieces = old.pieces if old else []
        anchors = _moved(old, places) if old else {}
        edges = {0, len(text), *anchors}
        for span in new.spans:
            edges |= {span.start, span.end}
        if old:
            edges |= {
                at
                for at in range(1, len(text))
                if sources[at] != sources[at - 1] or (places[at] < 0) != (places[at - 1] < 0)
            }
        self._put_anchors(anchors.get(0, []), old, anchored)
        ordered = sorted(edges)
        span_at = _span_at(new.spans)
        for start, end in pairwise(ordered):
            span = span_at(start)
            near = [line_pieces[each] for each in sources[start]] if old else []
            piece = next((each for each in near if each.char_format == span.char_format), near[0] if near else None)
            self._put_piece(text[start:end], span, piece, fresh=not old or places[start] < 0)
            self._put_anchors(anchors.get(end, []), old, anchored)

    def after_sign(self, paragraph: Any) -> None:
        """Parts a note's own sign from its text."""

    def _put_piece(self, text: str, span: Span, piece: Piece | None, *, fresh: bool) -> None:
        shells = piece.shells if piece else ()
        shells = tuple(each for each in shells if not (fresh and self.is_tracked(each)))
        if (span.link, span.title) != ((piece.link, piece.title) if piece else ("", "")):
            shells = tuple(each for each in shells if not self.is_link(each))
        linked = bool(span.link) and not any(self.is_link(each) for each in shells)
        container = self._within(shells)
        if linked:
            container.append(link := self.make_link(span.link, span.title))
            container = link
        if span.object_key:
            self.put_object(container, span.object_key, None if fresh else piece)
        else:
            self.put_text(container, text, span.char_format, piece, linked=linked)

    def _within(self, shells: tuple[Any, ...]) -> Any:
        """The element to put text into that stands within these; what is open stays so."""
        common = 0
        while common < min(len(shells), len(self._open)) and self._open[common][0] is shells[common]:
            common += 1
        del self._open[common:]
        for shell in shells[common:]:
            clone, inner = self.clone(shell, again=id(shell) in self._cloned)
            self._cloned.add(id(shell))
            (self._open[-1][1] if self._open else self._paragraph).append(clone)
            self._open.append((shell, inner))
        return self._open[-1][1] if self._open else self._paragraph

    def _put_anchors(self, numbers: list[int], old: Line | None, anchored: set[int]) -> None:
        for each in numbers:
            if old is not None and each not in anchored:
                anchored.add(each)
                self._open.clear()
                element = copy.deepcopy(old.anchors[each].element)
                element.tail = None
                self._paragraph.append(element)
                if old.signed and each == 0:
                    self.after_sign(self._paragraph)


def _sources(places: list[int], line: Line) -> list[tuple[int, ...]]:
    """For each character the number of the piece that it comes from; for a new one those of its neighbours."""
    numbers = [number for number, piece in enumerate(line.pieces) for _ in piece.text]
    sources: list[tuple[int, ...]] = [(numbers[place],) if place >= 0 else () for place in places]
    for order in (range(len(places)), reversed(range(len(places)))):
        near: tuple[int, ...] = ()
        for at in order:
            if places[at] >= 0:
                number = numbers[places[at]]
                near = (number,) if line.pieces[number].text != OBJECT else ()
            elif near and near[0] not in sources[at]:
                sources[at] = (*sources[at], *near)
    return sources


def _moved(line: Line, places: list[int]) -> dict[int, list[int]]:
    """Where the unseen elements of a line stand now: their numbers by place. Those in what is gone are left out."""
    after = {place + 1: at + 1 for at, place in enumerate(places) if place >= 0}
    before = {place: at for at, place in enumerate(places) if place >= 0}
    end = len(line.text)
    found: dict[int, list[int]] = {}
    for number, anchor in enumerate(line.anchors):
        if line.breaks_page and number == len(line.anchors) - 1:
            place: int | None = len(places)
        elif anchor.at == 0:
            place = 0
        elif anchor.at >= end and after.get(end) is None:
            place = len(places)
        else:
            place = after.get(anchor.at, before.get(anchor.at))
        if place is not None:
            found.setdefault(place, []).append(number)
    return found


def _span_at(spans: tuple[Span, ...]) -> Callable[[int], Span]:
    """Looks up the span of a place, for places that ascend; one that says nothing where there is none."""
    waiting: Iterator[Span] = iter(spans)
    span = next(waiting, None)

    def look_up(at: int) -> Span:
        nonlocal span
        while span is not None and span.end <= at:
            span = next(waiting, None)
        return span if span is not None and span.start <= at else Span(at, at)

    return look_up
