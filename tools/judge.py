"""Fits the judge of candidates of a voice (`writing.decoding.judge`) on sentences that readers have marked.

Behind each of many places in training texts a voice has written several sentences, and a reader has marked how good
each would be as the next one (`tools.marked`). The voice for which a judge is wanted reads them all, and the judge
learns to put the better above the worse, beside what the plain figures and the sentences' information say already.

A long sentence has more room for faults, and readers mark it lower; a judge that had learned that would have a voice
write nothing but short ones. So a mark counts beside what is usual for the sentence's length.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional as F

from pandemonium.voice.tokenizer import SubwordTokenizer
from pandemonium.writing.decoding.judge import (
    CHANNELS,
    FIGURES,
    HIDDEN,
    INNER,
    WINDOW,
    Judge,
    figures_of,
    information_of,
    plain_scores,
    pool_passage,
)
from pandemonium.writing.runtimes.runtime import Floats, Runtime
from pandemonium.writing.sampling.drawing import softmax
from tools.marked import Marked

CONTEXT_TOKENS = 220  # that are read before the sentences
_FEWEST = 40  # places
_LONGEST = 90  # tokens of a sentence
_LEAST = 1e-12  # a probability below is none
_AS_LONG = 0.25  # of the logarithm of their lengths, which two sentences about equally long are apart

_BATCH = 24  # places
_EPOCHS = 16
_RATE = 1e-3
_WEIGHT_DECAY = 0.3
_DROPOUT = 0.5
# The network's outputs are seen through their largest principal components: so many a judge can learn to weigh from
# some thousand sentences, and it learns eight times as fast. What the voice's file has reads the outputs themselves.
_COMPONENTS = 96
_SEEN = 20_000  # outputs that the components are found from


class Sentence(NamedTuple):
    """A sentence behind its passage.

    Attributes:
        outputs: the network's behind each of its tokens, float16 [tokens, output_width].
        figures: `figures_of`, [FIGURES].
        told: nats that each token told under the network, [tokens].
    """

    outputs: NDArray[np.float16]
    figures: Floats
    told: Floats


@dataclass(frozen=True)
class Example:
    """A place in a text.

    Attributes:
        passage: the average output over what stands before, [output_width].
        sentences: that were written there.
        marks: of each of them, [sentences].
    """

    passage: Floats
    sentences: tuple[Sentence, ...]
    marks: Floats


def read_examples(
    runtime: Runtime, tokenizer: SubwordTokenizer, places: Iterable[tuple[Marked, str]]
) -> Iterator[Example]:
    """What a voice makes of marked sentences.

    Args:
        runtime: the voice's network.
        tokenizer: the voice's.
        places: each with the canonical text before it, as `tools.marked.find_texts` gives them.
    """
    for marked, before in places:
        ids = [tokenizer.separator, *tokenizer.encode(before)[-CONTEXT_TOKENS:]]
        context, state = runtime.read(np.array(ids, dtype=np.int64)[:, None], runtime.zero_state(1))
        rows = [tokenizer.encode(sentence)[:_LONGEST] for sentence in marked.sentences]
        padded = np.full((max(map(len, rows)), len(rows)), tokenizer.separator, dtype=np.int64)
        for column, row in enumerate(rows):
            padded[: len(row), column] = row
        read, _ = runtime.read(padded, np.repeat(state, len(rows), axis=1))
        keys = runtime.architecture.keys(read).astype(np.float16)
        sentences = []
        for column, (sentence, row) in enumerate(zip(marked.sentences, rows, strict=True)):
            places_before = np.concatenate([context[-1:, 0], read[: len(row) - 1, column]])
            chances = softmax(runtime.logits(np.ascontiguousarray(places_before)))[np.arange(len(row)), row]
            told = -np.log(chances + _LEAST).astype(np.float32)
            sentences.append(Sentence(keys[: len(row), column].copy(), figures_of(before, sentence), told))
        passage = pool_passage(runtime.architecture.keys(context[:, 0]))
        yield Example(passage, tuple(sentences), np.array(marked.marks, dtype=np.float32))


def fit_judge(examples: Sequence[Example], seed: int = 1) -> Judge | None:
    """Learns to put the better sentence of each place above the worse; None where the places are too few for that."""
    if len(examples) < _FEWEST:
        return None
    torch.manual_seed(seed)
    random = np.random.default_rng(seed)
    view = _View.of(examples, random)
    prepared = [view.prepare(example, marks) for example, marks in zip(examples, _beside_length(examples), strict=True)]
    network = _JudgeNetwork(len(view.directions))
    optimizer = torch.optim.AdamW(network.parameters(), lr=_RATE, weight_decay=_WEIGHT_DECAY)
    steps = _EPOCHS * max(1, len(prepared) // _BATCH)
    for step in range(steps):
        chosen = [prepared[i] for i in random.choice(len(prepared), min(_BATCH, len(prepared)), replace=False)]
        for group in optimizer.param_groups:
            group["lr"] = _RATE * min(1.0, (step + 1) / 50) * max(0.02, 1 - step / steps)
        scores = network(*_stacked(chosen))
        losses = [
            _ranking_loss(each.plain + own, each.marks)
            for each, own in zip(chosen, scores.split([len(each.marks) for each in chosen]), strict=True)
        ]
        optimizer.zero_grad()
        torch.stack(losses).mean().backward()  # type: ignore[no-untyped-call]
        optimizer.step()
    told = np.array([sentence.told.mean() for example in examples for sentence in example.sentences])
    return network.judge(view, np.array([told.mean(), told.std() + 0.1], dtype=np.float32))


def fit_information(examples: Sequence[Example]) -> Floats:
    """The weights of what `information_of` tells, beside the plain figures', that put the better above the worse."""
    weights = torch.zeros(3, requires_grad=True)
    optimizer = torch.optim.Adam([weights], lr=0.05)
    told = [torch.from_numpy(np.stack([information_of(each.told) for each in row.sentences])) for row in examples]
    nothing = np.zeros(3, dtype=np.float32)
    figures = [
        torch.from_numpy(plain_scores(np.stack([each.figures for each in row.sentences]), nothing)) for row in examples
    ]
    marks = [torch.from_numpy(each) for each in _beside_length(examples)]
    for _ in range(150):
        losses = [_ranking_loss(f + t @ weights, m) for f, t, m in zip(figures, told, marks, strict=True)]
        optimizer.zero_grad()
        torch.stack(losses).mean().backward()  # type: ignore[no-untyped-call]
        optimizer.step()
    found: Floats = weights.detach().numpy()
    return found


