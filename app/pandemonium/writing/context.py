"""From a document and a cursor to what the voice reads: canonical, cut to what it can hold, healed at the end."""

from __future__ import annotations

from dataclasses import dataclass

from pandemonium.text.cleaning import PARAGRAPH, clean
from pandemonium.text.typography import Typography
from pandemonium.voice.tokenizer import SubwordTokenizer

# The network has forgotten what lies further back; the cut moves in steps so that typing on keeps it in place.
MOST_CHARACTERS = 12_000
STEP = 4_000
_TAIL = 2_000
_WORD = 8  # pieces
_LINE_ENDS = "\n\r\v\f\x85\u2028\u2029"


@dataclass(frozen=True)
class Context:
    """What is read before the first piece is written.

    Attributes:
        tokens: ids to read, the separator first.
        prefix: bytes that the first pieces written must spell, and that stand in the document already.
        typography: the document's.
        starts_line: nothing stands on the line of the cursor: the text must not begin with white space.
        tail: the last characters before the cursor, canonical.
    """

    tokens: list[int]
    prefix: bytes
    typography: Typography
    starts_line: bool
    tail: str = ""


def prepare(before: str, tokenizer: SubwordTokenizer, paragraph: str = PARAGRAPH) -> Context:
    """Prepares the text `before` the cursor.

    The last word's pieces are taken back, for it may be unfinished: what is written then begins with their
    bytes, so that "the cel" can become "the cellar" (token healing). A space that already stands is treated
    likewise.

    Args:
        before: the document up to the cursor.
        tokenizer: the voice's.
        paragraph: what the document puts between paragraphs; with a single newline, every line is one.
    """
    typography = Typography.of(before)
    text = _cut(before)
    content = text.rstrip()
    trailing = text[len(content) :]
    if paragraph == "\n":
        content = content.replace("\n", PARAGRAPH)
    canonical = clean(content, unwrapped=paragraph == "\n")
    starts_line = not canonical or any(end in trailing for end in _LINE_ENDS)
    if canonical and starts_line:
        canonical += PARAGRAPH
    ids = tokenizer.encode(canonical)
    prefix = b""
    if not starts_line and trailing:
        # Canonical dashes have no spaces: the one behind a dash is the dash's own.
        prefix = b"" if canonical.endswith("\u2014") else b" "
    elif not starts_line:
        word = _last_word([tokenizer.pieces[i] for i in ids[-_WORD:]])
        prefix = b"".join(word)
        ids = ids[: len(ids) - len(word)]
    tail = canonical[-_TAIL:] + (" " if prefix == b" " else "")
    return Context([tokenizer.separator, *ids], prefix, typography, starts_line, tail)


def _last_word(pieces: list[bytes]) -> list[bytes]:
    """The pieces of the word that ends `pieces`; none if no letter ends it."""
    for start in range(len(pieces) - 1, -1, -1):
        if not pieces[start][-1:].isalpha():
            return pieces[start + 1 :]
        if pieces[start].startswith(b" "):
            return pieces[start:]
    return pieces


def _cut(before: str) -> str:
    if len(before) <= MOST_CHARACTERS:
        return before
    start = (len(before) - MOST_CHARACTERS) // STEP * STEP + STEP
    at = before.find("\n", start, start + STEP)
    if at < 0:
        at = before.find(" ", start, start + STEP)
    return before[at + 1 :] if at >= 0 else before[start:]
