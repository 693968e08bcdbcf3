"""Writing and reading: one step beside the memory floor and plain torch, the first piece, whole continuations."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import numpy as np

from pandemonium.benchmark.clock import median_seconds
from pandemonium.settings import WritingSettings
from pandemonium.voice.file import Voice, load_voice
from pandemonium.writing.continuer import Continuer
from pandemonium.writing.cpu_runtime import CpuRuntime, physical_cores
from pandemonium.writing.request import ContinueRequest

_READ_TOKENS = 2048
_BUFFER_BYTES = 1 << 30
_SENTENCE = "The lamp burned low, and from the stair behind me there came a sound that was not the wind. "


def measure_writing(path: Path) -> dict[str, dict[str, float]]:
    """Measures the voice at `path`.

    Returns:
        "writing", "first_piece", "reading" and "start" as the command line prints them; times in milliseconds
        where the name ends in `_ms`, else in seconds.
    """
    started = time.perf_counter()
    voice = load_voice(path)
    runtime = CpuRuntime(voice)
    voice_seconds = time.perf_counter() - started
    step = _step_seconds(runtime, 1)
    four = _step_seconds(runtime, 4)
    floor = weight_bytes(voice) / memory_rate()
    written = _continue(Continuer(voice, runtime), _SENTENCE, words=120)
    writing = {
        "characters_per_second": written["characters"] / written["seconds"],
        "step_ms": 1e3 * step,
        "floor_ms": 1e3 * floor,
        "four_alternatives_ratio": four / step,
        "overhead_ms": 1e3 * max(0.0, written["seconds"] / written["tokens"] - step),
    }
    plain = plain_torch_step_seconds(voice)
    if plain is not None:
        writing["torch_float_step_ms"] = 1e3 * plain
    return {
        "writing": writing,
        "first_piece": _first_piece(voice, runtime),
        "reading": _reading(runtime),
        "start": {"voice_s": voice_seconds},
    }


def weight_bytes(voice: Voice) -> int:
    """The int8 bytes that one step touches: every matrix but the embedding's rows that are only looked up."""
    return sum(matrix.values.nbytes for matrix in voice.matrices.values())


def memory_rate() -> float:
    """Bytes a second at which two threads read a buffer too large for any cache."""
    buffer = np.ones(_BUFFER_BYTES // 8, dtype=np.int64)
    halves = np.array_split(buffer, 2)

    def read() -> None:
        threads = [threading.Thread(target=half.sum) for half in halves]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    return _BUFFER_BYTES / median_seconds(read, seconds=1.0, least=3)


def plain_torch_step_seconds(voice: Voice) -> float | None:
    """One step of the same network as plain float32 `nn.LSTM` and `Linear`; None where torch is not installed."""
    try:
        import torch
    except ImportError:
        return None
    from pandemonium.training.model import LanguageModel

    torch.set_num_threads(physical_cores())
    model = LanguageModel(voice.architecture)
    model.load_tensors({name: torch.from_numpy(w) for name, w in voice.dequantize().items()})
    model.eval()
    token, state = torch.tensor([[5]]), model.zero_state(1)

    def step() -> None:
        with torch.inference_mode():
            features, _ = model(token, state)
            model.logits(features)

    return median_seconds(step)


def _step_seconds(runtime: CpuRuntime, batch: int) -> float:
    tokens, state = np.full((1, batch), 5, dtype=np.int64), runtime.zero_state(batch)

    def step() -> None:
        hidden, _ = runtime.read(tokens, state)
        runtime.logits(hidden[0])

    return median_seconds(step)


def _continue(continuer: Continuer, text: str, words: int) -> dict[str, float]:
    writing = continuer.write(ContinueRequest(1, 0, text, settings=WritingSettings(words=words, seed=1)))
    next(writing)
    started, tokens = time.perf_counter(), 0
    while True:
        try:
            next(writing)
        except StopIteration as end:
            seconds = time.perf_counter() - started
            tokens = end.value.tokens
            return {"characters": len(end.value.text), "seconds": seconds, "tokens": tokens}


def _first_piece(voice: Voice, runtime: CpuRuntime) -> dict[str, float]:
    """From the request to the first piece behind 2,000 words: all of it unread, and then with nothing changed."""
    text = _SENTENCE * 105
    times: list[tuple[float, float]] = []
    for _ in range(3):
        continuer = Continuer(voice, runtime)
        pair = []
        for _ in range(2):
            started = time.perf_counter()
            writing = continuer.write(ContinueRequest(1, 0, text, settings=WritingSettings(words=5, seed=1)))
            next(writing)
            pair.append(1e3 * (time.perf_counter() - started))
            writing.close()
        times.append((pair[0], pair[1]))
    cold, unchanged = (sorted(column)[1] for column in zip(*times, strict=True))
    return {"cold_ms": cold, "unchanged_ms": unchanged}


def _reading(runtime: CpuRuntime) -> dict[str, float]:
    """Sub-words a second in one call and step by step."""
    random = np.random.default_rng(0)
    tokens = random.integers(0, runtime.architecture.vocabulary, (_READ_TOKENS, 1))
    whole = median_seconds(lambda: runtime.read(tokens, runtime.zero_state()), least=3)
    state = runtime.zero_state()

    def stepwise() -> None:
        now = state
        for token in tokens[:256]:
            hidden, now = runtime.read(token[None], now)
            runtime.logits(hidden[0])

    return {
        "tokens_per_second": _READ_TOKENS / whole,
        "step_by_step_tokens_per_second": 256 / median_seconds(stepwise, least=3),
    }
