"""Voices of any unit on one scale: how well they foresee held-out text, and what their own writing counts up to."""

from __future__ import annotations

import time
import tomllib
from collections.abc import Callable, Container, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from pandemonium.settings import WritingSettings
from pandemonium.text.cleaning import PARAGRAPH
from pandemonium.text.function_words import function_word_shares
from pandemonium.text.style import StyleFigures, measure
from pandemonium.text.words import words_of
from pandemonium.voice.card import Card
from pandemonium.voice.file import Voice
from pandemonium.voice.units import unit_of
from pandemonium.writing.continuer import Continuer
from pandemonium.writing.measuring.foresight import UNASKED, foresee
from pandemonium.writing.measuring.scoring import NOTHING, score
from pandemonium.writing.request import ContinueRequest
from pandemonium.writing.runtimes.runtime import Runtime

_SEED = 1


@dataclass(frozen=True)
class Counts:
    """A text's figures, with the write-ups' own counts that are not among them.

    Attributes:
        figures: see `StyleFigures`.
        prepositions: share of the words.
        pronouns: share of the words.
    """

    figures: StyleFigures
    prepositions: float
    pronouns: float

    @classmethod
    def of(cls, text: str, known: Container[str]) -> Counts:
        """Counts `text`; `known` are the words of the dictionary, lower-cased."""
        return cls(measure(text, known), *function_word_shares(words_of(text)))

    def to_dict(self) -> dict[str, Any]:
        """The figures and the two shares in one table."""
        return {**asdict(self.figures), "prepositions": self.prepositions, "pronouns": self.pronouns}


@dataclass(frozen=True)
class Compared:
    """One voice's row.

    Attributes:
        voice: its name.
        unit: "character", "word" or "sub-word".
        recipe: the name of the recipe that it followed; empty for none.
        weights: of its network.
        minutes: of training, its base voice's not counted.
        bits_per_character: on the held-out texts, without the draft's memory.
        next_character_accuracy: share of their characters that it held for the likeliest; see `foresight`.
        characters_per_second: that it wrote here.
        temperature: that it wrote its sample at.
        sample: what it wrote, the openings left out.
        counts: of the sample.
    """

    voice: str
    unit: str
    recipe: str
    weights: int
    minutes: float
    bits_per_character: float
    next_character_accuracy: float
    characters_per_second: float
    temperature: float
    sample: str
    counts: Counts

    def to_dict(self) -> dict[str, Any]:
        """For `--json`."""
        values = asdict(self)
        values["style"] = self.counts.to_dict()
        del values["counts"]
        return values


def read_openings(path: Path) -> list[str]:
    """The texts of a TOML file of [[opening]] tables."""
    return [str(opening["text"]) for opening in tomllib.loads(path.read_text("utf-8"))["opening"]]


def habits(card: Card, words: int, temperature: float | None = None) -> WritingSettings:
    """How a voice is let write: at the temperature that is asked for, else as its recipe says, else as usual."""
    settings: dict[str, Any] = {"words": words, "seed": _SEED, "candidates": 1}  # the voice itself, unjudged
    sampling = card.recipe.get("sampling")
    if isinstance(sampling, dict):
        settings |= {key: float(sampling[key]) for key in ("temperature", "top_p") if _is_sound(sampling.get(key))}
    if temperature is not None:
        settings["temperature"] = temperature
    return WritingSettings(**settings)


def compare(
    voice: Voice,
    runtime: Runtime,
    texts: Sequence[str],
    openings: Sequence[str],
    known: Container[str],
    *,
    words: int = 100,
    temperature: float | None = None,
    most: int = 20_000,
    say: Callable[[str], None] = lambda what: None,
) -> Compared:
    """Measures one voice.

    Args:
        voice: to measure.
        runtime: its network.
        texts: held out, as they stand in their files.
        openings: to go on from.
        known: lower-cased words of the dictionary.
        words: of each continuation.
        temperature: to write at; None takes the recipe's.
        most: characters of each text at whose next one it is asked.
        say: hears what is being done.
    """
    say("reading")
    bits = sum((score(text, runtime, voice.tokenizer, memory_share=0.0) for text in texts), NOTHING)
    say("guessing the next character")
    foreseen = sum((foresee(text, runtime, voice.tokenizer, most=most) for text in texts), UNASKED)
    say("writing")
    settings = habits(voice.card, words, temperature)
    sample, speed = write(Continuer(voice, runtime), openings, settings)
    recipe = voice.card.recipe.get("name", "")
    return Compared(
        voice=voice.name,
        unit=unit_of(voice.tokenizer),
        recipe=recipe if isinstance(recipe, str) else "",
        weights=voice.architecture.weights,
        minutes=round(60 * voice.card.hours, 2),
        bits_per_character=round(bits.bits_per_character, 5),
        next_character_accuracy=round(foreseen.accuracy, 5),
        characters_per_second=round(speed, 1),
        temperature=settings.temperature,
        sample=sample,
        counts=Counts.of(sample, known),
    )


def write(continuer: Continuer, openings: Sequence[str], settings: WritingSettings) -> tuple[str, float]:
    """Continues each opening once; gives what was written, and the characters a second with the reading left out."""
    parts: list[str] = []
    seconds = 0.0
    for number, opening in enumerate(openings):
        own = WritingSettings(**{**asdict(settings), "seed": settings.seed + number})
        written: list[str] = []
        started = None
        for chunk in continuer.write(ContinueRequest(number, 0, opening, settings=own)):
            started = started or time.perf_counter()
            written.append(chunk.text)
        if started is not None:
            seconds += time.perf_counter() - started
        parts.append("".join(written).strip())
    sample = PARAGRAPH.join(part for part in parts if part)
    return sample, len(sample) / seconds if seconds > 0 else 0.0


def _is_sound(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)
