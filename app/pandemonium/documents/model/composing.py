"""Builds a passage piece by piece, as a reader of a format meets its runs and paragraphs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pandemonium.documents.model.manuscript import EmbeddedObject, InlineObject, Note
from pandemonium.documents.model.passage import BODY, BREAK, OBJECT, CharFormat, ParagraphStyle, Passage, Span

LINE_END = "\u2028"
_DEEPEST_NOTES = 50  # in each other; no reader makes as many
UNUSED_ADDRESSES = "addresses that no link uses"
_UNSEEN = frozenset(("HTML", "page break", "column break", "bookmark", "details about the text", UNUSED_ADDRESSES))


class Composer:
    """A passage in the making, paragraph after paragraph."""

    def __init__(self) -> None:
        self._texts: list[str] = []
        self._spans: list[Span] = []
        self._styles: list[ParagraphStyle | None] = []
        self._start = 0
        self._pieces: list[str] = []
        self._length = 0

    @property
    def is_empty(self) -> bool:
        """There is no paragraph yet, and nothing for the next."""
        return not (self._texts or self._length)

    @property
    def is_open(self) -> bool:
        """The paragraph in the making has characters."""
        return self._length > 0

    @property
    def open_text(self) -> str:
        """What the paragraph in the making says so far."""
        return "".join(self._pieces)

    @property
    def last(self) -> str:
        """The last character of the paragraph in the making; empty if it has none."""
        return self._pieces[-1][-1] if self._pieces else ""

    @property
    def paragraphs(self) -> int:
        """How many paragraphs are ended."""
        return len(self._texts)

    def add(self, text: str, char_format: CharFormat = CharFormat.PLAIN, link: str = "", title: str = "") -> None:
        """Adds characters to the paragraph in the making; a line's end within it is a line separator."""
        if not text:
            return
        if BREAK in text:
            text = text.replace(BREAK, LINE_END)
        if OBJECT in text:  # it would be taken for one
            text = text.replace(OBJECT, "")
            if not text:
                return
        if "\udc00" <= text[0] <= "\udfff" and "\ud800" <= self.last <= "\udbff":
            text = self._join_halves(text)
            if not text:
                return
        start = self._start + self._length
        length = len(text)
        end = start + length
        self._pieces.append(text)
        self._length += length
        if not (char_format or link):
            return
        last = self._spans[-1] if self._spans else None
        goes_on = last is not None and last.end == start and not last.object_key
        if last is not None and goes_on and (last.char_format, last.link, last.title) == (char_format, link, title):
            self._spans[-1] = Span(last.start, end, char_format, link, "", title)
        else:
            self._spans.append(Span(start, end, char_format, link, "", title))

    def _join_halves(self, text: str) -> str:
        """Makes one character of two that are its halves, and gives the text that is left."""
        half = self._pieces[-1][-1]
        whole = (half + text[0]).encode("utf-16", "surrogatepass").decode("utf-16")
        self._pieces[-1] = self._pieces[-1][:-1] + whole
        return text[1:]

    def add_object(self, key: str, char_format: CharFormat = CharFormat.PLAIN, link: str = "", title: str = "") -> None:
        """Adds the sign of an object, which may lead somewhere as text may."""
        start = self._start + self._length
        self._pieces.append(OBJECT)
        self._length += 1
        self._spans.append(Span(start, start + 1, char_format, link, key, title))

    def end_paragraph(self, style: ParagraphStyle = BODY) -> None:
        """Ends the paragraph in the making, empty or not."""
        text = "".join(self._pieces)
        self._texts.append(text)
        self._styles.append(style)
        self._start += len(text) + 1
        self._pieces.clear()
        self._length = 0

    def trim(self, characters: str = " \t" + LINE_END) -> None:
        """Takes such characters from the end of the paragraph in the making."""
        if not self._pieces or self._pieces[-1][-1] not in characters:
            return
        text = self.open_text
        self._length = len(text.rstrip(characters))
        self._pieces = [text[: self._length]] if self._length else []
        end = self._start + self._length
        while self._spans and self._spans[-1].start >= end:
            self._spans.pop()
        if self._spans and self._spans[-1].end > end:
            self._spans[-1] = self._spans[-1].at(self._spans[-1].start, end)

    def passage(self) -> Passage:
        """What was built; an open paragraph is ended as body text."""
        if self._length or not self._texts:
            self.end_paragraph()
        return Passage(BREAK.join(self._texts), (), tuple(self._spans), tuple(self._styles))


