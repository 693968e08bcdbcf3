"""Finds the notes of pages and the marks that lead to them."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from urllib.parse import unquote

from pandemonium.documents.formats.html.char_formats import Rules
from pandemonium.documents.model.passage import Passage

_NOTE_REFERENCE = re.compile(r"(?:^|\s)(?:noteref|footnote-?ref|fnref|fnanchor|endnote-?ref|doc-noteref)(?=\s|$)", re.I)
_NOTE_BACK = re.compile(r"(?:^|\s)(?:footnote-?back|doc-backlink|backlink|fnback)(?=\s|$)", re.IGNORECASE)
_MARK = re.compile(r"^\s*[\[({]?(?:\d{1,4}|[*\u2020\u2021\u00a7]{1,3}|[a-z]|[ivxlc]{1,6})[\])}]?\s*$", re.IGNORECASE)
_NOTE_HOLDERS = frozenset(("aside", "li", "p", "div", "dd", "section"))
_BACK_SIGN = re.compile(r"^[\s\u21a9\u2191\ufe0e\ufe0f^]*$")
_NOTE_CLASS = re.compile(r"(?:^|\s)(?:foot|end)notes?(?=\s|$)")
_NOTE_NAME = re.compile(r"note|fn|rearnote", re.IGNORECASE)
_LONGEST_NOTE = 30_000  # characters
_MOST_TOLD_AGAIN = 500_000  # characters
_LONGEST_MARK = 40  # characters
_MOST_SPACES = 1000  # around short words
_OPS_TYPE = "{http://www.idpf.org/2007/ops}type"
DEEPEST = 20  # notes, and cells of tables, within each other
_SPACES = re.compile(r"[ \t\r\n\f\v]+")


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
        inside: set[Any] = set()  # links in notes
        places: dict[tuple[str, str], Any] = {}
        for page in pages:
            for element in page.root.xpath("//*[@id or @name]"):
                for name in (element.get("id"), element.get("name")):
                    if name:
                        places.setdefault((page.name, name), element)
        for page in pages if places else ():
            unseen = {link for each in page.root.iter(*unread) for link in each.iter("{*}a")} if unread else set()
            for link in page.root.iter("{*}a"):
                target = places.get(_target(page.name, link.get("href") or ""))
                # A note's way back is no mark.
                if target is None or link in inside or link in unseen or not _is_mark(link):
                    continue
                if (note := self._holder(target, link)) is not None:
                    self.marks[_outer_mark(link)] = note
                    if note not in self.notes:
                        self.notes[note] = words_in(link)
                        inside.update(note.iter("{*}a"))
        for page in pages if self.notes else ():
            self._drop_ways_back([link for link in page.root.iter("{*}a") if link in inside and _is_back(link)])

    def _drop_ways_back(self, links: Sequence[Any]) -> None:
        for link in links:
            note = next((each for each in link.iterancestors() if each in self.notes), None)
            if note is None:
                continue  # it stood in another way back, and went with that
            if words_in(link).strip("[](). ") == self.notes[note].strip("[](). ") or tag_of(note) == "li":
                self.notes[note] = ""  # the mark before the note goes with the link
            link.text = None
            for child in list(link):
                link.remove(child)

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

    def _holder(self, target: Any, link: Any) -> Any:
        """The element that holds the note whose place is `target`; None if that place is none of a note."""
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
        return element if said or self._leading_back[element] else None


def root_of(element: Any) -> Any:
    """The page's element that an element belongs to."""
    return element.getroottree().getroot()


def tag_of(element: Any) -> str:
    """An element's name without its namespace; empty for a comment and the like."""
    return "" if element is None else plain_name(element.tag)


@lru_cache(maxsize=1000)
def plain_name(tag: object) -> str:
    """A tag without its namespace, as `tag_of` gives it."""
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def said_in(element: Any) -> str:
    """An element's characters, as they stand."""
    return "".join(element.itertext()) if len(element) else element.text or ""


def words_in(element: Any) -> str:
    """An element's words on one line."""
    said = said_in(element)
    return said if said.isalnum() else _SPACES.sub(" ", said).strip()


def short_words(element: Any, most: int) -> str | None:
    """An element's words on one line; None if they are longer, which is found out without reading all of them."""
    if not len(element):
        words = words_in(element)
        return words if len(words) <= most else None
    pieces: list[str] = []
    length = 0
    letters = 0
    for text in element.itertext():
        length += len(text)
        letters += len(text.strip())
        if letters > most or length > most + _MOST_SPACES:
            return None
        pieces.append(text)
    words = _SPACES.sub(" ", "".join(pieces)).strip()
    return words if len(words) <= most else None


def kind_of_element(element: Any) -> str:
    """What an element says it is: its class, its role, its type."""
    get = element.get
    return f"{get('class', '')} {get('role', '')} {get('epub:type', '')} {get(_OPS_TYPE, '')}"


def _is_mark(link: Any) -> bool:
    if _NOTE_REFERENCE.search(kind_of_element(link)):
        return True
    words = short_words(link, _LONGEST_MARK)
    in_sup = tag_of(link.getparent()) == "sup" or any(tag_of(child) == "sup" for child in link)
    return bool(words and _MARK.match(words) and (in_sup or words[0] in "[({*\u2020"))


def _outer_mark(link: Any) -> Any:
    parent = link.getparent()
    words = short_words(parent, _LONGEST_MARK) if tag_of(parent) == "sup" else None
    return parent if words is not None and words == words_in(link) else link


def _is_back(link: Any) -> bool:
    if not (link.get("href") or "").partition("#")[2]:
        return False
    return bool(
        _NOTE_BACK.search(kind_of_element(link)) or _BACK_SIGN.match(words_in(link)) or _MARK.match(words_in(link))
    )


def _target(page: str, href: str) -> tuple[str, str]:
    path, sign, place = href.partition("#")
    if not sign:
        return "", ""
    name = posixpath.normpath(posixpath.join(posixpath.dirname(page), unquote(path))) if path else page
    return name, unquote(place)


def without_mark(content: Passage, mark: str) -> Passage:
    """A note without the number or sign that it begins with, and without what led back from it."""
    bare = mark.strip("[](){}. ")
    match = re.match(rf"\s*[\[({{]?{re.escape(bare)}[\])}}]?[.:]?\s*", content.text) if bare else None
    start = match.end() if match else len(content.text) - len(content.text.lstrip(" "))
    end = len(content.text.rstrip(" \u21a9\u2191\ufe0e\ufe0f"))
    return content.part(start, max(start, end))