class Agreement(NamedTuple):
    """How a judge chooses, beside readers.

    Attributes:
        pairs: of the pairs of sentences of one place that are about equally long and were marked differently, the share
            of which it puts the better above.
        chosen: the mean mark of the sentence that it puts first at each place.
        best, mean: of the best marked there, and of all.
    """

    pairs: float
    chosen: float
    best: float
    mean: float


def agreement(judge: Judge | None, examples: Sequence[Example]) -> Agreement:
    """How a judge, with the plain figures and the information, agrees with the readers of some examples."""
    right: list[float] = []
    rows = []
    for example in examples:
        scores = _plain(example)
        if judge is not None:
            outputs = [sentence.outputs.astype(np.float32) for sentence in example.sentences]
            figures = np.stack([sentence.figures for sentence in example.sentences])
            scores = scores + judge.score(example.passage, outputs, figures)
        marks = example.marks
        lengths = np.log1p([len(sentence.told) for sentence in example.sentences])
        better = (marks[:, None] > marks[None]) & (abs(lengths[:, None] - lengths[None]) < _AS_LONG)
        right += (scores[:, None] > scores[None])[better].tolist()
        rows.append((marks[int(np.argmax(scores))], marks.max(), marks.mean()))
    chosen, best, mean = np.mean(rows, axis=0).tolist()
    return Agreement(float(np.mean(right)), chosen, best, mean)


def _plain(example: Example) -> Floats:
    figures = np.stack([sentence.figures for sentence in example.sentences])
    return plain_scores(figures, np.stack([information_of(sentence.told) for sentence in example.sentences]))


def _beside_length(examples: Sequence[Example]) -> list[Floats]:
    """The marks of each example, without what its sentences' lengths explain of their differences."""
    lengths = [np.log1p([len(sentence.told) for sentence in example.sentences]) for example in examples]
    centred = np.concatenate([each - each.mean() for each in lengths])
    marks = np.concatenate([example.marks - example.marks.mean() for example in examples])
    slope = float(centred @ marks / max(1e-6, centred @ centred))
    return [(row.marks - slope * each).astype(np.float32) for row, each in zip(examples, lengths, strict=True)]


def _ranking_loss(scores: Tensor, marks: Tensor) -> Tensor:
    """The logistic loss of each pair, as heavy as its marks are apart."""
    apart = (marks[:, None] - marks[None]).clamp_min(0)
    return (F.softplus(scores[None] - scores[:, None]) * apart).sum() / (apart.sum() + 1e-6)


class _Prepared(NamedTuple):
    """An example as the network learns from it."""

    outputs: list[Floats]  # of each sentence, [tokens, components]
    passage: Floats  # [components]
    figures: Floats  # [sentences, FIGURES]
    plain: Tensor  # [sentences]
    marks: Tensor  # [sentences]


