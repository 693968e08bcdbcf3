"""The chain of samplers: from the network's logits of several sequences to the token that each of them draws.

A sampler takes logits [rows, vocabulary], a row each sequence, and gives logits of the same shape; what is impossible
is -inf. `make_chain` puts them in their order, which the page in the browser follows. Truncation comes before the
temperature, so a high one varies among the plausible tokens only. Where a word stands unfinished the choice is another:
whether it ends, and else how it is spelled on, which leaves no room for fancy (`InWordFilter`).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pandemonium.settings import WritingSettings
from pandemonium.writing.reading.phrases import Memory
from pandemonium.writing.runtimes.runtime import Floats
from pandemonium.writing.sampling.drawing import draw
from pandemonium.writing.sampling.dry import Dry
from pandemonium.writing.sampling.in_word import InWordFilter, InWordJoin
from pandemonium.writing.sampling.name_samplers import NamesKept, NewNamePenalty, NewNameSpelling
from pandemonium.writing.sampling.presence import PresencePenalty
from pandemonium.writing.sampling.rows import NEVER, Bools, NetworkLogits, Rows, Sampler
from pandemonium.writing.sampling.samplers import (
    Bans,
    LogitBias,
    MemorySampler,
    Prefix,
    RepetitionFilter,
    SentenceEnd,
    WordsWanted,
)
from pandemonium.writing.sampling.token_table import TokenTable
from pandemonium.writing.sampling.truncation import MinP, Temperature, TopK, TopP, Typical

_FRAME = 7
_PRESENCE = 1.25  # of what a repeated run loses at first: so strong, words come again about as often as an author's
_NARROW = 0.5  # of the vocabulary: what keeps more is not worth being narrowed


def make_chain(
    settings: WritingSettings,
    tokens: TokenTable,
    *,
    bias: Floats | None = None,
    memory: Memory | None = None,
) -> list[Sampler]:
    """The samplers that `settings` ask for: bans and punishments, what a word is chosen by, truncation, temperature.

    Args:
        settings: how to write.
        tokens: the voice's.
        bias: the voice's balance, as strong as the settings want it, [vocabulary].
        memory: of the draft, and of the texts that the voice carries along.
    """
    samplers: list[Sampler] = [
        MemorySampler(settings.memory, memory),
        RepetitionFilter(tokens),
        Bans(tokens),
        Prefix(),
        SentenceEnd(),
        PresencePenalty.of(_PRESENCE * settings.dry_multiplier, tokens.tokenizer),
        Dry(
            settings.dry_multiplier,
            settings.dry_base ** (1 / tokens.stretch),
            settings.dry_allowed * tokens.stretch,
            tokens.breakers,
            _FRAME * tokens.stretch,
            tokens.stretch == 1,
        ),
        *word_choice(settings, tokens, bias),
    ]
    return samplers


def word_choice(settings: WritingSettings, tokens: TokenTable, bias: Floats | None) -> list[Sampler]:
    """The second half of the chain: how a word is chosen, whatever the text.

    Args:
        settings, tokens: as for `make_chain`.
        bias: what each token's logit moves by, [vocabulary]; None for nothing.
    """
    return [
        NamesKept(settings.names),
        WordsWanted(),
        NewNameSpelling(settings.newcomers),
        InWordFilter(tokens, settings.spelling),
        LogitBias(bias),
        NewNamePenalty(settings.newcomers),
        TopK(settings.top_k),
        TopP(settings.top_p, settings.min_p),
        MinP(settings.min_p),
        Typical(settings.typical),
        Temperature(settings.temperature),
        InWordJoin(),
    ]


def run_chain(chain: Sequence[Sampler], network: Floats, rows: Rows) -> Floats:
    """Gives the logits [rows, vocabulary] to draw from; the network's own are kept."""
    narrow = _run(chain, NetworkLogits.of(network), rows)
    if rows.tokens is None:
        return narrow
    logits = np.full_like(network, NEVER)
    logits[:, rows.tokens] = narrow
    return logits


def draw_by_chain(
    chain: Sequence[Sampler], network: NetworkLogits, rows: Rows, uniforms: Sequence[float]
) -> list[int | None]:
    """Runs the chain and draws, as `draw` does; the network's logits are kept."""
    drawn = draw(_run(chain, network, rows), uniforms)
    if rows.tokens is None:
        return drawn
    return [None if column is None else int(rows.tokens[column]) for column in drawn]


def _run(chain: Sequence[Sampler], network: NetworkLogits, rows: Rows) -> Floats:
    """Gives the logits to draw from, [rows, columns], of `rows.tokens`."""
    rows.network = network
    rows.recalled = []
    rows.spelled_on = {}
    rows.tokens = None
    logits = network.values.copy()
    with np.errstate(invalid="ignore", divide="ignore", over="ignore"):
        for sampler in chain:
            logits = sampler(logits, rows)
            if isinstance(sampler, TopP | MinP) and len(logits[0]) == len(network.values[0]):
                logits = _narrowed(logits, rows)
    return logits


def _narrowed(logits: Floats, rows: Rows) -> Floats:
    """The columns that some row may still choose, and no others, where most were left out: the rest goes faster.

    Where nothing may be chosen, all of them, so that no sampler meets rows without a number.
    """
    possible: Bools = np.any(logits > NEVER, axis=0)
    for spelled_on in rows.spelled_on.values():
        possible[spelled_on.tokens] = True
    tokens = np.flatnonzero(possible)
    if not 0 < len(tokens) <= _NARROW * logits.shape[1]:
        return logits
    rows.tokens = tokens
    return logits[:, tokens]
