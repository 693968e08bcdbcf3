"""How well a voice foresees a text: bits per character, the same scale for every voice."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from pandemonium.settings import WritingSettings
from pandemonium.text.cleaning import clean, normalize
from pandemonium.voice.tokenizer import SubwordTokenizer
from pandemonium.writing.reading.memory import Recall
from pandemonium.writing.reading.phrases import RUNS, Memory, Phrases
from pandemonium.writing.runtimes.runtime import Floats, Ids, Runtime
from pandemonium.writing.sampling.token_table import TokenTable

CHUNK = 64
_SCOPE = 14_000  # sub-words before the cursor that the memory of the draft looks at: what is handed over of a draft


@dataclass(frozen=True)
class Score:
    """What a text cost.

    Attributes:
        bits: information of the whole text under the voice.
        characters: code points of the original after CRLF to LF and NFC.
        tokens: sub-words that were scored.
        likeliest: sub-words that the voice had held for the likeliest.
    """

    bits: float
    characters: int
    tokens: int
    likeliest: int

    @property
    def bits_per_character(self) -> float:
        """Bits a character; 0 for an empty text."""
        return self.bits / self.characters if self.characters else 0.0

    def __add__(self, other: Score) -> Score:
        return Score(
            self.bits + other.bits,
            self.characters + other.characters,
            self.tokens + other.tokens,
            self.likeliest + other.likeliest,
        )


def bits_per_character(nats: float, characters: int) -> float:
    """Bits a character of what a text cost in nats; 0 for an empty text."""
    return nats / math.log(2) / characters if characters else 0.0


NOTHING = Score(0.0, 0, 0, 0)


def score(
    text: str,
    runtime: Runtime,
    tokenizer: SubwordTokenizer,
    *,
    memory_share: float = WritingSettings.memory,
    remembered: Recall | None = None,
    on_progress: Callable[[float], None] = lambda share: None,
) -> Score:
    """Scores `text`, read cold from the separator on; the weights do not adapt.

    Args:
        text: as it stands in its file. Cleaning changes white space, quotes and dashes only.
        runtime: the voice's network.
        tokenizer: the voice's.
        memory_share: of the draft's memory; 0 leaves it out.
        remembered: the voice's own texts, if it carries any.
        on_progress: hears the share that is done.
    """
    characters = len(normalize(text))
    tokens = _tokens(text, tokenizer)
    stretch = TokenTable(tokenizer).stretch if memory_share > 0 else 1
    nats = 0.0
    hits = 0
    for start, targets, hidden in _read(tokens, runtime):
        logits = runtime.logits(hidden)
        hits += int((logits.argmax(axis=1) == targets).sum())
        if memory_share > 0:
            scope = tokens[max(0, start - _SCOPE * stretch) : start + 1]
            memory = Memory(remembered, Phrases(scope, stretch))
            longest = RUNS[-1] * stretch
            histories = [tokens[max(0, at - longest + 1) : at + 1] for at in range(start, start + len(targets))]
            logits, _ = memory.mix(logits, runtime.architecture.keys(hidden), memory_share, histories)
        nats -= float(log_probabilities(logits)[np.arange(len(targets)), targets].sum(dtype=np.float64))
        on_progress(min(1.0, (start + CHUNK) / len(tokens)))
    return Score(nats / math.log(2), characters, len(tokens) - 1, hits)


def token_log_probabilities(
    text: str,
    runtime: Runtime,
    tokenizer: SubwordTokenizer,
    on_progress: Callable[[float], None] = lambda share: None,
) -> Floats:
    """The log-probability of each sub-word of `text`, read cold and without a memory, [tokens]; see `score`."""
    tokens = _tokens(text, tokenizer)
    found = [np.zeros(0, dtype=np.float32)]
    for start, targets, hidden in _read(tokens, runtime):
        found.append(log_probabilities(runtime.logits(hidden))[np.arange(len(targets)), targets])
        on_progress(min(1.0, (start + CHUNK) / len(tokens)))
    return np.concatenate(found)


def _tokens(text: str, tokenizer: SubwordTokenizer) -> Ids:
    """A text's sub-words behind the separator."""
    return np.array([tokenizer.separator, *tokenizer.encode(clean(text))], dtype=np.int64)


def _read(tokens: Ids, runtime: Runtime) -> Iterator[tuple[int, Ids, Floats]]:
    """Reads chunk by chunk: where each begins, what stands behind each of its tokens, and the outputs there."""
    state = runtime.zero_state()
    for start in range(0, len(tokens) - 1, CHUNK):
        targets = tokens[start + 1 : start + CHUNK + 1]
        outputs, state = runtime.read(tokens[start : start + len(targets), None], state)
        yield start, targets, np.ascontiguousarray(outputs[:, 0])


def log_probabilities(logits: Floats) -> Floats:
    """Log-softmax of each row of logits [rows, vocabulary]."""
    shifted = logits - logits.max(axis=1, keepdims=True)
    result: Floats = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return result
