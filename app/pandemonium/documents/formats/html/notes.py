"""Finds the notes of pages and the marks that lead to them."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any
from urllib.parse import unquote

from lxml import etree

from pandemonium.documents.formats.html.char_formats import Rules
from pandemonium.documents.formats.html.elements import kind_of_element, root_of, said_in, tag_of, words_in
from pandemonium.documents.formats.html.note_marks import (
    FARTHEST,
    MARK,
    begins_block,
    is_named_mark,
    is_number_at_word,
    is_raised,
    is_set_as_mark,
    outer_mark,
    places_of,
    without_brackets,
    words_of_mark,
)
from pandemonium.documents.model.passage import Passage

_NOTE_BACK = re.compile(r"(?:^|\s)(?:footnote-?back|doc-backlink|backlink|fnback)(?=\s|$)", re.IGNORECASE)
_NOTE_HOLDERS = frozenset(("aside", "li", "p", "div", "dd", "section"))
_BACK_SIGN = re.compile(r"^[\s\u21a9\u2191\ufe0e\ufe0f^]*$")
_BEHIND_SIGN = re.compile(r"^[\])}.:]+\s+")
_NOTE_CLASS = re.compile(r"(?:^|\s)(?:foot|end)notes?(?=\s|$)")
_NOTE_NAME = re.compile(r"note|fn|rearnote", re.IGNORECASE)
_HEADING_TAGS = frozenset(f"h{level}" for level in range(1, 7))
_HEADINGS = tuple(f"{{*}}{tag}" for tag in sorted(_HEADING_TAGS))
_LONGEST_NOTE = 30_000  # characters
_LONGEST_SIGNED = 3_000  # characters
_MOST_LINKS = 50  # in a note that is known by one of them alone
_MOST_TOLD_AGAIN = 500_000  # characters
DEEPEST = 20  # notes, and cells of tables, within each other


@dataclass(frozen=True)
class Page:
    """One page of a document.

    Attributes:
        name: of its file, from which its links are resolved.
        root: its element.
        rules: what its style sheets say.
        part: the element of it that is read; None for all of it.
    """

    name: str
    root: Any
    rules: Rules = field(default_factory=dict)
    part: Any = None


class PageNotes:
    """The notes of some pages, which are read where their mark stands and nowhere else.

    Args:
        pages: all that are read.
        unread: the tags of elements in which no mark is seen.

    Attributes:
        notes: from a note's element to what its mark says.
        marks: from a mark's element to its note's.
        told: what the notes say that were read; whoever reads one puts it here.
        refused: the notes of which a mark was met where no note can be shown.
        rules: the lines that part notes from the text before them.
    """

    def __init__(self, pages: Sequence[Page], unread: frozenset[str] = frozenset()) -> None:
        self.notes: dict[Any, str] = {}
        self.marks: dict[Any, Any] = {}
        self.told: dict[Any, Passage] = {}
        self.refused: set[Any] = set()
        self._told_again = 0
        self._lengths: dict[Any, int] = {}
        self._links: dict[Any, frozenset[Any]] = {}  # inside of what holds a note
        self._leading_back: dict[Any, bool] = {}
        self._led_to: dict[Any, frozenset[Any]] = {}
        self._places: dict[tuple[str, str], Any] = {}
        self._names = {page.root: page.name for page in pages}
        inside: set[Any] = set()  # links in notes
        for page in pages:
            for element in page.root.xpath("//*[@id or @name]"):
                for name in (element.get("id"), element.get("name")):
                    if name:
                        self._places.setdefault((page.name, name), element)
        self._order: dict[Any, int] = {}  # of links and of the places that these lead to
        for page in pages if self._places else ():
            unseen = {link for each in page.root.iter(*unread) for link in each.iter("{*}a")} if unread else set()
            for link in page.root.iter("{*}a"):
                target = self._place(page.name, link)
                if target is None or link in inside or link in unseen:
                    continue
                if (note := self._note_of(link, target, pages)) is not None:
                    mark = outer_mark(link)
                    without_brackets(mark)
                    self.marks[mark] = note
                    if note not in self.notes:
                        self.notes[note] = words_in(link)
                        inside.update(note.iter("{*}a"))
        for page in pages if self.notes else ():
            self._drop_ways_back([link for link in page.root.iter("{*}a") if link in inside and _is_back(link)])
        self.rules = {rule for page in pages if self.notes for rule in self._rules(page.root)}

    def _rules(self, root: Any) -> Iterator[Any]:
        """The lines of a page that notes follow at once, and behind these a heading, another line or nothing."""
        waiting: list[Any] = []
        behind = False  # these, and notes
        note: Any = None
        for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
            if note is not None and not (event == "end" and element is note):
                continue
            note = element if event == "start" and element in self.notes else None
            if note is not None:
                behind = bool(waiting)
                continue
            tag = tag_of(element)
            if behind and event == "start" and (tag == "hr" or tag in _HEADING_TAGS):
                yield from waiting
                behind = False
                waiting = []
            if event == "start" and tag == "hr":
                waiting.append(element)
            said = element.text if event == "start" else element.tail
            if tag == "img" or (said and not said.isspace()):
                behind = False
                waiting = []
        if behind:
            yield from waiting

    def _place(self, page: str, link: Any) -> Any:
        """The element that a link of a page leads to; None for one outside."""
        return self._places.get(_target(page, link.get("href") or ""))

    def _note_of(self, link: Any, target: Any, pages: Sequence[Page]) -> Any:
        """The note to which a link is the mark; None for any other link, and for a note's way back."""
        if is_named_mark(link):
            return self._holder(target, link, sure=True)
        words = words_of_mark(link)
        if not words:
            return None
        if is_set_as_mark(link, words):
            if begins_block(link) and self._comes_before(target, link, pages):
                return None
            return self._holder(target, link, words if is_raised(link) else "")
        if not is_number_at_word(link, words) or self._comes_before(target, link, pages):
            return None
        note = self._holder(target, link)
        return note if note is not None and self._leads_back(note, link) else None

    def _comes_before(self, one: Any, other: Any, pages: Sequence[Page]) -> bool:
        """Tells whether one of two links or places stands before the other."""
        if not self._order:
            wanted = set(self._places.values())
            everything = (each for page in pages for each in page.root.iter("*"))
            self._order = {each: at for at, each in enumerate(everything) if each in wanted or tag_of(each) == "a"}
        return self._order[one] < self._order[other]

    def _leads_back(self, note: Any, link: Any) -> bool:
        """Tells whether a note of few links, and without headings, leads to this very link."""
        if note not in self._led_to:  # many marks may lead to one note
            links = self._links[note]
            is_short = len(links) <= _MOST_LINKS and next(note.iter(*_HEADINGS), None) is None
            name = self._names[root_of(note)]
            self._led_to[note] = frozenset(self._place(name, each) for each in links) if is_short else frozenset()
        places = self._led_to[note]
        return any(each in places for each in places_of(link))

    def _drop_ways_back(self, links: Sequence[Any]) -> None:
        for link in links:
            note = next((each for each in link.iterancestors() if each in self.notes), None)
            if note is None:
                continue  # it stood in another way back, and went with that
            is_own = words_in(link).strip("[](). ") == self.notes[note].strip("[](). ")
            if not (_is_named_back(link) or self._leads_to_mark(link, note, is_own=is_own)):
                continue  # the number of another note, or of a page
            if is_own or tag_of(note) == "li":
                self.notes[note] = ""  # the mark before the note goes with the link
                if begins_block(link):
                    link.tail = _BEHIND_SIGN.sub("", link.tail or "", count=1)
            link.text = None
            for child in list(link):
                link.remove(child)

    def _leads_to_mark(self, link: Any, note: Any, *, is_own: bool) -> bool:
        """Tells whether a number or sign in a note leads to a mark of it, or is its own and stands before its words."""
        target = self._place(self._names[root_of(note)], link)
        if target is None:
            return is_own and begins_block(link)
        around = (target.getnext(), *islice(target.iterancestors(), 3), *islice(target.iter(), FARTHEST))
        return any(self.marks.get(each) is note for each in around)

    def is_told_at_mark(self, note: Any, depth: int) -> bool:
        """Tells whether a mark brings its note; else its own words are shown, and the note comes at the end.

        A note within a note is told once, so that no web of notes can grow without end; and to a long one no more marks
        lead than a text can hold.

        Args:
            note: its element.
            depth: how many notes and cells the mark stands in, if it stands in a note.
        """
        if note not in self.notes or depth >= DEEPEST:
            self.refused.add(note)
            return False
        told = self.told.get(note)
        if told is not None:
            self._told_again += len(told)
        return told is None or (not depth and self._told_again < _MOST_TOLD_AGAIN)

    def untold(self) -> list[Any]:
        """The notes that were not read."""
        return [each for each in self.notes if each not in self.told]

    def _holder(self, target: Any, link: Any, sign: str = "", *, sure: bool = False) -> Any:
        """The element that holds the note whose place is `target`; None if that place is none of a note.

        Args:
            target: the place.
            link: the mark.
            sign: what a short paragraph begins with that is a note for that alone; "" for none.
            sure: the mark is named so, and needs no other sign.
        """
        element = target
        while element is not None and tag_of(element) not in _NOTE_HOLDERS:
            element = element.getparent()
        if element is None:
            return None
        if element not in self._lengths:  # many marks may lead into one element
            links = frozenset(element.iter("{*}a")) if len(element) else frozenset()
            self._links[element] = links
            self._lengths[element] = len(said_in(element))
            self._leading_back[element] = any((each.get("href") or "").partition("#")[2] for each in links)
        if self._lengths[element] > _LONGEST_NOTE or link in self._links[element]:
            return None
        kind = kind_of_element(element)
        said = _NOTE_NAME.search(f"{kind} {element.get('id') or ''}") is not None
        parent = element.getparent()
        if tag_of(element) == "p" and parent is not None and _NOTE_CLASS.search(kind_of_element(parent)):
            first = next((child for child in parent if tag_of(child) == "p"), None)
            if tag_of(parent) in ("div", "aside") and first is element and len(list(parent.iter("{*}a"))) <= 2:
                return parent
        is_note = sure or said or self._leading_back[element] or self._begins_with(element, sign)
        return element if is_note else None

    def _begins_with(self, element: Any, sign: str) -> bool:
        is_short = self._lengths[element] <= _LONGEST_SIGNED and tag_of(element) in ("p", "li", "dd", "aside")
        return is_short and without_sign(said_in(element), sign) is not None


