"""Typography while one types: the sign that takes the place of what was typed last, by the customs of a language."""

from __future__ import annotations

import re
from dataclasses import dataclass

_ELISIONS = frozenset("tis twas twill twere em neath round bout cause n til cos".split())
_OPENERS = "([{\u2014\u2013-/\u2018\u201c\u201e\u201a\u00ab\u2039\u00bf\u00a1"
_DASHES = "-\u2013\u2014"
_SIGNS = re.compile(r"['\"\n]|\.{3,}|-{2,}")
_CONTEXT = 4000  # characters that are looked back at for an open quotation
NARROW = "\u202f"  # a space in which no line breaks


@dataclass(frozen=True, slots=True)
class Custom:
    """How a language writes.

    Attributes:
        double, single: what opens and closes a quotation, and one inside it, their spaces included.
        dash: what two hyphens become.
    """

    double: tuple[str, str]
    single: tuple[str, str]
    dash: str


_EN = (("\u201c", "\u201d"), ("\u2018", "\u2019"))
_DE = (("\u201e", "\u201c"), ("\u201a", "\u2018"))
CUSTOMS = {
    "en": Custom(*_EN, "\u2014"),
    "en-GB": Custom(("\u201c", "\u201d"), ("\u2018", "\u2019"), "\u2013"),
    "de": Custom(*_DE, "\u2013"),
    "de-books": Custom(("\u00bb", "\u00ab"), ("\u203a", "\u2039"), "\u2013"),
    "fr": Custom(("\u00ab" + NARROW, NARROW + "\u00bb"), ("\u201c", "\u201d"), "\u2014"),
    "fr-CH": Custom(("\u00ab", "\u00bb"), ("\u2039", "\u203a"), "\u2013"),
    "nl": Custom(*_EN, "\u2013"),
    "es": Custom(("\u00ab", "\u00bb"), ("\u201c", "\u201d"), "\u2014"),
    "it": Custom(("\u00ab", "\u00bb"), ("\u201c", "\u201d"), "\u2014"),
    "pl": Custom(("\u201e", "\u201d"), ("\u00ab", "\u00bb"), "\u2013"),
    "sv": Custom(("\u201d", "\u201d"), ("\u2019", "\u2019"), "\u2013"),
}
TRIGGERS = frozenset("\"'-. ,0123456789")  # what can bring a substitution about


@dataclass(frozen=True, slots=True)
class Substitution:
    """The last `typed` characters before the cursor give way to `sign`."""

    typed: int
    sign: str


def substitution(before: str, custom: Custom, *, quotes: bool = True, dashes: bool = True) -> Substitution | None:
    """What is to take the place of the end of `before`, the paragraph up to the cursor; None for nothing.

    Args:
        before: its last character is the one typed now.
        custom: of the language.
        quotes: quotes and apostrophes are wanted.
        dashes: dashes and ellipses are wanted.
    """
    last = before[-1:]
    rest = before[:-1]
    if last in ("'", '"') and quotes:
        return Substitution(1, _quote(last, rest, "", custom))
    if quotes and custom.single[0] == "\u2018" and (last.isdigit() or last in (" ", ",", ".")):
        start = rest.rfind("\u2018")
        word = rest[start + 1 :]
        if start >= 0 and _is_elision(word + last) and (last.isdigit() or word) and not rest[:start][-1:].isalnum():
            return Substitution(len(word) + 2, "\u2019" + word + last)
    if last == "-" and dashes:
        return _dash(rest, custom)
    if last == "." and dashes and rest.endswith("..") and not rest.endswith("..."):
        return Substitution(3, "\u2026")
    return None


def educated(text: str, custom: Custom) -> list[tuple[int, int, str]]:
    """The replacements (start, end, sign), in order, that give `text` the quotes, dashes and ellipses of a custom."""
    edits: list[tuple[int, int, str]] = []
    done = ""  # the line as it is with what was replaced so far
    at = 0  # how far that is
    for match in _SIGNS.finditer(text):
        start = match.start()
        end = match.end()
        typed = match[0]
        done = (done + text[at:start])[-_CONTEXT:]
        sign = typed
        if typed in ("'", '"'):
            sign = _quote(typed, done, text[end : end + 8], custom)
        elif typed == "...":
            sign = "\u2026"
        elif typed in ("--", "---") and done[-1:] not in tuple(_DASHES) and not _is_alone(done, text[end : end + 1]):
            sign = custom.dash if typed == "--" else "\u2014"
        if sign != typed:
            edits.append((start, end, sign))
        done = "" if typed == "\n" else done + sign
        at = end
    return edits


_STRAIGHT = {
    **dict.fromkeys("\u201c\u201d\u201e\u201f", '"'),
    **dict.fromkeys("\u2018\u2019\u201a\u201b", "'"),
    "\u2026": "...",
}


def straightened(text: str) -> list[tuple[int, int, str]]:
    """The replacements (start, end, sign), in order, that make quotes straight and an ellipsis three dots.

    Guillemets stay: no keyboard's straight sign stands for them alone.
    """
    return [(i, i + 1, _STRAIGHT[each]) for i, each in enumerate(text) if each in _STRAIGHT]


def _dash(rest: str, custom: Custom) -> Substitution | None:
    if rest.endswith("\u2013"):
        return Substitution(2, "\u2014")
    if not rest.endswith("-") or rest[-2:-1] in tuple(_DASHES):
        return None
    if rest[-2:-1] in tuple("<|!"):
        return None  # a comment, a table, an arrow
    return Substitution(2, custom.dash)


def _quote(typed: str, before: str, after: str, custom: Custom) -> str:
    last = before[-1:]
    opens = not last.strip(" \t\n\u00a0" + NARROW) or last in tuple(_OPENERS)
    if typed == "'":
        if opens and _is_elision(after):
            return "\u2019"
        if opens:
            return custom.single[0]
        inside = _is_open(before, custom.single)
        return custom.single[1] if inside and not (last.isalnum() and after[:1].isalnum()) else "\u2019"
    if last in tuple("\u2014\u2013-") and _is_open(before, custom.double):
        return custom.double[1]
    if last == " " and custom.double[1][0] == NARROW and _is_open(before, custom.double):
        return custom.double[1][1:]
    return custom.double[0] if opens else custom.double[1]


def _is_open(before: str, pair: tuple[str, str]) -> bool:
    """Tells whether a quotation is open at the end of `before`."""
    first = pair[0].strip(NARROW)
    second = pair[1].strip(NARROW)
    if first == second:
        return before.count(first) % 2 == 1
    opened = before.rfind(first)
    return opened >= 0 and second not in _without_apostrophes(before[opened + 1 :], second)


def _without_apostrophes(text: str, sign: str) -> str:
    if sign != "\u2019":
        return text
    return "".join(
        " " if each == sign and text[i - 1 : i].isalnum() and text[i + 1 : i + 2].isalnum() else each
        for i, each in enumerate(text)
    )


def _is_elision(after: str) -> bool:
    word = ""
    for each in after:
        if not each.isalnum():
            break
        word += each
    return word[:1].isdigit() or (word.lower() in _ELISIONS and len(word) < len(after))


def _is_alone(before: str, after: str) -> bool:
    """A line of hyphens is a sign of its own."""
    return not before.strip() and not after.strip()
