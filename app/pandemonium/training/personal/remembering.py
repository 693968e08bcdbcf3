"""For folders too small to learn from: the base voice carries the texts along and recalls them, unlearned.

Fewer than 100,000 characters teach a network little but their own sentences. Read as memory instead, their
words and names come back where they fit, and no weight changes.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from pandemonium.settings import WritingSettings
from pandemonium.voice.card import Card
from pandemonium.voice.file import Voice
from pandemonium.writing.measuring.scoring import score
from pandemonium.writing.reading.memory import remember
from pandemonium.writing.runtimes.runtime import Runtime

MOST_TOKENS = 32_768
_HELD_OUT = 0.15


def with_memory(base: Voice, name: str, texts: list[str], card: Card) -> Voice:
    """Gives `base` under another name, carrying the last 32,768 sub-words of `texts` along."""
    separator = base.tokenizer.separator
    tokens = [token for text in texts for token in (separator, *base.tokenizer.encode(text))]
    return replace(base, name=name, card=card, remembered=np.array(tokens[-MOST_TOKENS:], dtype=np.uint16))


def measure_memory(base: Voice, runtime: Runtime, texts: list[str]) -> tuple[float, float]:
    """Bits per character on the last 15 % of the texts, without and with the rest as memory."""
    whole = "\n\n".join(texts)
    cut = int(len(whole) * (1 - _HELD_OUT))
    tokens = np.array([base.tokenizer.separator, *base.tokenizer.encode(whole[:cut])][-MOST_TOKENS:], dtype=np.int64)
    share = WritingSettings().memory
    before = score(whole[cut:], runtime, base.tokenizer, memory_share=share)
    remembered = remember(runtime, tokens)
    after = score(whole[cut:], runtime, base.tokenizer, memory_share=share, remembered=remembered)
    return before.bits_per_character, after.bits_per_character
