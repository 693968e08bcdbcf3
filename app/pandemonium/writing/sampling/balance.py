"""Keeps a voice from wearing out its commonest words: what truncation takes from the rare ones is given back.

A nucleus and a low temperature favour what is frequent, and what was written is read again: "the old man of the
old house". So a voice is let write on its own, many sequences side by side, and every piece's logit is
moved until it comes as often as in the voice's training text (calibration of a model by what it generates,
Braverman et al. 2020). The moves travel in the voice's file and are added before truncation.
"""

from __future__ import annotations

import argparse
import contextlib
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pandemonium.errors import PandemoniumError
from pandemonium.settings import WritingSettings
from pandemonium.text.cleaning import clean
from pandemonium.voice.file import load_voice, save_voice
from pandemonium.voice.tokenizer import SubwordTokenizer
from pandemonium.writing.runtimes.cpu_runtime import CpuRuntime
from pandemonium.writing.runtimes.runtime import Floats, Ids, Runtime
from pandemonium.writing.sampling.chain import run_chain, word_choice
from pandemonium.writing.sampling.rows import Row, Rows
from pandemonium.writing.sampling.token_table import TokenTable

SEQUENCES = 64
STEPS = 40
ROUNDS = 7
LARGEST = 3.0
HIGHEST = 1.5  # of what is kept: lifted further, rare pieces drag in words that are none
HIGHEST_SHORT = 0.3  # of one or two letters: they are mostly beginnings, and a lifted beginning stays one ("a t wave")
_PROMPT = 24  # tokens that it is given
_WARM_UP = 60  # steps before what is counted: what the voice has written must be what it reads
_OWN = 2e-4  # a share at which a piece is moved half by its own count and half by its group's
_LEAST = 1e-5
_SMOOTHING = 2000.0  # pieces of the model's own opinion that are added to the text's counts


def find_balance(
    runtime: Runtime,
    tokenizer: SubwordTokenizer,
    documents: Sequence[str],
    settings: WritingSettings | None = None,
    *,
    begin: Floats | None = None,
    rounds: int = ROUNDS,
    on_round: Callable[[int, float], None] = lambda number, distance: None,
    stop: Callable[[float], bool] = lambda share: False,
) -> Floats:
    """Finds by how much each piece's logit must move at `settings`, [vocabulary].

    Args:
        runtime: the voice's network.
        tokenizer: the voice's.
        documents: its training text, of any typography; without any, the voice's own free writing stands for it.
        settings: at which the moves are right; the default ones.
        begin: moves to begin at, such as those of the voice that this one learned from.
        rounds: of writing and moving.
        on_round: hears after each round how far the pieces' shares then lay apart (total variation).
        stop: hears between two steps what share is done; True ends it with what the whole rounds have found.
    """
    settings = settings or WritingSettings()
    pieces = TokenTable(tokenizer)
    ids = [np.array(tokenizer.encode(clean(document)), dtype=np.int64) for document in documents]
    text = np.concatenate([np.zeros(0, dtype=np.int64), *ids])
    begun = begin is not None and len(begin) > 0
    moves = begin if begin is not None and begun else np.zeros(tokenizer.size, dtype=np.float32)
    simulation = _Simulation(runtime, pieces, text, lambda steps: stop(steps / ((rounds + 1) * (_WARM_UP + STEPS))))
    last: list[Floats] = []
    distances: list[float] = []

    def hear(number: int, distance: float) -> None:
        distances.append(distance)
        on_round(number, distance)

    with contextlib.suppress(_Enough):
        for moved in _rounds(simulation, pieces, text, moves, settings, rounds, hear):
            last = [*last[-2:], moved]
    # Never worse than without: the first round was written without moves, or with those of a voice that began well.
    if len(distances) > 1 and min(distances[1:]) >= distances[0]:
        last = []
        moves = moves if begun else np.zeros_like(moves)
    mean: Floats = np.mean(last or [moves], axis=0, dtype=np.float32)
    highest = np.where(_letters(pieces) <= 2, HIGHEST_SHORT, HIGHEST).astype(np.float32)
    return mean.clip(-LARGEST, highest)


class _Enough(Exception):  # noqa: N818 - no error: the one who waits has waited long enough
    """The search was asked to end."""


def _rounds(
    simulation: _Simulation,
    pieces: TokenTable,
    text: Ids,
    moves: Floats,
    settings: WritingSettings,
    rounds: int,
    on_round: Callable[[int, float], None],
) -> Iterator[Floats]:
    """The moves after each round of writing and moving, [vocabulary]."""
    tokenizer = pieces.tokenizer
    target = np.bincount(text, minlength=tokenizer.size) + _SMOOTHING * simulation.free()
    target[tokenizer.separator] = 0
    target /= target.sum()
    movable = ~pieces.inside
    movable[tokenizer.separator] = False
    groups = _groups(target, pieces)
    own = target / (target + _OWN)
    for number in range(rounds):
        found = simulation.truncated(moves, settings)
        on_round(number, 0.5 * float(np.abs(found - target).sum()))
        wanted = np.bincount(groups, movable * target)
        came = np.bincount(groups, movable * found)
        by_group = np.log((wanted + _LEAST) / (came + _LEAST))[groups]
        step = own * np.log((target + _LEAST) / (found + _LEAST)) + (1 - own) * by_group
        damping = 0.9 if number < rounds // 2 else 0.5
        moves = np.where(movable, moves + damping * step, 0).clip(-LARGEST, LARGEST).astype(np.float32)
        yield moves


