"""Which lines of a manuscript are headings, where no style says so: Markdown's, and those of plain prose."""

from __future__ import annotations

import re
from dataclasses import dataclass

_LONGEST = 70  # characters; a longer line is prose
_MARKDOWN = re.compile(r" {0,3}(#{1,6})(?:[ \t]+(.*?))??(?:[ \t]+#+)?[ \t]*$")
_FENCE = re.compile(r" {0,3}(```|~~~)")
_FENCES = re.compile(rf"^{_FENCE.pattern}", re.MULTILINE)
_NUMBERS = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen"
    "|eighteen|nineteen|twenty(?:[- ]\\w+)?|thirty(?:[- ]\\w+)?|forty(?:[- ]\\w+)?|fifty"
    "|the first|the second|the third|the fourth|the fifth|the last|first|second|third|last"
    "|eins|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf|premier|première"
    "|een|twee|drie|vijf|zes|zeven|negen|tien|primero|primera|uno|dos|tres"
)
_LARGE = "book|part|volume|act|buch|teil|band|akt|livre|partie|tome|acte|boek|deel|libro|parte|acto|bok|del"
_SMALL = "chapter|scene|letter|canto|kapitel|szene|brief|chapitre|scène|lettre|hoofdstuk|capítulo|capitolo|rozdział"
_NUMBERED = re.compile(
    rf"(?P<word>{_LARGE}|{_SMALL})\s+(?:\d{{1,3}}|[ivxlcdm]{{1,8}}|{_NUMBERS})(?:\s*[.:\u2013\u2014-]+\s*\S.*|[.:]?)$",
    re.I,
)
_ALONE = re.compile(
    r"(?:prologue|epilogue|foreword|preface|introduction|interlude|afterword|prolog|epilog|vorwort|nachwort"
    r"|prologue|épilogue|préface|proloog|epiloog|voorwoord|prólogo|epílogo)[.:]?$",
    re.I,
)
_ROMAN = re.compile(r"(?=[IVXLC])(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})[.:]?$")
_DIGITS = re.compile(r"\d{1,3}[.:]?$")
_LARGE_WORDS = frozenset(_LARGE.split("|"))


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: its level, 1 for the largest, and what it says."""

    level: int
    title: str


def markdown_heading(line: str) -> Heading | None:
    """The heading that a line of Markdown is, outside of code; None for any other line."""
    match = _MARKDOWN.match(line) if "#" in line[:4] else None
    return Heading(len(match[1]), (match[2] or "").strip()) if match else None


def opens_or_closes_code(line: str) -> bool:
    """Tells whether a line of Markdown is a fence, behind which code begins or ends."""
    return has_fence(line) and bool(_FENCE.match(line))


def has_fence(text: str) -> bool:
    """Tells whether there may be a fence in a text; quick, and never wrong when it says no."""
    return "```" in text or "~~~" in text


def plain_heading(line: str) -> Heading | None:
    """The heading that a paragraph of plain prose seems to be: "Chapter 3", "III.", "THE TOMB"; None for prose."""
    if len(line) > _LONGEST:
        return None
    title = line.strip()
    if not title or title[-1] in ",;!?" or title[0] in "\"'\u201c\u2018\u201e\u00ab":
        return None
    if match := _NUMBERED.match(title):
        return Heading(1 if match["word"].lower() in _LARGE_WORDS else 2, title)
    if _ALONE.match(title):
        return Heading(2, title)
    if _ROMAN.match(title) or _DIGITS.match(title):
        return Heading(3, title)
    return Heading(2, title) if _is_in_capitals(title) else None


def is_in_markdown_code(above: str, line: str, offset: int) -> bool:
    """Tells whether place `offset` of a line lies in code: fenced, indented, or between backticks.

    Args:
        above: all lines above it.
        line: the line itself.
        offset: a place in it.
    """
    if opens_or_closes_code(line):
        return True
    if has_fence(above) and sum(1 for _ in _FENCES.finditer(above)) % 2:
        return True
    if line.startswith(("    ", "\t")) and not above[above.rfind("\n") + 1 :].strip():
        return True
    return line.count("`", 0, offset) % 2 == 1


def _is_in_capitals(title: str) -> bool:
    letters = sum(1 for each in title if each.isalpha())
    return letters >= 4 and title.isupper() and len(title.split()) <= 9 and title.rstrip(".") != "THE END"
