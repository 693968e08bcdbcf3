"""Small edits of a sentence: one word put in, or one word instead of another, as the voice would have them there.

What a voice writes anew seldom stays near a short sentence; a word put in ("She smiled faintly at him") does. At each
border of two words the likeliest words of one piece are tried, and those are kept behind which the sentence goes on
best. After the insertions and replacements of CGMH (Miao et al. 2019), enumerated instead of sampled.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from pandemonium.writing.measuring.scoring import log_probabilities
from pandemonium.writing.runtimes.runtime import Floats, Ids, Runtime

_PLACES = 12  # borders of two words that are tried
_WORDS = 10  # likeliest words at each
_ROWS = 256
_WORD = re.compile(rb" [a-z]{2,}")


class WordEdit(NamedTuple):
    """An edited sentence.

    Attributes:
        text: of it, whole.
        likely: the log-probability of the new word and of what stands right behind it, in nats.
    """

    text: str
    likely: float


class _Trial(NamedTuple):
    """A word tried at a border: its piece, what it costs, and which pieces may follow with the text of each."""

    place: int
    piece: int
    cost: float
    following: tuple[tuple[int, str], ...]


def edit_words(
    runtime: Runtime, pieces: Sequence[bytes], tokens: Sequence[int], hidden: Floats, state: Floats
) -> list[WordEdit]:
    """The sentence with one word put in or replaced, the likeliest first; its first word stays.

    Args:
        runtime: the voice's network.
        pieces: the bytes of each of its tokens.
        tokens: the sentence's, as they stand behind what was read.
        hidden: the network's output there, [output_width].
        state: its state there, [2 * layers, 1, hidden].
    """
    outputs, states = _read(runtime, tokens, hidden, state)
    trials = _trials(runtime, pieces, tokens, outputs)
    if not trials:
        return []
    row: Ids = np.array([[trial.piece for trial in trials]], dtype=np.int64)
    behind, _ = runtime.read(row, np.concatenate([states[trial.place] for trial in trials], axis=1))
    told = _told(runtime, behind[0])
    found: dict[str, float] = {}
    for number, trial in enumerate(trials):
        for piece, text in trial.following:
            found[text] = max(found.get(text, -np.inf), trial.cost + float(told[number, piece]))
    return [WordEdit(text, likely) for text, likely in sorted(found.items(), key=lambda each: -each[1])]


def _read(runtime: Runtime, tokens: Sequence[int], hidden: Floats, state: Floats) -> tuple[Floats, list[Floats]]:
    """The outputs before each token and behind the last, [tokens + 1, width], and the states there."""
    outputs = [hidden.reshape(-1)]
    states = [state]
    for token in tokens:
        read, state = runtime.read(np.array([[token]], dtype=np.int64), state)
        outputs.append(read.reshape(-1))
        states.append(state)
    return np.stack(outputs), states


def _trials(runtime: Runtime, pieces: Sequence[bytes], tokens: Sequence[int], outputs: Floats) -> list[_Trial]:
    texts = [pieces[token] for token in tokens]
    borders = [number for number, text in enumerate(texts) if number and text.startswith(b" ")]
    end = next((number for number in range(len(texts) - 1, 0, -1) if _is_of_word(texts[number])), 0) + 1
    if end < len(texts):
        borders.append(end)  # before the marks at its end
    if len(borders) > _PLACES:
        borders = [borders[round(i * (len(borders) - 1) / (_PLACES - 1))] for i in range(_PLACES)]
    if not borders:
        return []
    told = _told(runtime, outputs[borders])
    trials = []
    for row, place in enumerate(borders):
        head = b"".join(texts[:place])
        after = next((number for number in range(place + 1, len(texts)) if not _is_inner(texts[number])), len(texts))
        ways = [place] if place == end else [place, after]
        if place < end and _is_capital(texts, place) and _is_capital(texts, place - 1):
            continue  # within a name
        ways = [way for way in ways if way < len(texts)]
        likeliest = [piece for piece in np.argsort(-told[row]).tolist() if _WORD.fullmatch(pieces[piece])][:_WORDS]
        for piece in likeliest:
            if place < len(texts) and texts[place : place + 1] == [pieces[piece]]:
                continue
            following = tuple(
                (int(tokens[way]), (head + pieces[piece] + b"".join(texts[way:])).decode("utf-8", "replace").strip())
                for way in ways
            )
            trials.append(_Trial(place, piece, float(told[row, piece]), following))
    return trials


def _is_of_word(piece: bytes) -> bool:
    return any(byte > 127 or chr(byte).isalnum() for byte in piece)


def _is_capital(texts: Sequence[bytes], number: int) -> bool:
    """The word that a piece is of begins with a capital."""
    while number and _is_inner(texts[number]):
        number -= 1
    return texts[number].strip().decode("utf-8", "replace")[:1].isupper()


def _is_inner(piece: bytes) -> bool:
    """A piece that goes on with a word."""
    return not piece.startswith(b" ") and _is_of_word(piece)


def _told(runtime: Runtime, hidden: Floats) -> Floats:
    """Log-probabilities of every token, [rows, vocabulary]."""
    parts = [
        log_probabilities(runtime.logits(np.ascontiguousarray(hidden[start : start + _ROWS])))
        for start in range(0, len(hidden), _ROWS)
    ]
    return np.concatenate(parts)
