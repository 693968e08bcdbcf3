"""What elements of a page are called and say."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

_MOST_SPACES = 1000  # around short words
_OPS_TYPE = "{http://www.idpf.org/2007/ops}type"
_SPACES = re.compile(r"[ \t\r\n\f\v]+")


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
