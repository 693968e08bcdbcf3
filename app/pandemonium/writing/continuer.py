"""Continues a text: reads what is new, then writes piece by piece, all alternatives in one batch."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Generator
from dataclasses import replace

import numpy as np

from pandemonium.errors import VoiceError
from pandemonium.text.cleaning import clean
from pandemonium.voice.file import Voice
from pandemonium.writing.bans import PhraseBans
from pandemonium.writing.context import prepare
from pandemonium.writing.copy_guard import CopyGuard
from pandemonium.writing.lane import Lane
from pandemonium.writing.memory import remember
from pandemonium.writing.pieces import PieceTable
from pandemonium.writing.reading import Reader
from pandemonium.writing.request import Continuation, ContinueRequest, Piece
from pandemonium.writing.runtime import Runtime

_SEED_BITS = 53  # a seed survives JSON in every language
_LARGEST_SEED = 2**63 - 1


class Continuer:
    """A loaded voice at work on one document after the other; belongs to one thread."""

    def __init__(self, voice: Voice, runtime: Runtime) -> None:
        self.voice = voice
        self._runtime = runtime
        self._reader = Reader(
            runtime, remember(runtime, voice.remembered.astype(np.int64)) if len(voice.remembered) else None
        )
        self._pieces = PieceTable(voice.tokenizer)
        self._guard = CopyGuard(voice.profile) if voice.profile else None

    def write(
        self, request: ContinueRequest, stop: Callable[[], bool] = lambda: False
    ) -> Generator[Piece, None, Continuation]:
        """Yields pieces as they are written; returns the whole.

        Args:
            request: what to continue and how.
            stop: looked at between any two sub-words; True ends the writing there.
        """
        started = time.perf_counter()
        lanes = self._lanes(request, stop)
        texts = [""] * len(lanes)

        def show(index: int, text: str) -> list[Piece]:
            texts[index] += text
            return [Piece(request.number, index, text)] if text else []

        while not stop():
            active = [i for i, lane in enumerate(lanes) if not lane.done]
            if not active:
                break
            logits = self._runtime.logits(np.stack([lanes[i].hidden for i in active]))
            if not np.isfinite(logits).all():
                raise VoiceError("The voice has lost itself in numbers that are none.", "Choose another voice.")
            chosen = [(i, lanes[i].choose(row)) for i, row in zip(active, logits, strict=True)]
            steps = [(i, token) for i, token in chosen if token is not None]
            if steps:
                tokens = np.array([[token for _, token in steps]], dtype=np.int64)
                states = np.concatenate([lanes[i].state for i, _ in steps], axis=1)
                hidden, after = self._runtime.read(tokens, states)
                for column, (i, _) in enumerate(steps):
                    lanes[i].advance(hidden[0, column], after[:, column : column + 1])
            for i, _ in chosen:
                yield from show(i, lanes[i].pop_text())
        stopped = not all(lane.done for lane in lanes)
        for i, lane in enumerate(lanes):
            yield from show(i, lane.finish())
            if texts[i] and _needs_space(texts[i], request.after):
                yield from show(i, " ")
        return Continuation(
            request.number,
            tuple(texts),
            tuple(lane.seed for lane in lanes),
            self.voice.name,
            time.perf_counter() - started,
            sum(lane.tokens for lane in lanes),
            stopped,
        )

    def read_ahead(self, before: str, paragraph: str, stop: Callable[[], bool]) -> None:
        """Reads the text before the cursor, so that the next continuation there begins at once.

        Args:
            before: as in a `ContinueRequest`.
            paragraph: likewise.
            stop: looked at between two checkpoints; what was read until then is kept.
        """
        self._reader.read(prepare(before, self.voice.tokenizer, paragraph).tokens, stop)

    def _lanes(self, request: ContinueRequest, stop: Callable[[], bool]) -> list[Lane]:
        settings = request.settings
        context = prepare(request.before, self.voice.tokenizer, request.paragraph)
        hidden, state, _ = self._reader.read(context.tokens, stop)
        memory = self._reader.memory()
        first = settings.seed or secrets.randbits(_SEED_BITS - 4) + 1
        seeds = [(first + i - 1) % _LARGEST_SEED + 1 for i in range(settings.alternatives)]
        bans = PhraseBans([clean(phrase) for phrase in settings.banned])
        balance = np.float32(settings.balance) * self.voice.balance if len(self.voice.balance) else None
        return [
            Lane(
                context, request.before[-4000:], hidden, state, memory if settings.alternatives == 1 else memory.copy(),
                seed=seed, settings=replace(settings, seed=seed), pieces=self._pieces, bans=bans,
                paragraph=request.paragraph, guard=self._guard if settings.copy_guard else None,
                balance=balance,
            )
            for seed in seeds
        ]  # fmt: skip


def _needs_space(text: str, after: str) -> bool:
    """Tells whether a continuation would run into the word behind the cursor."""
    return bool(after) and after[0].isalnum() and not text[-1].isspace()
