"""Samplers for names: who is spoken of comes again, and strangers and misspelt names come in less easily."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pandemonium.writing.runtimes.runtime import Floats
from pandemonium.writing.sampling.rows import Rows

_STRANGE_SPELLING = 3.0  # times as much as for a stranger's first token: the draft has whose name begins so
_STRANGE_LETTER = 3.0  # and so much more for each further letter: the more stand, the less they are another's
_FEW_LETTERS = 3
_MANY_LETTERS = 9


@dataclass(frozen=True)
class NewNamePenalty:
    """Names that the text does not have yet come in less easily."""

    penalty: float
    name: str = "new_name_penalty"

    def __call__(self, logits: Floats, rows: Rows) -> Floats:
        """See `Sampler`."""
        if self.penalty > 0:
            for row, each in enumerate(rows.each):
                if not each.spelled and len(each.unknown_names):
                    logits[row][each.unknown_names] -= np.float32(self.penalty)
        return logits


@dataclass(frozen=True)
class NewNameSpelling:
    """Where a name of the text was begun, another that begins alike comes in less easily: "Mirah" for "Miriam".

    The more letters stand of it, the less easily; also those that stand in the document already. So does, behind a
    title, one that the text has no such name for.
    """

    penalty: float
    name: str = "new_name_spelling"

    def __call__(self, logits: Floats, rows: Rows) -> Floats:
        """See `Sampler`."""
        if self.penalty > 0:
            for row, each in enumerate(rows.each):
                if len(each.strange_spellings):
                    more = min(_MANY_LETTERS, max(_FEW_LETTERS, each.name_letters)) - _FEW_LETTERS
                    times = _STRANGE_SPELLING + _STRANGE_LETTER * more
                    logits[row][each.strange_spellings] -= np.float32(times * self.penalty)
        return logits


@dataclass(frozen=True)
class NamesKept:
    """Who is spoken of in the passage is likelier to be named, and the pronoun of the last one than another.

    Where a sentence would begin with the pronoun, the name is no less likely than that: there somebody is the subject,
    whatever the network has forgotten of who it is.
    """

    strength: float
    name: str = "names_kept"

    def __call__(self, logits: Floats, rows: Rows) -> Floats:
        """See `Sampler`."""
        if self.strength > 0:
            for row, each in enumerate(rows.each):
                if each.spelled:
                    continue
                names, pronouns = each.for_pronoun
                logits[row][names] = np.maximum(logits[row][names], logits[row][pronouns])
                ids, gains = each.raised
                logits[row][ids] += np.float32(self.strength) * gains
        return logits
