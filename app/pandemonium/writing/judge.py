"""The judge of candidates: which of several sentences fits best behind a passage, by the voice's own states.

A small classifier, fitted for its voice by `fit_judge`, tells the author's next sentence from the voice's own. It sees
the network's outputs, averaged over the sentence and over the passage, and a few plain figures: words said again,
strangers' names, a change of pronoun, the length. How likely a sentence is under the network is no part of what it
learned (a text is always more surprising than what a voice writes): a sentence is held to a band of likelihood, neither
small change nor wild. A voice without a fitted judge is judged by the plain figures and the band alone.

After discriminators over a language model's own text: Learning to Write (Holtzman et al. 2018), RankGen (Krishna et
al. 2022).
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pandemonium.errors import PandemoniumError, VoiceError
from pandemonium.settings import WritingSettings
from pandemonium.text.cleaning import PARAGRAPH, clean
from pandemonium.text.function_words import PREPOSITIONS, PRONOUNS
from pandemonium.text.sentences import ends_sentence
from pandemonium.text.typography import Typography
from pandemonium.voice.architecture import Architecture
from pandemonium.voice.file import load_voice, save_voice
from pandemonium.voice.tokenizer import SubwordTokenizer
from pandemonium.writing.balance import read_text
from pandemonium.writing.bans import PhraseBans
from pandemonium.writing.choosing import Chooser
from pandemonium.writing.context import Context
from pandemonium.writing.cpu_runtime import CpuRuntime
from pandemonium.writing.memory import Recall, key_scale
from pandemonium.writing.names import NameTokens, find_cast
from pandemonium.writing.runtime import Floats, Ids, Runtime
from pandemonium.writing.samplers import softmax
from pandemonium.writing.sequence import DecodingSequence, Surroundings
from pandemonium.writing.token_table import TokenTable

FIGURES = 7  # plain figures of a sentence
PASSAGE = 64  # outputs that the passage's average reaches back over, about
_DECAY = 1 - 1 / PASSAGE
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_STOP = re.compile(r"[.!?][\"')]*(?= )")
_COMMON = PREPOSITIONS | PRONOUNS | frozenset("have been were that which there when could would should".split())
_NEAR = 600  # characters of the passage that words are looked for in

# What fitting does.
CONTEXT_TOKENS = 160
BATCH = 48
EXAMPLES = 600
_LONGEST = 60  # tokens of a sentence
_STEPS = 400
_RATE = 0.02
_SHRINK = 3e-3
# So freely that how surprising a sentence is does not tell it from the text: a truncated one would be told by that.
NEGATIVES = WritingSettings(
    temperature=1.0,
    top_p=1.0,
    min_p=0.0,
    spelling=0.05,
    balance=0.0,
    newcomers=0.0,
    names=0.0,
    memory=0.0,
    dry_multiplier=0.0,
    words=2000,
)


@dataclass(frozen=True)
class Judge:
    """A fitted judge: `score` is the logarithm of the odds that a sentence is the author's.

    Attributes:
        mean, scale: of the features, [3 * output_width + FIGURES].
        weights: of the scaled features, the same shape.
        bias: added.
        likely: nats a token that the author's sentences hold under the network, mean and spread, [2].
    """

    mean: Floats
    scale: Floats
    weights: Floats
    bias: float
    likely: Floats

    def score(self, features: Floats) -> Floats:
        """The judgement on each row of features, [rows]."""
        scaled = (features - self.mean) / self.scale
        result: Floats = (scaled.clip(-4, 4) @ self.weights + self.bias).astype(np.float32)
        return result

    def tensors(self) -> dict[str, Floats]:
        """The arrays for a voice's file."""
        return {
            "judge.features": np.stack([self.mean, self.scale, self.weights]),
            "judge.figures": np.array([self.bias, *self.likely], dtype=np.float32),
        }

    @classmethod
    def of(cls, tensors: Mapping[str, Floats], output_width: int) -> Judge:
        """Reads what `tensors` gave.

        Raises:
            VoiceError: they are not of this network.
        """
        features = tensors["judge.features"]
        figures = tensors["judge.figures"]
        if features.shape[1] != 3 * output_width + FIGURES or not (features[1] > 0).all() or figures[2] <= 0:
            raise VoiceError("The voice's judge of sentences does not fit it.", "Ask for the voice file again.")
        return cls(features[0], features[1], features[2], float(figures[0]), figures[1:])


