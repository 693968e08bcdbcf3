"""A word of the last dozen is held back: small networks say "the family of his family" twice as often as authors do."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from pandemonium.text.function_words import FUNCTION_WORDS
from pandemonium.voice.tokenizer import SubwordTokenizer
from pandemonium.writing.runtimes.runtime import Floats
from pandemonium.writing.sampling.rows import NEVER, Bools, Rows

_REACH = 17  # tokens back: about a dozen words
_WORD = re.compile(r" [^\W\d_]{4,}")
# A vocabulary begins with its bytes and what was merged first: in any language the words that stand everywhere.
_COMMONEST = 600
_CONJUNCTIONS = (" and", " or")
_GROWS = ("er", "s")  # "deeper and deeper", "miles and miles"


@dataclass(frozen=True)
class PresencePenalty:
    """Words with a meaning of their own that stand among the last ones lose the same, however often they stand there.

    One is not joined to itself at all: "steep and steep".

    Attributes:
        penalty: what their logits lose; 0 turns it off.
        content: which tokens are such words, bool [vocabulary] (see `content_words`).
        unjoined: which of them are not joined to themselves, bool [vocabulary].
        conjunctions: the tokens that would join them.
    """

    penalty: float
    content: Bools
    unjoined: Bools
    conjunctions: frozenset[int]
    name: str = "presence_penalty"

    @classmethod
    @lru_cache(maxsize=8)  # each request makes a chain
    def of(cls, penalty: float, tokenizer: SubwordTokenizer) -> PresencePenalty:
        """Makes it for a voice's tokens; one that spells "and" in parts joins what it likes."""
        ids = (tokenizer.id_of(word.encode()) for word in _CONJUNCTIONS)
        joining = frozenset(each for each in ids if each is not None)
        return cls(penalty, content_words(tokenizer), _unjoined(tokenizer), joining)

    def __call__(self, logits: Floats, rows: Rows) -> Floats:
        """See `Sampler`."""
        if self.penalty <= 0:
            return logits
        for row, each in enumerate(rows.each):
            if not each.spelled:
                said = {token for token in each.history[-_REACH:] if self.content[token]}
                logits[row, list(said)] -= np.float32(self.penalty)
                if len(each.history) > 1 and each.history[-1] in self.conjunctions and self.unjoined[each.history[-2]]:
                    logits[row, each.history[-2]] = NEVER
        return logits


@lru_cache(maxsize=8)
def content_words(tokenizer: SubwordTokenizer) -> Bools:
    """Which tokens are words in small letters with a meaning of their own, as far as that can be told, [vocabulary]."""
    texts = [piece.decode("utf-8", "ignore") for piece in tokenizer.pieces]
    return np.array(
        [
            number >= _COMMONEST and text.islower() and bool(_WORD.fullmatch(text)) and text[1:] not in FUNCTION_WORDS
            for number, text in enumerate(texts)
        ]
    )


def _unjoined(tokenizer: SubwordTokenizer) -> Bools:
    """Which content words nobody joins to themselves, [vocabulary]: none that compares, and no plural."""
    grows = [piece.decode("utf-8", "ignore").endswith(_GROWS) for piece in tokenizer.pieces]
    unjoined: Bools = content_words(tokenizer) & ~np.array(grows)
    return unjoined