def _groups(target: NDArray[np.float32], pieces: TokenTable) -> Ids:
    """Pieces that are moved together where each alone is too rare: of one length and frequency, [vocabulary]."""
    frequency = np.floor(np.log2(1 / np.maximum(target, 1e-9))).astype(np.int64).clip(0, 29)
    groups: Ids = frequency + 30 * _letters(pieces).clip(0, 12)
    return groups


def _letters(pieces: TokenTable) -> Ids:
    """How many letters each piece has, [vocabulary]."""
    return np.array([sum(map(str.isalpha, piece.decode("utf-8", "ignore"))) for piece in pieces.tokenizer.pieces])


class _Simulation:
    """Many sequences that write side by side; half of them behind a stretch of the text, half from nothing."""

    def __init__(self, runtime: Runtime, pieces: TokenTable, text: Ids, stop: Callable[[int], bool]) -> None:
        self._runtime = runtime
        self._pieces = pieces
        self._stop = stop
        self._steps = 0
        self._separator = pieces.tokenizer.separator
        self._random = np.random.default_rng(1)
        prompts = np.full((_PROMPT, SEQUENCES), self._separator, dtype=np.int64)
        if len(text) > 2 * _PROMPT:
            starts = self._random.integers(0, len(text) - _PROMPT, SEQUENCES // 2)
            prompts[:, : SEQUENCES // 2] = text[starts + np.arange(_PROMPT)[:, None]]
        self._last = prompts[-1]
        _, self._state = runtime.read(prompts[:-1], runtime.zero_state(SEQUENCES))
        # The others are cold: nothing but the separator was read.
        self._state[:, SEQUENCES // 2 :] = 0

    def free(self) -> NDArray[np.float32]:
        """Each piece's share where nothing is truncated, [vocabulary]."""
        return self._run(lambda logits, last: _softmax(logits))

    def truncated(self, moves: Floats, settings: WritingSettings) -> NDArray[np.float32]:
        """Each piece's share at `settings` with `moves` added, [vocabulary]."""
        chain = word_choice(settings, self._pieces, moves)

        def distribution(logits: Floats, last: Ids) -> NDArray[np.float32]:
            rows = Rows([Row(in_word=bool(unfinished)) for unfinished in self._pieces.ends_in_letter[last]])
            return _softmax(run_chain(chain, logits, rows))

        return self._run(distribution)

    def _run(self, distribution: Callable[[Floats, Ids], NDArray[np.float32]]) -> NDArray[np.float32]:
        state = self._state
        last = self._last
        total = np.zeros(self._pieces.tokenizer.size)
        for step in range(_WARM_UP + STEPS):
            self._steps += 1
            if self._stop(self._steps - 1):
                raise _Enough
            hidden, state = self._runtime.read(last[None], state)
            logits = self._runtime.logits(hidden[0]).copy()
            logits[:, self._separator] = -np.inf
            probabilities = distribution(logits, last)
            if step >= _WARM_UP:
                total += probabilities.sum(axis=0)
            sums = np.cumsum(probabilities, axis=1)
            last = (sums < self._random.random((SEQUENCES, 1)) * sums[:, -1:]).sum(axis=1)
        shares: NDArray[np.float32] = (total / total.sum()).astype(np.float32)
        return shares


def _softmax(logits: Floats) -> NDArray[np.float32]:
    shifted = np.exp(logits - logits.max(axis=1, keepdims=True)).astype(np.float32)
    result: NDArray[np.float32] = shifted / shifted.sum(axis=1, keepdims=True)
    return result


def main(arguments: list[str] | None = None) -> int:
    """The command: finds the balance of a voice file for the texts it learned from, and writes it into the file."""
    parser = argparse.ArgumentParser(prog="python -m pandemonium.writing.sampling.balance", description=main.__doc__)
    parser.add_argument("voice", type=Path, help="a .voice file; it is replaced")
    parser.add_argument("texts", type=Path, nargs="+", help="the plain texts that it learned from")
    chosen = parser.parse_args(arguments)
    try:
        voice = load_voice(chosen.voice)
        texts = [read_text(path) for path in chosen.texts]

        def report(number: int, distance: float) -> None:
            print(f"round {number}: {distance:.4f}", file=sys.stderr, flush=True)

        moves = find_balance(CpuRuntime(voice), voice.tokenizer, texts, begin=voice.balance, on_round=report)
        save_voice(replace(voice, balance=moves), chosen.voice)
    except PandemoniumError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def read_text(path: Path) -> str:
    """The text of a UTF-8 file.

    Raises:
        PandemoniumError: it cannot be read.
    """
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise PandemoniumError(f"{path} cannot be read as UTF-8 text.", "Name plain texts.") from error


if __name__ == "__main__":
    sys.exit(main())
