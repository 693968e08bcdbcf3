"""Measures how well a continuation leads to what follows: `python -m tools.measure_join TEXT... [--json]`.

Out of held-out prose a sentence is taken, or the second half of one up to some words of the next, and written anew,
once led to what follows and once not, with the same seeds. A reader, another voice than the writer, says how many bits
what follows takes behind each, and behind the author's own words and none at all. The fewer, the better they join.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from pandemonium.errors import PandemoniumError
from pandemonium.settings import WritingSettings
from pandemonium.text.cleaning import PARAGRAPH, clean
from pandemonium.text.sentences import sentence_around
from pandemonium.voice.file import Voice, load_voice
from pandemonium.voice.library import DEFAULT
from pandemonium.writing.continuer import Continuer
from pandemonium.writing.request import ContinueRequest
from pandemonium.writing.runtimes.cpu_runtime import CpuRuntime
from pandemonium.writing.sampling.balance import read_text
from pandemonium.writing.sampling.drawing import softmax

KINDS = ("sentence", "within")
_SHOWN = 2000  # characters before a gap that the writer and the reader see
_AFTER = 400
_READ = 40  # tokens of what follows


@dataclass(frozen=True)
class Gap:
    """A place of a text that something was taken from.

    Attributes:
        kind: one of `KINDS`.
        before, taken, after: the text around it, canonical.
    """

    kind: str
    before: str
    taken: str
    after: str


def find_gaps(text: str, kind: str, count: int, seed: int = 1) -> list[Gap]:
    """Up to `count` places of a text, drawn from all over it."""
    text = clean(text)
    found = list(_gaps(text, kind))
    random.Random(seed).shuffle(found)
    return found[:count]


def _gaps(text: str, kind: str) -> Iterator[Gap]:
    place = 0
    for paragraph in text.split(PARAGRAPH):
        offset = 0
        while offset < len(paragraph):
            start, end = sentence_around(paragraph, offset)
            if end <= offset:
                break
            sentence = paragraph[start:end]
            words = sentence.split(" ")
            begin = start
            if kind == "within" and len(words) >= 12:
                begin = start + len(" ".join(words[: len(words) // 3])) + 1
                end_of_gap = start + len(" ".join(words[: 2 * len(words) // 3]))
            else:
                end_of_gap = end
            before = text[max(0, place + begin - _SHOWN) : place + begin]
            after = text[place + end_of_gap : place + end_of_gap + _AFTER]
            usable = len(words) >= 12 if kind == "within" else 5 <= len(words) <= 40
            if usable and len(before) > 200 and len(after) > 120:
                yield Gap(kind, before, text[place + begin : place + end_of_gap], after)
            offset = end + 1
        place += len(paragraph) + len(PARAGRAPH)


class Reader:
    """Says how many bits a text takes behind another, under one voice."""

    def __init__(self, voice: Voice) -> None:
        self._tokenizer = voice.tokenizer
        self._runtime = CpuRuntime(voice)

    def bits(self, before: str, after: str) -> float:
        """Bits a token of the beginning of `after`."""
        following = self._tokenizer.encode(after)[:_READ]
        read = [self._tokenizer.separator, *self._tokenizer.encode(before.rstrip(" "))]
        ids = np.array([*read, *following[:-1]], dtype=np.int64)[:, None]
        hidden, _ = self._runtime.read(ids, self._runtime.zero_state())
        logits = self._runtime.logits(np.ascontiguousarray(hidden[len(read) - 1 :, 0]))
        chances = softmax(logits)[np.arange(len(following)), following]
        return float(-np.log2(np.maximum(chances, 1e-12)).mean())


def measure(writer: Continuer, reader: Reader, gaps: Sequence[Gap], settings: WritingSettings) -> dict[str, float]:
    """The reader's bits a token of what follows, on the average of all gaps, by who filled them."""
    found: dict[str, list[float]] = {"author": [], "nothing": [], "plain": [], "joined": []}
    for number, gap in enumerate(gaps, 1):
        words = len(gap.taken.split())
        own = replace(settings, words=words, seed=number)
        found["author"].append(reader.bits(gap.before + gap.taken, gap.after))
        found["nothing"].append(reader.bits(gap.before, gap.after))
        for name, joins in (("plain", False), ("joined", True)):
            text = _written(writer, ContinueRequest(1, 0, gap.before, gap.after, replace(own, join=joins)))
            found[name].append(reader.bits(gap.before + text, gap.after))
    return {name: statistics.mean(bits) for name, bits in found.items()}


def _written(writer: Continuer, request: ContinueRequest) -> str:
    writing = writer.write(request)
    while True:
        try:
            next(writing)
        except StopIteration as end:
            return str(end.value.text)


def main(arguments: list[str] | None = None) -> int:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m tools.measure_join", description=__doc__.split("\n", 1)[0])
    parser.add_argument("texts", type=Path, nargs="+", help="plain texts that neither voice has learned from")
    parser.add_argument("--voice", type=Path, default=Path(f"models/{DEFAULT}.voice"), help="the writer")
    parser.add_argument("--reader", type=Path, default=Path("models/classics.voice"), help="who reads what follows")
    parser.add_argument("--gaps", type=int, default=40, help="of each kind, in all texts together")
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args(arguments)
    try:
        writing_voice = load_voice(chosen.voice)
        reading_voice = load_voice(chosen.reader)
        text = PARAGRAPH.join(read_text(path) for path in chosen.texts)
    except PandemoniumError as error:
        print(error, file=sys.stderr)
        return 1
    writer = Continuer(writing_voice, CpuRuntime(writing_voice))
    reader = Reader(reading_voice)
    results = {}
    for kind in KINDS:
        gaps = find_gaps(text, kind, chosen.gaps)
        if gaps:
            results[kind] = {"gaps": len(gaps), **measure(writer, reader, gaps, WritingSettings())}
    if chosen.json:
        print(json.dumps(results))
        return 0
    for kind, figures in results.items():
        print(f"{kind}: bits a token of what follows, over {figures['gaps']} gaps")
        for name in ("author", "nothing", "plain", "joined"):
            print(f"  {name:<10} {figures[name]:.3f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
