"""Turns any string into model-ready prose, one canonical typography for every source.

Canonical prose is NFC, has straight quotes, an unspaced em dash, single spaces, a blank line between
paragraphs and a single newline only where a line is meant (verse, an address). `typography` turns what
a voice writes back into the document's own typography.
"""

from __future__ import annotations

import re
import unicodedata

from pandemonium.text.wrapping import lines_are_paragraphs, unwrap

PARAGRAPH = "\n\n"

_DOUBLE_QUOTES = "\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033\u301d\u301e\u301f\uff02"
_SINGLE_QUOTES = "\u2018\u2019\u201a\u201b\u2039\u203a\u2032\u02bc\uff07"
_HYPHENS = "\u2010\u2011\u2043\ufe63\uff0d"
_DASHES = "\u2012\u2013\u2014\u2015\u2e3a\u2e3b\ufe58"
_SPACES = "\t\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
# Joiners and marks that no reader sees; U+200D stays (it holds emoji together), as does U+FE0F.
_INVISIBLE = "\u00ad\u200b\u200e\u200f\u2060\u2061\u2062\u2063\u2064\ufeff"

_LINE_BREAKS = {"\n": "\n", "\x0b": "\n", "\x85": "\n", "\u2028": "\n", "\x0c": "\n\n", "\u2029": "\n\n"}
_CONTROLS = [chr(code) for code in (*range(0x20), *range(0x7F, 0xA0))]


def _replacements() -> dict[int, str | None]:
    """What becomes of each character; whatever has a meaning of its own is no longer looked at as a control."""
    meant: dict[str, str | None] = {**_LINE_BREAKS}
    for characters, replacement in (
        (_DOUBLE_QUOTES, '"'),
        (_SINGLE_QUOTES, "'"),
        (_HYPHENS, "-"),
        (_DASHES, "\u2014"),
        (_SPACES, " "),
        (_INVISIBLE, None),
    ):
        meant |= dict.fromkeys(characters, replacement)
    return {ord(each): replacement for each, replacement in (dict.fromkeys(_CONTROLS) | meant).items()}


_CHARACTERS = _replacements()

_RANGE_DASH = re.compile(r"(?<=\d)[ ]?\u2014[ ]?(?=\d)")
_TYPED_DASH = re.compile(r"(?<![-!<])(?:-{2,4}|- -)(?![->])")
_SPACED_HYPHEN = re.compile(r"(?<=[^\s\d-]) - (?=[^\s\d-])")
_DASH_SPACES = re.compile(r"[ ]*\u2014[ ]*")
_BACKTICK_QUOTE = re.compile(r"``|''")
_SPACES_RUN = re.compile(r" {2,}")
_LINE_EDGES = re.compile(r" *\n *")
_LINE_BREAK = re.compile(r"(?<!\n)\n(?!\n)")
_BLANK_LINES = re.compile(r"\n{2,}")


def replace_surrogates(text: str) -> str:
    """Gives `text` with every lone surrogate as U+FFFD, so that it can be encoded as UTF-8."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def normalize(text: str) -> str:
    """Gives `text` with LF line ends, NFC, and nothing else changed: what evaluation counts.

    Lone surrogates become U+FFFD.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", replace_surrogates(text))


def clean(text: str, *, unwrapped: bool = False) -> str:
    """Gives canonical prose for `text`: only white space, quotes, dashes and invisible marks change.

    Hard-wrapped lines are joined into paragraphs, long lines without blank ones between them become
    paragraphs, a run of blank lines becomes one paragraph break, and
    the text is stripped at both ends. Words, letters, case and other punctuation stay as they are, so
    this is the cleaning that evaluation may use. It is idempotent.

    Args:
        text: any string, of any line ends, with any control characters.
        unwrapped: the caller knows that line breaks are meant: none is joined or widened.
    """
    cleaned = _clean_once(normalize(text), unwrapped)
    # What is clean may look like another layout than what it came from; that one is taken up, too.
    while not unwrapped and _LINE_BREAK.search(cleaned):
        text = cleaned
        cleaned = _clean_once(cleaned, unwrapped)
        if cleaned == text:
            break
    return cleaned


def _clean_once(text: str, unwrapped: bool) -> str:
    text = text.translate(_CHARACTERS)
    if not unwrapped:
        text = unwrap(text)
        if lines_are_paragraphs(text):
            text = text.replace("\n", PARAGRAPH)
    text = _SPACES_RUN.sub(" ", text)
    text = _BACKTICK_QUOTE.sub('"', text)
    text = _TYPED_DASH.sub("\u2014", text)
    text = _SPACED_HYPHEN.sub("\u2014", text)
    text = _RANGE_DASH.sub("-", text)
    text = _DASH_SPACES.sub("\u2014", text)
    text = _LINE_EDGES.sub("\n", text)
    text = _BLANK_LINES.sub(PARAGRAPH, text)
    # Joining pieces above may have brought a letter and its combining mark together.
    return unicodedata.normalize("NFC", text.strip())
