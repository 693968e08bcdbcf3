"""Cuts what editors and printers set around prose: notes, captions, contents, imprints."""

from __future__ import annotations

import re

from pandemonium.text.boilerplate.blocks import GAP, without_blocks
from pandemonium.text.boilerplate.contents import cut_contents

_BRACKETED = re.compile(
    r"\[[ ]*(?:illustrations?|ill(?:us)?\.|plate|figure|frontispiece|decoration|decorative|headpiece|tailpiece"
    r"|ornament|music"
    r"|sheet music|map|footnotes?|sidenote|side-?note|margin(?:al)? note|transcriber|transcription|trans\. note"
    r"|tr\. note"
    r"|t\.?n\.|editor['\u2019]?s? note|blank page|page \d+|pg\.? ?\d+|p\. ?\d+|afbeelding|voetnoot|note de|anmerkung"
    r"|abbildung"
    r"|redactionele|last updated|date last|note:? project gutenberg)\b",
    re.IGNORECASE,
)
_BRACKET_REACH = 8_000
_NOTE_MARK = re.compile(
    r" \[\d{1,4}\](?=[\s.,;:!?])|\[(?<=[^\s\[]\[)(?:\d{1,4}|[A-Za-c]|[*\u2020\u2021]{1,3})\](?![A-Za-z])"
    r"|\{(?<=[^\s{]\{)\d{1,4}\}|\((?<=\S\()\*+\)"
    r"|[\u00b9\u00b2\u00b3\u2070\u2074-\u2079]+(?<=[.,;:!?\u201d\u2019\"')][\u00b9\u00b2\u00b3\u2070\u2074-\u2079])"
)
_TRANSCRIBER = re.compile(
    r"^[\W_]*(?:transcriber|transcription|e-?text (?:transcriber|editor)|opmerkingen? van de bewerker"
    r"|note (?:sur la|de) "
    r"transcri\w+|notes? du transcripteur|anmerkungen? zur transkription|notas? del transcriptor|nota d[eo] transcri\w+"
    r"|proofreader)['\u2019]?s?['\u2019]?[ ]*(?:notes?|comments?|corrections?|errata)?\b",
    re.IGNORECASE,
)
# One of these stands in whatever the pattern above finds.
_TRANSCRIBER_SIGNS = ("transcri", "transkri", "bewerker", "text editor", "proofreader")
_FOOTNOTE_HEADING = re.compile(
    r"^[\W_]*(?:foot-?notes?|endnotes?|notes?|voetnoten|fu(?:ss|\u00df)noten|notes de bas de page)[\W_]*$", re.I
)
_NOTE_ITEM = re.compile(
    r"^[ \t]*(?:\[\d{1,4}\]|\{\d{1,4}\}|\(\d{1,4}\)|\d{1,4}[.)]|\[[A-Za-z*\u2020]\]|[*\u2020\u2021]{1,3}[ ]?(?=\w))"
)
_BRACKET_NOTE_ITEM = re.compile(r"^[ \t]*(?:\[\d{1,4}\]|\{\d{1,4}\}|\[[A-Z*\u2020]\])[ ]*\S")
_IMPRINT = re.compile(
    r"\b(?:copyright|\u00a9|\(c\) ?\d{4}|all rights reserved|isbn|first (?:published|printed|edition)"
    r"|(?:re)?printed (?:in|by|at|and)\b"
    r"|published (?:by|in \d{4})|entered according to act of congress|library of congress|publishers?$|printers?,|"
    r"(?:second|third|fourth|new) (?:edition|impression)|(?:london|new york|boston|philadelphia|edinburgh|paris"
    r"|leipzig|chicago)[:,]? "
    r"(?:\d{4}|[A-Z& .]{4,60}(?:\d{4})?$)|this is a work of fiction|any resemblance to actual)",
    re.IGNORECASE | re.MULTILINE,
)
_RIGHTS = re.compile(r"all rights reserved|\u00a9|\bcopyright\b|\bisbn\b", re.IGNORECASE)
_LINE_OF_RIGHTS = re.compile(
    r"\W*(?:(?:text )?copyright\b|\u00a9|\(c\) ?\d{4}|all rights reserved|(?:e-?|print )?isbn\b"
    r"|this is a work of fiction|(?:first|second|third) (?:published|printed|edition|printing)\b"
    r"|(?:published|printed) (?:by|in)\b"
    r"|cover (?:design|art|image|illustration)\b|library of congress).{0,700}\s*$",
    re.IGNORECASE | re.DOTALL,
)
_FIRST_BLOCKS = 12
_LEAST_IMPRINTS = 3
_EDGE = 6_000


