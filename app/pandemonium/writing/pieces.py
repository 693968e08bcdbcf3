"""What the writing loop must know about a tokenizer's pieces, looked up once."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from pandemonium.text.sentences import ends_sentence
from pandemonium.voice.tokenizer import SubwordTokenizer
from pandemonium.voice.units import unit_of
from pandemonium.writing.slurs import whole

_QUOTES = (b'"',)
_CHARACTERS_A_SUBWORD = 4


class PieceTable:
    """Kinds of pieces by id.

    Attributes:
        tokenizer: whose pieces these are.
        spaced: pieces that open with white space, bool [size].
        closing: pieces that close a sentence, ids.
        closing_bare: those of them that close no quotation with it, ids.
        inside: pieces that spell on where a word stands unfinished, bool [size].
        going_on: the same, ids.
        names: pieces that a name begins with, or another word that is written with a capital, ids.
        slurs: pieces that are never written, ids.
        ends_in_letter: pieces behind which a word may go on, bool [size].
        breakers: pieces that no repeated run crosses (line breaks, quotation marks), ids.
        full_stop: the id of ".".
        stops: pieces that begin with a comma, and those that begin with a full stop, ids; none where pieces are
            characters.
        quote: the id of a closing double quote.
        per_word: how many pieces a word of prose takes at most, on the average.
        stretch: how many of its pieces say as much as one sub-word: what is counted in sub-words is so much longer.
    """

    def __init__(self, tokenizer: SubwordTokenizer) -> None:
        self.tokenizer = tokenizer
        pieces = tokenizer.pieces
        self.spaced: NDArray[np.bool_] = np.array([piece[:1].isspace() for piece in pieces])
        texts = [piece.decode("utf-8", "ignore") for piece in pieces]
        self.inside: NDArray[np.bool_] = np.array([text.lstrip("'")[:1].isalnum() for text in texts])
        self.going_on: NDArray[np.int64] = np.flatnonzero(self.inside)
        self.names: NDArray[np.int64] = np.array(
            [i for i, text in enumerate(texts) if _opens_name(text)], dtype=np.int64
        )
        self.slurs = whole(texts)
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


def _opens_name(text: str) -> bool:
    """A word with a capital, or the beginning of one; English says "I" everywhere."""
    return text[:1] == " " and text[1:2].isupper() and text[1:].isalpha() and text != " I"
