"""Cuts what libraries of electronic texts put around a work: Standard Ebooks, the Archive of Our Own, and others."""

from __future__ import annotations

import re

from pandemonium.text.boilerplate.blocks import GAP

_STANDARD = re.compile(r"standard[ \u00a0]?ebooks", re.IGNORECASE)
_STANDARD_PAGES = re.compile(
    r"standard[ \u00a0]?ebooks|\bthis (?:particular )?ebook (?:is|was) (?:the product|based on|produced|only)"
    r"|the source text and artwork in this ebook|the creators of,? and contributors to,? this ebook"
    r"|the cover page is adapted from|the cover and title pages feature|first edition of this ebook was released"
    r"|you can check for updates to this ebook|copyright pages exist to tell you|may you do good and not evil"
    r"|non-authorship activities performed on items|CC0 1\.0 universal|public domain dedication"
    r"|transcription produced (?:in|by)",
    re.IGNORECASE,
)
_PUBLISHED = re.compile(
    r"^[^\n]{1,120}\n?\s{0,20}was (?:first )?(?:published|completed|written) (?:in|between|by)\b", re.IGNORECASE
)
_PAGE_NAMES = frozenset("colophon imprint uncopyright".split())
_LONGEST_PAGE = 1_500

_LIBRARIES = ("faded page", "fadedpage.com", "proofreaders canada", "gutenberg australia", "gutenberg of australia")
_OF_LIBRARY = re.compile(
    r"distributed proofreaders canada|faded ?page|project gutenberg (?:of )?australia"
    r"|this e-?book is made available at no|canadian public domain|public domain in (?:canada|australia)"
    r"|treasure found hidden"
    r"|^[ \t_*]{0,4}(?:date (?:of )?(?:first|last|most) \w+|e-?book no\.?|this e-?book was produced by)\b",
    re.IGNORECASE | re.MULTILINE,
)
_END_OF_LIBRARY = re.compile(
    r"^\s*(?:\[(?:the )?end of [^\[\]]{1,300}\]\s*|this site is full of free e-?books\b.{0,200})$",
    re.IGNORECASE | re.DOTALL,
)
_BEGINS_LIBRARY = re.compile(
    r"\W*(?:a )?(?:distributed proofreaders canada|project gutenberg (?:of )?australia|faded ?page"
    r"|this e-?book is made available at no cost)\b",
    re.IGNORECASE,
)
_FIELD = re.compile(r"[ \t_*]{0,4}[A-Z][\w ()]{2,40}:[ \t_*]|[-=_*]{5,80}\s*$")

_ARCHIVE = "archive of our own"
_POSTED = re.compile(
    r"^[^\n]{0,200}posted originally on the[ ]archive of our own\b[^\n]{0,300}$", re.IGNORECASE | re.MULTILINE
)
_LABEL = re.compile(
    r"^[ \t]*(?:Rating|Archive Warnings?|Categor(?:y|ies)|Fandoms?|Relationships?|Characters?|Additional Tags|Language"
    r"|Series|Collections?|Stats):",
    re.MULTILINE,
)
_LAST_LABEL = re.compile(r"\bChapters:\s{0,20}\d{1,4}/(?:\d{1,4}|\?)[ \t]*")
_LABELS_REACH = 8_000
_CARD = re.compile(
    r"^[ \t]*(?:Story|Story ?id|Title|Categor(?:y|ies)|Genres?|Authors?|Author ?id|Author URL|Story URL|URL"
    r"|Last updated|Updated|Published|Packaged|Words|Rat(?:ing|ed)|Status|Content|Chapters|Source"
    r"|Publisher|Summary|Language|Series|Characters|Pairings?|Relationships|Warnings?"
    r"|Fandoms?|Reviews|Favs|Follows)[ ]?:(?:[ \t]|$)",
    re.IGNORECASE,
)
_RETRIEVED = re.compile(
    r"^[ \t]*Retrieved from \"?https?://[^\s\"]{1,400}\"?[ \t]*$"
    r"(?:\s*^[ \t]*(?:Hidden )?Categor(?:y|ies):[^\n]{0,1000}$)*",
    re.MULTILINE,
)
_HEADINGS = frozenset(
    ("preface", "afterword", "summary", "notes", "end notes", "chapter summary", "chapter notes", "chapter end notes")
)
_BEHIND_TEXT = frozenset(("afterword", "end notes", "chapter end notes"))
_WITH_WORDS = frozenset(("summary", "notes", "chapter summary", "chapter notes"))
_LONGEST_SUMMARY = 1_300  # characters; the archive allows 1,250
_SEE_NOTES = re.compile(r"^\s*(?:\(?see the end of the (?:work|chapter) for (?:more )?notes\.?\)?)\s*$", re.IGNORECASE)
_DROP_BY = re.compile(r"^\s*please drop by the archive and comment\b.{0,200}$", re.IGNORECASE | re.DOTALL)
_AFTERWORD_BLOCKS = 12


