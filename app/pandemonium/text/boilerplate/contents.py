"""Cuts tables of contents and lists of illustrations."""

from __future__ import annotations

import re

_SURE = frozenset(
    "contents/table of contents/the contents/contents and illustrations/list of illustrations"
    "/inhoud/inhoudsopgave/inhalt"
    "/inhaltsverzeichnis/table des matières/содержание/оглавление/目录/目錄/目次".split("/")
)
_HEADINGS = _SURE | frozenset(
    "chapters/list of chapters/illustrations/list of plates/plates/list of figures/list of maps/maps/index"
    "/index of chapters/index of stories/index of tales/table/sommaire/índice/indice/innehåll/indhold/spis treści/obsah"
    "/inhaltsübersicht/tartalom/sisällys".split("/")
)
_LAST_WORDS = frozenset(heading.split()[-1] for heading in _HEADINGS)
_MARKS = " \t_*=#.:\u3000"
# A page's number at the end of a line, and what leads to one: a row of dots, a wide gap.
_NUMBER = re.compile(r"(?:\d{1,4}|[ivxlc]{1,7})[.,]?[ \t]*$", re.I)
_NUMBER_OF_PAGE = re.compile(rf"_?page_?[ ]{{0,9}}{_NUMBER.pattern}", re.I)
_LEADS = re.compile(r"[ \t]{2}|\t|\.\.|[ ]\.[ ]\.")
_ROW = re.compile(r"\.{4}|(?:[ ]\.){4}")
_NUMBERED = re.compile(
    r"^[ \t]*(?:chapter|chap\.|book|part|letter|canto|act|hoofdstuk|kapitel|chapitre"
    r"|cap\u00edtulo)?[ ]*(?:[ivxlcdm]{1,7}|\d{1,3})[.:)\u2014 -]",
    re.I,
)
_NOT_LETTERS = re.compile(r"[\W\d_]+")
_SENTENCE_END = re.compile(r"[.!?\u2026][\"'\u201d\u2019)]{0,3}\s*$")
_LEAST_WORDS = 5  # of a sentence
_PROSE_LENGTH = 100
_ENTRIES_LIMIT = 600


def cut_contents(text: str) -> str:
    """Gives `text` without its tables of contents: a heading and its entries, or lines with dot leaders.

    The entries end where prose begins, where the first of them comes back as a chapter's heading, or at a wide
    gap behind which no more of their kind follow.
    """
    lines = text.split("\n")
    folded = text.casefold()
    if not any(word in folded for word in _LAST_WORDS):
        return _without_leaders(lines)
    kept: list[str] = []
    index = 0
    while index < len(lines):
        line = lines[index]
        if line and len(line) < 80 and (title := _title(line)) in _HEADINGS:
            end = _entries_end(lines, index + 1, sure=title in _SURE)
            if end > index + 1 or title in _SURE:
                index = end
                continue
        kept.append(line)
        index += 1
    return _without_leaders(kept)


def _entries_end(lines: list[str], start: int, *, sure: bool) -> int:
    """The line behind the last entry of the list that begins at `start`, or `start` if there is none.

    Under a heading that is not `sure` to open a list, half of the entries must have a page or a number.
    """
    entries: list[str] = []
    numbered_pages = numbered = 0
    blank = 0
    last = start
    for index in range(start, min(len(lines), start + _ENTRIES_LIMIT)):
        line = lines[index]
        if not line.strip():
            blank += 1
            continue
        name = _name(line)
        paged = _page_at(line) >= 0
        # Behind a wide gap something new begins, unless a list of pages goes on there in parts.
        more = bool(numbered_pages) and _goes_on(lines, index)
        if (
            _is_prose(lines, index)
            or (blank and not (paged or more) and _is_sentence(line))
            or (name and name in entries and not paged and blank and not more)
            or _title(line) in _HEADINGS
        ):
            break
        if len(entries) >= 2 and blank >= 3 and not paged and not more and not _NUMBERED.match(line):
            break
        if name:
            entries.append(name)
        numbered_pages += paged
        numbered += paged or bool(_NUMBERED.match(line))
        blank = 0
        last = index + 1
    return last if len(entries) >= 2 and (sure or numbered * 2 >= len(entries)) else start


def _is_prose(lines: list[str], index: int) -> bool:
    line = lines[index].strip()
    if len(line) > _PROSE_LENGTH and _page_at(lines[index]) < 0:
        return True
    following = lines[index + 1].strip() if index + 1 < len(lines) else ""
    return (
        len(line) > 55
        and len(following) > 45
        and not any(_page_at(each) >= 0 for each in (line, following))
        and not _NUMBERED.match(line)
    )


def _is_sentence(line: str) -> bool:
    """Tells whether a line by itself says something, as a short paragraph does; what has a number is an entry."""
    return len(line.split()) >= _LEAST_WORDS and bool(_SENTENCE_END.search(line)) and not _NUMBERED.match(line)


def _goes_on(lines: list[str], index: int) -> bool:
    following = [line for line in lines[index : index + 30] if line.strip()][:8]
    return sum(1 for line in following if _page_at(line) >= 0) >= 2


def _title(line: str) -> str:
    return " ".join(line.strip(_MARKS).casefold().split())


def _name(line: str) -> str:
    page = _page_at(line)
    return _NOT_LETTERS.sub(" ", line if page < 0 else line[:page]).strip().casefold()


def _page_at(line: str) -> int:
    """Where the end of a line begins that leads to a page; -1 if it does not."""
    for pattern in (_NUMBER_OF_PAGE, _NUMBER):
        if (match := pattern.search(line)) is None:
            continue
        before = line[: match.start()]
        start = len(before.rstrip(" .\t"))
        if before[:start].endswith("\u2026"):
            return start - 1
        if leads := _LEADS.search(before, start):
            return leads.start()
    return -1


def _has_leaders(line: str) -> bool:
    """Tells whether a long row of dots leads to a page's number."""
    match = _NUMBER.search(line)
    if match is None:
        return False
    before = line[: match.start()]
    words = before.rstrip(" .\t")
    return words.endswith("\u2026\u2026") or _ROW.search(before, len(words)) is not None


def _without_leaders(lines: list[str]) -> str:
    """Leaves out lines that lead to a page by a row of dots, where there are several."""
    leading = [(". ." in line or "..." in line or "\u2026" in line) and _has_leaders(line) for line in lines]
    if sum(leading) < 3:
        return "\n".join(lines)
    return "\n".join(line for line, leads in zip(lines, leading, strict=True) if not leads)
