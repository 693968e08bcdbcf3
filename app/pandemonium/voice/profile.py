"""What a voice keeps of its training text: style figures, and filters of its words and its runs of five and eight.

The text itself cannot be read back out of them. They are enough to say how near another text comes to it in
style, how much of it is copied, and, while a voice writes, to keep it from copying.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pandemonium.errors import VoiceError
from pandemonium.text.cleaning import PARAGRAPH, clean
from pandemonium.text.distributions import (
    Distance,
    checked_count,
    checked_number,
    letter_shares,
    word_length_shares,
)
from pandemonium.text.ngrams import MULTIPLIER, Copied, distinct, fold, folded_words, repeated, word_hash
from pandemonium.text.style import Passages, StyleFigures, measure
from pandemonium.text.words import words_of
from pandemonium.voice.bloom import BloomFilter, Hashes
from pandemonium.voice.plain_json import read_json
from pandemonium.voice.sources import RunSources

FORMAT = 1
_LONGEST = 1 << 20  # characters of its definition
SHORT_RUN = 5
LONG_RUN = 8
MOST_WORDS = 4_000_000
PASSAGE_WORDS = (1000, 4000, 16000)
_MOST_PASSAGES = 40
_WORD_FALSE_POSITIVES = 0.001
_FILTERS = ("grams5", "grams8", "words")
_COMPARED = ("word_lengths", "letters")


@dataclass(frozen=True)
class StyleProfile:
    """The profile of one training text.

    Attributes:
        figures: of the whole text.
        halves: how far its two halves lie apart, in "word_lengths" and "letters".
        passages: means over its passages, by rising length.
        grams5: its runs of five words.
        grams8: its runs of eight words.
        words: its words that occur at least twice, folded, without possessive 's.
        sources: which of its texts a run of eight stands in; None where that was not kept, as in most voices.
    """

    figures: StyleFigures
    halves: Mapping[str, Distance]
    passages: tuple[Passages, ...]
    grams5: BloomFilter
    grams8: BloomFilter
    words: BloomFilter
    sources: RunSources | None = None

    @classmethod
    def of(
        cls, documents: Sequence[str], known: Container[str] = frozenset(), names: Sequence[str] = ()
    ) -> StyleProfile:
        """Makes the profile of a training text; of a very long one, of its first four million words.

        Args:
            documents: of any typography; no run reaches from one into the next.
            known: lower-cased words, by which its real words are counted.
            names: of the documents, where it is to be kept which of them a run stands in.
        """
        kept = _first([clean(document) for document in documents])
        documents = [document for _, document in kept]
        text = PARAGRAPH.join(documents)
        figures = measure(text, known)
        hashes = [_word_hashes(folded_words(document)) for document in documents]
        counted = Counter(map(_stem, words_of(text)))
        often = np.array([word_hash(word) for word, count in counted.items() if count > 1], dtype=np.uint64)
        grams = {n: np.unique(_joined([gram_hashes(each, n) for each in hashes])) for n in (SHORT_RUN, LONG_RUN)}
        called = [names[number] for number, _ in kept] if names else []
        return cls(
            figures,
            _distances(*(measure(half) for half in _halves(documents))),
            tuple(_passages(text, figures)),
            BloomFilter.of(grams[SHORT_RUN]),
            BloomFilter.of(grams[LONG_RUN]),
            BloomFilter.of(often, _WORD_FALSE_POSITIVES),
            RunSources.of(called, [gram_hashes(each, LONG_RUN) for each in hashes]) if called else None,
        )

    def knows(self, word: str) -> bool:
        """Tells whether the training text has `word` at least twice (one stranger in a thousand is taken for known)."""
        return word_hash(_stem(word)) in self.words

    def copied(self, text: str) -> Copied:
        """How much of `text` stands in the training text word for word.

        A run of eight counts when its four runs of five are there as well, so that hardly any is taken for
        copied that is not; the share of runs of five is lowered by what the filter takes for its own.
        """
        words = folded_words(text)
        hashes = _word_hashes(words)
        short = self.grams5.has(gram_hashes(hashes, SHORT_RUN))
        long = self.grams8.has(gram_hashes(hashes, LONG_RUN))
        for shift in range(LONG_RUN - SHORT_RUN + 1):
            long &= short[shift : shift + len(long)]
        found, size = (long, LONG_RUN) if long.any() else (short, SHORT_RUN)
        start, length = _longest(found)
        run = length + size - 1 if length else 0
        strangers = self.grams5.false_positives
        return Copied(
            grams_5=max(0.0, (_mean(short) - strangers) / (1 - strangers)),
            grams_8=_mean(long),
            longest_run=run,
            longest=" ".join(words[start : start + run]),
        )

    def tensors(self) -> dict[str, NDArray[np.uint8]]:
        """The filters' bits, and the index of sources where there is one, for the voice file."""
        filters = {f"profile.{name}": getattr(self, name).bits for name in _FILTERS}
        return {**filters, **(self.sources.tensors() if self.sources else {})}

    def to_json(self) -> str:
        """All the rest, for the voice file."""
        return json.dumps(
            {
                "format": FORMAT,
                "figures": asdict(self.figures),
                "halves": {name: asdict(distance) for name, distance in self.halves.items()},
                "passages": [asdict(each) for each in self.passages],
                "probes": {name: getattr(self, name).probes for name in _FILTERS},
                **({"sources": list(self.sources.names)} if self.sources else {}),
            },
            ensure_ascii=False,
        )

    @classmethod
    def read(cls, definition: str, tensors: Mapping[str, NDArray[Any]]) -> StyleProfile:
        """Reads what `to_json` and `tensors` gave, and believes none of it.

        Raises:
            VoiceError: it is not a profile that this program makes.
        """
        try:
            values = read_json(definition, _LONGEST)
            if values["format"] != FORMAT:
                raise ValueError("a later format")
            filters = {name: BloomFilter(tensors[f"profile.{name}"], values["probes"][name]) for name in _FILTERS}
            for each in filters.values():
                each.check()
            halves = {name: _checked(Distance, values["halves"][name]) for name in _COMPARED}
            passages = tuple(_checked(Passages, each) for each in values["passages"][: len(PASSAGE_WORDS)])
            sources = RunSources.read(values["sources"], tensors) if "sources" in values else None
            return cls(StyleFigures.from_dict(values["figures"]), halves, passages, **filters, sources=sources)
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
            raise VoiceError(
                "The voice's profile of its training text is damaged.",
                "Ask for the file again, or choose another voice.",
            ) from error


