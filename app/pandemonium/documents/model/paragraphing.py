"""Tells how the paragraphs of a plain text are parted."""

from __future__ import annotations

AROUND = 4000  # characters behind a place that tell how paragraphs are parted there


def paragraph_break(text: str, format: str = "txt", behind: str = "") -> str:
    """What a document with this text puts between two paragraphs: one line end, or two where blank lines part them.

    Markdown parts them by blank lines until its text shows otherwise.

    Args:
        text: of the document; what stands before a place, where it is asked for one.
        format: of the document.
        behind: the place; that tells where too little stands before it.
    """
    blank, filled = _lines(text)
    if filled < 2 and behind:
        blank, filled = _lines(text + behind)
    if filled < 2:
        return "\n\n" if format == "md" else "\n"
    return "\n\n" if blank > filled // 8 else "\n"


def _lines(text: str) -> tuple[int, int]:
    """How many lines of a text are blank, but at its end, and how many are not."""
    lines = text.rstrip("\n").split("\n", 4000)
    filled = sum(1 for line in lines if line.strip())
    return len(lines) - filled, filled
