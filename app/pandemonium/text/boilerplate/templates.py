"""Cuts what site generators put into a text: front matter, Liquid's tags and the code between them, attributes."""

from __future__ import annotations

import re
from bisect import bisect

from pandemonium.text.boilerplate.spans import Span, balanced, outermost, without

_KEY = re.compile(r"[A-Za-z_][\w.-]{0,60}:(?:[ \t]|$)")
_TOML_KEY = re.compile(r"[A-Za-z_][\w.-]{0,60}[ \t]*=[ \t]*\S|\[")
_MORE = re.compile(r"(?:[A-Za-z_][\w .-]{0,60}:(?:[ \t]|$)|[ \t]+\S|-[ \t]|#|\[|\])")
_FRONT_MATTER_LINES = 200
_TAG = re.compile(r"\{?\{%-?\s{0,20}(?P<name>\w{0,30})(?:(?!%\}|\{%)[\s\S]){0,600}%\}\}?")
# What stands between these and their ends is no prose.
_VERBATIM = frozenset(("highlight", "comment", "javascript", "stylesheet", "schema", "style", "mermaid"))
_VERBATIM_REACH = 20_000
_LONGEST = 4_000
_SERVER = re.compile(r"<%(?:(?!%>|<%)[\s\S]){0,600}%>|<\?php\b(?:(?!\?>)[\s\S]){0,2000}\?>|\{#(?!#)[^{}\n]{1,300}#\}")
_ATTRIBUTES = re.compile(r"[ \t]*\{:[^{}\n]{0,200}\}|[ \t]+\{[#.][\w#. =\"'-]{1,100}\}(?=[ \t]*$)", re.MULTILINE)
# Pandoc's: what a span or code is, how wide a picture; a reader may have taken what they follow.
_SPAN = re.compile(r"\[([^\[\]\n]{1,500})\](?=\{[.#][\w-])")
_INLINE_ATTRIBUTES = re.compile(
    r"[ \t]{0,9}\{(?:=[a-z]\w{1,20}|[.#][A-Za-z][\w-]{0,40}(?:[ \t]+[.#\w][^{}\n]{0,200})?|"
    r"(?:width|height)=[^{}\n]{1,60})\}"
)
_DIVISION = re.compile(r"^[ \t]{0,3}:{3,}[^\n]*$", re.MULTILINE)
_DIVISION_NAME = re.compile(
    r"[ \t]*:+[ \t]*(?:\{[^{}\n]{0,100}\}[ \t]*|[\w-]{1,40}$|[a-z][\w-]{0,40}[ \t]+(?=.*:::$))?"
)
_PAGE_COMMAND = re.compile(
    r"^[ \t]*\\(?:newpage|pagebreak|clear(?:double)?page|(?:big|med|small)skip|tableofcontents"
    r"|vspace\*?\{[^{}\n]{1,40}\})[ \t]*$",
    re.MULTILINE,
)
_EMPTY_LINK = re.compile(r"\[([^\[\]\n]{1,300})\]\(\)")
_CONTENTS = re.compile(r"^[ \t]*(?:\[TOC\]|\[\[_?TOC_?\]\]|\{\{toc\}\})[ \t]*$", re.MULTILINE | re.IGNORECASE)


def cut_templates(text: str) -> str:
    """Gives `text` without front matter, template tags, and the code between tags that highlight it.

    A tag goes, the words on its line stay.

    Args:
        text: LF line ends.
    """
    text = cut_front_matter(text)
    if "{%" in text:
        text = _EMPTY_LINK.sub(r"\1", without(text, _tags(text)))
    if "{{" in text:
        text = without(text, balanced(text, "{{", "}}", _LONGEST))
    if "<%" in text or "<?" in text or "{#" in text:
        text = _SERVER.sub("", text)
    if "{" in text and "}" in text:
        text = _ATTRIBUTES.sub("", text)
        text = _INLINE_ATTRIBUTES.sub("", _SPAN.sub(r"\1", text))
    if "\\" in text:
        text = _PAGE_COMMAND.sub("", text)
    if ":::" in text:
        text = _DIVISION.sub(_undivided, text)
    return _CONTENTS.sub("", text) if "toc" in text.lower() else text


def cut_front_matter(text: str) -> str:
    """Gives `text` without the settings at its head: lines of "key: value" between two lines of "---" or "+++".

    A scene break at the head of a text is none: a key must follow, and there is no blank line in it.
    """
    start = len(text) - len(text.lstrip("\ufeff\n \t"))
    fence = text[start : start + 3]
    if fence not in ("---", "+++"):
        return text
    lines = text[start:].split("\n", _FRONT_MATTER_LINES + 1)
    first, more = (_KEY, _MORE) if fence == "---" else (_TOML_KEY, re.compile(r"\S"))
    if lines[0].strip() != fence or len(lines) < 3 or not first.match(lines[1]):
        return text
    position = start + len(lines[0]) + 1
    for line in lines[1:-1] if len(lines) > _FRONT_MATTER_LINES else lines[1:]:
        position += len(line) + 1
        if line.rstrip() in (fence, "..."):
            return text[position:]
        if not more.match(line):
            return text
    return text


def _undivided(line: re.Match[str]) -> str:
    """What stands on a line that begins or ends a division, beside that: a reader may have joined lines."""
    words = line[0].rstrip()
    words = words[_DIVISION_NAME.match(words).end() :]  # type: ignore[union-attr]
    return words.rstrip(":").rstrip() if words.endswith(":::") else words


def _tags(text: str) -> list[Span]:
    spans: list[Span] = []
    ends: dict[str, list[Span]] = {}
    for match in _TAG.finditer(text):
        spans.append(match.span())
        if match["name"].startswith("end"):
            ends.setdefault(match["name"].removeprefix("end"), []).append(match.span())
    for match in _TAG.finditer(text):
        if match["name"] in _VERBATIM:
            spans.append((match.start(), _end_of(match.end(), ends.get(match["name"], []))))
    return outermost(spans)


def _end_of(start: int, ends: list[Span]) -> int:
    """Where the block that a tag before `start` begins is over; at `start` where it is never ended near."""
    index = bisect(ends, (start, 0))
    if index < len(ends) and ends[index][1] - start <= _VERBATIM_REACH:
        return ends[index][1]
    return start
