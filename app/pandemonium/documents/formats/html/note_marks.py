"""Tells which links of a page are marks of notes: by what they are named, how they are set, and what leads back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from pandemonium.documents.formats.html.elements import kind_of_element, said_in, short_words, tag_of, words_in

_NOTE_REFERENCE = re.compile(
    r"(?:^|\s)(?:noteref|footnote-?(?:ref(?:erence)?|anchor|mark)|fnref|fnanchor|endnote-?ref|doc-noteref)(?=\s|$)",
    re.I,
)
MARK = re.compile(r"^\s*[\[({]?(?:\d{1,4}|[*\u2020\u2021\u00a7]{1,3}|[a-z]|[ivxlc]{1,6})[\])}]?\s*$", re.IGNORECASE)
_NUMBER = re.compile(r"\d{1,4}|[*\u2020\u2021\u00a7]{1,3}")
_LONGEST_MARK = 40  # characters
FARTHEST = 20  # elements that are looked at around a link
# What a paragraph's words stand in; a mark stands within one of these.
_BLOCKS = frozenset("aside li p div dd dt section td th blockquote body h1 h2 h3 h4 h5 h6 figcaption pre".split())


def is_named_mark(link: Any) -> bool:
    """The page calls it a note's mark."""
    return bool(_NOTE_REFERENCE.search(kind_of_element(link)))


def words_of_mark(link: Any) -> str:
    """The number or sign that a link consists of; "" for any other words."""
    words = short_words(link, _LONGEST_MARK)
    return words if words and MARK.match(words) else ""


def is_raised(link: Any) -> bool:
    """It is set as marks are, above the line."""
    return tag_of(link.getparent()) == "sup" or any(tag_of(child) == "sup" for child in link)


def is_set_as_mark(link: Any, words: str) -> bool:
    """It is raised, in brackets, or a sign that stands for a note."""
    return words[0] in "[({*\u2020" or is_raised(link)


def is_number_at_word(link: Any, words: str) -> bool:
    """It is a mere number or sign, which a word or its punctuation touches."""
    before = next(_texts_before(link), "")
    return bool(_NUMBER.fullmatch(words)) and bool(before[-1:].strip())


def begins_block(link: Any) -> bool:
    """No words stand before it in its paragraph."""
    return not any(text.strip() for text in _texts_before(link))


def _texts_before(link: Any) -> Iterator[str]:
    """The pieces of text before it in its paragraph, the nearest first."""
    node = link
    for _ in range(FARTHEST):
        before = node.getprevious()
        if before is not None:
            if before.tail:
                yield before.tail
            if tag_of(before) and (said := said_in(before)):
                yield said
            node = before
            continue
        node = node.getparent()
        if node is None:
            return
        if node.text:
            yield node.text
        if tag_of(node) in _BLOCKS:
            return


def places_of(link: Any) -> Iterator[Any]:
    """What an address of this very link may name: it, what is in it or close around it, or is empty before it."""
    node = link
    for _ in range(3):
        yield node
        before = node.getprevious()
        if before is not None and not before.tail and not said_in(before):
            yield before
        node = node.getparent()
        if node is None or tag_of(node) in _BLOCKS:
            break
    yield from (each for each, _ in zip(link.iter(), range(FARTHEST), strict=False))


def outer_mark(link: Any) -> Any:
    """The link, or the element around it that raises it and nothing else."""
    parent = link.getparent()
    words = short_words(parent, _LONGEST_MARK) if tag_of(parent) == "sup" else None
    return parent if words is not None and words == words_in(link) else link


def without_brackets(mark: Any) -> None:
    """Takes the brackets away that stand around a mark as text."""
    if not (mark.tail or "").startswith("]"):
        return
    node = mark
    for _ in range(FARTHEST):
        before = node.getprevious()
        holder, name = (node.getparent(), "text") if before is None else (before, "tail")
        text = getattr(holder, name) or ""
        if text.endswith("["):
            setattr(holder, name, text[:-1])
            mark.tail = mark.tail[1:]
        if text or before is None or said_in(before):
            return
        node = before
