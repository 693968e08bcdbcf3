"""Fits the judge of candidates of a voice (`writing.decoding.judge`) to tell a sentence that fits from others.

For places in the author's texts three sentences are looked at behind the same passage: the author's next one, one of
the author's that stands elsewhere, and the next one spoiled (words changed places, went, came twice, or came from
elsewhere). The first is to be put above the two others.

A judge that tells the author's sentences from those that the voice writes is easily had, and of no use: it knows the
author by his surprises, and chooses the wildest candidate (docs/reading-protocol.md has what readers said).
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional as F

from pandemonium.text.cleaning import PARAGRAPH, clean
from pandemonium.text.sentences import ends_sentence
from pandemonium.voice.tokenizer import SubwordTokenizer
from pandemonium.writing.decoding.judge import CHANNELS, FIGURES, HIDDEN, INNER, WINDOW, Judge, figures_of, pool_passage
from pandemonium.writing.runtimes.runtime import Floats, Ids, Runtime
from pandemonium.writing.sampling.drawing import softmax

CONTEXT_TOKENS = 160  # that are read before a sentence
EXAMPLES = 4000  # passages
_FEWEST = 40
_BATCH = 64
_LONGEST = 60  # tokens of a sentence
_STOP = re.compile(r"[.!?][\"')]*(?= )")

_EPOCHS = 8
_RATE = 1e-3
_WEIGHT_DECAY = 0.05
_DROPOUT = 0.3
_ELSEWHERE = 0.5  # how much a sentence from elsewhere counts beside a spoiled one


class Sentence(NamedTuple):
    """A sentence behind its passage.

    Attributes:
        outputs: the network's behind each of its tokens, float16 [tokens, output_width].
        figures: `writing.judge.figures_of`, [FIGURES].
        told: nats a token under the network.
    """

    outputs: NDArray[np.float16]
    figures: Floats
    told: float


@dataclass(frozen=True)
class Example:
    """A place in a text.

    Attributes:
        passage: the average output over what stands before, [output_width].
        real: the author's next sentence.
        elsewhere: the author's of another place.
        spoiled: the next sentence, spoiled.
    """

    passage: Floats
    real: Sentence
    elsewhere: Sentence
    spoiled: Sentence


def fit_judge(
    runtime: Runtime,
    tokenizer: SubwordTokenizer,
    texts: Sequence[str],
    *,
    examples: int = EXAMPLES,
    seed: int = 1,
    stop: Callable[[float], bool] = lambda share: False,
) -> Judge | None:
    """Fits a judge for a voice.

    Args:
        runtime: the voice's network.
        tokenizer: the voice's.
        texts: of the author, of any typography; best those that the voice has learned least from.
        examples: passages that are looked at.
        seed: of their choice and of what is spoiled.
        stop: hears now and then what share is done; True ends it with what there is.

    Returns:
        the judge; None where the texts are too few to learn from.
    """
    found = make_examples(runtime, tokenizer, texts, examples=examples, seed=seed, stop=stop)
    return fit(found, seed) if len(found) >= _FEWEST else None


def fit(examples: Sequence[Example], seed: int = 1) -> Judge:
    """Learns to put the real sentence of each example above the two others."""
    torch.manual_seed(seed)
    random = np.random.default_rng(seed)
    everything = np.concatenate([example.real.outputs for example in examples[:500]]).astype(np.float32)
    scale = float(np.sqrt((everything**2).mean())) + 1e-6
    network = _JudgeNetwork(examples[0].passage.size)
    optimizer = torch.optim.AdamW(network.parameters(), lr=_RATE, weight_decay=_WEIGHT_DECAY)
    steps = _EPOCHS * max(1, len(examples) // _BATCH)
    for step in range(steps):
        chosen = [examples[i] for i in random.integers(0, len(examples), min(_BATCH, len(examples)))]
        for group in optimizer.param_groups:
            group["lr"] = _RATE * min(1.0, (step + 1) / 100) * max(0.02, 1 - step / steps)
        real, elsewhere, spoiled = network(*_stacked(chosen, scale)).view(-1, 3).unbind(1)
        loss = F.softplus(spoiled - real).mean() + _ELSEWHERE * F.softplus(elsewhere - real).mean()
        # The odds themselves, beside the order: scores of several passages are on one scale.
        loss = loss + 0.25 * (F.softplus(-real) + F.softplus(spoiled)).mean()
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimizer.step()
    told = np.array([example.real.told for example in examples])
    return network.judge(scale, np.array([told.mean(), told.std() + 0.1], dtype=np.float32))


def accuracy(judge: Judge, examples: Sequence[Example]) -> tuple[float, float]:
    """In which share of examples the real sentence is put above the one from elsewhere, and above the spoiled one."""
    above = np.zeros(2)
    for example in examples:
        sentences = (example.real, example.elsewhere, example.spoiled)
        outputs = [sentence.outputs.astype(np.float32) for sentence in sentences]
        real, *others = judge.score(example.passage, outputs, np.stack([each.figures for each in sentences]))
        above += [real > other for other in others]
    elsewhere, spoiled = above / max(1, len(examples))
    return float(elsewhere), float(spoiled)


class _JudgeNetwork(nn.Module):
    """What `writing.judge.Judge` computes, to be trained."""

    def __init__(self, output_width: int) -> None:
        super().__init__()
        self.input = nn.Linear(output_width, INNER)
        self.window = nn.Conv1d(INNER, CHANNELS, WINDOW, padding=WINDOW // 2)
        self.passage = nn.Linear(output_width, INNER)
        self.sentence = nn.Linear(output_width, INNER)
        self.hidden = nn.Linear(2 * CHANNELS + 2 * INNER + FIGURES, HIDDEN)
        self.score = nn.Linear(HIDDEN, 1)
        self.drop = nn.Dropout(_DROPOUT)

    def forward(self, outputs: Tensor, mask: Tensor, passage: Tensor, figures: Tensor) -> Tensor:
        """Scores [n] of sentences' outputs [n, tokens, width] under a mask [n, tokens], with passages [n, width]."""
        inner = F.relu(self.input(self.drop(outputs))) * mask[..., None]
        channels = F.relu(self.window(inner.transpose(1, 2))) * mask[:, None]
        length = mask.sum(1, keepdim=True)
        mean = self.sentence((outputs * mask[..., None]).sum(1) / length)
        about = torch.tanh(self.passage(self.drop(passage)))
        summary = torch.cat([channels.amax(2), channels.sum(2) / length, about * mean, mean, figures], 1)
        scores: Tensor = self.score(self.drop(F.relu(self.hidden(self.drop(summary))))).squeeze(1)
        return scores

    @torch.no_grad()
    def judge(self, scale: float, likely: Floats) -> Judge:
        """The judge that reads outputs as they are, where this network reads them divided by `scale`."""
        tensors: dict[str, Tensor] = {
            "judge.input": self.input.weight / scale,
            "judge.input.bias": self.input.bias,
            "judge.window": self.window.weight.permute(0, 2, 1).reshape(CHANNELS, -1),
            "judge.window.bias": self.window.bias if self.window.bias is not None else torch.zeros(CHANNELS),
            "judge.passage": self.passage.weight / scale,
            "judge.passage.bias": self.passage.bias,
            "judge.sentence": self.sentence.weight / scale,
            "judge.sentence.bias": self.sentence.bias,
            "judge.hidden": self.hidden.weight,
            "judge.hidden.bias": self.hidden.bias,
            "judge.score": self.score.weight[0],
        }
        arrays = {name: tensor.numpy().astype(np.float32).copy() for name, tensor in tensors.items()}
        return Judge({**arrays, "judge.likely": likely})


