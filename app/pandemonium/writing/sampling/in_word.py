"""Samplers for where a word stands unfinished: whether it ends, and else how it is spelled on."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pandemonium.writing.runtimes.runtime import Floats
from pandemonium.writing.sampling.rows import NEVER, Rows, SpelledOn
from pandemonium.writing.sampling.token_table import TokenTable
from pandemonium.writing.sampling.truncation import probabilities_of


@dataclass(frozen=True)
class InWordFilter:
    """Truncates where a word stands unfinished: strictly what spells it on; what follows the word stays for the others.

    What may come is a few tokens that go on with the word, and its end as one event more, whatever follows. Of
    these only those stay that are at least `share` times as likely as the likeliest, at their own shares whatever the
    temperature: "uninj" must not become "uninjjant", and a rare word is not cut short for a common one. The end must be
    as likely beside all that goes on together, or a beginning such as "s" would be left standing. If it is the end,
    the next word is chosen as freely as ever. `InWordJoin` brings the two together again.
    """

    tokens: TokenTable
    share: float
    name: str = "in_word_filter"

    def __call__(self, logits: Floats, rows: Rows) -> Floats:
        """See `Sampler`."""
        chosen = [row for row, each in enumerate(rows.each) if each.in_word]
        if self.share <= 0 or not chosen:
            return logits
        inside = self.tokens.going_on
        probabilities, largest = probabilities_of(logits[chosen])
        within = np.take(probabilities, inside, axis=1) / largest[:, None]
        sums = within.sum(axis=1)
        likeliest = within.max(axis=1)
        ends = np.maximum(0.0, 1 / largest - sums)
        least = np.maximum(self.share * np.maximum(likeliest, ends), 1e-12)
        may_end = (ends > 1e-6) & (ends >= self.share * sums)
        for i, row in enumerate(chosen):
            kept = (within[i] >= least[i]).nonzero()[0]
            if len(kept):
                end = float(np.log(ends[i])) if may_end[i] else float(NEVER)
                rows.spelled_on[row] = SpelledOn(inside[kept], np.log(within[i, kept]), end)
            logits[row][inside] = NEVER
        return logits


@dataclass(frozen=True)
class InWordJoin:
    """Gives back what spells a word on, beside what may follow if the word ends here (see `InWordFilter`)."""

    name: str = "in_word_join"

    def __call__(self, logits: Floats, rows: Rows) -> Floats:
        """See `Sampler`."""
        for row, (tokens, weights, ends) in rows.spelled_on.items():
            free = logits[row]
            possible = free > NEVER
            if np.isfinite(ends) and possible.any():
                kept = free[possible]
                largest = kept.max()
                free += np.float32(ends) - largest - np.log(np.exp(kept - largest).sum())
            else:
                free[:] = NEVER
            columns = tokens if rows.tokens is None else np.searchsorted(rows.tokens, tokens)
            free[columns] = weights
        return logits
