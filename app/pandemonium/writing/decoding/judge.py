"""The judge of candidates: which of several sentences is best behind a passage, by the voice's own states.

A small network, fitted for its voice by `tools.fit_judge`, puts those sentences first that readers marked highest. It
reads the voice's outputs over the sentence through a window of three sub-words, beside their average, the passage's,
and a few plain figures: words said again, strangers' names, a change of pronoun, the length. Beside it count these
figures themselves, which keep a text from turning in circles, and what the sentence tells under the network: where a
surprise is too large, sense is mostly lost. A voice without a fitted judge is judged by those two alone.

Choosing the best of several samples by a model of what readers prefer is that of Stiennon et al. 2020 (Learning to
summarize with human feedback); judges of a language model's own stories, Holtzman et al. 2018 (Learning to Write).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np

from pandemonium.errors import VoiceError
from pandemonium.text.function_words import PREPOSITIONS, PRONOUNS
from pandemonium.text.stems import stem
from pandemonium.voice.architecture import Architecture
from pandemonium.writing.decoding.sequence import DecodingSequence
from pandemonium.writing.runtimes.runtime import Floats
from pandemonium.writing.sampling.names import find_cast

FIGURES = 7  # plain figures of a sentence
PASSAGE = 64  # outputs that the passage's average reaches back over, about
_DECAY = 1 - 1 / PASSAGE
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_COMMON = PREPOSITIONS | PRONOUNS | frozenset("have been were that which there when could would should".split())
_NEAR = 600  # characters of the passage that words are looked for in

# The judge's widths, and its window in sub-words.
INNER = 48
WINDOW = 3
CHANNELS = 64
HIDDEN = 48
_SUMMARY = 2 * CHANNELS + 2 * INNER + FIGURES


def judge_shapes(output_width: int) -> dict[str, tuple[int, ...]]:
    """The judge's tensors in a voice's file by their names, all float32."""
    return {
        "judge.input": (INNER, output_width),
        "judge.input.bias": (INNER,),
        "judge.window": (CHANNELS, WINDOW * INNER),
        "judge.window.bias": (CHANNELS,),
        "judge.passage": (INNER, output_width),
        "judge.passage.bias": (INNER,),
        "judge.sentence": (INNER, output_width),
        "judge.sentence.bias": (INNER,),
        "judge.hidden": (HIDDEN, _SUMMARY),
        "judge.hidden.bias": (HIDDEN,),
        "judge.score": (HIDDEN,),
        "judge.likely": (2,),
    }


class Judge:
    """A fitted judge: by how much one `score` is above another is the logarithm of the odds that a reader agrees.

    Attributes:
        tensors: as in `judge_shapes`. "judge.likely" has the nats a token that the sentences held under the network
            that it was fitted on, mean and spread; nothing asks for it any more.
    """

    def __init__(self, tensors: Mapping[str, Floats]) -> None:
        """Takes tensors of the right shapes."""
        self.tensors = dict(tensors)

    @classmethod
    def of(cls, tensors: Mapping[str, Floats], output_width: int) -> Judge:
        """Reads what a voice's file holds: tensors by the names and of the shapes of `judge_shapes`.

        Raises:
            VoiceError: they are not of this network.
        """
        fits = {name: tensor.shape for name, tensor in tensors.items()} == judge_shapes(output_width)
        if not fits or tensors["judge.likely"][1] <= 0:
            raise VoiceError("The voice's judge of sentences does not fit it.", "Ask for the voice file again.")
        return cls(tensors)

    def score(self, passage: Floats, sentences: Sequence[Floats], figures: Floats) -> Floats:
        """The judgement on each of several sentences behind one passage, [n].

        Args:
            passage: the passage's average output, [output_width].
            sentences: the outputs behind each of a sentence's tokens, n of [tokens, output_width].
            figures: the plain figures, [n, FIGURES].
        """
        t = self.tensors
        inner = np.maximum(np.concatenate(sentences) @ t["judge.input"].T + t["judge.input.bias"], 0)
        about = np.tanh(t["judge.passage"] @ passage + t["judge.passage.bias"])
        summaries = np.empty((len(sentences), _SUMMARY), dtype=np.float32)
        start = 0
        for row, outputs in enumerate(sentences):
            length = len(outputs)
            padded = np.zeros((length + WINDOW - 1, INNER), dtype=np.float32)
            padded[1 : length + 1] = inner[start : start + length]
            start += length
            windows = np.concatenate([padded[shift : shift + length] for shift in range(WINDOW)], axis=1)
            channels = np.maximum(windows @ t["judge.window"].T + t["judge.window.bias"], 0)
            mean = t["judge.sentence"] @ outputs.mean(axis=0) + t["judge.sentence.bias"]
            summaries[row] = np.concatenate(
                [channels.max(axis=0), channels.mean(axis=0), about * mean, mean, figures[row]]
            )
        hidden = np.maximum(summaries @ t["judge.hidden"].T + t["judge.hidden.bias"], 0)
        result: Floats = hidden @ t["judge.score"]
        return result


def figures_of(before: str, sentence: str) -> Floats:
    """The plain figures of a sentence behind a passage, [FIGURES]: each between 0 and about 1.

    In turn: content words said before in the sentence, in whatever form; words (but for names) and pairs of words of
    the passage said again; names that the passage does not have; another pronoun than the passage's; the length; and
    the same beginning as the sentence before.
    """
    words = [word.lower() for word in _WORD.findall(sentence)]
    near = [word.lower() for word in _WORD.findall(before[-_NEAR:])]
    content = [stem(word) for word in words if len(word) > 3 and word not in _COMMON]
    count = max(1, len(words))
    pairs = list(pairwise(words))
    near_pairs = set(pairwise(near))
    twice = len(content) - len(set(content))
    cast = find_cast(before)
    said = {stem(word) for word in set(near) - {name.lower() for name in cast.people}}
    again = sum(word in said for word in content)
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


# How the plain figures count where a sentence is judged by itself.
_PLAIN = -np.array([3.0, 3.0, 3.0, 1.0, 1.0, 0.0, 1.0], dtype=np.float32)
_BESIDE = 0.5  # of that beside what a sentence tells: more would undo what readers marked
# How much what `information_of` tells says for a sentence: found on the first sentences that were marked, and kept,
# since a judge fitted beside it makes up for what it misses. `tools.fit_judge --held-out` prints what fits best.
_INFORMATION = np.array([-0.55, 0.3, -0.4], dtype=np.float32)
_LARGEST = 3  # of the tokens' information
# Readers who mark single sentences do not see a text turn in circles, nor people go from it. So words said again count
# more, and so does naming one of the writer's people: that both come about as often as with an author.
_CIRCLES = 0.8
_NAMES = 0.8
_CUT_SHORT = 6.0


def plain_score(before: str, sentence: str) -> float:
    """What the plain figures say against a sentence behind a passage: 0 or less."""
    return float(figures_of(before, sentence) @ _PLAIN)


def information_of(told: Floats) -> Floats:
    """What a sentence tells under the network, [3]: its tokens' mean, their spread, and the mean of the largest three.

    Args:
        told: nats of each token, [tokens].
    """
    return np.array([told.mean(), told.std(), np.sort(told)[-_LARGEST:].mean()], dtype=np.float32)


def plain_scores(figures: Floats, information: Floats) -> Floats:
    """What is said of sentences beside a fitted judge, [n].

    Args:
        figures: `figures_of` each, [n, FIGURES].
        information: `information_of` each, [n, 3].
    """
    scores: Floats = _BESIDE * (figures @ _PLAIN) + information @ _INFORMATION
    return scores


class CandidateJudge:
    """Chooses among the candidates of one alternative, whose passage it keeps in mind.

    A candidate whose sentence has ended is judged once, however often it is compared with others that end later.
    """

    def __init__(self, judge: Judge | None, architecture: Architecture, passage: Floats) -> None:
        """Begins behind a passage.

        Args:
            judge: the voice's, or None.
            architecture: of its network.
            passage: the average of the network's outputs over it, as keys, [output_width] (`pool_passage`).
        """
        self._judge = judge
        self._architecture = architecture
        self._passage = passage
        self._judged: dict[DecodingSequence, float] = {}  # behind this passage

    def best(self, candidates: Sequence[DecodingSequence]) -> DecodingSequence:
        """The best; the passage stays as it is."""
        return candidates[int(np.argmax(self.scores(candidates)))] if len(candidates) > 1 else candidates[0]

    def choose(self, candidates: Sequence[DecodingSequence]) -> DecodingSequence:
        """The best; the passage goes on behind it."""
        best = self.best(candidates)
        for output in self._architecture.keys(best.sentence_outputs[1:]):
            self._passage = move_passage(self._passage, output)
        self._judged.clear()
        return best

    def scores(self, candidates: Sequence[DecodingSequence]) -> Floats:
        """How good each candidate is, [candidates]; the scale is its own."""
        if fresh := [each for each in candidates if each not in self._judged]:
            self._judged.update(zip(fresh, self._look(fresh), strict=True))
        return np.array([self._judged[each] for each in candidates], dtype=np.float32)

    def _look(self, candidates: Sequence[DecodingSequence]) -> list[float]:
        figures = np.stack([figures_of(each.before_sentence, each.sentence) for each in candidates])
        information = np.stack([information_of(each.sentence_information) for each in candidates])
        scores = plain_scores(figures, information) + _CIRCLES * (figures @ _PLAIN)
        scores -= _CUT_SHORT * np.array([each.cut_short for each in candidates], dtype=np.float32)
        scores += _NAMES * np.array([each.names_somebody for each in candidates], dtype=np.float32)
        if self._judge is not None:
            outputs = [self._architecture.keys(each.sentence_outputs[1:]) for each in candidates]
            scores = scores + self._judge.score(self._passage, outputs, figures)
        found: list[float] = scores.tolist()
        return found


def pool_passage(outputs: Floats) -> Floats:
    """The average of a passage's outputs [n, output_width] that the newest count most in, [output_width]."""
    newest = outputs[-8 * PASSAGE :]
    weights = _DECAY ** np.arange(len(newest) - 1, -1, -1)
    pooled: Floats = (weights @ newest / weights.sum()).astype(np.float32)
    return pooled


def move_passage(passage: Floats, output: Floats) -> Floats:
    """The average of a passage that has one more output, all [output_width]."""
    moved: Floats = (_DECAY * passage + (1 - _DECAY) * output).astype(np.float32)
    return moved
