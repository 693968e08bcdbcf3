"""A statement of who wrote what in a document: plainly worded, to be read by an editor, a publisher or a jury."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from pandemonium.documents.exporting import export_document
from pandemonium.documents.model.manuscript import Manuscript
from pandemonium.documents.model.passage import (
    BODY,
    BREAK,
    LINE_BREAK,
    OBJECT,
    CharFormat,
    ParagraphStyle,
    Passage,
    Span,
    join,
)
from pandemonium.documents.model.voiced import voiced
from pandemonium.errors import DocumentError
from pandemonium.text.sentences import count_words

SUFFIXES = {".txt": "Plain text", ".md": "Markdown", ".html": "Web page"}
"""The kinds of file that a statement can be, by the ends of their names."""

_HEADING = ParagraphStyle("heading", 1)
_QUOTE = ParagraphStyle("quote")
_REST = (
    "Everything else was typed or pasted by the author, or stood in the document before it was opened in Pandemonium. "
    "What the author changed inside a voice's passage counts as the author's."
)
_KEPT = (
    "Pandemonium marks the words of a voice when they arrive. The author can take such marks away, so that this is the "
    "author's own statement and no proof."
)


def format_share(part: int, whole: int) -> str:
    """Says a share in per cent; what is not nothing is never called 0, and what is not all never 100."""
    share = 100 * part / max(whole, 1)
    if 0 < share < 1:
        return "less than 1 %"
    return "more than 99 %" if 99 < share < 100 else f"{share:.0f} %"


def count_characters(text: str) -> int:
    """How many characters of a text somebody wrote: without paragraph breaks and what is no text."""
    return len(text) - text.count(BREAK) - text.count(OBJECT)


def make_statement(content: Passage, name: str, at: datetime) -> Manuscript:
    """Makes a statement, as a small document of its own.

    Args:
        content: of the document.
        name: what the document is called.
        at: when this is said.
    """
    total = count_characters(content.text)
    parts: dict[str, list[str]] = {}
    listed: list[Passage] = []
    for number, each in enumerate(voiced(content.paragraphs()), 1):
        text = content.text[each.start : each.end].replace(OBJECT, "").replace(LINE_BREAK, BREAK)
        parts.setdefault(each.voice, []).append(text)
        size = _counted(count_characters(text), "character")
        listed.append(_bold(f"Passage {number}: {each.voice}, paragraph {each.paragraph + 1}, {size}"))
        listed += [Passage(line).with_style(_QUOTE) for line in text.split(BREAK) if line.strip()]
    counts = {voice: sum(map(count_characters, texts)) for voice, texts in parts.items()}
    theirs = sum(counts.values())
    date = f"{at.day} {at:%B %Y, %H:%M}"
    lines = [
        Passage(f"Who wrote what in \u201c{name}\u201d").with_style(_HEADING),
        Passage(f"As the document stood on {date}."),
    ]
    if not theirs:
        lines.append(_bold(f"None of this text, 0 of {total:,} characters, is marked as coming from a voice."))
    else:
        words = sum(count_words(text) for texts in parts.values() for text in texts)
        lines.append(
            _bold(
                f"{format_share(theirs, total).capitalize()} of this text comes from voices: {theirs:,} of {total:,} "
                f"characters, or {words:,} of {count_words(content.text):,} words."
            )
        )
        for voice, count in sorted(counts.items(), key=lambda item: -item[1]):
            passages = _counted(len(parts[voice]), "passage")
            share = format_share(count, total)
            lines.append(Passage(f"{voice}: {share}, {_counted(count, 'character')}, {passages}."))
    lines += [Passage(_REST), Passage(_KEPT), *listed]
    styled = (each if each.styles else each.with_style(BODY) for each in lines)
    return Manuscript(join(styled), "docx", title=f"Who wrote what in \u201c{name}\u201d")


def write_statement(statement: Manuscript, path: Path) -> None:
    """Writes a statement to `path`, in the format that its name says; text where it says nothing.

    Raises:
        DocumentError: it cannot be written, or not in such a file.
    """
    if path.suffix.lower() in ("", ".text"):
        path = path.with_suffix(".txt")
    if path.suffix.lower() not in SUFFIXES:
        hint = "Give it a name that ends with .txt, .md or .html."
        raise DocumentError(f"A statement cannot be written as a {path.suffix} file.", hint)
    export_document(statement, path)


def _bold(text: str) -> Passage:
    return Passage(text, spans=(Span(0, len(text), CharFormat.BOLD),))


def _counted(count: int, what: str) -> str:
    return f"{count:,} {what}" if count == 1 else f"{count:,} {what}s"
