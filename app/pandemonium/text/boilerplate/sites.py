"""Cuts what libraries, shops and sites of stories print into a text: stamps on pages, licences, words to readers."""

from __future__ import annotations

import re

from pandemonium.text.boilerplate.blocks import without_blocks

_DEVICES = r"iPhone|iPad|Android|Proton ?Mail|Outlook|Mail|Yahoo|BlackBerry|Samsung|Huawei|Galaxy|Windows"
# A line that is nothing else, by a word in small letters that stands in each such line.
_STAMPS = tuple(
    (sign, re.compile(pattern, re.IGNORECASE))
    for sign, pattern in (
        ("hathitrust", r"^.{0,60}(?:Public Domain|Open Access|Creative Commons).{0,120}hathitrust\.org"),
        ("hdl.handle.net", r"^Generated (?:for|on|at) .{1,200}hdl\.handle\.net"),
        ("downloaded from", r"^This content downloaded from .{1,160}$"),
        ("jstor.org", r"^(?:All|Your) use .{0,80}jstor\.org"),
        ("digitized by", r"^Digitized by (?:the )?(?:Google|Internet Archive|Microsoft|VjO)[\w ,.]{0,60}$"),
        ("full text of", r'^Full text of ".{1,200}"$'),
        ("smashwords", r"^(?:Published (?:at|on) )?Smashwords(?: Edition)?(?:,? Licen[cs]e Notes)?\.?$"),
        ("otter.ai", r"^Transcribed by https?://otter\.ai\b.{0,40}$"),
        ("sent from", rf"^Sent from (?:my |the )?(?:\w+ )?(?:{_DEVICES})\b.{{0,60}}$"),
        ("chapter text", r"^Chapter Text$"),
        ("subscri", r"^Thanks for reading\b.{0,120}\bSubscribe for free to receive new posts\b.{0,60}$"),
        ("subscri", r"^.{0,160}\bTo receive new posts and support my work,.{0,100}$"),
        ("subscribe now", r"^(?:Subscribe now|Leave a comment|Share)$"),
        ("subscri", r"^(?:Thank you for|Thanks for) (?:reading|subscribing)\b.{0,120}\bThis post is public so.{0,40}$"),
        ("next part", r"^Continue (?:reading|to) (?:the )?next part\b.{0,20}$"),
    )
)
_STOLEN = re.compile(
    r"\b(?:unlawfully|illicitly|illegally|stolen|pilfered|purloined|misappropriated|taken|lifted|unauthori[sz]ed"
    r"|without (?:the |its )?(?:author|writer|permission|consent|approval|authori[sz]ation))",
    re.IGNORECASE,
)
_SELLER = re.compile(r"\b(?:Amazon|Royal ?Road)\b")
_REPORT = re.compile(r"\breport\b|\bread it on Royal ?Road\b", re.IGNORECASE)
_LICENCE = re.compile(
    r"^\s{0,9}(?:this e-?book is licen[cs]ed for your personal (?:enjoyment|use)"
    r"|thank you for (?:downloading|purchasing|reading) this (?:free )?(?:e-?book|sample)"
    r"|if you['\u2019]?re reading this (?:e-?)?book and did not purchase it)",
    re.IGNORECASE,
)
_TO_READERS = re.compile(
    r"^[\s*_(\[]{0,6}(?:A/N|(?-i:AN(?=:))|author['’]?s?['’]? notes?|disclaimer)[*_]{0,3}\s?[:;\u2013\u2014-]",
    re.IGNORECASE,
)
_LONGEST = 1_500  # characters of a licence, or of a word to readers
_GOOGLE = "This is a digital copy of a book that was preserved for generations on library shelves"
_GOOGLE_END = re.compile(r"books\s?\.\s?google\s?\.\s?com/?[ |]{0,3}")
_GOOGLE_REACH = 8_000
_GOOGLE_LONGEST = 1_200  # of the paragraph alone, where the page does not end so
_READS = re.compile(r"^[ \t]*\d[\d.,]*[KM]?[ ]?(?:Reads|Votes|Parts?|Part Story)\b.{0,60}$", re.MULTILINE)
_REMARKS = re.compile(r"^[ \t]*\+[ ]?\d{1,5}[ \t]*$|^[ \t]*Vote[ \t]*$", re.MULTILINE)
_ARCHIVE_ACTIONS = re.compile(
    r"^[ \t]*(?:Actions|\u2191 Top|\u2190 Previous Chapter|Next Chapter \u2192|Kudos \u2665|Bookmark|Entire Work"
    r"|Comments(?: \(\d{1,6}\))?|Hide Comments|Chapter Index|Download)[ \t]*$\n?",
    re.MULTILINE,
)
_CLIPPING = re.compile(r"^- (?:Your|Ihre|Votre|Tu|La tua) .{3,40}\|.{3,200}$")
_CLIPPINGS_END = "=========="
_REMARK_MARK = re.compile(r"\[[a-z]{1,2}\]")
_REMARK = re.compile(r"^\[[a-z]{1,2}\](?=\S)")


