"""Cuts what Project Gutenberg and its volunteers put around a book: headers, licences, credits."""

from __future__ import annotations

import re

from pandemonium.text.boilerplate.blocks import without_blocks

# A book begins behind any of these and ends before any of those; headers have changed often since 1990.
_BEGINS = re.compile(
    r"^[ \t]*\*{3}[ \t]*START OF (?:THE |THIS )?PROJECT GUTENBERG[^*]{0,400}?\*{3}.*$"
    r"|^[ \t]*\*{3}[ \t]*START OF (?:THE |THIS )?PROJECT GUTENBERG.*$"
    r"|^[ \t]*\**[ \t]*END[ *]*(?:OF )?(?:THE )?SMALL PRINT.*$"
    r"|^[ \t]*\*+[ \t]*These e-?(?:texts|books) (?:are |were )?prepared by (?:hundreds|thousands) of volunteers.*$",
    re.IGNORECASE | re.MULTILINE,
)
_ENDS = re.compile(
    r"^[ \t]*\**[ \t]*(?:This is the )?(?:END|FIN|ENDE|EINDE|FINE)(?: OF| DE| VAN| DES| DI)? (?:THE |THIS |LA "
    r"|HET |DIESES )?"
    r"(?:EBOOK,? )?PROJE[CK]TO? GUTENBERG.*$"
    r"|^[ \t]*\*{3}[ \t]*START:? FULL LICENSE.*$"
    r"|^[ \t]*(?:THE )?FULL PROJECT GUTENBERG(?:-tm|\u2122)? LICEN[SC]E[ \t]*$"
    r"|^[ \t]*\**[ \t]*START[ *]*THE SMALL PRINT.*$",
    re.IGNORECASE | re.MULTILINE,
)
_HEADER_REACH = 60_000
_OPENING = 400
_WORDS = ("gutenberg", "pglaf", "pgdp", "proofreading team", "archive.org/details")
_NAMED = re.compile(r"project\s+gutenberg|gutenberg\.(?:org|net)|pglaf", re.IGNORECASE)
_ABOUT_IT = re.compile(
    r"e-?book|e-?text|licen[sc]e|foundation|donat|trade ?mark|-tm\b|\u2122|volunteer|www\.|https?:|copyright"
    r"|public domain"
    r"|electronic work|produced by|editions?\b",
    re.IGNORECASE,
)
_CREDIT = re.compile(
    r"^\W*(?:(?:this )?(?:e-?text|e-?book|file|book|text|(?:updated )?html(?:5)? version),? )?(?:was )?"
    r"(?:produced|prepared|transcribed|scanned|digiti[sz]ed|entered|typed|proofed|proofread|created|converted|formatted)"
    r"(?:,? and \w+)?(?: from [^\n]{1,120})? (?:by|from)\b"
    r"|^\W*(?:credits:|the internet (?:wiretap|archive)|note: (?:project gutenberg|images of the original)"
    r"|images (?:courtesy|generously)|\(?this (?:file|book) was produced from images)",
    re.IGNORECASE,
)
_PROOFREADERS = re.compile(r"pgdp\.net|proofread(?:ing team|ers)|archive\.org/details|\bgutenberg\.(?:org|net)\b", re.I)
_FIELD = re.compile(
    r"^(?:title|author|translator|editor|illustrator|release date|posting date|original publication"
    r"|most recently updated"
    r"|last updated|language|character set encoding|credits?)[ \t]*:[ \t]*\S",
    re.IGNORECASE,
)
_EDGE = 8_000
_CREDIT_LENGTH = 700


def cut_gutenberg(text: str) -> str:
    """Gives the books of `text` without the publisher's header, licence, small print and credits.

    Several books in one file keep their bodies; text that never was at Project Gutenberg comes back as it is.

    Args:
        text: LF line ends.
    """
    lowered = text.lower()
    if not any(word in lowered for word in _WORDS):
        return text
    return _without_credits(_without_notices(_bodies(text)))


def _bodies(text: str) -> str:
    marks = sorted(
        [(match.start(), match.end(), True) for match in _BEGINS.finditer(text)]
        + [(match.start(), match.end(), False) for match in _ENDS.finditer(text)]
    )
    pieces: list[str] = []
    inside = True
    position = 0
    for start, end, begins in marks:
        if start < position:
            continue
        if begins:
            # A second beginning soon after the first is the same header going on.
            if inside and start - position > _HEADER_REACH:
                pieces.append(text[position:start])
            inside = True
            position = end
        elif inside:
            # A header's own small print opens with a mark that ends books.
            if not ("SMALL PRINT" in text[start:end].upper() and _is_header(text[position:start])):
                pieces.append(text[position:start])
            inside = False
            position = end
    if inside:
        pieces.append(text[position:])
    return "\n\n\n\n".join(pieces) if marks else text


def _is_header(text: str) -> bool:
    opens = len(text) < _HEADER_REACH // 3 and bool(_NAMED.search(text, 0, _OPENING))
    return opens or (len(text) < _HEADER_REACH and len(_NAMED.findall(text)) >= 3)


def _without_notices(text: str) -> str:
    """Leaves out each paragraph that speaks of Project Gutenberg and of licences, donations or electronic texts."""
    return without_blocks(text, lambda block: bool(_NAMED.search(block) and _ABOUT_IT.search(block)))


def _without_credits(text: str) -> str:
    """Leaves out credits of volunteers, and a header's fields, near both ends of a text."""
    if len(text) <= 2 * _EDGE:
        return _without_credit_blocks(text)
    head = text[:_EDGE]
    middle = text[_EDGE:-_EDGE]
    tail = text[-_EDGE:]
    return _without_credit_blocks(head) + middle + _without_credit_blocks(tail)


def _without_credit_blocks(text: str) -> str:
    return without_blocks(text, _is_of_volunteers)


def _is_of_volunteers(block: str) -> bool:
    if len(block) > _CREDIT_LENGTH or not block.strip():
        return False
    lines = [line.strip() for line in block.strip().split("\n")]
    fields = sum(1 for line in lines if _FIELD.match(line))
    return bool(_PROOFREADERS.search(block)) or _is_credit(lines) or fields * 2 > len(lines)


def _is_credit(lines: list[str]) -> bool:
    return len(lines) <= 5 and bool(_CREDIT.match(lines[0])) and lines[-1][-1:] not in set(',;:?!."\u201d')