def cut_downloads(text: str) -> str:
    """Gives `text` without the colophon, imprint and dedication of Standard Ebooks, without the tags, summaries and
    notes of a work that was downloaded from the Archive of Our Own, without the card above other fan fiction and above
    books of other libraries, and without what a wiki's page says of where it was copied from.

    Text that has none of these comes back as it is.

    Args:
        text: LF line ends.
    """
    if _STANDARD.search(text):
        text = _without_standard_pages(text)
    if _ARCHIVE in text.lower():
        text = _without_archive_pages(text)
    if any(sign in text[:_LABELS_REACH].lower() for sign in _LIBRARIES):
        text = _without_card_of_library(text)
    if "Retrieved from" in text[-_LABELS_REACH:]:
        text = text[:-_LABELS_REACH] + _RETRIEVED.sub("", text[-_LABELS_REACH:])
    return _without_card(text)


def _without_card(text: str) -> str:
    """Leaves out the card that programs which download fan fiction write above it: at least five of its lines."""
    head, gap, rest = text[:_LABELS_REACH].lstrip("\ufeff\n ").partition("\n\n")
    lines = [line for line in head.split("\n") if line.strip()]
    labelled = sum(1 for line in lines if _CARD.match(line))
    if labelled < 5 or labelled < len(lines) - 1 or not gap:
        return text
    return rest + text[_LABELS_REACH:]


def _without_card_of_library(text: str) -> str:
    """Leaves out what a library says of its book above that, and the line that ends it."""
    pieces = GAP.split(text.lstrip("\ufeff\n "))
    if not _BEGINS_LIBRARY.match(pieces[0]):
        return text
    first = next(
        (at for at in range(0, len(pieces), 2) if not (_OF_LIBRARY.search(pieces[at]) or _FIELD.match(pieces[at]))),
        len(pieces),
    )
    rest = pieces[first:]
    for index in range(max(0, len(rest) - 4), len(rest)):
        if _END_OF_LIBRARY.match(rest[index]):
            rest[index] = ""
    return "".join(rest)


def _without_standard_pages(text: str) -> str:
    """Leaves out every paragraph that speaks of the electronic edition, and the heading of its page."""
    pieces = GAP.split(text)
    gone = [len(block) <= _LONGEST_PAGE and bool(_STANDARD_PAGES.search(block)) for block in pieces]
    for index in range(0, len(pieces), 2):
        block = pieces[index].strip()
        is_heading = block.casefold() in _PAGE_NAMES or (len(block) < 300 and bool(_PUBLISHED.match(block)))
        gone[index] = gone[index] or (is_heading and any(gone[index + 2 : index + 7 : 2]))
    return "".join("" if out else piece for piece, out in zip(pieces, gone, strict=True))


def _without_archive_pages(text: str) -> str:
    pieces: list[str] = []
    position = 0
    for posted in _POSTED.finditer(text):
        if posted.start() < position:
            continue
        pieces.append(text[position : posted.start()])
        position = _labels_end(text, posted.end())
    if not pieces:
        return text
    return _without_archive_notes("".join([*pieces, text[position:]]))


def _labels_end(text: str, start: int) -> int:
    """Where the list of a work's tags ends that begins behind `start`; there itself where none follows."""
    first = _LABEL.search(text, start, start + 1_000)
    last = _LAST_LABEL.search(text, first.end(), first.end() + _LABELS_REACH) if first else None
    return last.end() if last else start


def _without_archive_notes(text: str) -> str:
    """Leaves out headings of the archive's own with the summary or notes under them, and the afterword."""
    pieces = GAP.split(text)
    index = 0
    while index < len(pieces):
        block = pieces[index]
        name = block.strip().rstrip(":").casefold() if len(block) < 60 else ""
        if _SEE_NOTES.match(block) or (len(block) < 400 and _DROP_BY.match(block)):
            pieces[index] = ""
        elif name in _BEHIND_TEXT:
            end = _afterword_end(pieces, index)
            pieces[index : max(end, index + 1)] = [""] * (max(end, index + 1) - index)
        elif name in _HEADINGS:
            pieces[index] = ""
            if name in _WITH_WORDS:
                end = _notes_end(pieces, index + 2)
                pieces[index + 1 : end] = ["\n\n"] * (1 if end > index + 1 else 0) + [""] * max(0, end - index - 2)
        index += 2
    return "".join(pieces)


def _notes_end(pieces: list[str], start: int) -> int:
    """Behind the summary or notes that begin at `start`: at the archive's next heading near, else behind one block.

    A heading that stands behind a text does not tell: a short one lies between.
    """
    for index in range(start, min(len(pieces), start + 12), 2):
        block = pieces[index].strip()
        name = block.rstrip(":").casefold()
        if name in _BEHIND_TEXT:
            break
        if _SEE_NOTES.match(block) or name in _HEADINGS:
            return index
    return start + 1 if start < len(pieces) and len(pieces[start]) <= _LONGEST_SUMMARY else start


def _afterword_end(pieces: list[str], start: int) -> int:
    """Behind the request to comment that ends an afterword, or `start` where there is none near."""
    for index in range(start, min(len(pieces), start + 2 * _AFTERWORD_BLOCKS), 2):
        if _DROP_BY.match(pieces[index]):
            return index + 1
    return start