def gram_hashes(hashes: Hashes, n: int) -> Hashes:
    """The hash of each run of `n` words, [words - n + 1]; as `text.ngrams.gram_hash` has it.

    Args:
        hashes: of the words, [words].
    """
    count = max(0, len(hashes) - n + 1)
    result = np.zeros(count, dtype=np.uint64)
    for i in range(n):
        result = result * np.uint64(MULTIPLIER) + hashes[i : i + count]
    return result


def _stem(word: str) -> str:
    return fold(word).removesuffix("'s")


def _word_hashes(words: Sequence[str]) -> Hashes:
    table = {word: word_hash(word) for word in set(words)}
    return np.fromiter((table[word] for word in words), dtype=np.uint64, count=len(words))


def _first(documents: Iterable[str]) -> list[tuple[int, str]]:
    """The documents that are looked at, with their numbers; the last one may be cut short."""
    kept: list[tuple[int, str]] = []
    room = MOST_WORDS
    for number, document in enumerate(documents):
        words = document.count(" ") + document.count("\n")
        if words > room:
            document = document[: round(len(document) * room / words)]
        if document:
            kept.append((number, document))
        room -= words
        if room <= 0:
            break
    return kept


def _halves(documents: Sequence[str]) -> tuple[str, str]:
    """Two halves of about one length: document by document, or one document cut in its middle."""
    if len(documents) < 2:
        whole = PARAGRAPH.join(documents)
        middle = whole.find(" ", len(whole) // 2)
        return (whole[:middle], whole[middle:]) if middle >= 0 else (whole, whole)
    halves: tuple[list[str], list[str]] = ([], [])
    sizes = [0, 0]
    for document in documents:
        shorter = int(sizes[1] < sizes[0])
        halves[shorter].append(document)
        sizes[shorter] += len(document)
    return PARAGRAPH.join(halves[0]), PARAGRAPH.join(halves[1])


def _distances(first: StyleFigures, second: StyleFigures) -> dict[str, Distance]:
    return {name: Distance.between(getattr(first, name), getattr(second, name)) for name in _COMPARED}


def _passages(text: str, whole: StyleFigures) -> Iterable[Passages]:
    words = words_of(text)
    for length in PASSAGE_WORDS:
        starts = range(0, len(words) - length + 1, max(length, len(words) // _MOST_PASSAGES))
        measured = [_passage([word.lower() for word in words[start : start + length]], whole) for start in starts]
        if measured:
            yield Passages(length, len(measured), *(float(mean) for mean in np.mean(measured, axis=0)))


def _passage(words: Sequence[str], whole: StyleFigures) -> tuple[float, ...]:
    counted = Counter(words)
    return (
        Distance.between(word_length_shares(words), whole.word_lengths).total_variation,
        Distance.between(letter_shares(" ".join(words)), whole.letters).total_variation,
        sum(count == 1 for count in counted.values()) / len(counted),
        *(distinct(words, n) for n in (1, 2, 3)),
        repeated(words, 4),
    )


def _checked(kind: type[Any], values: Any) -> Any:
    """A table of counts and shares as `kind`, a dataclass of such fields only."""
    read = {each.name: (checked_count if each.type == "int" else _share)(values[each.name]) for each in fields(kind)}
    return kind(**read)


def _share(value: Any) -> float:
    return checked_number(value, 1.0)


def _longest(found: NDArray[np.bool_]) -> tuple[int, int]:
    """Where the longest run of True begins, and its length."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], found, [False]]).astype(np.int8)))
    lengths = edges[1::2] - edges[::2]
    if not len(lengths):
        return 0, 0
    best = int(lengths.argmax())
    return int(edges[2 * best]), int(lengths[best])


def _joined(parts: Sequence[Hashes]) -> Hashes:
    return np.concatenate([np.zeros(0, dtype=np.uint64), *parts])


def _mean(found: NDArray[np.bool_]) -> float:
    return float(found.mean()) if len(found) else 0.0