def cut_editorial_notes(text: str) -> str:
    """Gives `text` without bracketed captions and notes, note marks, notes at chapters' ends, transcriber's
    notes, tables of contents and publisher's imprints.

    Args:
        text: LF line ends, with the blank lines that the text came with.
    """
    text = _without_transcribers_notes(_without_brackets(text))
    text = cut_contents(_without_footnotes(text))
    return _NOTE_MARK.sub("", _without_imprints(text))


def _without_brackets(text: str) -> str:
    pieces: list[str] = []
    position = 0
    for match in _BRACKETED.finditer(text):
        if match.start() < position:
            continue
        end = _closing(text, match.start())
        if end is not None:
            pieces.append(text[position : match.start()])
            position = end
    pieces.append(text[position:])
    return "".join(pieces)


def _closing(text: str, start: int) -> int | None:
    """Where the bracket opened at `start` is closed, or None if it is not, within reach."""
    depth = 0
    for index in range(start, min(len(text), start + _BRACKET_REACH)):
        if text[index] == "[":
            depth += 1
        elif text[index] == "]":
            depth -= 1
            if depth == 0:
                return index + 1
    return None


def _without_transcribers_notes(text: str) -> str:
    """Leaves out a transcriber's note: the rest of the text if it stands near the end, else up to a wide gap."""
    lower = text.lower()
    if not any(sign in lower for sign in _TRANSCRIBER_SIGNS):
        return text
    pieces = GAP.split(text)
    position = 0
    index = 0
    while index < len(pieces):
        block = pieces[index]
        if not (len(block) < 4_000 and _TRANSCRIBER.match(block)):
            position += len(block) + (len(pieces[index + 1]) if index + 1 < len(pieces) else 0)
            index += 2
            continue
        near_end = position > len(text) * 0.8
        pieces[index] = ""
        heading_only = len(block.strip()) < 60
        following = index + 2
        while following < len(pieces) and (near_end or heading_only):
            wide = pieces[following - 1].count("\n") >= 3
            # A heading may be set off from its note by a wide gap; the note's own end is the next one.
            if not near_end and ((wide and following > index + 2) or following > index + 24):
                break
            pieces[following] = ""
            following += 2
        position += len(block)
        index = following
    return "".join(pieces)


def _without_footnotes(text: str) -> str:
    """Leaves out notes gathered under a heading, and paragraphs that open with a bracketed number."""
    if "[" not in text and "{" not in text and "not" not in text.lower():
        return text
    pieces = GAP.split(text)
    bracketed = sum(1 for block in pieces[::2] if _BRACKET_NOTE_ITEM.match(block))
    under_heading = False
    for index in range(0, len(pieces), 2):
        block = pieces[index]
        if _FOOTNOTE_HEADING.match(block) and _opens_notes(pieces, index + 2):
            under_heading = True
            pieces[index] = ""
        elif under_heading and (_NOTE_ITEM.match(block) or block.startswith(("    ", "\t"))):
            pieces[index] = ""
        else:
            under_heading = under_heading and not block.strip()
            if bracketed >= 2 and _BRACKET_NOTE_ITEM.match(block):
                pieces[index] = ""
    return "".join(pieces)


def _opens_notes(pieces: list[str], index: int) -> bool:
    return index < len(pieces) and bool(_NOTE_ITEM.match(pieces[index]))


def _without_imprints(text: str) -> str:
    """Leaves out the publisher's and printer's lines near both ends of a text."""
    if len(text) < 4 * _EDGE:
        return _without_first_imprint(text)
    head = text[:_EDGE]
    middle = text[_EDGE:-_EDGE]
    tail = text[-_EDGE:]
    return _without_imprint_blocks(head) + middle + _without_imprint_blocks(tail)


def _without_first_imprint(text: str) -> str:
    """Leaves out the page of rights that a short text begins with, where several lines say that it is one."""
    pieces = GAP.split(text)
    head = pieces[: 2 * _FIRST_BLOCKS]
    gone = [at for at in range(0, len(head), 2) if _LINE_OF_RIGHTS.match(head[at])]
    if len(gone) < _LEAST_IMPRINTS or not any(_RIGHTS.search(head[at]) for at in gone):
        return text
    return "".join("" if at in gone else piece for at, piece in enumerate(pieces))


def _without_imprint_blocks(text: str) -> str:
    return without_blocks(text, _is_imprint)


def _is_imprint(block: str) -> bool:
    block = block.strip().replace("_", "")
    if len(block) > 400 or not _IMPRINT.search(block):
        return False
    return len(block) <= 160 or "rights reserved" in block.lower()