def _stacked(examples: Sequence[Example], scale: float) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """The three sentences of each example in turn: outputs, mask, passages and figures."""
    sentences = [each for example in examples for each in (example.real, example.elsewhere, example.spoiled)]
    longest = max(len(sentence.outputs) for sentence in sentences)
    outputs = np.zeros((len(sentences), longest, examples[0].passage.size), dtype=np.float32)
    mask = np.zeros((len(sentences), longest), dtype=np.float32)
    for row, sentence in enumerate(sentences):
        outputs[row, : len(sentence.outputs)] = sentence.outputs / np.float32(scale)
        mask[row, : len(sentence.outputs)] = 1
    passages = np.repeat(np.stack([example.passage for example in examples]) / np.float32(scale), 3, axis=0)
    figures = np.stack([sentence.figures for sentence in sentences])
    return torch.from_numpy(outputs), torch.from_numpy(mask), torch.from_numpy(passages), torch.from_numpy(figures)


def make_examples(
    runtime: Runtime,
    tokenizer: SubwordTokenizer,
    texts: Sequence[str],
    *,
    examples: int = EXAMPLES,
    seed: int = 1,
    stop: Callable[[float], bool] = lambda share: False,
) -> list[Example]:
    """Places of the texts with their three sentences; see `fit_judge`."""
    passages = _find_passages(tokenizer, texts, examples, seed)
    reader = _SentenceReader(runtime, tokenizer)
    chance = random.Random(seed)
    found: list[Example] = []
    for start in range(0, len(passages), _BATCH):
        if stop(start / len(passages)):
            break
        found += reader.make(passages[start : start + _BATCH], chance)
    return found


