"""Tokenizers of every unit: characters, words and sub-words, all of them byte-level, so that no text is unknown to any.

They are all definitions of one kind, so that a voice of any unit is written, read and run alike:

- *character*: every character of the text is a piece; one that it never had is spelled in its bytes.
- *word*: a word with the space before it is a piece, if it is frequent enough. A rarer word is not lost: it is
  spelled character by character, and the voice can spell new ones likewise.
- *sub-word*: learned by byte-pair encoding (`SubwordTokenizer.train`).
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Literal, get_args

from pandemonium.errors import VoiceError
from pandemonium.voice.tokenizer import (
    LONGEST_PIECE,
    VOCABULARY_SIZE,
    SubwordTokenizer,
    character_of_byte,
    split_and_spell,
)

if TYPE_CHECKING:
    from tokenizers import models

Unit = Literal["character", "word", "sub-word"]
UNITS: tuple[Unit, ...] = get_args(Unit)
_LARGEST = 65_000  # ids are kept in sixteen bits


@dataclass(frozen=True)
class RareWords:
    """What became of a text's words in a vocabulary of words.

    Attributes:
        different: different words of the text, each with the space before it or without.
        once: share of them that occur once.
        kept: how many are pieces.
        spelled: share of all running words that are spelled by their characters.
    """

    different: int
    once: float
    kept: int
    spelled: float


def train_tokenizer(texts: Iterable[str], unit: Unit, size: int = VOCABULARY_SIZE, least: int = 2) -> SubwordTokenizer:
    """Learns the pieces of `unit` from canonical prose.

    Args:
        texts: to learn from.
        unit: what a piece is.
        size: ids at most, the separator included; a vocabulary of characters takes what it needs.
        least: how often a word must occur to become a piece of its own.

    Raises:
        VoiceError: there is no such unit.
    """
    match unit:
        case "character":
            return characters_of(texts)
        case "word":
            return words_of(texts, size, least)[0]
        case "sub-word":
            return SubwordTokenizer.train(texts, size)
    raise VoiceError(f"There is no unit '{unit}'.", f"Choose one of {', '.join(UNITS)}.")


def unit_of(tokenizer: SubwordTokenizer) -> Unit:
    """Which unit a voice's tokenizer is of."""
    model = json.loads(tokenizer.definition)["model"]
    if model.get("ignore_merges"):
        return "word"
    # A vocabulary of characters has no piece that is more than one.
    return "sub-word" if any(_is_long(piece) for piece in tokenizer.pieces) else "character"


def characters_of(texts: Iterable[str]) -> SubwordTokenizer:
    """The vocabulary of the characters of `texts`: 256 bytes, and each longer character as one piece."""
    from tokenizers import models

    vocabulary, merges = _alphabet(_counted_characters(texts))
    return _tokenizer(models.BPE(vocab=vocabulary, merges=merges))


def words_of(texts: Iterable[str], size: int = VOCABULARY_SIZE, least: int = 2) -> tuple[SubwordTokenizer, RareWords]:
    """The vocabulary of the most frequent words and signs of `texts`, and what became of the others."""
    from tokenizers import models

    counted: Counter[str] = Counter()
    characters: Counter[str] = Counter()
    split = split_and_spell()
    for text in texts:
        characters.update(text)
        for paragraph in text.splitlines(keepends=True):
            counted.update(word for word, _ in split.pre_tokenize_str(paragraph))
        counted[_spelled("\n\n")] += text.count("\n\n")
    vocabulary, merges = _alphabet(characters)
    room = min(size, _LARGEST) - 1 - len(vocabulary)
    for word, count in counted.most_common():
        if room <= 0 or count < least:
            break
        if word not in vocabulary and len(word) <= LONGEST_PIECE:
            vocabulary[word] = len(vocabulary)
            room -= 1
    spelled = sum(count for word, count in counted.items() if word not in vocabulary)
    rare = RareWords(
        different=len(counted),
        once=sum(count == 1 for count in counted.values()) / max(1, len(counted)),
        kept=sum(word in vocabulary for word in counted),
        spelled=spelled / max(1, counted.total()),
    )
    # A piece that stands in the vocabulary whole is taken whole; only what does not is built up by the merges.
    return _tokenizer(models.BPE(vocab=vocabulary, merges=merges, ignore_merges=True)), rare


def _tokenizer(model: models.BPE) -> SubwordTokenizer:
    from tokenizers import Tokenizer, decoders

    tokenizer = Tokenizer(model)
    tokenizer.pre_tokenizer = split_and_spell()
    tokenizer.decoder = decoders.ByteLevel()
    return SubwordTokenizer(tokenizer.to_str())


def _counted_characters(texts: Iterable[str]) -> Counter[str]:
    counted: Counter[str] = Counter()
    for text in texts:
        counted.update(text)
    return counted


def _alphabet(characters: Counter[str]) -> tuple[dict[str, int], list[tuple[str, str]]]:
    """All bytes, and for each character of several bytes the merges that make one piece of it, in their order."""
    vocabulary = {character_of_byte()[byte]: byte for byte in range(256)}
    merges: dict[tuple[str, str], None] = {}
    most = _LARGEST // 2
    for character, _ in characters.most_common():
        spelled = _spelled(character)
        if len(spelled) < 2 or len(vocabulary) > most:
            continue
        ends = range(1, len(spelled) + 1)
        for start, end in pairwise(ends):
            merges[(spelled[:start], spelled[start:end])] = None
            vocabulary.setdefault(spelled[:end], len(vocabulary))
    # Shorter ones first: a character's first two bytes are one before its third joins them.
    return vocabulary, sorted(merges, key=lambda pair: len(pair[0]))


def _spelled(text: str) -> str:
    """`text` as its bytes are written in a vocabulary."""
    table = character_of_byte()
    return "".join(table[byte] for byte in text.encode("utf-8", "replace"))


def _is_long(piece: bytes) -> bool:
    try:
        return len(piece.decode("utf-8")) > 1
    except UnicodeDecodeError:
        return False
