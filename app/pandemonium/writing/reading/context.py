"""From a document and a cursor to what the voice reads: canonical, cut to what it can hold, healed at the end.

How much is read before a cursor is said here, once, for everybody who asks a voice: from `MOST_CHARACTERS - STEP` to
`MOST_CHARACTERS` characters. Where reading begins is chosen by the text itself, among the beginnings of lines: the one
whose first characters have the smallest checksum (as rsync and deduplicating archives choose where to cut). So the
place stays where it is while the cursor moves on, and an edit moves it for the next `MOST_CHARACTERS` characters alone:
what was read of a manuscript behind them is still true. Whoever does not want to hand over a whole book hands it over
from `reading_start` on.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from dataclasses import dataclass
from functools import lru_cache

from pandemonium.text.cleaning import PARAGRAPH, clean
from pandemonium.text.sentences import capitalized, ends_sentence
from pandemonium.text.typography import Typography
from pandemonium.voice.tokenizer import SubwordTokenizer

# The network has forgotten what lies further back.
MOST_CHARACTERS = 6_000
BEHIND = 600  # characters behind a place that go with a request
STEP = 3_000
_HANDED = 60_000  # enough to read the document's typography off
_LINE_START = 48  # characters of a line that tell it from others
_TAIL = 2_000
_WORD = 8  # tokens
_LINE_ENDS = "\n\r\v\f\x85\u2028\u2029"
_TITLE_WORDS = 12
_SPELLED = {
    "\u0153": "oe",
    "\u0152": "Oe",
    "\u00e6": "ae",
    "\u00c6": "Ae",
    "\u00df": "ss",
    "\u00f8": "o",
    "\u0142": "l",
}
_CANONICAL = "\u2014"  # whatever a voice has seen, this is how its texts are written
_GLUED = re.compile(r" {2,}| +(?=[,.;:!?])")
_SENTENCES = re.compile(r"[^.!?\n]+[.!?\n]*")
_FIRST_PERSON = re.compile(r"\bi\b(?!\.)")


@dataclass(frozen=True)
class Context:
    """What is read before the first token is written.

    Attributes:
        tokens: ids to read, the separator first.
        prefix: bytes that the first tokens written must spell, and that stand in the document already.
        typography: the document's.
        starts_line: nothing stands on the line of the cursor: the text must not begin with white space.
        tail: the last characters before the cursor, canonical.
        lead: what the text begins with, whatever the voice writes: the line break behind a title, or the blank line
            that is wanting behind a paragraph.
        opening: nothing of a tale stands before the cursor, or a title alone.
        unknown: signs of the document that the voice does not know, each once; they are not read.
        capitals: words in capitals stand before the cursor, among others.
        source: what of the document was read, as it stands there.
        is_cut: more stands before that.
    """

    tokens: list[int]
    prefix: bytes
    typography: Typography
    starts_line: bool
    tail: str = ""
    lead: str = ""
    opening: bool = False
    unknown: str = ""
    capitals: bool = False
    source: str = ""
    is_cut: bool = False


def reading_start(position: int) -> int:
    """From which character on a document matters to a voice that goes on at `position`; it moves in steps."""
    return max(0, position - _HANDED) // STEP * STEP


def to_word_end(before: str, after: str) -> int:
    """How many characters behind a cursor still belong to the word in which it stands; 0 where it is in none."""
    if not re.search(r"[^\W_]-?\Z", before[-2:]):
        return 0
    match = re.match(r"[^\W_]+(?:['\u2019-][^\W_]+)*", after)
    return match.end() if match else 0


def gap_behind(before: str, after: str, paragraph: str) -> str:
    """White space that is wanting between what is written at a cursor and what stands behind it.

    A space where a word stands there; a line break where blank lines part the paragraphs, and the cursor has the one
    between two of them.

    Args:
        before, after: the document on either side of the cursor.
        paragraph: what the document puts between paragraphs.
    """
    if after[:1].isalnum():
        return " "
    is_alone = paragraph == PARAGRAPH and not before.rpartition("\n")[2].strip()
    next_line = after[1:].partition("\n")[0] if after.startswith("\n") else ""
    return "\n" if is_alone and next_line.strip() else ""


def prepare(
    before: str,
    tokenizer: SubwordTokenizer,
    paragraph: str = PARAGRAPH,
    *,
    foreign: bool = False,
    usual: Typography | None = None,
    goes_on: bool = True,
) -> Context:
    """Prepares the text `before` the cursor.

    The last word's tokens are taken back, for it may be unfinished: what is written then begins with their
    bytes, so that "the cel" can become "the cellar" (token healing). A space that already stands is treated
    likewise.

    Args:
        before: the document up to the cursor, from its beginning or from `reading_start` on.
        tokenizer: the voice's.
        paragraph: what the document puts between paragraphs; with a single newline, every line is one.
        foreign: the text is in a language that the voice does not know: it is not read, and a tale begins.
        usual: the typography of what the text has no example of.
        goes_on: the text is continued; else something in it gets other words, in its place.
    """
    typography = Typography.of(before, usual)
    text = cut(before)
    is_cut = len(text) < len(before)
    content = text.rstrip()
    trailing = text[len(content) :]
    canonical, unknown = as_read(content, tokenizer, paragraph)
    starts_line = not canonical or any(end in trailing for end in _LINE_ENDS)
    lead = ""
    if foreign:
        lead = "" if trailing or not canonical else " "
        tokens = [tokenizer.separator, *tokenizer.encode(PARAGRAPH)]
        return Context(
            tokens, b"", typography, True, canonical[-_TAIL:], lead, True, unknown, source=text, is_cut=is_cut
        )
    titled = _is_title(canonical)
    if titled:
        lead = "" if starts_line else PARAGRAPH
        starts_line = True
    elif canonical.isupper() and len(canonical.split()) > 1:
        canonical = _in_sentence_case(canonical)
    if canonical and starts_line:
        if goes_on and paragraph == PARAGRAPH and trailing.count("\n") == 1:
            lead = "\n"
        canonical += PARAGRAPH
    opening = len(canonical.split()) < 2 and not ends_sentence(canonical.replace("...", ""))
    # Where a tale begins, a title stands before it: the voice is to write what comes behind.
    ids = tokenizer.encode(PARAGRAPH + canonical if opening and not titled else canonical)
    opening = opening or titled
    prefix = b""
    if not starts_line and trailing:
        # Canonical dashes have no spaces: the one behind a dash is the dash's own.
        prefix = b"" if canonical.endswith("\u2014") else b" "
    elif not starts_line:
        word = _last_word([tokenizer.pieces[i] for i in ids[-_WORD:]])
        prefix = b"".join(word)
        ids = ids[: len(ids) - len(word)]
    tail = canonical[-_TAIL:] + (" " if prefix == b" " else "")
    tokens = [tokenizer.separator, *ids]
    shouted = re.findall(r"(?<![^\W\d_])[^\W\d_]{2,}(?![^\W\d_])", tail[-600:])
    capitals = lead != PARAGRAPH and any(map(str.isupper, shouted)) and not all(map(str.isupper, shouted))
    return Context(
        tokens, prefix, typography, starts_line, tail, lead, opening, unknown, capitals, source=text, is_cut=is_cut
    )


def as_read(text: str, tokenizer: SubwordTokenizer, paragraph: str = PARAGRAPH) -> tuple[str, str]:
    """A document's text as a voice reads it, and the signs that it does not know: see `read_known`.

    Args:
        text: as it stands in the document.
        tokenizer: the voice's.
        paragraph: what the document puts between paragraphs.
    """
    if paragraph == "\n":
        text = text.replace("\n", PARAGRAPH)
    return read_known(clean(text, unwrapped=paragraph == "\n"), tokenizer)


def read_known(canonical: str, tokenizer: SubwordTokenizer) -> tuple[str, str]:
    """The part of a canonical text that a voice knows.

    Letters with marks that the voice has never seen lose them; other signs that it could only read as broken bytes are
    left out.

    Returns:
        the text, and the signs that were left out, each once.
    """
    table: dict[int, str] = {}
    unknown = ""
    for character in sorted(set(canonical)):
        if character in _CANONICAL or _knows(tokenizer, character):
            continue
        plain = _SPELLED.get(character) or unicodedata.normalize("NFKD", character)
        plain = "".join(c for c in plain if not unicodedata.combining(c))
        if plain and plain != character and all(_knows(tokenizer, c) for c in plain):
            table[ord(character)] = plain
            continue
        table[ord(character)] = ""
        if not unicodedata.combining(character) and unicodedata.category(character)[0] != "C":
            unknown += character
    if not table:
        return canonical, ""
    read = "\n".join(_GLUED.sub(" ", line).strip() for line in canonical.translate(table).split("\n"))
    return re.sub(r"\n{3,}", PARAGRAPH, re.sub(r" +(?=[,.;:!?])", "", read)).strip(), unknown


@lru_cache(maxsize=4096)
def _knows(tokenizer: SubwordTokenizer, character: str) -> bool:
    """Tells whether a character is a token, and no row of bytes."""
    return character <= "\x7f" or any(
        tokenizer.id_of(begin + character.encode("utf-8", "replace")) is not None for begin in (b"", b" ")
    )


def _is_title(canonical: str) -> bool:
    """Tells whether a text is nothing but a title in capitals."""
    words = canonical.split()
    return (
        canonical.isupper()
        and sum(map(str.isalpha, canonical)) > 1
        and len(words) <= _TITLE_WORDS
        and "\n" not in canonical
        and canonical[-1].isalnum()
        and not re.search(r"[.!?] ", canonical)
    )


def _in_sentence_case(canonical: str) -> str:
    """A text in capitals as it would stand in small letters, which a voice has read more of."""
    lower = _SENTENCES.sub(lambda match: _capital(match[0]), canonical.lower())
    return _FIRST_PERSON.sub("I", lower)


def _capital(sentence: str) -> str:
    at = next((i for i, c in enumerate(sentence) if c.isalpha()), 0)
    return sentence[:at] + capitalized(sentence[at:])


def _last_word(pieces: list[bytes]) -> list[bytes]:
    """The pieces of the word that ends `pieces`, or of one with an apostrophe behind it; none if no letter ends it."""
    if len(pieces) > 1 and pieces[-1] == b"'" and pieces[-2][-1:].isalpha():
        return [*_last_word(pieces[:-1]), pieces[-1]]
    for start in range(len(pieces) - 1, -1, -1):
        if not pieces[start][-1:].isalpha():
            return pieces[start + 1 :]
        if pieces[start].startswith(b" "):
            return pieces[start:]
    return pieces


def cut(before: str) -> str:
    """The part of a document's text before the cursor that is read: all of it, or from `MOST_CHARACTERS - STEP` on."""
    if len(before) <= MOST_CHARACTERS:
        return before
    low = len(before) - MOST_CHARACTERS
    high = low + STEP
    for sign in ("\n", " "):
        starts = [match.end() for match in re.finditer(sign, before[low - 1 : high - 1])]
        if starts:
            return before[low - 1 + min(starts, key=lambda at: line_sum(before, low - 1 + at)) :]
    return before[-(-low // STEP) * STEP :]


def earlier(before: str) -> str:
    """The part of a document's text that is handed over and stands before what is read."""
    return before[reading_start(len(before)) : len(before) - len(cut(before))]


def line_sum(text: str, start: int) -> int:
    """A checksum of the first characters of the line that begins at `start`."""
    return zlib.crc32(text[start : start + _LINE_START].encode("utf-8", "surrogatepass"))