def figures_of(before: str, sentence: str) -> Floats:
    """The plain figures of a sentence behind a passage, [FIGURES]: each between 0 and about 1.

    In turn: content words said before in the sentence, words and pairs of words of the passage said again, names that
    the passage does not have, another pronoun than the passage's, the length, and the same beginning as the sentence
    before.
    """
    words = [word.lower() for word in _WORD.findall(sentence)]
    near = [word.lower() for word in _WORD.findall(before[-_NEAR:])]
    content = [word for word in words if len(word) > 3 and word not in _COMMON]
    count = max(1, len(words))
    pairs = list(pairwise(words))
    near_pairs = set(pairwise(near))
    twice = len(content) - len(set(content))
    again = sum(word in set(near) for word in content)
    cast = find_cast(before)
    strangers = {name for name in find_cast(f"so {sentence}").people if name not in before}
    other = {"he": ("she", "her"), "she": ("he", "him", "his")}.get(cast.pronoun, ())
    last = re.split(r"(?<=[.!?])\s+", before.rstrip())[-1:] or [""]
    opens = [word.lower() for word in _WORD.findall(last[0])[:2]]
    return np.array(
        [
            twice / max(1, len(content)),
            again / max(1, len(content)),
            sum(pair in near_pairs for pair in pairs) / count,
            min(1.0, len(strangers) / 2),
            min(1.0, sum(word in other for word in words)),
            np.log1p(len(words)) / 4,
            float(bool(opens) and words[:2] == opens),
        ],
        dtype=np.float32,
    )


# How the plain figures count where nothing was fitted, and what they add to what was.
_PLAIN = -np.array([3.0, 0.3, 3.0, 1.0, 1.0, 0.0, 1.0], dtype=np.float32)
_BAND = 1.0
_CUT_SHORT = 6.0


def plain_score(before: str, sentence: str) -> float:
    """What the plain figures say against a sentence behind a passage: 0 or less."""
    return float(figures_of(before, sentence) @ _PLAIN)


class CandidateJudge:
    """Chooses among the candidates of one alternative, whose passage it keeps in mind."""

    def __init__(self, judge: Judge | None, architecture: Architecture, outputs: Floats) -> None:
        """Begins behind a passage.

        Args:
            judge: the voice's, or None.
            architecture: of its network.
            outputs: the network's over the passage, [n, output_width].
        """
        self._judge = judge
        self._architecture = architecture
        self._passage = pool_passage(key_scale(outputs, architecture))

    def choose(self, candidates: Sequence[DecodingSequence]) -> DecodingSequence:
        """The best; the passage goes on behind it."""
        best = candidates[int(np.argmax(self.scores(candidates)))] if len(candidates) > 1 else candidates[0]
        for output in key_scale(best.sentence_outputs[1:], self._architecture):
            self._passage = move_passage(self._passage, output)
        return best

    def scores(self, candidates: Sequence[DecodingSequence]) -> Floats:
        """How good each candidate is, [candidates]; the scale is its own."""
        figures = np.stack([figures_of(each.before_sentence, each.sentence) for each in candidates])
        told = np.array([each.sentence_information.mean() for each in candidates], dtype=np.float32)
        scores = figures @ _PLAIN
        scores -= _CUT_SHORT * np.array([each.cut_short for each in candidates], dtype=np.float32)
        spread = float(told.std()) + 0.1
        if self._judge is not None:
            outputs = [key_scale(each.sentence_outputs[1:], self._architecture) for each in candidates]
            pooled = np.stack([pool(self._passage, each) for each in outputs])
            scores = scores + self._judge.score(np.concatenate([pooled, figures], axis=1))
            spread = float(self._judge.likely[1])
        # The band's middle is what the candidates themselves hold for likely, rather a little likelier.
        result: Floats = scores - _BAND * ((told - np.quantile(told, 0.4)) / spread) ** 2
        return result


def pool(passage: Floats, outputs: Floats) -> Floats:
    """The averages that a judge sees: of the sentence, of the passage, and of what they share, [3 * output_width].

    Args:
        passage: the passage's average, [output_width].
        outputs: behind each of the sentence's tokens, [n, output_width].
    """
    sentence = outputs.mean(axis=0)
    return np.concatenate([sentence, passage, sentence * passage]).astype(np.float32)


def pool_passage(outputs: Floats) -> Floats:
    """The average of a passage's outputs [n, output_width] that the newest count most in, [output_width]."""
    newest = outputs[-8 * PASSAGE :]
    weights = _DECAY ** np.arange(len(newest) - 1, -1, -1)
    pooled: Floats = (weights @ newest / weights.sum()).astype(np.float32)
    return pooled


