"""Samplers that raise or lower single tokens, whatever is left to choose from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pandemonium.writing.reading.phrases import Memory
from pandemonium.writing.runtimes.runtime import Floats
from pandemonium.writing.sampling.rows import NEVER, Rows
from pandemonium.writing.sampling.token_table import TokenTable

# A word is written twice on end only where the network itself holds that for so likely beside the likeliest: "had had".
_DOUBLED = np.float32(np.log(0.2))
# Where any of a thousand nouns may come, a comma is among the likeliest: "the," is written by no one.
_STOP = 0.05
# Whoever stops at a word that is one has most often finished it: "under it" goes on with "it", not with "its".
_WHOLE_WORD = np.float32(np.log(50.0))
_PRESSURE = np.float32(6.0)


@dataclass(frozen=True)
class MemorySampler:
    """Words that stand in the draft become likely again where they fit (see `phrases`), before them the voice's own."""

    share: float
    memory: Memory | None
    name: str = "draft_memory"

    def __call__(self, logits: Floats, rows: Rows) -> Floats:
        """See `Sampler`."""
        if self.memory is None or self.share <= 0:
            return logits
        histories = [row.history for row in rows.each]
        normalizers = rows.network.normalizers
        mixed, rows.recalled = self.memory.mix(logits, rows.keys, self.share, histories, normalizers)
        return mixed


@dataclass(frozen=True)
class RepetitionFilter:
    """What the network itself holds for too unlikely: the word just written once more, and a stop behind it."""

    tokens: TokenTable
    name: str = "repetition_filter"

    def __call__(self, logits: Floats, rows: Rows) -> Floats:
        """See `Sampler`."""
        network, likeliest, _ = rows.network
        for stops in self.tokens.stops:
            share = np.exp(network[:, stops] - likeliest[:, None]).sum(axis=1)
            unlikely = (share < _STOP).nonzero()[0]
            logits[unlikely[:, None], stops] = NEVER
        for row, each in enumerate(rows.each):
            last = each.last
            if last < 0 or not (self.tokens.spaced[last] and self.tokens.ends_in_letter[last]):
                continue
            if network[row, last] < likeliest[row] + _DOUBLED:
                logits[row, last] = NEVER
        return logits


@dataclass(frozen=True)
class Bans:
    """Tokens that are never written, and those that are banned at a row's place."""

    tokens: TokenTable
    name: str = "bans"

    def __call__(self, logits: Floats, rows: Rows) -> Floats:
        """See `Sampler`."""
        logits[:, self.tokens.never] = NEVER
        for row, each in enumerate(rows.each):
            for ids in each.bans:
                logits[row][ids] = NEVER
        return logits


@dataclass(frozen=True)
class Prefix:
    """The first tokens must spell what stands before the cursor already (token healing)."""

    name: str = "prefix"

    def __call__(self, logits: Floats, rows: Rows) -> Floats:
        """See `Sampler`."""
        for row, each in enumerate(rows.each):
            if each.allowed is None:
                continue
            ids, whole = each.allowed
            kept = logits[row, ids]
            logits[row] = NEVER
            logits[row, ids] = kept
            if whole is not None:
                logits[row, whole] += _WHOLE_WORD
        return logits


@dataclass(frozen=True)
class SentenceEnd:
    """Once enough is written, what ends the sentence is wanted more and more."""

    name: str = "sentence_end"

    def __call__(self, logits: Floats, rows: Rows) -> Floats:
        """See `Sampler`."""
        for row, each in enumerate(rows.each):
            ids, strength = each.ending
            if strength > 0 and len(ids):
                logits[row, ids] += _PRESSURE * np.float32(strength)
        return logits


@dataclass(frozen=True)
class LogitBias:
    """The voice's balance: by how much each token is moved where a word is chosen (see `balance`)."""

    bias: Floats | None
    name: str = "logit_bias"

    def __call__(self, logits: Floats, rows: Rows) -> Floats:
        """See `Sampler`."""
        if self.bias is None:
            return logits
        free = rows.free
        logits += self.bias if free.all() else self.bias * free[:, None].astype(np.float32)
        # What the memory recalls is not moved, or a rare word of the draft would be called back twice.
        for recalled in rows.recalled:
            bias = self.bias[recalled.tokens]
            moved = np.log1p(recalled.own * np.expm1(bias)) - bias
            logits[recalled.rows, recalled.tokens] += moved * free[recalled.rows]
        return logits


@dataclass(frozen=True)
class WordsWanted:
    """What the writer wants to read gains (see `wanted`)."""

    name: str = "words_wanted"

    def __call__(self, logits: Floats, rows: Rows) -> Floats:
        """See `Sampler`."""
        for row, each in enumerate(rows.each):
            ids, gains = each.wanted
            if len(ids) and not each.spelled:
                logits[row, ids] += gains
        return logits