def cut_sites(text: str) -> str:
    """Gives `text` without stamps of libraries on its pages, licences of shops, and what sites print around stories.

    Text that has none of these comes back as it is.

    Args:
        text: LF line ends.
    """
    lower = text.lower()
    if "digital copy of a book" in lower:
        text = _without_googles_page(text)
    if "next part" in lower or _READS.search(text):
        text = _REMARKS.sub("", _READS.sub("", text))
    if "↑ top" in lower or "kudos ♥" in lower:
        text = _ARCHIVE_ACTIONS.sub("", text)
    if _CLIPPINGS_END in text:
        text = _without_clippings(text)
    stamps = [pattern for sign, pattern in _STAMPS if sign in lower]
    may_be_stolen = "amazon" in lower or "royal" in lower
    if stamps or may_be_stolen:
        lines = text.split("\n")
        kept = [line for line in lines if not _is_stamp(line, stamps, may_be_stolen=may_be_stolen)]
        text = text if len(kept) == len(lines) else "\n".join(kept)
    if any(sign in lower for sign in ("a/n", "author", "disclaimer", "licens", "licenc", "thank you for", "an:")):
        text = _without_words_to_readers(text)
    return _without_remarks(text) if "[a]" in text else text


def _without_googles_page(text: str) -> str:
    """Leaves out the page that Google sets before a book: to its address, else the paragraph that it begins with."""
    start = text.find(_GOOGLE)
    if start < 0:
        return text
    end = _GOOGLE_END.search(text, start, start + _GOOGLE_REACH)
    if end is not None:
        return text[:start] + text[end.end() :]
    line = text.find("\n", start)
    line = len(text) if line < 0 else line
    return text[:start] + text[line:] if line - start <= _GOOGLE_LONGEST else text


def _is_stamp(line: str, stamps: list[re.Pattern[str]], *, may_be_stolen: bool) -> bool:
    line = line.strip()
    if not 3 < len(line) < 250:
        return False
    if any(pattern.search(line) for pattern in stamps):
        return True
    return may_be_stolen and bool(_SELLER.search(line) and _STOLEN.search(line) and _REPORT.search(line))


def _without_words_to_readers(text: str) -> str:
    """Leaves out paragraphs that open as a licence, a disclaimer or an author's note on a site does."""
    return without_blocks(
        text, lambda block: len(block) <= _LONGEST and bool(_TO_READERS.match(block) or _LICENCE.match(block))
    )


def _without_clippings(text: str) -> str:
    """Leaves out what a reading device writes above a passage that was marked: the book, and where and when it was."""
    lines = text.split("\n")
    marked = [index for index, line in enumerate(lines) if index and _CLIPPING.match(line)]
    if len(marked) < 2:
        return text
    gone = {*marked, *(index - 1 for index in marked)}
    return "\n".join("" if line.strip() == _CLIPPINGS_END else line for at, line in enumerate(lines) if at not in gone)


def _without_remarks(text: str) -> str:
    """Leaves out remarks that stand behind a text that was copied with them, and the letters that lead to them."""
    lines = text.rstrip("\n").split("\n")
    first = len(lines)
    while first and (not lines[first - 1].strip() or _REMARK.match(lines[first - 1])):
        first -= 1
    behind = [line for line in lines[first:] if line.strip()]
    body = "\n".join(lines[:first])
    if not behind or not behind[0].startswith("[a]") or "[a]" not in body:
        return text
    return _REMARK_MARK.sub("", body) + "\n"
