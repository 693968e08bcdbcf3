"""A word of the last dozen is held back: small networks say "the family of his family" twice as often as authors do."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from pandemonium.text.function_words import FUNCTION_WORDS
from pandemonium.voice.tokenizer import SubwordTokenizer
from pandemonium.writing.runtimes.runtime import Floats
from pandemonium.writing.sampling.rows import Bools, Rows

_REACH = 17  # tokens back: about a dozen words
_WORD = re.compile(r" [^\W\d_]{4,}")
# A vocabulary begins with its bytes and what was merged first: in any language the words that stand everywhere.
_COMMONEST = 600


@dataclass(frozen=True)
class PresencePenalty:
    """Words with a meaning of their own that stand among the last ones lose the same, however often they stand there.

    Attributes:
        penalty: what their logits lose; 0 turns it off.
        content: which tokens are such words, bool [vocabulary] (see `content_words`).
    """

    penalty: float
    content: Bools
    name: str = "presence_penalty"

    def __call__(self, logits: Floats, rows: Rows) -> Floats:
        """See `Sampler`."""
        if self.penalty <= 0:
            return logits
        for row, each in enumerate(rows.each):
            if not each.spelled:
                said = {token for token in each.history[-_REACH:] if self.content[token]}
                logits[row, list(said)] -= np.float32(self.penalty)
        return logits


@lru_cache(maxsize=8)  # each request makes a chain
def content_words(tokenizer: SubwordTokenizer) -> Bools:
    """Which tokens are words in small letters with a meaning of their own, as far as that can be told, [vocabulary]."""
    texts = [piece.decode("utf-8", "ignore") for piece in tokenizer.pieces]
    return np.array(
        [
            number >= _COMMONEST and text.islower() and bool(_WORD.fullmatch(text)) and text[1:] not in FUNCTION_WORDS
            for number, text in enumerate(texts)
        ]
    )
