"""How much the memory of the draft gains on novels, and what it costs: `python -m tools.draft_memory FOLDER`.

A voice reads the beginning of each novel. At places drawn from its later part the next token is foreseen without a
memory, with a neural cache of the last 1,024 places (Grave, Joulin and Usunier 2016), and with the runs of words
(`pandemonium.writing.reading.phrases`) of as much of the draft as the desk looks at, and of all of it. Printed are the
bits a token and a character that each saves, and the time a token. With `--tune` several weights are tried: choose by
those of some novels, and report others.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pandemonium import paths
from pandemonium.text.cleaning import clean
from pandemonium.voice.file import Voice, load_voice
from pandemonium.writing.reading import phrases
from pandemonium.writing.reading.memory import Recall
from pandemonium.writing.reading.phrases import Phrases
from pandemonium.writing.runtimes.cpu_runtime import CpuRuntime
from pandemonium.writing.runtimes.runtime import Floats, Ids

_SIZE = 1024
_STRETCH = 512
_SCOPE = 14_000  # tokens: what is handed over of a draft
_BLOCK = 64  # places that are foreseen with one memory
_WEIGHTS = ((0.5, 1.0, 1.0), (1.0, 2.0, 2.0), (2.0, 4.0, 4.0), (4.0, 6.0, 6.0))

Mix = Callable[[int, Floats, Floats], Floats]
"""Gives the log-probabilities with a memory: of the place where the block begins, the logits and the outputs."""


class Novel:
    """What a voice has read of a novel.

    Attributes:
        tokens: [n].
        outputs: behind each token, [n, output width].
        characters: a token has, on the average.
    """

    def __init__(self, path: Path, voice: Voice, runtime: CpuRuntime, most: int) -> None:
        text = clean(path.read_text("utf-8"))
        ids = [voice.tokenizer.separator, *voice.tokenizer.encode(text[: 6 * most])][:most]
        self.tokens: Ids = np.array(ids, dtype=np.int64)
        self.characters = len(voice.tokenizer.decode(ids)) / len(ids)
        state = runtime.zero_state()
        parts = []
        for start in range(0, len(ids), _STRETCH):
            outputs, state = runtime.read(self.tokens[start : start + _STRETCH, None], state)
            parts.append(outputs[:, 0].astype(np.float16))
        self.outputs: NDArray[np.float16] = np.concatenate(parts)


def measure(novel: Novel, runtime: CpuRuntime, blocks: Sequence[int], mix: Mix | None) -> tuple[float, float]:
    """Bits a token over blocks of places, and milliseconds a token beyond the network's."""
    bits = 0.0
    seconds = 0.0
    for start in blocks:
        outputs = novel.outputs[start : start + _BLOCK].astype(np.float32)
        targets = novel.tokens[start + 1 : start + _BLOCK + 1]
        logits = runtime.logits(outputs)
        began = time.process_time()
        if mix is not None:
            logits = mix(start, logits, outputs)
        seconds += time.process_time() - began
        shifted = logits - logits.max(axis=1, keepdims=True)
        told = np.log2(np.exp(shifted).sum(axis=1)) - shifted[np.arange(len(targets)), targets] / np.log(2)
        bits += float(told.sum())
    count = len(blocks) * _BLOCK
    return bits / count, 1e3 * seconds / count


def neural(novel: Novel, runtime: CpuRuntime) -> Mix:
    """A neural cache of the last 1,024 places."""

    def mix(start: int, logits: Floats, outputs: Floats) -> Floats:
        before = slice(max(0, start - _SIZE), start)
        keys = runtime.architecture.keys(novel.outputs[before].astype(np.float32))
        return Recall(keys, novel.tokens[1:][before]).mix(logits, runtime.architecture.keys(outputs), 0.1)[0]

    return mix


def runs(novel: Novel, scope: int) -> Mix:
    """The runs of words of the last `scope` tokens."""

    def mix(start: int, logits: Floats, outputs: Floats) -> Floats:
        memory = Phrases(novel.tokens[max(0, start - scope) : start + 1])
        histories = [novel.tokens[max(0, at - 8) : at + 1] for at in range(start, start + len(outputs))]
        return memory.mix(logits, 0.1, histories)[0]

    return mix


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m tools.draft_memory", description=__doc__)
    parser.add_argument("folder", type=Path, help="a folder of novels, plain text")
    parser.add_argument("--voice", type=Path, default=paths.models() / "lovecraft.voice")
    parser.add_argument("--novels", type=int, default=8, help="how many are drawn")
    parser.add_argument("--seed", type=int, default=1, help="another one draws other novels")
    parser.add_argument("--tokens", type=int, default=60_000, help="of each novel")
    parser.add_argument("--blocks", type=int, default=12, help="of 64 places in each")
    parser.add_argument("--tune", action="store_true", help="tries several weights")
    chosen = parser.parse_args()
    voice = load_voice(chosen.voice)
    runtime = CpuRuntime(voice)
    found = sorted(path for path in chosen.folder.rglob("*.txt") if path.stat().st_size > 6 * chosen.tokens)
    drawn = random.Random(chosen.seed).sample(found, min(chosen.novels, len(found)))
    rows: dict[str, list[tuple[float, float, float]]] = {}
    for path in drawn:
        novel = Novel(path, voice, runtime, chosen.tokens)
        chance = np.random.default_rng(chosen.seed)
        first = len(novel.tokens) // 3
        last = len(novel.tokens) - _BLOCK - 1
        blocks = sorted(chance.integers(first, last, chosen.blocks).tolist())
        without, _ = measure(novel, runtime, blocks, None)
        ways: dict[str, Mix] = {"neural cache, 1,024 places": neural(novel, runtime)}
        for name, scope in (("what is read", 2_500), ("what is handed over", _SCOPE), ("all", chosen.tokens)):
            ways[f"runs of words, {name}"] = runs(novel, scope)
        for name, way in ways.items():
            _note(rows, name, without, measure(novel, runtime, blocks, way), novel)
        usual = phrases.WEIGHTS
        for weights in _WEIGHTS if chosen.tune else ():
            phrases.WEIGHTS = weights
            _note(rows, f"weights {weights}", without, measure(novel, runtime, blocks, runs(novel, _SCOPE)), novel)
        phrases.WEIGHTS = usual
        print(f"{path.stem}: {without:.3f} bits a token without", flush=True)
    print("| memory | bits a token saved | bits a character saved | ms a token |\n| --- | --- | --- | --- |")
    for name, values in rows.items():
        saved, character, cost = np.mean(values, axis=0)
        print(f"| {name} | {saved:.3f} | {character:.4f} | {cost:.2f} |")


def _note(
    rows: dict[str, list[tuple[float, float, float]]],
    name: str,
    without: float,
    measured: tuple[float, float],
    novel: Novel,
) -> None:
    saved = without - measured[0]
    rows.setdefault(name, []).append((saved, saved / novel.characters, measured[1]))


if __name__ == "__main__":
    main()