def move_passage(passage: Floats, output: Floats) -> Floats:
    """The average of a passage that has one more output."""
    moved: Floats = (_DECAY * passage + (1 - _DECAY) * output).astype(np.float32)
    return moved


@dataclass(frozen=True)
class Examples:
    """Sentences with features, real ones and the voice's own.

    Attributes:
        features: [n, 3 * output_width + FIGURES].
        real: whether each is the author's, bool [n].
        told: nats a token, [n].
    """

    features: Floats
    real: NDArray[np.bool_]
    told: Floats


def fit_judge(
    runtime: Runtime,
    tokenizer: SubwordTokenizer,
    texts: Sequence[str],
    *,
    examples: int = EXAMPLES,
    seed: int = 1,
    stop: Callable[[float], bool] = lambda share: False,
) -> Judge | None:
    """Fits a judge for a voice: it learns to tell the next sentence of `texts` from what the voice writes in its place.

    Args:
        runtime: the voice's network.
        tokenizer: the voice's.
        texts: of the author, of any typography; best those that the voice has learned least from.
        examples: passages that are looked at.
        seed: of their choice and of what is written.
        stop: hears now and then what share is done; True ends it with what there is.

    Returns:
        the judge; None where the texts are too few to learn from.
    """
    found = make_examples(runtime, tokenizer, texts, examples=examples, seed=seed, stop=stop)
    if found is None or len(found.real) < 40:
        return None
    return fit(found)


def fit(examples: Examples) -> Judge:
    """Logistic regression with shrunken weights, by Adam over all examples at once."""
    features = examples.features.astype(np.float64)
    mean = features.mean(axis=0)
    scale = features.std(axis=0) + 1e-3
    scaled = ((features - mean) / scale).clip(-4, 4)
    target = examples.real.astype(np.float64)
    weights = np.zeros(features.shape[1])
    bias = 0.0
    first = np.zeros(len(weights) + 1)
    second = np.zeros(len(weights) + 1)
    for step in range(1, _STEPS + 1):
        error = 1 / (1 + np.exp(-(scaled @ weights + bias))) - target
        gradient = np.append(scaled.T @ error / len(target) + _SHRINK * len(weights) ** 0.5 * weights, error.mean())
        first = 0.9 * first + 0.1 * gradient
        second = 0.99 * second + 0.01 * gradient**2
        move = _RATE * (1 - step / _STEPS) * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.99**step)) + 1e-8)
        weights -= move[:-1]
        bias -= move[-1]
    told = examples.told[examples.real]
    return Judge(
        mean.astype(np.float32),
        scale.astype(np.float32),
        weights.astype(np.float32),
        float(bias),
        np.array([told.mean(), told.std() + 0.1], dtype=np.float32),
    )


def accuracy(judge: Judge, examples: Examples) -> float:
    """The share of pairs, one real sentence and one of the voice's own, of which the real one is put higher."""
    scores = judge.score(examples.features)
    real = scores[examples.real]
    own = scores[~examples.real]
    return float((real[:, None] > own[None]).mean()) if len(real) and len(own) else 0.0


def make_examples(
    runtime: Runtime,
    tokenizer: SubwordTokenizer,
    texts: Sequence[str],
    *,
    examples: int = EXAMPLES,
    seed: int = 1,
    settings: WritingSettings = NEGATIVES,
    stop: Callable[[float], bool] = lambda share: False,
) -> Examples | None:
    """Passages of the texts, each with the sentence that follows and the one that the voice writes; None for too few.

    See `fit_judge`; `settings` are those that the voice writes at.
    """
    passages = _find_passages(tokenizer, texts, examples, seed)
    if not passages:
        return None
    writer = _SentencesWriter(runtime, tokenizer, settings)
    features: list[Floats] = []
    real: list[bool] = []
    told: list[float] = []
    for start in range(0, len(passages), BATCH):
        if stop(start / len(passages)):
            break
        part = passages[start : start + BATCH]
        for sentences in writer.write(part, seed + start):
            for feature, nats, is_real in sentences:
                features.append(feature)
                told.append(nats)
                real.append(is_real)
    if not features:
        return None
    return Examples(np.stack(features), np.array(real), np.array(told, dtype=np.float32))


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