@dataclass(frozen=True)
class _View:
    """The network's outputs through their principal components, each with a spread of 1.

    Attributes:
        middle: the mean output, [output_width].
        directions: [components, output_width].
    """

    middle: Floats
    directions: Floats

    @classmethod
    def of(cls, examples: Sequence[Example], random: np.random.Generator) -> _View:
        """Finds the components."""
        outputs = np.concatenate([sentence.outputs[::3] for example in examples for sentence in example.sentences])
        seen = outputs[random.permutation(len(outputs))[:_SEEN]].astype(np.float32)
        middle = seen.mean(axis=0, dtype=np.float32)
        _, spreads, directions = np.linalg.svd(seen - middle, full_matrices=False)
        scales = np.reciprocal(spreads / np.sqrt(len(seen)) + 1e-6)
        return cls(middle, (directions[:_COMPONENTS] * scales[:_COMPONENTS, None]).astype(np.float32))

    def __call__(self, outputs: Floats) -> Floats:
        """[..., output_width] to [..., components]."""
        return np.asarray((outputs - self.middle) @ self.directions.T, dtype=np.float32)

    def prepare(self, example: Example, marks: Floats) -> _Prepared:
        """An example with its marks."""
        outputs = [self(sentence.outputs.astype(np.float32)) for sentence in example.sentences]
        figures = np.stack([sentence.figures for sentence in example.sentences])
        plain = torch.from_numpy(_plain(example))
        return _Prepared(outputs, self(example.passage), figures, plain, torch.from_numpy(marks))


class _JudgeNetwork(nn.Module):
    """What `writing.decoding.judge.Judge` computes, to be trained."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.input = nn.Linear(width, INNER)
        self.window = nn.Conv1d(INNER, CHANNELS, WINDOW, padding=WINDOW // 2)
        self.passage = nn.Linear(width, INNER)
        self.sentence = nn.Linear(width, INNER)
        self.hidden = nn.Linear(2 * CHANNELS + 2 * INNER + FIGURES, HIDDEN)
        self.score = nn.Linear(HIDDEN, 1, bias=False)
        self.drop = nn.Dropout(_DROPOUT)

    def forward(self, outputs: Tensor, mask: Tensor, passage: Tensor, figures: Tensor) -> Tensor:
        """Scores [n] of sentences' outputs [n, tokens, width] under a mask [n, tokens], with passages [n, width]."""
        inner = F.relu(self.input(self.drop(outputs))) * mask[..., None]
        channels = F.relu(self.window(inner.transpose(1, 2))) * mask[:, None]
        length = mask.sum(1, keepdim=True)
        mean = self.sentence((self.drop(outputs) * mask[..., None]).sum(1) / length)
        about = torch.tanh(self.passage(self.drop(passage)))
        summary = torch.cat([channels.amax(2), channels.sum(2) / length, about * mean, mean, figures], 1)
        scores: Tensor = self.score(F.relu(self.hidden(self.drop(summary)))).squeeze(1)
        return scores

    def _window_bias(self) -> Tensor:
        assert self.window.bias is not None
        return self.window.bias

    @torch.no_grad()
    def judge(self, view: _View, likely: Floats) -> Judge:
        """The judge that reads outputs as they are, where this network reads them through `view`."""
        self.eval()
        tensors: dict[str, Floats] = {
            "judge.window": self.window.weight.permute(0, 2, 1).reshape(CHANNELS, -1).numpy(),
            "judge.window.bias": self._window_bias().numpy(),
            "judge.hidden": self.hidden.weight.numpy(),
            "judge.hidden.bias": self.hidden.bias.numpy(),
            "judge.score": self.score.weight[0].numpy(),
            "judge.likely": likely,
        }
        for name, layer in (("input", self.input), ("passage", self.passage), ("sentence", self.sentence)):
            weight = layer.weight.numpy() @ view.directions
            tensors[f"judge.{name}"] = weight
            tensors[f"judge.{name}.bias"] = layer.bias.numpy() - weight @ view.middle
        return Judge({name: np.ascontiguousarray(tensor, dtype=np.float32) for name, tensor in tensors.items()})


def _stacked(examples: Sequence[_Prepared]) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """The sentences of all examples in turn: outputs, mask, passages and figures."""
    rows = [outputs for example in examples for outputs in example.outputs]
    outputs = np.zeros((len(rows), max(map(len, rows)), rows[0].shape[1]), dtype=np.float32)
    mask = np.zeros(outputs.shape[:2], dtype=np.float32)
    for number, row in enumerate(rows):
        outputs[number, : len(row)] = row
        mask[number, : len(row)] = 1
    passages = np.concatenate([np.repeat(each.passage[None], len(each.outputs), axis=0) for each in examples])
    figures = np.concatenate([each.figures for each in examples])
    return torch.from_numpy(outputs), torch.from_numpy(mask), torch.from_numpy(passages), torch.from_numpy(figures)
