"""The evaluation report: what a training came to, how much the voice copies, and what that means in words."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

import numpy as np

from pandemonium.settings import WritingSettings
from pandemonium.text.cleaning import PARAGRAPH, normalize
from pandemonium.text.ngrams import Copied, folded_words
from pandemonium.text.sentences import is_unspaced
from pandemonium.text.style import StyleFigures, measure
from pandemonium.training.material.openings import Reader, find_openings
from pandemonium.training.personal.counting import LetterModel
from pandemonium.training.personal.mixture import Mixture, find_mixture, mixture_in_words
from pandemonium.training.reading.splitting import Documents, cut_near
from pandemonium.voice.profile import LONG_RUN, SHORT_RUN, StyleProfile, gram_hashes
from pandemonium.voice.tokenizer import SubwordTokenizer
from pandemonium.writing.measuring.scoring import bits_per_character, token_log_probabilities
from pandemonium.writing.runtimes.runtime import Floats

OPENINGS = 3
_SAMPLE_WORDS = 80
_COPY_SAMPLES = 12
_COPIED_WORDS = 100  # of each
# By how much the bits fell. A bundled voice writes good prose before it has learned: ten per cent are a lot.
MUCH = 0.08
SOME = 0.04
LITTLE = 0.005
# By how much a voice from scratch is better than counting letters.
MUCH_ALONE = 0.12
SOME_ALONE = 0.05
_COPIED_SHARE = 0.08
_COPIED_RUN = 16
_LETTERS_A_WORD = 2  # where no spaces part words
TOKENS_A_SECOND = 40  # of learning, that are scored with each voice
LEAST_TOKENS = 4_000
MOST_TOKENS = 24_000
_RATE_CHARACTERS = 20_000  # that tell how many sub-words a character takes
_SCORING_SHARE = 0.5  # of the work; the other half is writing

OnShare = Callable[[float], None]


@dataclass(frozen=True)
class Opening:
    """One held-out opening, continued by both voices."""

    opening: str
    base: str
    own: str


@dataclass(frozen=True)
class EvaluationReport:
    """The result page's content.

    Attributes:
        before: held-out bits per character of the base voice; None for a voice from scratch.
        after: of the new one.
        gain: the share by which they fell; from scratch, by which they are lower than `counted`.
        copied_5: share of the new voice's word 5-grams that stand in the training text.
        copied_8: the same for 8-grams.
        longest_run: words in the longest copied run.
        longest: that run.
        longest_from: the document it stands in.
        learned: "much", "some", "little", "nothing" or "memorised".
        sentence: the report for the writer, with what to do.
        openings: held-out openings, continued by both voices.
        style: shares of "letters" and "word_lengths" of what the new voice writes ("own") and of the training text
            ("author"); empty where nothing was learned.
        counted: from scratch, the bits per character of a model that only counts letters; else None.
        mixture: the shares of voices together with which the new one foresees the pages better; empty for none.
        mixed: the bits per character of that mixture; None for none.
    """

    before: float | None
    after: float
    gain: float
    copied_5: float
    copied_8: float
    longest_run: int
    longest: str
    longest_from: str
    learned: str
    sentence: str
    openings: list[Opening]
    style: dict[str, dict[str, dict[str, float]]] = field(default_factory=dict)
    counted: float | None = None
    mixture: dict[str, float] = field(default_factory=dict)
    mixed: float | None = None

    def to_dict(self) -> dict[str, Any]:
        """For `result.json`."""
        return asdict(self)


def scored_tokens(learned: float) -> int:
    """How many sub-words of held-out text each voice is scored on after so many seconds of learning."""
    return round(min(MOST_TOKENS, max(LEAST_TOKENS, TOKENS_A_SECOND * learned)))


def evaluate_voices(
    base: Reader,
    own: Reader,
    test: Sequence[tuple[str, str]],
    profile: StyleProfile,
    train: Sequence[tuple[str, str]],
    ended: str = "done",
    *,
    from_scratch: bool = False,
    foundation: Reader | None = None,
    tokens: int = MOST_TOKENS,
    on_share: OnShare = lambda share: None,
) -> EvaluationReport:
    """Measures the new voice on held-out texts, beside the one that it went on from, and how much it copies.

    A voice from scratch is measured by a model that counts letters in the same texts: the base voice may not even
    know their language.

    Args:
        base: the voice that the training went on from.
        own: the new one.
        test: held-out (name, canonical prose).
        profile: of the training text.
        train: the training text, (name, canonical prose), or the sample of it that the profile was made of.
        ended: why the learning did: "done", "no gain", "stopped" or "diverged".
        from_scratch: the new voice did not go on from the base voice.
        foundation: the base voice's, which may be mixed in as well.
        tokens: sub-words that are scored with each voice; of more held-out text the beginnings of all documents.
        on_share: hears what share of the work is done.
    """
    readers = [own] if from_scratch else [own, base, *([foundation] if foundation else [])]
    scored = [text for _, text in _beginnings(test, tokens, [each.voice.tokenizer for each in readers])]
    told = [
        _read(reader, scored, _part(on_share, _SCORING_SHARE, number, len(readers)))
        for number, reader in enumerate(readers)
    ]
    characters = sum(len(normalize(text)) for text in scored)
    bits = [bits_per_character(-float(each.sum(dtype=np.float64)), characters) for each in told]
    counted = LetterModel([text for _, text in train]).bits_per_character(scored) if from_scratch else None
    before = None if from_scratch else bits[1]
    after = bits[0]
    mixture = Mixture() if from_scratch else find_mixture(np.stack(told), [each.voice.name for each in readers[1:]])
    mixed = bits_per_character(mixture.nats, characters) if mixture.shares else None
    reference = counted if before is None else before

    openings = find_openings([text for _, text in test], _COPY_SAMPLES) or ["It was"]
    writing = _Writing(_COPY_SAMPLES + OPENINGS * (1 if from_scratch else 2), on_share)
    settings = WritingSettings(words=_SAMPLE_WORDS, seed=1)
    pairs = [
        Opening(each, "" if from_scratch else writing.go_on(base, each, settings), writing.go_on(own, each, settings))
        for each in openings[:OPENINGS]
    ]
    # Neither a guard against copying nor a choice among candidates: what is measured is what the weights would do.
    bare = WritingSettings(words=_COPIED_WORDS, copy_guard=False, candidates=1)
    samples = [
        writing.go_on(own, openings[i % len(openings)], replace(bare, seed=100 + i)) for i in range(_COPY_SAMPLES)
    ]
    copied, source = _copying(PARAGRAPH.join(samples), profile, train)
    gain = 1 - after / reference if reference else 0.0
    in_words = _alone_in_words if from_scratch else _in_words
    learned, sentence = in_words(gain, copied, ended)
    if mixed is not None and learned != "memorised":
        sentence = f"{sentence} {mixture_in_words(mixture, 1 - mixed / after)}"
    return EvaluationReport(
        before=None if before is None else round(before, 4),
        after=round(after, 4),
        gain=round(gain, 4),
        copied_5=round(copied.grams_5, 4),
        copied_8=round(copied.grams_8, 4),
        longest_run=copied.longest_run,
        longest=copied.longest,
        longest_from=source,
        learned=learned,
        sentence=sentence,
        openings=pairs,
        style={"own": _shares(measure(PARAGRAPH.join(samples))), "author": _shares(profile.figures)},
        counted=None if counted is None else round(counted, 4),
        mixture=mixture.shares,
        mixed=None if mixed is None else round(mixed, 4),
    )


class _Writing:
    """Counts the continuations that are written, and tells what share of them is."""

    def __init__(self, count: int, on_share: OnShare) -> None:
        self._count = count
        self._done = 0
        self._on_share = on_share

    def go_on(self, reader: Reader, opening: str, settings: WritingSettings) -> str:
        text = reader.go_on(opening, settings)
        self._done += 1
        self._on_share(_SCORING_SHARE + (1 - _SCORING_SHARE) * self._done / self._count)
        return text


def _part(on_share: OnShare, whole: float, number: int, count: int) -> OnShare:
    """Hears the share of one of `count` parts that make up `whole` of the work."""
    return lambda share: on_share(whole * (number + share) / count)


def _read(reader: Reader, texts: Sequence[str], on_share: OnShare) -> Floats:
    """The log-probability of every token of some texts under a voice, each text read cold, [n]."""
    total = max(1, sum(map(len, texts)))
    done = 0
    found = [np.zeros(0, dtype=np.float32)]
    for text in texts:

        def tell(share: float, start: int = done, length: int = len(text)) -> None:
            on_share((start + share * length) / total)

        found.append(token_log_probabilities(text, reader.runtime, reader.voice.tokenizer, tell))
        done += len(text)
    return np.concatenate(found)


def _beginnings(test: Sequence[tuple[str, str]], tokens: int, tokenizers: Sequence[SubwordTokenizer]) -> Documents:
    """The same share of every document, from its beginning, so that no tokenizer makes more sub-words of all of it."""
    sample = PARAGRAPH.join(text for _, text in test)[:_RATE_CHARACTERS]
    rate = max(len(each.encode(sample)) for each in tokenizers) / max(1, len(sample))
    share = tokens / max(1.0, rate * sum(len(text) for _, text in test))
    if share >= 1:
        return list(test)
    ends = [max(1, math.floor(share * len(text))) for _, text in test]
    return [(name, text[: cut_near(text, end, end // 4)]) for (name, text), end in zip(test, ends, strict=True)]


def _copying(text: str, profile: StyleProfile, train: Sequence[tuple[str, str]]) -> tuple[Copied, str]:
    """How much of `text` stands in the training text, and which document its longest run stands in."""
    if is_unspaced(text):
        return _copying_by_letters(text, train)
    copied = profile.copied(text)
    run, source = _trace(copied.longest, train)
    return replace(copied, longest_run=len(run.split()), longest=run), source


def _copying_by_letters(text: str, train: Sequence[tuple[str, str]]) -> tuple[Copied, str]:
    """The same where no spaces part words: two letters stand for one."""
    own = _letters(text)
    others = [_letters(each) for _, each in train]
    shares: dict[int, float] = {}
    found = np.zeros(0, dtype=np.bool_)
    for words in (LONG_RUN, SHORT_RUN):
        length = words * _LETTERS_A_WORD
        known = [np.unique(gram_hashes(_hashed(each), length)) for each in others]
        found = np.isin(gram_hashes(_hashed(own), length), np.concatenate([np.zeros(0, np.uint64), *known]))
        shares[words] = float(found.mean()) if len(found) else 0.0
    run, source = _longest_letters(own, found, others, [name for name, _ in train])
    return Copied(shares[SHORT_RUN], shares[LONG_RUN], len(run) // _LETTERS_A_WORD, run), source


def _longest_letters(own: str, found: np.ndarray, others: Sequence[str], names: Sequence[str]) -> tuple[str, str]:
    """The longest stretch of letters that stands in a document, and which; two empty strings for none."""
    longest = ""
    source = ""
    for start in np.flatnonzero(found & ~np.concatenate([[False], found[:-1]])):
        for name, other in zip(names, others, strict=True):
            while own[start : start + len(longest) + 1] in other and start + len(longest) < len(own):
                longest = own[start : start + len(longest) + 1]
                source = name
    return longest, source


def _letters(text: str) -> str:
    return "".join(each for each in text if each.isalnum())


def _hashed(text: str) -> np.ndarray:
    return np.frombuffer(text.encode("utf-32-le", "replace"), dtype="<u4").astype(np.uint64)


def _shares(figures: StyleFigures) -> dict[str, dict[str, float]]:
    return {
        name: {key: round(share, 5) for key, share in getattr(figures, name).items()}
        for name in ("letters", "word_lengths")
    }


def told_of_recipe(report: EvaluationReport, recipe: str) -> EvaluationReport:
    """The report on a voice that follows a recipe: what it is worth is told without advice."""
    if report.learned == "memorised" or report.counted is None:
        return report
    sentence = (
        f"The recipe '{recipe}', from your texts alone: {report.after:.2f} bits a character on your held-out pages, "
        f"where counting letters alone gives {report.counted:.2f}."
    )
    return replace(report, learned="recipe", sentence=sentence)


def _in_words(gain: float, copied: Copied, ended: str) -> tuple[str, str]:
    percent = f"{100 * gain:.0f} %"
    if copied.grams_8 > _COPIED_SHARE or copied.longest_run >= _COPIED_RUN:
        foresees = f"foresees your held-out pages {percent} better, but it has" if gain >= LITTLE else "has"
        return "memorised", (
            f"It {foresees} mostly memorised: it repeats runs of up to {copied.longest_run} words. "
            "Train for fewer minutes, or give it more texts."
        )
    surprise = f"your held-out pages surprise it {percent} less than they do the base voice"
    if gain >= MUCH:
        return "much", f"It learned much: {surprise}. Keep it."
    if gain >= SOME:
        return "some", (
            f"It took on something of how you write: {surprise}, which writes good prose already. "
            f"Keep it if it sounds like you. {_advice(ended)}"
        )
    if gain >= LITTLE:
        return "little", (
            f"It learned a little: {surprise}. That is a word or a turn of yours here and there: "
            f"keep it if you hear them. {_advice(ended)}"
        )
    as_much = "as much as" if gain > -LITTLE else "even more than"
    return "nothing", (
        f"It learned next to nothing: your held-out pages surprise it {as_much} they do the base voice. "
        f"{_advice(ended)}"
    )


def _alone_in_words(gain: float, copied: Copied, ended: str) -> tuple[str, str]:
    """The same for a voice from scratch: `gain` is on a model that counts letters."""
    if copied.grams_8 > _COPIED_SHARE or copied.longest_run >= _COPIED_RUN:
        return _in_words(0.0, copied, ended)
    letters = "which only counts what letter follows what"
    if gain >= MUCH_ALONE:
        return "much", (
            "It has learned to write from your texts alone: it foresees your held-out pages clearly better than a "
            f"model {letters}. Keep it."
        )
    if gain >= SOME_ALONE:
        return "some", (
            f"It has begun to write from your texts alone, and foresees your held-out pages better than a model "
            f"{letters}. Keep it if you can read what it writes. {_advice(ended)}"
        )
    return "nothing", (
        f"It has learned too little yet: it foresees your held-out pages no better than a model {letters}. A voice "
        f"from scratch needs hours rather than minutes, and a megabyte of text or more. {_advice(ended)}"
    )


def _advice(ended: str) -> str:
    """What brings more: where the time was up it is time, and where nothing was gained any more only texts."""
    if ended == "no gain":
        return "It had stopped improving, so more minutes would bring nothing: add more of your texts."
    return "Train on, or add more of your texts."


def _trace(run: str, train: Sequence[tuple[str, str]]) -> tuple[str, str]:
    """The longest part of a run, five words at least, that stands in a document, and which; two empty strings for none.

    The profile may take strangers for its own, once in a while; the texts themselves do not.
    """
    words = run.split()
    found = ""
    source = ""
    length = SHORT_RUN - 1
    for name, text in train:
        if length >= len(words):
            break
        folded = f" {' '.join(folded_words(text))} "
        for start in range(len(words)):
            while (
                start + length < len(words) and f" {(part := ' '.join(words[start : start + length + 1]))} " in folded
            ):
                found = part
                source = name
                length = length + 1
    return found, source
