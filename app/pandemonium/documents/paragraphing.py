"""Tells how the paragraphs of a plain text are parted."""

from __future__ import annotations


def paragraph_break(text: str, format: str = "txt") -> str:
    """What a document with this text puts between two paragraphs: one line end, or two where blank lines part them.

    Markdown parts them by blank lines until its text shows otherwise.
    """
    lines = text.rstrip("\n").split("\n", 4000)
    filled = sum(1 for line in lines if line.strip())
    if filled < 2:
        return "\n\n" if format == "md" else "\n"
    return "\n\n" if len(lines) - filled > filled // 8 else "\n"
