"""How often a voice holds the character that comes next for the likeliest: one measure for voices of any unit.

A voice of characters says it outright. One of larger pieces is asked in two steps, which is exact but for texts that
are cut into pieces in a third way. The text is read as the voice cuts it. Before each character stand whole pieces
and then, perhaps, the beginning of one. Every piece that begins so gives its probability to the character that it
goes on with. Where the beginning is itself a piece, the text may also end it there: the voice reads it, and its
probability is shared out among the first characters of what may follow.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from pandemonium.text.cleaning import clean
from pandemonium.voice.tokenizer import SubwordTokenizer
from pandemonium.writing.runtimes.runtime import Runtime
from pandemonium.writing.sampling.drawing import softmax

_NONE = 0  # the class of a character that a piece only begins
_REPORTED = 256  # pieces between two looks at the progress


@dataclass(frozen=True)
class Foresight:
    """How many characters were foreseen.

    Attributes:
        right: characters that the voice had held for the likeliest.
        characters: of the canonical text that were asked for.
    """

    right: int
    characters: int

    @property
    def accuracy(self) -> float:
        """The share that was right; 0 for an empty text."""
        return self.right / self.characters if self.characters else 0.0

    def __add__(self, other: Foresight) -> Foresight:
        return Foresight(self.right + other.right, self.characters + other.characters)


UNASKED = Foresight(0, 0)


class CharacterTable:
    """The characters that a tokenizer's pieces begin and go on with."""

    def __init__(self, tokenizer: SubwordTokenizer) -> None:
        self._pieces = tokenizer.pieces
        order = tokenizer.in_order
        self._sorted = [piece for piece, _ in order]
        self._ids = np.array([i for _, i in order], dtype=np.int64)
        characters = sorted({c for piece in self._sorted for c in piece.decode("utf-8", "ignore")})
        self._class = {character: number for number, character in enumerate(characters, 1)}
        self.size = len(characters) + 1
        self.beginning = lru_cache(maxsize=4096)(self._beginning)

    def class_of(self, character: str) -> int:
        """The number of a character; -1 for one that no piece has."""
        return self._class.get(character, -1)

    def shares(self, probabilities: NDArray[np.float64], prefix: bytes = b"") -> NDArray[np.float64]:
        """What the pieces that begin with `prefix` and go on give to each character, [size]."""
        ids, classes = self.beginning(prefix)
        return np.bincount(classes, probabilities[ids], minlength=self.size).astype(np.float64)

    def _beginning(self, prefix: bytes) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        start = bisect_left(self._sorted, prefix)
        end = bisect_left(self._sorted, prefix + b"\xff" * 8, start)  # 0xff stands in no UTF-8
        found = [i for i in range(start, end) if len(self._sorted[i]) > len(prefix)]
        behind = [self._sorted[i][len(prefix) :].decode("utf-8", "ignore")[:1] for i in found]
        classes = [self._class.get(character, _NONE) for character in behind]
        return self._ids[found], np.array(classes, dtype=np.int64)


def foresee(
    text: str,
    runtime: Runtime,
    tokenizer: SubwordTokenizer,
    *,
    most: int = 20_000,
    on_progress: Callable[[float], None] = lambda share: None,
) -> Foresight:
    """Asks for each character of `text`, read cold and without the draft's memory.

    Args:
        text: as it stands in its file.
        runtime: the voice's network.
        tokenizer: the voice's.
        most: characters from the beginning on that are asked for.
        on_progress: hears the share that is done.
    """
    table = CharacterTable(tokenizer)
    tokens = tokenizer.encode(clean(text)[:most])
    hidden, state = runtime.read(np.array([[tokenizer.separator]], dtype=np.int64), runtime.zero_state())
    logits = runtime.logits(np.ascontiguousarray(hidden[0]))[0]
    right = 0
    asked = 0
    open_bytes = b""
    for number, token in enumerate(tokens):
        probabilities = softmax(logits)
        beginnings, open_bytes = _beginnings(tokenizer.pieces[token], open_bytes)
        # Beginnings that are pieces themselves are read beside the piece that really comes, in one batch.
        ended = [tokenizer.id_of(prefix) if prefix else None for prefix, _ in beginnings]
        batch = np.array([[*(each for each in ended if each is not None), token]], dtype=np.int64)
        hidden, after = runtime.read(batch, np.repeat(state, batch.shape[1], axis=1))
        rows = runtime.logits(np.ascontiguousarray(hidden[0]))
        row = 0
        for (prefix, character), whole in zip(beginnings, ended, strict=True):
            shares = table.shares(probabilities, prefix)
            if whole is not None:
                shares = shares + probabilities[whole] * table.shares(softmax(rows[row]))
                row += 1
            right += int(shares.argmax()) == table.class_of(character)
            asked += 1
        logits = rows[-1]
        state = np.ascontiguousarray(after[:, -1:])
        if number % _REPORTED == 0:
            on_progress(number / len(tokens))
    return Foresight(right, asked)


def _beginnings(piece: bytes, open_bytes: bytes) -> tuple[list[tuple[bytes, str]], bytes]:
    """The characters that begin in `piece`, each with the bytes of the piece before it, and what is left open.

    Args:
        piece: its bytes.
        open_bytes: of a character that earlier pieces have begun; it was asked for there.
    """
    found: list[tuple[bytes, str]] = []
    place = 0
    if open_bytes:
        while place < len(piece) and piece[place] & 0xC0 == 0x80:
            place += 1
        if place == len(piece):
            whole = _is_whole(open_bytes + piece)
            return found, b"" if whole else open_bytes + piece
    while place < len(piece):
        end = place + 1
        while end < len(piece) and piece[end] & 0xC0 == 0x80:
            end += 1
        part = piece[place:end]
        found.append((piece[:place], part.decode("utf-8", "ignore")))
        if not _is_whole(part):
            return found, part
        place = end
    return found, b""


def _is_whole(part: bytes) -> bool:
    try:
        part.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
