"""What the style sheets and the tags of a page say about looks: a small part of CSS, enough for books."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, cast

from pandemonium.documents.html_tags import CHAR_FORMATS
from pandemonium.documents.model.passage import Alignment, CharFormat

Rules = dict[str, dict[str, str]]

_SELECTOR = re.compile(r"[\w-]*(?:\.[\w-]+)?")
_BRACE = re.compile(r"[{}]")
_LONGEST_SHEET = 2_000_000  # characters
_READ = frozenset(
    "font-weight font-style font-variant font-variant-caps text-align text-decoration text-decoration-line "
    "vertical-align page-break-before break-before page-break-after break-after display visibility white-space float "
    "position mso-list mso-element mso-special-character".split()
)
_TAGS = CHAR_FORMATS | dict.fromkeys(("cite", "dfn", "var"), CharFormat.ITALIC)
_SMALL_CAPS = re.compile(r"(?:^|\s)(?:small-?caps?|smcap|sc|caps)(?=\s|$)", re.IGNORECASE)


def style_rules(sheet: str) -> Rules:
    """Reads a style sheet: what it says about a tag, a class, or a tag of a class; the rest is passed over."""
    rules: Rules = {}
    for selectors, body in _blocks(_without_comments(sheet[:_LONGEST_SHEET])):
        declared = declarations(body)
        for selector in selectors.split(",") if declared else ():
            name = selector.strip()
            if name and _SELECTOR.fullmatch(name):
                rules.setdefault(name, {}).update(declared)
    return rules


def declarations(style: str) -> dict[str, str]:
    """The declarations of a `style` attribute or a rule that are read here."""
    found: dict[str, str] = {}
    for declaration in style.split(";"):
        name, _, value = declaration.partition(":")
        name = name.strip().lower()
        if name in _READ and (value := value.replace("!important", "").strip().lower()):
            found[name] = value
    return found


def _without_comments(sheet: str) -> str:
    pieces: list[str] = []
    at = 0
    while (start := sheet.find("/*", at)) >= 0:
        pieces.append(sheet[at:start])
        end = sheet.find("*/", start + 2)
        at = len(sheet) if end < 0 else end + 2
    return "".join([*pieces, sheet[at:]])


def _blocks(sheet: str) -> Iterator[tuple[str, str]]:
    """The selectors and the body of each rule, also of those inside of another's braces, as `@media` has them."""
    opening = -1
    start = 0
    selectors = ""
    for brace in _BRACE.finditer(sheet):
        if brace[0] == "{":
            opening = brace.start()
            selectors = sheet[start:opening]
        elif opening >= 0:
            yield selectors.rpartition(";")[2], sheet[opening + 1 : brace.start()]
            opening = -1
        start = brace.end()


def properties(element: Any, tag: str, rules: Rules) -> dict[str, str]:
    """What holds for an element itself, its own attribute last."""
    found: dict[str, str] = {}
    if rules:
        classes = (element.get("class") or "").split()
        for name in _names(tag, classes):
            found |= rules.get(name, {})
    if not element.attrib:
        if tag == "center":
            found.setdefault("text-align", "center")
        return found
    if own := element.get("style"):
        found |= declarations(own)
    if tag == "center" or (element.get("align") or "").lower() in ("center", "right", "justify"):
        found.setdefault("text-align", "center" if tag == "center" else element.get("align").lower())
    return found


def char_format_of(element: Any, tag: str, declared: dict[str, str], before: CharFormat) -> CharFormat:
    """How characters of an element are set, inside of one that is set as `before`."""
    char_format = before | _TAGS[tag] if tag in _TAGS else before
    if tag == "span" and _SMALL_CAPS.search(element.get("class") or ""):
        char_format |= CharFormat.SMALL_CAPS
    if not declared:
        return char_format
    if weight := declared.get("font-weight"):
        char_format = _set(
            char_format, CharFormat.BOLD, weight in ("bold", "bolder") or (weight.isdigit() and int(weight) >= 600)
        )
    if style := declared.get("font-style"):
        char_format = _set(char_format, CharFormat.ITALIC, style.startswith(("italic", "oblique")))
    if caps := declared.get("font-variant-caps") or declared.get("font-variant"):
        char_format = _set(char_format, CharFormat.SMALL_CAPS, "small-caps" in caps)
    if line := declared.get("text-decoration-line") or declared.get("text-decoration"):
        char_format |= CharFormat.UNDERLINE if "underline" in line else CharFormat.PLAIN
        char_format |= CharFormat.STRIKE if "line-through" in line else CharFormat.PLAIN
    if height := declared.get("vertical-align"):
        char_format |= {"super": CharFormat.SUPERSCRIPT, "sub": CharFormat.SUBSCRIPT}.get(height, CharFormat.PLAIN)
    return char_format


def alignment_of(declared: dict[str, str], before: Alignment) -> Alignment:
    """How an element's lines are set, inside of one whose lines are set as `before`."""
    value = {"start": "left", "end": "right"}.get(declared.get("text-align", ""), declared.get("text-align", ""))
    return cast(Alignment, value) if value in ("left", "center", "right", "justify") else before


def _names(tag: str, classes: list[str]) -> Iterable[str]:
    yield tag
    for name in classes:
        yield f".{name}"
    for name in classes:
        yield f"{tag}.{name}"


def _set(char_format: CharFormat, flag: CharFormat, on: bool) -> CharFormat:
    return char_format | flag if on else char_format & ~flag
