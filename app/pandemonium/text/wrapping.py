"""Joins hard-wrapped lines back into paragraphs, and leaves verse and lists alone."""

from __future__ import annotations

import re
from itertools import pairwise

_SPLIT = re.compile(r"\n[ ]*\n\s*")
_OPENS_PARAGRAPH = re.compile(r"""^(?:["'(\[*_]*[A-Z0-9]|["'\u2014])""")
_ENDS_SENTENCE = re.compile(r"""[.!?:;\u2014][)"'\]_*]*$""")
_WRAP_WIDTHS = range(45, 101)


def wrap_width(text: str) -> int | None:
    """Gives the column at which `text` was hard-wrapped, in characters, or None if it was not.

    Wrapped prose has many lines, most of them close to one width and hardly any beyond it.
    """
    lengths = sorted(filter(None, map(len, map(str.rstrip, text.split("\n")))))
    if len(lengths) < 8:
        return None
    width = lengths[int(len(lengths) * 0.9) - 1]
    beyond = sum(1 for length in lengths if length > width * 1.6)
    if width not in _WRAP_WIDTHS or beyond > len(lengths) * 0.03:
        return None
    near = sum(1 for length in lengths if length >= width * 0.8)
    return width if near >= len(lengths) * 0.4 else None


def lines_are_paragraphs(text: str) -> bool:
    """Tells whether each line of `text` is a paragraph of its own: long lines, and (nearly) no blank ones."""
    breaks = text.count("\n")
    blank = len(_SPLIT.findall(text))
    single = breaks - 2 * blank
    if single <= 2 * blank:
        return False
    return len(text) / (breaks - blank + 1) >= 60


def unwrap(text: str) -> str:
    """Gives `text` with each hard-wrapped paragraph on one line; text that was not wrapped comes back as it is.

    In wrapped text a blank line, an indented line, or a short line that closes a sentence before one that
    opens another ends a paragraph. A block of short lines (verse, an address) keeps its line breaks.
    """
    width = wrap_width(text)
    if width is None:
        return text
    blank_lines_part = text.count("\n\n") * 12 > text.count("\n")
    blocks = (_unwrap_block(block, width, blank_lines_part) for block in _SPLIT.split(text))
    return "\n\n".join(block for block in blocks if block)


def _unwrap_block(block: str, width: int, blank_lines_part: bool) -> str:
    lines = [line for line in block.split("\n") if line.strip()]
    if not lines:
        return ""
    if len(lines) > 1 and max(len(line.strip()) for line in lines) < width * 0.72:
        return "\n".join(line.strip() for line in lines)
    paragraphs: list[str] = [lines[0].strip()]
    for before, line in pairwise(lines):
        if _starts_paragraph(before, line, width, blank_lines_part):
            paragraphs.append(line.strip())
        else:
            paragraphs[-1] = _join(paragraphs[-1], line.strip())
    return "\n\n".join(paragraphs)


def _starts_paragraph(before: str, line: str, width: int, blank_lines_part: bool) -> bool:
    if blank_lines_part:
        return False
    indented = len(line) - len(line.lstrip()) >= 1 and not before.startswith(" ")
    if indented and _OPENS_PARAGRAPH.match(line.strip()):
        return True
    # The next line's first word would have fitted: whoever wrapped the text meant a new line here.
    first_word = line.strip().split(" ", 1)[0]
    fitted = len(before.rstrip()) + 1 + len(first_word) <= width - 2
    closes = bool(_ENDS_SENTENCE.search(before.rstrip())) or before.strip().isupper()
    return fitted and closes and bool(_OPENS_PARAGRAPH.match(line.strip()))


def _join(left: str, right: str) -> str:
    """Joins two lines of one paragraph: with a space, or with none behind a dash."""
    return left + right if left.endswith(("\u2014", "--")) else f"{left} {right}"
