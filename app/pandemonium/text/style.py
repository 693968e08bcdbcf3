"""Figures of a text's style, after published measures and the tutorials' own counts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from itertools import pairwise
from typing import Any, Protocol

from pandemonium.text.cleaning import PARAGRAPH, clean
from pandemonium.text.distributions import (
    Distance,
    checked_count,
    checked_number,
    checked_shares,
    letter_shares,
    word_length_shares,
)
from pandemonium.text.ngrams import Copied, distinct, repeated
from pandemonium.text.sentences import ends_sentence
from pandemonium.text.words import real_share, words_of

_ABBREVIATION_REACH = 40
_SENTENCE_END = re.compile(r"""[.!?\u2026]["')\]]*(?=\s+["'(\[]*[^\sa-z"'(\[])|[\u3002\uff01\uff1f]["')\]]*(?=.)""")
_BEHIND_SPACE = re.compile(r"\s([^\W\d_])")


@dataclass(frozen=True)
class StyleFigures:
    """What can be counted in one text; every share lies between 0 and 1.

    Attributes:
        characters: of the canonical text.
        words: runs of letters, apostrophes inside.
        sentences: with at least one word.
        paragraphs: with at least one word.
        dictionary_words: share of the words that stand in the word list.
        dictionary_words_long: the same among words of four letters and more.
        word_length: mean, in letters.
        sentence_length: mean, in words.
        the: share of the words that are "the".
        ing: share of the words that end in -ing; `tion` and `ed` likewise.
        capitals_after_spaces: share of the letters behind white space that are capitals.
        once: share of the different words that occur once.
        distinct_1: different words divided by all words (Li et al. 2016); `distinct_2`, `distinct_3` for runs.
        repeated_4: share of the runs of four words that came before (rep-4, Welleck et al. 2020).
        unclosed_quotes: paragraphs that open a quotation and leave it open, the next one not going on with it.
        word_lengths: share of the words by their length in letters, "1" to "20"; longer ones count as 20.
        letters: share of the letters by letter, the 64 commonest; the rest under "other".
    """

    characters: int
    words: int
    sentences: int
    paragraphs: int
    dictionary_words: float
    dictionary_words_long: float
    word_length: float
    sentence_length: float
    the: float
    ing: float
    tion: float
    ed: float
    capitals_after_spaces: float
    once: float
    distinct_1: float
    distinct_2: float
    distinct_3: float
    repeated_4: float
    unclosed_quotes: int
    word_lengths: dict[str, float]
    letters: dict[str, float]

    @classmethod
    def from_dict(cls, values: Any) -> StyleFigures:
        """Reads what `asdict` gave, and believes none of it.

        Raises:
            ValueError: a figure is missing, of a wrong type or out of its range.
        """
        if not isinstance(values, dict):
            raise ValueError("the figures are no table")
        read: dict[str, Any] = {}
        for each in fields(cls):
            value = values.get(each.name)
            if each.type == "int":
                read[each.name] = checked_count(value)
            elif each.type == "float":
                read[each.name] = checked_number(value, 1.0 if "length" not in each.name else 1e9)
            else:
                read[each.name] = checked_shares(value)
        return cls(**read)


@dataclass(frozen=True)
class Passages:
    """Means over passages of one length: what figures that hang on length are compared with.

    Attributes:
        words: of each passage.
        count: how many were measured.
        word_lengths: total variation from the whole text.
        letters: likewise.
        once, distinct_1, distinct_2, distinct_3, repeated_4: see `StyleFigures`.
    """

    words: int
    count: int
    word_lengths: float
    letters: float
    once: float
    distinct_1: float
    distinct_2: float
    distinct_3: float
    repeated_4: float


class Reference(Protocol):
    """The text that another is compared with: a voice's training text, as far as its profile keeps it."""

    @property
    def figures(self) -> StyleFigures:
        """Of the whole text."""

    @property
    def halves(self) -> Mapping[str, Distance]:
        """How far its own halves lie apart in `word_lengths` and `letters`."""

    @property
    def passages(self) -> Sequence[Passages]:
        """Of rising length."""

    def knows(self, word: str) -> bool:
        """Tells whether it has `word`, a name perhaps, at least twice."""

    def copied(self, text: str) -> Copied:
        """How much of `text` stands in it word for word."""


def measure(text: str, known: Container[str] = frozenset()) -> StyleFigures:
    """Counts `text`, of any typography.

    Args:
        text: read as `clean` leaves it.
        known: lower-cased words; the share of real words is by it.
    """
    text = clean(text)
    words = words_of(text)
    lower = [word.lower() for word in words]
    counted = Counter(lower)
    total = max(1, len(words))
    paragraphs = [paragraph for paragraph in text.split(PARAGRAPH) if words_of(paragraph)]
    sentences = sum(map(_sentences, paragraphs))
    openings = _BEHIND_SPACE.findall(text)
    real, real_long = real_share(words, known)
    letters = sum(map(len, words))
    return StyleFigures(
        characters=len(text),
        words=len(words),
        sentences=sentences,
        paragraphs=len(paragraphs),
        dictionary_words=real,
        dictionary_words_long=real_long,
        word_length=letters / total,
        sentence_length=len(words) / max(1, sentences),
        the=counted["the"] / total,
        ing=sum(word.endswith("ing") for word in lower) / total,
        tion=sum(word.endswith("tion") for word in lower) / total,
        ed=sum(word.endswith("ed") for word in lower) / total,
        capitals_after_spaces=sum(map(str.isupper, openings)) / max(1, len(openings)),
        once=sum(count == 1 for count in counted.values()) / max(1, len(counted)),
        distinct_1=distinct(lower, 1),
        distinct_2=distinct(lower, 2),
        distinct_3=distinct(lower, 3),
        repeated_4=repeated(lower, 4),
        unclosed_quotes=_unclosed(paragraphs),
        word_lengths=word_length_shares(words),
        letters=letter_shares(text),
    )


def style_figures(
    text: str, profile: Reference | None = None, known: Container[str] = frozenset()
) -> dict[str, object]:
    """The figures of `text` by name, ready for JSON: `measure`'s, and what a voice's training text has to say.

    Args:
        text: of any typography.
        profile: of the voice's training text. With it there are also `real_words` that count its vocabulary,
            `distances`, `copied`, and under `voice` its own figures and those of its passages.
        known: lower-cased words.
    """
    figures = measure(text, known)
    result: dict[str, object] = {name: _rounded(value) for name, value in asdict(figures).items()}
    if profile is None:
        return {**result, "real_words": result["dictionary_words"], "real_words_long": result["dictionary_words_long"]}
    real, real_long = real_share(words_of(clean(text)), _Vocabulary(known, profile))
    result |= {"real_words": _rounded(real), "real_words_long": _rounded(real_long)}
    result["distances"] = {name: _distance(figures, profile, name) for name in ("word_lengths", "letters")}
    result["copied"] = {name: _rounded(value) for name, value in asdict(profile.copied(text)).items()}
    result["voice"] = {name: _rounded(value) for name, value in asdict(profile.figures).items()} | {
        "passages": [_rounded(asdict(each)) for each in profile.passages]
    }
    return result


class _Vocabulary:
    """The words of a list and those of a profile together."""

    def __init__(self, known: Container[str], profile: Reference) -> None:
        self._known = known
        self._profile = profile

    def __contains__(self, word: object) -> bool:
        return word in self._known or (isinstance(word, str) and self._profile.knows(word))


def _distance(figures: StyleFigures, profile: Reference, name: str) -> dict[str, object]:
    own = Distance.between(getattr(figures, name), getattr(profile.figures, name))
    halves = profile.halves[name]
    return {
        **{key: _rounded(value) for key, value in asdict(own).items()},
        "halves": {key: _rounded(value) for key, value in asdict(halves).items()},
        "within_twice_halves": own.total_variation <= 2 * halves.total_variation,
    }


def _sentences(paragraph: str) -> int:
    inner = [match.end() for match in _SENTENCE_END.finditer(paragraph)]
    return 1 + sum(ends_sentence(paragraph[max(0, end - _ABBREVIATION_REACH) : end]) for end in inner)


def _unclosed(paragraphs: Sequence[str]) -> int:
    count = 0
    for paragraph, following in pairwise([*paragraphs, ""]):
        count += paragraph.count('"') % 2 == 1 and not following.startswith('"')
    return count


def _rounded(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _rounded(each) for key, each in value.items()}
    return round(value, 6) if isinstance(value, float) else value
