"""What writing must know about a tokenizer's tokens, looked up once."""

from __future__ import annotations

import re
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from pandemonium.text.sentences import ends_sentence
from pandemonium.voice.tokenizer import SubwordTokenizer
from pandemonium.voice.units import unit_of
from pandemonium.writing.sampling.slurs import whole

_QUOTES = (b'"',)
_CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f\ufffd]")
_CHARACTERS_A_SUBWORD = 4
# From this share on of tokens with letters beyond ASCII, or with parts of some, the voice writes a script that needs
# the single bytes of its characters.
_FOREIGN_SCRIPT = 0.1
_LONE_BYTES = 160  # that are no character, and the few beginnings of signs in common: every tokenizer has them


class TokenTable:
    """Kinds of tokens by id.

    Attributes:
        tokenizer: whose tokens these are.
        spaced: tokens that open with white space, bool [size].
        closing: tokens that close a sentence, ids.
        closing_bare: those of them that close no quotation with it, ids.
        inside: tokens that spell on where a word stands unfinished, bool [size].
        going_on: the same, ids.
        names: tokens that a name begins with, or another word that is written with a capital, ids.
        slurs: tokens that are never written, ids.
        capitals: tokens of two capitals or more, and of nothing else that has a case, ids.
        single_capitals: tokens that go on in a word with one capital, ids.
        broken: tokens that are parts of a character: what one of them writes may be no character at all, ids.
        never: tokens that are never written: the separator, slurs, control characters, U+FFFD, and, unless the voice's
            script is spelled in them, parts of characters, ids.
        not_going_on_character: tokens that do not begin in the midst of a character, ids.
        line_breaks: tokens with a line break, ids.
        spaced_ids: the tokens that open with white space, ids.
        ends_in_letter: tokens behind which a word may go on, bool [size].
        breakers: tokens that no repeated run crosses (line breaks, quotation marks), ids.
        full_stop: the id of ".".
        stops: tokens that begin with a comma, and those that begin with a full stop, ids; none where tokens are
            characters.
        quote: the id of a closing double quote.
        per_word: how many tokens a word of prose takes at most, on the average.
        stretch: how many of its tokens say as much as one sub-word: what is counted in sub-words is so much longer.
    """

    def __init__(self, tokenizer: SubwordTokenizer) -> None:
        self.tokenizer = tokenizer
        pieces = tokenizer.pieces
        self.spaced: NDArray[np.bool_] = np.array([piece[:1].isspace() for piece in pieces])
        texts = [piece.decode("utf-8", "ignore") for piece in pieces]
        self.inside: NDArray[np.bool_] = np.array([text.lstrip("'")[:1].isalnum() for text in texts])
        self.going_on: NDArray[np.int64] = np.flatnonzero(self.inside)
        self.names = _ids(opens_name(text) for text in texts)
        self.slurs = whole(texts)
        self.capitals = _ids(text.isupper() and sum(map(str.isupper, text)) > 1 for text in texts)
        self.single_capitals = _ids(len(text) == 1 and text.isupper() for text in texts)
        self.broken = _ids(not _is_whole(piece) for piece in pieces)
        self.not_going_on_character = _ids(not 0x80 <= (piece or b" ")[0] < 0xC0 for piece in pieces)
        self.line_breaks = _ids(b"\n" in piece for piece in pieces)
        self.spaced_ids = np.flatnonzero(self.spaced)
        controls = _ids(bool(_CONTROL.search(text)) for text in texts)
        foreign = sum(not text.isascii() and any(c > "\x7f" and c.isalpha() for c in text) for text in texts)
        spelled_in_parts = foreign + len(self.broken) - _LONE_BYTES >= _FOREIGN_SCRIPT * len(texts)
        unspelled: list[int] = [] if spelled_in_parts else self.broken.tolist()
        self.never = _sorted([tokenizer.separator, *self.slurs, *controls, *unspelled])
        self.ends_in_letter: NDArray[np.bool_] = np.array([text[-1:].isalpha() for text in texts])
        marks = [i for i, text in enumerate(texts) if text and not any(c.isalnum() or c.isspace() for c in text)]
        self.closing: NDArray[np.int64] = np.array(
            [i for i in marks if ends_sentence(f"word{texts[i]}")], dtype=np.int64
        )
        self.closing_bare: NDArray[np.int64] = np.array(
            [i for i in self.closing if '"' not in texts[i]], dtype=np.int64
        )
        self.breakers = frozenset(i for i, piece in enumerate(pieces) if b"\n" in piece or piece.strip() in _QUOTES)
        self.full_stop = tokenizer.encode(".")[0]
        self.quote = tokenizer.encode('"')[0]
        by_character = unit_of(tokenizer) == "character"
        # Prose needs 1.4 sub-words for a word, but not every script puts spaces between its words.
        self.per_word = 10 if by_character else 4
        self.stops: list[NDArray[np.int64]] = []
        if not by_character:
            begun = ([i for i in marks if texts[i].startswith(stop)] for stop in ",.")
            self.stops = [np.array(ids, dtype=np.int64) for ids in begun if ids]
        self.stretch = _CHARACTERS_A_SUBWORD if by_character else 1


def _ids(kinds: Iterable[bool]) -> NDArray[np.int64]:
    """The places at which `kinds`, a row of truths, is true."""
    return np.flatnonzero(np.array(list(kinds), dtype=np.bool_))


def _sorted(ids: list[int]) -> NDArray[np.int64]:
    return np.array(sorted(set(map(int, ids))), dtype=np.int64)


def opens_name(text: str) -> bool:
    """Tells whether a token is a word with a capital, or the beginning of one; English says "I" everywhere."""
    return text[:1] == " " and text[1:2].isupper() and text[1:].isalpha() and text != " I"


def _is_whole(piece: bytes) -> bool:
    """Tells whether bytes are whole characters."""
    try:
        piece.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
