"""Puts whole continuations of one place in order, the best first, by the voice's judge of sentences."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from pandemonium.text.cleaning import clean
from pandemonium.text.sentences import ends_sentence
from pandemonium.writing.decoding.judge import Judge, figures_of, move_passage
from pandemonium.writing.request import ContinueRequest
from pandemonium.writing.runtimes.runtime import Floats

if TYPE_CHECKING:
    from pandemonium.writing.continuer import Continuer

_LEAST = 3  # tokens of a sentence that can be judged
_MOST = 2000  # tokens of a text that are read


def rank_texts(
    voice: Continuer, request: ContinueRequest, texts: Sequence[str], stop: Callable[[], bool] = lambda: False
) -> list[int]:
    """The numbers of `texts`, the best first.

    Args:
        voice: that has written them.
        request: what they go on from.
        texts: in the document's typography.
        stop: True ends it.

    Returns:
        every number once; nothing where the voice has no judge, or where it was stopped.
    """
    judge = voice.judge
    if judge is None or not texts or stop():
        return []
    tail, passage, state = voice.read_before(request, stop)
    ids = [voice.voice.tokenizer.encode(clean(text))[:_MOST] for text in texts]
    longest = max(1, max(map(len, ids)))
    padded = np.full((longest, len(ids)), voice.voice.tokenizer.separator, dtype=np.int64)
    for column, each in enumerate(ids):
        padded[: len(each), column] = each
    if stop():
        return []
    read, _ = voice.runtime.read(padded, np.repeat(state, len(ids), axis=1))
    lead = voice.runtime.architecture.lead  # whose judge it is
    keys = lead.keys(read[..., : lead.output_width])
    pieces = voice.voice.tokenizer.pieces
    scores = []
    for column, each in enumerate(ids):
        scores.append(_score(judge, tail, [pieces[i] for i in each], passage, keys[: len(each), column]))
    return sorted(range(len(texts)), key=lambda number: -scores[number])


def _score(judge: Judge, before: str, pieces: Sequence[bytes], passage: Floats, keys: Floats) -> float:
    """What the judge holds of the sentences of a text, on average; nothing is worse than none.

    Args:
        judge: the voice's.
        before: the canonical text before it.
        pieces: the text's tokens, [n].
        passage: the average of the outputs before it, [output_width].
        keys: the outputs behind each token, [n, output_width].
    """
    found: list[float] = []
    start = 0
    for end in range(1, len(pieces) + 1):
        is_last = end == len(pieces)
        sentence = b"".join(pieces[start:end]).decode("utf-8", "ignore")
        opens_word = is_last or pieces[end][:1] in (b" ", b"\n")
        if not is_last and not (opens_word and ends_sentence(sentence[-40:])):
            continue
        if end - start >= _LEAST:
            found.append(float(judge.score(passage, [keys[start:end]], figures_of(before, sentence)[None])[0]))
        before += sentence
        for key in keys[start:end]:
            passage = move_passage(passage, key)
        start = end
    return float(np.mean(found)) if found else -np.inf
