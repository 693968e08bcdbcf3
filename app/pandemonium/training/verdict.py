"""What a training came to: before and after, side by side, how much it copies, and a verdict in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from pandemonium.settings import WritingSettings
from pandemonium.text.cleaning import PARAGRAPH
from pandemonium.text.ngrams import Copied, folded_words
from pandemonium.voice.file import Voice
from pandemonium.voice.profile import StyleProfile
from pandemonium.writing.continuer import Continuer
from pandemonium.writing.request import ContinueRequest
from pandemonium.writing.runtime import Runtime
from pandemonium.writing.scoring import NOTHING, score

OPENINGS = 3
_OPENING_WORDS = 40
_SAMPLE_WORDS = 80
_COPY_SAMPLES = 12
MUCH, SOME = 0.06, 0.02
_COPIED_SHARE, _COPIED_RUN = 0.08, 16


@dataclass(frozen=True)
class Reader:
    """A voice with its runtime."""

    voice: Voice
    runtime: Runtime


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
        learned: "much", "little", "nothing" or "memorised".
        sentence: the verdict for the writer, with what to do.
        openings: held-out openings, continued by both voices.
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

    def to_dict(self) -> dict[str, Any]:
        """For `result.json`."""
        return asdict(self)


def judge(
    base: Reader, own: Reader, test: Sequence[tuple[str, str]], profile: StyleProfile, train: Sequence[tuple[str, str]]
) -> Verdict:
    """Compares two voices on held-out texts and measures how much the new one copies.

    Args:
        base: the voice that the training went on from.
        own: the new one.
        test: held-out (name, canonical prose).
        profile: of the training text.
        train: the training text, (name, canonical prose).
    """
    before, after = (
        sum((score(t, r.runtime, r.voice.tokenizer, memory_share=0.0) for _, t in test), NOTHING).bits_per_character
        for r in (base, own)
    )
    openings = _openings([text for _, text in test])
    settings = WritingSettings(words=_SAMPLE_WORDS, seed=1)
    pairs = [Opening(o, _continue(base, o, settings), _continue(own, o, settings)) for o in openings[:OPENINGS]]
    # The guard against copying is off here: what is measured is what the weights would do.
    samples = [
        _continue(own, openings[i % len(openings)], WritingSettings(words=100, seed=100 + i, copy_guard=False))
        for i in range(_COPY_SAMPLES)
    ]
    copied = profile.copied(PARAGRAPH.join(samples))
    gain = 1 - after / before if before else 0.0
    learned, sentence = _in_words(gain, copied)
    return Verdict(
        round(before, 4), round(after, 4), round(gain, 4), round(copied.grams_5, 4), round(copied.grams_8, 4),
        copied.longest_run, copied.longest, _find_source(copied.longest, train), learned, sentence, pairs,
    )  # fmt: skip


def _continue(reader: Reader, text: str, settings: WritingSettings) -> str:
    writing = Continuer(reader.voice, reader.runtime).write(ContinueRequest(1, 0, text, settings=settings))
    while True:
        try:
            next(writing)
        except StopIteration as end:
            return str(end.value.text)


def _openings(texts: Sequence[str]) -> list[str]:
    """The first words of paragraphs out of held-out texts, spread over them."""
    paragraphs = [p for text in texts for p in text.split(PARAGRAPH) if len(p.split()) >= _OPENING_WORDS]
    if not paragraphs:
        paragraphs = [text for text in texts if text.strip()] or ["It was"]
    step = max(1, len(paragraphs) // _COPY_SAMPLES)
    return [" ".join(p.split()[:_OPENING_WORDS]) for p in paragraphs[::step]][:_COPY_SAMPLES]


def _in_words(gain: float, copied: Copied) -> tuple[str, str]:
    percent = f"{100 * gain:.0f} %"
    if copied.grams_8 > _COPIED_SHARE or copied.longest_run >= _COPIED_RUN:
        return "memorised", (
            f"It foresees your held-out pages {percent} better, but it has mostly memorised: it repeats runs of up to "
            f"{copied.longest_run} words. Train for fewer minutes, or give it more texts."
        )
    if gain >= MUCH:
        return "much", f"It learned much: your held-out pages surprise it {percent} less than they do the base voice. Keep it."
    if gain >= SOME:
        return "little", f"It learned a little: your held-out pages surprise it {percent} less. Train on, or add texts."
    return "nothing", "It learned next to nothing. Train for longer, or add more of your texts."


def _find_source(run: str, train: Sequence[tuple[str, str]]) -> str:
    if not run:
        return ""
    for name, text in train:
        if run in " ".join(folded_words(text)):
            return name
    return ""