def spoil(sentence: str, words: Sequence[str], chance: random.Random) -> str:
    """A sentence with one or two faults of the kinds that voices make; `words` are of other sentences."""
    parts = sentence.split()
    for _ in range(chance.choice((1, 1, 2))):
        if len(parts) < 4:
            break
        kind = chance.random()
        here, there = (chance.randrange(1, len(parts)) for _ in range(2))
        if kind < 0.25:
            parts[here], parts[there] = parts[there], parts[here]
        elif kind < 0.4:
            del parts[here]
        elif kind < 0.55:
            parts.insert(here, chance.choice(words))
        elif kind < 0.8:
            parts[here] = chance.choice(words)
        else:
            length = chance.randint(1, 3)
            start = chance.randrange(0, len(parts) - length + 1)
            parts[here:here] = parts[start : start + length]
    return f" {' '.join(parts)}"


@dataclass(frozen=True)
class _Passage:
    """A place between two sentences: the tokens before, the text before, the sentence that follows."""

    tokens: Ids
    before: str
    sentence: str


def _find_passages(tokenizer: SubwordTokenizer, texts: Sequence[str], count: int, seed: int) -> list[_Passage]:
    """Places between sentences of one paragraph, drawn from all over the texts."""
    places: list[tuple[int, int, int]] = []
    cleaned = [clean(text) for text in texts]
    for number, text in enumerate(cleaned):
        stops = [match.end() for match in _STOP.finditer(text)]
        ends = [end for end in stops if ends_sentence(text[max(0, end - 40) : end])]
        for place, end in pairwise(ends):
            if place > 600 and 12 < end - place < 400 and PARAGRAPH not in text[place:end]:
                places.append((number, place, end))
    random = np.random.default_rng(seed)
    chosen = random.permutation(len(places))[:count]
    found = []
    for index in chosen:
        number, place, end = places[index]
        before = cleaned[number][max(0, place - 2000) : place]
        ids = tokenizer.encode(before)[-CONTEXT_TOKENS + 1 :]
        if len(ids) == CONTEXT_TOKENS - 1:
            tokens = np.array([tokenizer.separator, *ids], dtype=np.int64)
            found.append(_Passage(tokens, before, cleaned[number][place:end]))
    return found


class _SentenceReader:
    """Reads passages and sentences behind them, many side by side."""

    def __init__(self, runtime: Runtime, tokenizer: SubwordTokenizer) -> None:
        self._runtime = runtime
        self._tokenizer = tokenizer

    def make(self, passages: Sequence[_Passage], chance: random.Random) -> list[Example]:
        """The examples of some passages; those whose sentences are too short, or could not be spoiled, are left out."""
        contexts = np.stack([passage.tokens for passage in passages], axis=1)
        outputs, states = self._runtime.read(contexts, self._runtime.zero_state(len(passages)))
        keys = self._runtime.architecture.keys(outputs)
        real = [passage.sentence for passage in passages]
        words = [word for sentence in real for word in sentence.split()]
        spoiled = [spoil(sentence, words, chance) for sentence in real]
        kinds = [self._look(passages, each, outputs[-1], states) for each in (real, [*real[1:], *real[:1]], spoiled)]
        found = []
        for column, (next_, elsewhere, bad) in enumerate(zip(*kinds, strict=True)):
            if spoiled[column].split() == real[column].split():
                continue
            if next_ is not None and elsewhere is not None and bad is not None:
                found.append(Example(pool_passage(keys[:, column]), next_, elsewhere, bad))
        return found

    def _look(
        self, passages: Sequence[_Passage], sentences: Sequence[str], last: Floats, states: Floats
    ) -> list[Sentence | None]:
        """Reads sentences behind their passages, all of them in one call."""
        ids = [self._tokenizer.encode(sentence)[:_LONGEST] for sentence in sentences]
        longest = max(1, max(map(len, ids)))
        padded = np.full((longest, len(ids)), self._tokenizer.separator, dtype=np.int64)
        for column, each in enumerate(ids):
            padded[: len(each), column] = each
        read, _ = self._runtime.read(padded, states)
        keys = self._runtime.architecture.keys(read).astype(np.float16)
        found: list[Sentence | None] = []
        for column, (passage, each) in enumerate(zip(passages, ids, strict=True)):
            if len(each) < 4:
                found.append(None)
                continue
            before = np.concatenate([last[column : column + 1], read[: len(each) - 1, column]])
            logits = self._runtime.logits(np.ascontiguousarray(before))
            told = -np.log(softmax(logits)[np.arange(len(each)), each] + 1e-12)
            figures = figures_of(passage.before, sentences[column])
            found.append(Sentence(keys[: len(each), column].copy(), figures, float(told.mean())))
        return found