def _is_back(link: Any) -> bool:
    if not (link.get("href") or "").partition("#")[2]:
        return False
    return _is_named_back(link) or MARK.match(words_in(link)) is not None


def _is_named_back(link: Any) -> bool:
    return bool(_NOTE_BACK.search(kind_of_element(link)) or _BACK_SIGN.match(words_in(link)))


def _target(page: str, href: str) -> tuple[str, str]:
    path, sign, place = href.partition("#")
    if not sign:
        return "", ""
    name = posixpath.normpath(posixpath.join(posixpath.dirname(page), unquote(path))) if path else page
    return name, unquote(place)


def without_sign(text: str, sign: str, *, is_numbered: bool = False) -> int | None:
    """Where the words of a note begin behind its number or sign; None where it has none, or begins otherwise.

    Args:
        text: of the note.
        sign: its number, letter or sign, with brackets or without; "" for none.
        is_numbered: something else numbers it, so that a number before its words belongs to these.
    """
    bare = sign.strip("[](){}. ")
    if not bare:
        return None
    behind = r"[\])}.:]+" if is_numbered or bare.isalpha() else r"(?!\d)[\])}]?[.:]?"
    match = re.match(rf"\s*[\[({{]?{re.escape(bare)}{behind}\s*", text)
    return match.end() if match else None


def without_mark(content: Passage, mark: str, *, is_numbered: bool = False) -> Passage:
    """A note without the number or sign that it begins with, and without what led back from it."""
    start = without_sign(content.text, mark, is_numbered=is_numbered)
    if start is None:
        start = len(content.text) - len(content.text.lstrip(" \xa0"))
    end = len(content.text.rstrip(" \u21a9\u2191\ufe0e\ufe0f"))
    return content.part(start, max(start, end))