class _SentencesWriter:
    """Writes the voice's own sentences in place of the author's, many side by side, and looks at both alike."""

    def __init__(self, runtime: Runtime, tokenizer: SubwordTokenizer, settings: WritingSettings) -> None:
        self._runtime = runtime
        self._tokenizer = tokenizer
        self._settings = settings
        self._table = TokenTable(tokenizer)
        self._names = NameTokens(tokenizer)
        self._recall = Recall(
            np.zeros((0, runtime.architecture.output_width), dtype=np.float32), np.zeros(0, dtype=np.int64)
        )

    def write(self, passages: Sequence[_Passage], seed: int) -> list[list[tuple[Floats, float, bool]]]:
        """For each passage the features, nats a token and origin of its two sentences."""
        contexts = np.stack([passage.tokens for passage in passages], axis=1)
        outputs, states = self._runtime.read(contexts, self._runtime.zero_state(len(passages)))
        keys = key_scale(outputs, self._runtime.architecture)
        around = Surroundings(
            self._settings, self._table, self._names, PhraseBans([]), PARAGRAPH, None, opening=False, capitals=True
        )
        sequences = []
        for column, passage in enumerate(passages):
            context = Context(passage.tokens.tolist(), b"", Typography(), starts_line=False, tail=passage.before)
            state = states[:, column : column + 1]
            whole = DecodingSequence(context, "", outputs[-1, column], state, self._recall, around, seed + column)
            sequences.append(whole.fork(seed + column))
        chooser = Chooser(self._runtime, self._table, self._settings, None)
        for _ in range(_LONGEST):
            active = [each for each in sequences if not each.done and not each.paused]
            if not active:
                break
            chooser.step(active)
        own = [each.sentence.split("\n")[0] for each in sequences]
        found = []
        real_features = self._look(passages, [passage.sentence for passage in passages], outputs, states, keys)
        own_features = self._look(passages, own, outputs, states, keys)
        for real, written in zip(real_features, own_features, strict=True):
            both = []
            if real is not None and written is not None:
                both = [(*real, True), (*written, False)]
            found.append(both)
        return found

    def _look(
        self, passages: Sequence[_Passage], sentences: Sequence[str], outputs: Floats, states: Floats, keys: Floats
    ) -> list[tuple[Floats, float] | None]:
        """Reads sentences behind their passages, all of them in one call."""
        ids = [self._tokenizer.encode(sentence)[:_LONGEST] for sentence in sentences]
        longest = max(1, max(map(len, ids)))
        padded = np.full((longest, len(ids)), self._tokenizer.separator, dtype=np.int64)
        for column, each in enumerate(ids):
            padded[: len(each), column] = each
        read, _ = self._runtime.read(padded, states)
        read_keys = key_scale(read, self._runtime.architecture)
        found: list[tuple[Floats, float] | None] = []
        for column, (passage, each) in enumerate(zip(passages, ids, strict=True)):
            if len(each) < 4:
                found.append(None)
                continue
            before = np.concatenate([outputs[-1:, column], read[: len(each) - 1, column]])
            logits = self._runtime.logits(np.ascontiguousarray(before))
            told = -np.log(softmax(logits)[np.arange(len(each)), each] + 1e-12)
            pooled = pool(pool_passage(keys[:, column]), read_keys[: len(each), column])
            figures = figures_of(passage.before, sentences[column])
            found.append((np.concatenate([pooled, figures]), float(told.mean())))
        return found


def main(arguments: list[str] | None = None) -> int:
    """The command: fits the judge of a voice file on texts of its author, and writes it into the file."""
    parser = argparse.ArgumentParser(prog="python -m pandemonium.writing.judge", description=main.__doc__)
    parser.add_argument("voice", type=Path, help="a .voice file; it is replaced")
    parser.add_argument("texts", type=Path, nargs="+", help="plain texts of its author")
    parser.add_argument("--held-out", type=Path, nargs="*", default=[], help="texts that the judge is tried on")
    chosen = parser.parse_args(arguments)
    try:
        voice = load_voice(chosen.voice)
        runtime = CpuRuntime(voice)
        judge = fit_judge(runtime, voice.tokenizer, [read_text(path) for path in chosen.texts])
        if judge is None:
            print("The texts are too short to fit a judge on. Name more of them.", file=sys.stderr)
            return 1
        if chosen.held_out:
            texts = [read_text(path) for path in chosen.held_out]
            examples = make_examples(runtime, voice.tokenizer, texts, examples=EXAMPLES // 2, seed=2)
            if examples is not None:
                share = accuracy(judge, examples)
                print(f"puts the author's sentence higher in {share:.1%} of {len(examples.real) // 2} held-out pairs")
        save_voice(replace(voice, judge=judge.tensors()), chosen.voice)
    except PandemoniumError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
