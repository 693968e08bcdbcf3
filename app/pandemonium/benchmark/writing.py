"""Writing and reading: one step beside the memory floor and plain torch, the first piece, whole continuations."""

from __future__ import annotations

import statistics
import threading
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from pandemonium.benchmark.clock import median_of_each, median_seconds
from pandemonium.benchmark.jumping import measure_jumps
from pandemonium.errors import DeviceError
from pandemonium.paths import resources
from pandemonium.settings import WritingSettings
from pandemonium.text.sentences import ends_sentence
from pandemonium.voice.architecture import PlainArchitecture
from pandemonium.voice.file import Voice, load_voice, quantize_voice
from pandemonium.writing.continuer import Continuer
from pandemonium.writing.measuring.scoring import score
from pandemonium.writing.reading.context import MOST_CHARACTERS
from pandemonium.writing.request import ContinueRequest, for_choices
from pandemonium.writing.runtimes.cpu_runtime import CpuRuntime, best_threads, physical_cores
from pandemonium.writing.runtimes.devices import available_devices
from pandemonium.writing.runtimes.opening import open_runtime
from pandemonium.writing.runtimes.runtime import Runtime

_READ_TOKENS = 2048
_BUFFER_BYTES = 1 << 30
_CONTINUATIONS = 7
_CHOICES = 5
_SEEDS = 9
_SENTENCE = "The lamp burned low, and from the stair behind me there came a sound that was not the wind. "


def measure_writing(path: Path) -> dict[str, dict[str, float]]:
    """Measures the voice at `path`.

    Returns:
        "writing", "first_piece", "reading" and "draft_memory" as the command line prints them; times in milliseconds
        where the name ends in `_ms`, else in seconds.
    """
    voice = load_voice(path)
    runtime = CpuRuntime(voice)
    runs: dict[str, Callable[[], object]] = {f"{batch}": _step(runtime, batch) for batch in (1, 4, 8)}
    if voice.architecture.kind != PlainArchitecture.kind:
        runs["plain"] = _step(CpuRuntime(random_plain_voice(voice)), 1)
    plain = plain_torch_step(voice)
    if plain is not None:
        runs["torch"] = plain
    if physical_cores() > 1:
        runs["other"] = _step(CpuRuntime(voice, 1 if best_threads(voice) > 1 else physical_cores()), 1)
    times = median_of_each(runs, seconds=6.0)
    step = times["1"]
    written = _median([_continue(Continuer(voice, runtime), _SENTENCE, words=120) for _ in range(_CONTINUATIONS)])
    # What choosing a token costs is measured where one sequence is written.
    single = _median(
        [_continue(Continuer(voice, runtime), _SENTENCE, words=120, candidates=1) for _ in range(_CONTINUATIONS)]
    )
    three = for_choices(WritingSettings(words=60), 3)
    chosen = {"words": three.words, "alternatives": three.alternatives, "candidates": three.candidates}
    one = _median([_continue(Continuer(voice, runtime), _SENTENCE, words=three.words) for _ in range(_CHOICES)])
    several = _median([_continue(Continuer(voice, runtime), _SENTENCE, **chosen) for _ in range(_CHOICES)])
    writing = {
        "characters_per_second": written["characters"] / written["seconds"],
        "step_ms": 1e3 * step,
        "floor_ms": 1e3 * weight_bytes(voice) / memory_rate(),
        "four_alternatives_ratio": times["4"] / step,
        "eight_alternatives_ratio": times["8"] / step,
        "three_choices_ratio": several["seconds"] / one["seconds"],
        "sentence_ms": 1e3 * written["seconds"] / written["sentences"],
        "single_sentence_ms": 1e3 * single["seconds"] / single["sentences"],
        "single_characters_per_second": single["characters"] / single["seconds"],
        "overhead_ms": 1e3 * max(0.0, single["cpu_seconds"] / single["tokens"] - _cpu_seconds(runtime)),
        "threads": best_threads(voice),
    }
    if "other" in times:
        writing["other_thread_count_step_ms"] = 1e3 * times["other"]
    if "plain" in times:
        writing["plain_network_step_ms"] = 1e3 * times["plain"]
    if "torch" in times:
        writing["torch_float_step_ms"] = 1e3 * times["torch"]
    writing |= _gpu(voice)
    return {
        "writing": writing,
        "first_piece": {**_first_piece(voice, runtime), **measure_jumps(voice, runtime, path)},
        "reading": _reading(runtime),
        "draft_memory": _draft_memory(voice, runtime),
    }


def random_plain_voice(like: Voice) -> Voice:
    """A voice of two plain layers of 768, as the first ones were, with random weights and the tokenizer of `like`."""
    architecture = PlainArchitecture(like.architecture.vocabulary, embedding=384, hidden=768, layers=2)
    random = np.random.default_rng(0)
    weights = {name: random.normal(0, 0.05, shape).astype(np.float32) for name, shape in architecture.shapes().items()}
    return quantize_voice("plain", architecture, like.tokenizer, weights, like.card)


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


