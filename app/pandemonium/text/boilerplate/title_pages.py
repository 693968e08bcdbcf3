"""Cuts the title page of a screenplay in Fountain's plain text: "Title:", "Credit:", "Author:", "Draft date:"."""

from __future__ import annotations

import re

_KEY = re.compile(
    r"^(?P<key>title|subtitle|credit|authors?|written by|source|notes?|draft date|date|draft|contact|copyright|revision"
    r"|format|font|episode|series|based on|adaptation by|story by|company|watermark):[ \t]*(?P<value>.*)$",
    re.IGNORECASE,
)
# One of them says that it is a title page and no list in a text.
_TELLING = frozenset(("credit", "author", "authors", "draft date", "contact", "written by", "draft", "format"))
_NOTE = re.compile(r"\[\[(?:(?!\[\[|\]\])[\s\S]){0,2000}\]\]|/\*(?:(?!\*/)[\s\S]){0,5000}\*/")
_MOST_LINES = 40


def cut_title_page(text: str) -> str:
    """Gives `text` without the title page at its head, and without the notes of a screenplay that has one.

    Args:
        text: LF line ends.
    """
    start = len(text) - len(text.lstrip("\ufeff\n \t"))
    lines = text[start:].split("\n", _MOST_LINES)
    if not _KEY.match(lines[0]):
        return text
    keys: list[str] = []
    position = start
    for line in lines[:_MOST_LINES]:
        match = _KEY.match(line)
        if match:
            keys.append(match["key"].lower())
        elif not line.strip() or line[0] not in " \t":
            break
        position += len(line) + 1
    if len(keys) < 2 or _TELLING.isdisjoint(keys) or (position < len(text) and text[position : position + 1].strip()):
        return text
    rest = text[position:]
    return _NOTE.sub("", rest) if "credit" in keys or "draft date" in keys else rest