class InlineObjects:
    """Objects under keys of their own, in the order in which they come."""

    def __init__(self) -> None:
        self.by_key: dict[str, InlineObject] = {}
        self._added = 0

    def add(self, inline_object: InlineObject) -> str:
        """Takes an object and gives its key."""
        self._added += 1
        key = f"{'note' if isinstance(inline_object, Note) else 'thing'}-{self._added}"
        self.by_key[key] = inline_object
        return key

    def take(self, key: str) -> InlineObject:
        """Gives an object that was added, and forgets it."""
        return self.by_key.pop(key)


def styled(passage: Passage) -> list[tuple[Passage, ParagraphStyle]]:
    """Each paragraph with its style; one without is of the style before it, the first is body text."""
    found: list[tuple[Passage, ParagraphStyle]] = []
    style = BODY
    for paragraph in passage.paragraphs():
        own = paragraph.styles[0] if paragraph.styles else None
        style = style.following() if own is None else own
        found.append((paragraph, style))
    return found


def runs(paragraph: Passage) -> list[tuple[str, Span]]:
    """A paragraph's characters in runs of one look; a run's span says nothing where it is plain."""
    found: list[tuple[str, Span]] = []
    at = 0
    for span in paragraph.spans:
        if at < span.start:
            found.append((paragraph.text[at : span.start], Span(at, span.start)))
        found.append((paragraph.text[span.start : span.end], span))
        at = span.end
    if at < len(paragraph.text):
        found.append((paragraph.text[at:], Span(at, len(paragraph.text))))
    return found


def words_of(inline_object: InlineObject | None) -> str:
    """What an object says in words; one without any that a reader would miss is named in brackets."""
    if isinstance(inline_object, EmbeddedObject):
        return inline_object.text or (
            f"[{inline_object.label}]" if inline_object.label and inline_object.label not in _UNSEEN else ""
        )
    return ""


def all_words(
    passage: Passage, objects: Mapping[str, InlineObject], noted: list[str] | None = None, depth: int = 0
) -> str:
    """A passage's text with what its objects say in their places, notes in brackets, which are added to `noted`."""
    pieces: list[str] = []
    noted = [] if noted is None else noted
    at = 0
    for span in passage.spans:
        if not span.object_key:
            continue
        inline_object = objects.get(span.object_key)
        said = words_of(inline_object)
        if isinstance(inline_object, Note) and depth < _DEEPEST_NOTES:
            words = f"({all_words(inline_object.content, objects, depth=depth + 1)})"
            noted.append(words)
            said = f" {words}"
        elif isinstance(inline_object, EmbeddedObject):
            noted += inline_object.notes
        pieces += [passage.text[at : span.start], said]
        at = span.end
    return "".join([*pieces, passage.text[at:]])


def left_out(document: str, parts: Iterable[str]) -> str:
    """What of a document was not read, in one sentence: "Of this page was left out: its menu." "" if nothing."""
    names = list(parts)
    if not names:
        return ""
    listed = ", ".join(names[:-1]) + " and " + names[-1] if len(names) > 1 else names[0]
    return f"Of this {document} was left out: {listed}."


def counted(label: str, count: int) -> str:
    """So many objects of a label: "a table", "two notes without a mark"."""
    name, _, rest = label.partition(" without ")
    rest = f" without {rest}" if rest else ""
    if label in ("code", "HTML") or label.endswith("s") or "details" in label:
        return label
    article = "an" if name[:1].lower() in "aeiou" else "a"
    plural = f"{name}es" if name.endswith("x") else f"{name[:-1]}ies" if name.endswith("by") else f"{name}s"
    return f"{count} {plural}{rest}" if count > 1 else f"{article} {name}{rest}"
