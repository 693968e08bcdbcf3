"""A whole document as passages, one for each paragraph: it knows who wrote what, and how it looks, through every edit.

An edit costs as much as the paragraphs that it touches and not as much as the book.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from pandemonium.documents.model.passage import BODY, BREAK, ParagraphStyle, Passage, join


@dataclass(frozen=True, slots=True)
class Touched:
    """What an edit did to the list of paragraphs: `before` ones from `first` on became `after` ones."""

    first: int
    before: int
    after: int


class AuthoredText:
    """A whole document as paragraphs; one that is body text has no styles, any other has one.

    Positions count characters, a paragraph break as one. Looking one up starts at the place of the last, so
    that edits near each other are found at once however long the document is.
    """

    def __init__(self, passage: Passage | str = "") -> None:
        passage = Passage(passage) if isinstance(passage, str) else passage
        self._paragraphs = _settled(passage.paragraphs(), BODY)
        self._length = len(passage)
        self._index = 0  # a paragraph ...
        self._start = 0  # ... and the position of its first character

    def __len__(self) -> int:
        return self._length

    @property
    def paragraphs(self) -> list[Passage]:
        """The paragraphs; not to be changed by the caller."""
        return self._paragraphs

    @property
    def text(self) -> str:
        """The whole text."""
        return BREAK.join(each.text for each in self._paragraphs)

    def locate(self, position: int) -> tuple[int, int]:
        """Gives the paragraph that holds `position`, and the place in it.

        Raises:
            IndexError: the position lies outside the document.
        """
        if not 0 <= position <= self._length:
            raise IndexError(f"{position} lies outside a document of {self._length} characters")
        index = self._index
        start = self._start
        if position < start // 2:
            index = 0
            start = 0
        paragraphs = self._paragraphs
        while position < start:
            index -= 1
            start -= len(paragraphs[index].text) + 1
        while position > (end := start + len(paragraphs[index].text)):
            start = end + 1
            index += 1
        self._index = index
        self._start = start
        return index, position - start

    def part(self, start: int, end: int) -> Passage:
        """Characters [start, end) with what is known of them; styles only where one is other than body text."""
        first, offset = self.locate(start)
        last, stop = self.locate(end)
        if first == last:
            return self._paragraphs[first].part(offset, stop)
        edges = [self._paragraphs[first].part(offset, len(self._paragraphs[first]))]
        edges += self._paragraphs[first + 1 : last]
        edges.append(self._paragraphs[last].part(0, stop))
        return joined(edges)

    def styles(self, first: int, count: int) -> tuple[ParagraphStyle, ...]:
        """The styles of `count` paragraphs from number `first` on."""
        return tuple(style_of(each) for each in self._paragraphs[first : first + count])

    def replace(self, start: int, end: int, passage: Passage) -> Touched:
        """Puts `passage` in the place of characters [start, end).

        A paragraph for which `passage` says no style is as the one in which it begins, or as the one before it,
        but of no origin and without a page break.
        """
        last, stop = self.locate(end)
        first, offset = self.locate(start)
        head = self._paragraphs[first].part(0, offset)
        tail = self._paragraphs[last].part(stop, len(self._paragraphs[last]))
        new = passage.paragraphs()
        style = style_of(self._paragraphs[first])
        new[0] = head + new[0]
        new[-1] = new[-1] + replace(tail, styles=())
        self._paragraphs[first : last + 1] = _settled(new, style)
        self._length += len(passage) - (end - start)
        return Touched(first, last - first + 1, len(new))

    def characters_by_voice(self) -> dict[str, int]:
        """How many characters each voice wrote."""
        counts: dict[str, int] = {}
        for paragraph in self._paragraphs:
            for voice, count in paragraph.characters_by_voice().items():
                counts[voice] = counts.get(voice, 0) + count
        return counts


def joined(paragraphs: list[Passage]) -> Passage:
    """Paragraphs of a document as one passage; with styles only where one is other than body text."""
    whole = join(paragraphs) if len(paragraphs) > 1 else paragraphs[0]
    if not whole.styles:
        return whole
    return replace(whole, styles=tuple(BODY if style is None else style for style in whole.styles))


def style_of(paragraph: Passage) -> ParagraphStyle:
    """The style of a document's paragraph."""
    return (paragraph.styles and paragraph.styles[0]) or BODY


def _settled(paragraphs: list[Passage], style: ParagraphStyle) -> list[Passage]:
    """Gives each paragraph its style: its own, else the one before; body text goes without."""
    for index, each in enumerate(paragraphs):
        style = (each.styles and each.styles[0]) or style
        wanted = () if style == BODY else (style,)
        if index < len(paragraphs) - 1 and (style.origin >= 0 or style.page_break):
            following = replace(style, origin=-1, page_break=False)
        else:
            following = style
        if each.styles != wanted:
            paragraphs[index] = replace(each, styles=wanted)
        style = following
    return paragraphs
