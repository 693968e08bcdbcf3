"""What a training came to: before and after, side by side, how much it copies, and a verdict in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from pandemonium.settings import WritingSettings
from pandemonium.text.cleaning import PARAGRAPH
from pandemonium.text.ngrams import Copied, folded_words
from pandemonium.text.style import StyleFigures, measure
from pandemonium.training.material.openings import Reader, find_openings
from pandemonium.voice.profile import SHORT_RUN, StyleProfile
from pandemonium.writing.scoring import NOTHING, score

OPENINGS = 3
_SAMPLE_WORDS = 80
_COPY_SAMPLES = 12
MUCH, SOME, LITTLE = 0.06, 0.02, 0.005  # of the bits; a bundled voice writes good prose before it has learned
_COPIED_SHARE, _COPIED_RUN = 0.08, 16


@dataclass(frozen=True)
class Opening:
    """One held-out opening, continued by both voices."""

    opening: str
    base: str
    own: str


@dataclass(frozen=True)
class Verdict:
    """The result page's content.

    Attributes:
        before: held-out bits per character of the base voice.
        after: of the new one.
        gain: the share by which they fell.
        copied_5: share of the new voice's word 5-grams that stand in the training text.
        copied_8: the same for 8-grams.
        longest_run: words in the longest copied run.
        longest: that run.
        longest_from: the document it stands in.
        learned: "much", "some", "little", "nothing" or "memorised".
        sentence: the verdict for the writer, with what to do.
        openings: held-out openings, continued by both voices.
        style: shares of "letters" and "word_lengths" of what the new voice writes ("own") and of the training text
            ("author"); empty where nothing was learned.
    """

    before: float
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

    def to_dict(self) -> dict[str, Any]:
        """For `result.json`."""
        return asdict(self)


def judge(
    base: Reader,
    own: Reader,
    test: Sequence[tuple[str, str]],
    profile: StyleProfile,
    train: Sequence[tuple[str, str]],
    ended: str = "done",
) -> Verdict:
    """Compares two voices on held-out texts and measures how much the new one copies.

    Args:
        base: the voice that the training went on from.
        own: the new one.
        test: held-out (name, canonical prose).
        profile: of the training text.
        train: the training text, (name, canonical prose), or the sample of it that the profile was made of.
        ended: why the learning did: "done", "no gain", "stopped" or "diverged".
    """
    before, after = (
        sum((score(t, r.runtime, r.voice.tokenizer, memory_share=0.0) for _, t in test), NOTHING).bits_per_character
        for r in (base, own)
    )
    openings = find_openings([text for _, text in test], _COPY_SAMPLES) or ["It was"]
    settings = WritingSettings(words=_SAMPLE_WORDS, seed=1)
    pairs = [Opening(o, base.go_on(o, settings), own.go_on(o, settings)) for o in openings[:OPENINGS]]
    # The guard against copying is off here: what is measured is what the weights would do.
    samples = [
        own.go_on(openings[i % len(openings)], WritingSettings(words=100, seed=100 + i, copy_guard=False))
        for i in range(_COPY_SAMPLES)
    ]
    copied = profile.copied(PARAGRAPH.join(samples))
    run, source = _trace(copied.longest, train)
    copied = replace(copied, longest_run=len(run.split()), longest=run)
    gain = 1 - after / before if before else 0.0
    learned, sentence = _in_words(gain, copied, ended)
    return Verdict(
        round(before, 4), round(after, 4), round(gain, 4), round(copied.grams_5, 4), round(copied.grams_8, 4),
        copied.longest_run, copied.longest, source, learned, sentence, pairs,
        {"own": _shares(measure(PARAGRAPH.join(samples))), "author": _shares(profile.figures)},
    )  # fmt: skip


def _shares(figures: StyleFigures) -> dict[str, dict[str, float]]:
    return {
        name: {key: round(share, 5) for key, share in getattr(figures, name).items()}
        for name in ("letters", "word_lengths")
    }


def judged_by_recipe(verdict: Verdict, recipe: str, base: str) -> Verdict:
    """The verdict on a voice that follows a recipe: it stands beside the base voice, and did not go on from it."""
    if verdict.learned == "memorised":
        return verdict
    better = "less" if verdict.after < verdict.before else "more"
    sentence = (
        f"The recipe '{recipe}', from your texts alone: your held-out pages surprise this voice "
        f"{100 * abs(verdict.gain):.0f} % {better} than they do the voice '{base}'."
    )
    return replace(verdict, learned="recipe", sentence=sentence)


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
            f"It took on a good part of how you write: {surprise}, which writes good prose already. "
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
    found, source, length = "", "", SHORT_RUN - 1
    for name, text in train:
        if length >= len(words):
            break
        folded = f" {' '.join(folded_words(text))} "
        for start in range(len(words)):
            while (
                start + length < len(words) and f" {(part := ' '.join(words[start : start + length + 1]))} " in folded
            ):
                found, source, length = part, name, length + 1
    return found, source
