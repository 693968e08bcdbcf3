"""A word of the last dozen is held back, and its kin with it.

Small networks say "the family of his family" twice as often as authors do, and "a scream that was screamed" more often
still.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from pandemonium.text.function_words import FUNCTION_WORDS
from pandemonium.text.stems import stem
from pandemonium.voice.tokenizer import SubwordTokenizer
from pandemonium.writing.runtimes.runtime import Floats
from pandemonium.writing.sampling.rows import NEVER, Bools, Rows

_REACH = 17  # tokens back: about a dozen words
_KIN = 0.5  # of the penalty: so both come about as often as with an author
_WORD = re.compile(r" [^\W\d_]{4,}")
# A vocabulary begins with its bytes and what was merged first: in any language the words that stand everywhere.
_COMMONEST = 600
_CONJUNCTIONS = (" and", " or")
_GROWS = ("er", "s")  # "deeper and deeper", "miles and miles"


@dataclass(frozen=True)
class PresencePenalty:
    """Words with a meaning of their own that stand among the last ones lose the same, however often they stand there.

    Those of their families lose half of that: "screams" and "screaming" behind "scream". One is not joined to itself at
    all: "steep and steep".

    Attributes:
        penalty: what their logits lose; 0 turns it off.
        families: of each token that is such a word, the tokens of its family (see `content_families`).
        unjoined: which of them are not joined to themselves, bool [vocabulary].
        conjunctions: the tokens that would join them.
    """

    penalty: float
    families: Mapping[int, frozenset[int]]
    unjoined: Bools
    conjunctions: frozenset[int]
    name: str = "presence_penalty"

    @classmethod
    @lru_cache(maxsize=8)  # each request makes a chain
    def of(cls, penalty: float, tokenizer: SubwordTokenizer) -> PresencePenalty:
        """Makes it for a voice's tokens; one that spells "and" in parts joins what it likes."""
        ids = (tokenizer.id_of(word.encode()) for word in _CONJUNCTIONS)
        joining = frozenset(each for each in ids if each is not None)
        return cls(penalty, _families(tokenizer), _unjoined(tokenizer), joining)

    def __call__(self, logits: Floats, rows: Rows) -> Floats:
        """See `Sampler`."""
        if self.penalty <= 0:
            return logits
        # Each row's tokens in one list, so that all are held back at once.
        of_said: tuple[list[int], list[int]] = ([], [])
        of_kin: tuple[list[int], list[int]] = ([], [])
        for row, each in enumerate(rows.each):
            if not each.spelled:
                said = self.families.keys() & each.history[-_REACH:]
                kin = frozenset().union(*map(self.families.__getitem__, said)) - said
                for held, tokens in ((of_said, said), (of_kin, kin)):
                    held[0].extend([row] * len(tokens))
                    held[1].extend(tokens)
                if len(each.history) > 1 and each.history[-1] in self.conjunctions and self.unjoined[each.history[-2]]:
                    logits[row, each.history[-2]] = NEVER
        logits[of_said] -= np.float32(self.penalty)
        logits[of_kin] -= np.float32(_KIN * self.penalty)
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


def content_families(tokenizer: SubwordTokenizer) -> list[list[int]]:
    """The content words' tokens, those of one stem together."""
    families: dict[str, list[int]] = {}
    for token in np.flatnonzero(content_words(tokenizer)).tolist():
        families.setdefault(stem(tokenizer.pieces[token].decode()[1:]), []).append(token)
    return list(families.values())


def _families(tokenizer: SubwordTokenizer) -> dict[int, frozenset[int]]:
    return {token: frozenset(family) for family in content_families(tokenizer) for token in family}


def _unjoined(tokenizer: SubwordTokenizer) -> Bools:
    """Which content words nobody joins to themselves, [vocabulary]: none that compares, and no plural."""
    grows = [piece.decode("utf-8", "ignore").endswith(_GROWS) for piece in tokenizer.pieces]
    unjoined: Bools = content_words(tokenizer) & ~np.array(grows)
    return unjoined
