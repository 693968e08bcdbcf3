"""What the writing loop must know about a tokenizer's pieces, looked up once."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from pandemonium.text.sentences import ends_sentence
from pandemonium.voice.tokenizer import SubwordTokenizer

_QUOTES = (b'"',)


class PieceTable:
    """Kinds of pieces by id.

    Attributes:
        tokenizer: whose pieces these are.
        spaced: pieces that open with white space, bool [size].
        closing: pieces that close a sentence, ids.
        breakers: pieces that no repeated run crosses (line breaks, quotation marks), ids.
        full_stop: the id of ".".
        quote: the id of a closing double quote.
    """

    def __init__(self, tokenizer: SubwordTokenizer) -> None:
        self.tokenizer = tokenizer
        pieces = tokenizer.pieces
        self.spaced: NDArray[np.bool_] = np.array([piece[:1].isspace() for piece in pieces])
        texts = [piece.decode("utf-8", "ignore") for piece in pieces]
        marks = [i for i, text in enumerate(texts) if text and not any(c.isalnum() or c.isspace() for c in text)]
        self.closing: NDArray[np.int64] = np.array(
            [i for i in marks if ends_sentence(f"word{texts[i]}")], dtype=np.int64
        )
        self.breakers = frozenset(i for i, piece in enumerate(pieces) if b"\n" in piece or piece.strip() in _QUOTES)
        self.full_stop = tokenizer.encode(".")[0]
        self.quote = tokenizer.encode('"')[0]