def plain_torch_step(voice: Voice) -> Callable[[], object] | None:
    """One step of the same network as plain float32 `nn.LSTM` and `Linear`; None where torch is not installed."""
    try:
        import torch
    except ImportError:
        return None
    from pandemonium.training.network.model import build_model

    torch.set_num_threads(physical_cores())
    model = build_model(voice.architecture)
    model.load_arrays(voice.dequantize())
    model.eval()
    token = torch.tensor([[5]])
    state = model.zero_state(1)

    def step() -> None:
        with torch.inference_mode():
            features, _ = model(token, state)
            model.logits(features)

    return step


def _step(runtime: Runtime, batch: int) -> Callable[[], object]:
    tokens = np.full((1, batch), 5, dtype=np.int64)
    state = runtime.zero_state(batch)

    def step() -> None:
        hidden, _ = runtime.read(tokens, state)
        runtime.logits(hidden[0])

    return step


def _cpu_seconds(runtime: Runtime) -> float:
    return median_seconds(_step(runtime, 1), clock=time.process_time)


def _gpu(voice: Voice) -> dict[str, float]:
    """A step on the GPU, where there is one that can be used."""
    if "gpu" not in available_devices():
        return {}
    try:
        return {"gpu_step_ms": 1e3 * median_seconds(_step(open_runtime(voice, "gpu"), 1))}
    except DeviceError:
        return {}


def _median(runs: list[dict[str, float]]) -> dict[str, float]:
    """Each figure's median."""
    return {name: statistics.median(run[name] for run in runs) for name in runs[0]}


def _continue(continuer: Continuer, text: str, **values: int) -> dict[str, float]:
    writing = continuer.write(ContinueRequest(1, 0, text, settings=WritingSettings(seed=1, **values)))  # type: ignore[arg-type]
    next(writing)
    started = time.perf_counter()
    busy = time.process_time()
    while True:
        try:
            next(writing)
        except StopIteration as end:
            return {
                "characters": len(end.value.text),
                "sentences": max(1, sum(map(ends_sentence, end.value.text.split()))),
                "seconds": time.perf_counter() - started,
                "cpu_seconds": time.process_time() - busy,
                "tokens": end.value.tokens,
            }


def _first_piece(voice: Voice, runtime: CpuRuntime) -> dict[str, float]:
    """From the request to the first piece: 500 words unread, then nothing changed, then all that is ever read.

    These are pieces of the shortest sentence; beside them that of a page as it is set at first, the median of seeds.
    """
    part, whole = (_SENTENCE * (size // len(_SENTENCE)) for size in (500 * 6, MOST_CHARACTERS))
    times: list[list[float]] = []
    for _ in range(5):
        continuer = Continuer(voice, runtime)
        times.append([_to_first_piece(continuer, text) for text in (part, part)])
        times[-1].append(_to_first_piece(Continuer(voice, runtime), whole))
    cold, unchanged, longest = (statistics.median(column) for column in zip(*times, strict=True))
    continuer = Continuer(voice, runtime)
    words = WritingSettings().words
    _to_first_piece(continuer, part)  # everything is read from here on
    pages = [_to_first_piece(continuer, part, words, seed) for seed in range(1, _SEEDS + 1)]
    return {
        "cold_ms": cold,
        "unchanged_ms": unchanged,
        "longest_cold_ms": longest,
        "page_ms": statistics.median(pages),
    }


def _to_first_piece(continuer: Continuer, text: str, words: int = 5, seed: int = 1) -> float:
    """Milliseconds from the request to the first piece behind `text`."""
    started = time.perf_counter()
    writing = continuer.write(ContinueRequest(1, 0, text, settings=WritingSettings(words=words, seed=seed)))
    next(writing)
    passed = 1e3 * (time.perf_counter() - started)
    writing.close()
    return passed


def _draft_memory(voice: Voice, runtime: Runtime) -> dict[str, float]:
    """What the memory of the draft saves on a text that no voice has learned from, the guide, and what it costs."""
    text = (resources() / "guide" / "guide.md").read_text("utf-8").partition("| key |")[0]
    found = {}
    times = {}
    for name, share in (("without", 0.0), ("with", WritingSettings().memory)):
        started = time.process_time()
        found[name] = score(text, runtime, voice.tokenizer, memory_share=share)
        times[name] = time.process_time() - started
    return {
        "bits_per_character": found["with"].bits_per_character,
        "bits_per_character_without": found["without"].bits_per_character,
        "cost_ms": 1e3 * max(0.0, times["with"] - times["without"]) / found["with"].tokens,
    }


def _reading(runtime: CpuRuntime) -> dict[str, float]:
    """Sub-words a second in one call and step by step."""
    random = np.random.default_rng(0)
    tokens = random.integers(0, runtime.architecture.vocabulary, (_READ_TOKENS, 1))
    state = runtime.zero_state()

    def stepwise() -> None:
        now = state
        for token in tokens[:256]:
            hidden, now = runtime.read(token[None], now)
            runtime.logits(hidden[0])

    times = median_of_each({"whole": lambda: runtime.read(tokens, state), "stepwise": stepwise}, seconds=4.0, least=3)
    return {
        "tokens_per_second": _READ_TOKENS / times["whole"],
        "step_by_step_tokens_per_second": 256 / times["stepwise"],
    }
