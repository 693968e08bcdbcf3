"""Turns prose into sub-words and back: a cased byte-level BPE, to which no text is unknown.

The pieces are learned by `tokenizers`, which is imported where a tokenizer is made: who only names the class need not
wait for it. The document separator is the one id behind the learned pieces: no text, whatever it holds, can be encoded
to it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from pandemonium.errors import VoiceError
from pandemonium.text.cleaning import PARAGRAPH, replace_surrogates
from pandemonium.voice.plain_json import read_json

if TYPE_CHECKING:
    from tokenizers import models, pre_tokenizers

VOCABULARY_SIZE = 8192
LONGEST_PIECE = 1024
"""Bytes that one piece may have."""
_LONGEST_DEFINITION = 64 << 20
_MOST_PIECES = 65_535  # ids are kept in sixteen bits, and one is the separator's
_AGAIN = "Ask for the voice file again."
_PROBE = 'A "Cellar" \u2014 not\n\n1928\u2026 \u00e9 \u4e2d \U0001f70f\x00'

# A word with the space before it, one digit, a run of one kind of sign, a paragraph break, a newline.
_PIECES = r" ?[\p{L}\p{M}]+|'(?:s|t|re|ve|m|ll|d)(?![\p{L}])|\p{N}| ?[^\s\p{L}\p{M}\p{N}]+|\n\n|\n| +(?! )|\s"

# All that the definition of our tokenizers says beside pieces and merges.
_FRAME = {
    "version": "1.0",
    "pre_tokenizer": {
        "type": "Sequence",
        "pretokenizers": [
            {"type": "Split", "pattern": {"Regex": _PIECES}, "behavior": "Isolated", "invert": False},
            {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True, "use_regex": False},
        ],
    },
    "decoder": {"type": "ByteLevel", "add_prefix_space": True, "trim_offsets": True, "use_regex": True},
}
_MODEL = {"type": "BPE"}


class SubwordTokenizer:
    """Text to piece numbers and back.

    Attributes:
        size: how many ids there are, the separator included.
        separator: the id that stands between two documents and before the first.
    """

    def __init__(self, definition: str) -> None:
        """Reads a tokenizer, and believes none of it: only pieces and merges are taken from the definition.

        `tokenizers` can do much that ours never do: rewrite texts, run patterns that take forever, panic. So a
        definition must be exactly of the kind that this program makes, and what it makes is built anew.

        Args:
            definition: the JSON of `tokenizers`.

        Raises:
            VoiceError: the definition is not of the kind that this program makes.
        """
        from tokenizers import Tokenizer, decoders

        try:
            model = _model(read_json(definition, _LONGEST_DEFINITION))
            self._tokenizer = Tokenizer(model)
            self._tokenizer.pre_tokenizer = split_and_spell()
            self._tokenizer.decoder = decoders.ByteLevel()
            self.definition: str = self._tokenizer.to_str()
            self.separator = self._tokenizer.get_vocab_size()
            self.size = self.separator + 1
            whole = self.decode(self.encode(_PROBE)) == _PROBE
        except Exception as error:  # tokenizers raises bare Exception for every fault
            raise VoiceError("The voice's tokenizer is none that this program makes.", _AGAIN) from error
        if not whole:
            raise VoiceError("The voice's tokenizer does not give back what it was given.", _AGAIN)

    @classmethod
    def train(cls, texts: Iterable[str], size: int = VOCABULARY_SIZE) -> SubwordTokenizer:
        """Learns `size` ids (256 bytes, merges, the separator) from canonical prose."""
        from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers

        tokenizer = Tokenizer(models.BPE(byte_fallback=False))
        tokenizer.pre_tokenizer = split_and_spell()
        tokenizer.decoder = decoders.ByteLevel()
        trainer = trainers.BpeTrainer(
            vocab_size=size - 1,
            min_frequency=2,
            show_progress=False,
            initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
            max_token_length=LONGEST_PIECE,
        )
        tokenizer.train_from_iterator(texts, trainer)
        return cls(tokenizer.to_str())

    def encode(self, text: str) -> list[int]:
        """Gives the ids of `text`; a lone surrogate is read as U+FFFD."""
        ids: list[int] = self._tokenizer.encode(replace_surrogates(text), add_special_tokens=False).ids
        return ids

    def encode_batch(self, texts: Sequence[str]) -> list[list[int]]:
        """Gives the ids of each text, on all processors."""
        encodings = self._tokenizer.encode_batch([replace_surrogates(t) for t in texts], add_special_tokens=False)
        return [encoding.ids for encoding in encodings]

    def decode(self, ids: Iterable[int]) -> str:
        """Gives the text of `ids`; bytes that are no UTF-8 become U+FFFD, separators vanish."""
        return b"".join(self.pieces[i] for i in ids).decode("utf-8", "replace")

    @cached_property
    def pieces(self) -> list[bytes]:
        """The bytes of each id; the separator's are empty."""
        of_character = str.maketrans(_byte_of_character())
        by_id = {i: piece for piece, i in self._tokenizer.get_vocab().items()}
        return [*(by_id[i].translate(of_character).encode("latin-1") for i in range(self.separator)), b""]

    @cached_property
    def lengths(self) -> NDArray[np.int32]:
        """The bytes in each piece, [size]."""
        return np.array([len(piece) for piece in self.pieces], dtype=np.int32)

    @cached_property
    def paragraph(self) -> int | None:
        """The id of a paragraph break, if it is one piece."""
        ids = self.encode(PARAGRAPH)
        return ids[0] if len(ids) == 1 else None

    @cached_property
    def _ids(self) -> dict[bytes, int]:
        return {piece: i for i, piece in enumerate(self.pieces) if piece}

    def id_of(self, piece: bytes) -> int | None:
        """The id of the piece that has exactly these bytes, or None."""
        return self._ids.get(piece)

    def spelling(self, prefix: bytes) -> NDArray[np.int64]:
        """Gives the ids [n] that `prefix` can be spelled with: their bytes begin with it, or it begins with theirs."""
        start = bisect_left(self.in_order, (prefix,))
        end = bisect_right(self.in_order, prefix, start, key=lambda each: each[0][: len(prefix)])
        shorter = [i for length in range(1, len(prefix)) if (i := self.id_of(prefix[:length])) is not None]
        return np.sort(np.append(self._ids_in_order[start:end], np.array(shorter, dtype=np.int64)))

    @cached_property
    def in_order(self) -> list[tuple[bytes, int]]:
        """The pieces by their bytes, each with its id; the separator is none of them."""
        return sorted((piece, i) for i, piece in enumerate(self.pieces) if piece)

    @cached_property
    def _ids_in_order(self) -> NDArray[np.int64]:
        """Their ids alone, [n]."""
        return np.array([i for _, i in self.in_order], dtype=np.int64)


def split_and_spell() -> pre_tokenizers.PreTokenizer:
    """Splits a text into words, signs and breaks, and spells each in bytes: what every voice's tokenizer does first."""
    from tokenizers import Regex, pre_tokenizers

    return pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(_PIECES), behavior="isolated"),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ]
    )


def character_of_byte() -> dict[int, str]:
    """The printable character that `tokenizers` writes for each byte (after GPT-2's byte encoder)."""
    plain = [*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
    others = [byte for byte in range(256) if byte not in plain]
    return {**{byte: chr(byte) for byte in plain}, **{byte: chr(256 + i) for i, byte in enumerate(others)}}


def _byte_of_character() -> dict[str, int]:
    return {character: byte for byte, character in character_of_byte().items()}


def _model(definition: Any) -> models.BPE:
    """The pieces and merges of a definition that is in all else what this program writes.

    Raises:
        ValueError: it is not; so do TypeError, KeyError and AttributeError.
    """
    from tokenizers import models

    model = definition.pop("model")
    vocabulary = model.pop("vocab")
    merges = [_pair(each) for each in model.pop("merges")]
    ignore_merges = model.pop("ignore_merges", False)
    if _told(definition) != _FRAME or _told(model) != _MODEL or type(ignore_merges) is not bool:
        raise ValueError("a tokenizer of another kind")
    _check_pieces(vocabulary)
    if len(merges) > len(vocabulary) or len(set(merges)) < len(merges):
        raise ValueError("too many merges")
    if not all(left in vocabulary and right in vocabulary and left + right in vocabulary for left, right in merges):
        raise ValueError("a merge of what is no piece")
    return models.BPE(vocab=vocabulary, merges=merges, ignore_merges=ignore_merges)


def _pair(merge: Any) -> tuple[str, str]:
    left, right = merge.split(" ") if isinstance(merge, str) else merge  # as older versions of `tokenizers` wrote them
    return str(left), str(right)


def _told(table: dict[str, Any]) -> dict[str, Any]:
    """What a definition says beyond the usual: nothing, no and none are left out, as versions differ in saying them."""
    return {name: value for name, value in table.items() if value not in (None, False, [], {})}


def _check_pieces(vocabulary: Any) -> None:
    if not isinstance(vocabulary, dict) or not 256 <= len(vocabulary) <= _MOST_PIECES:
        raise ValueError("an impossible number of pieces")
    if sorted(vocabulary.values()) != list(range(len(vocabulary))) or bool in map(type, vocabulary.values()):
        raise ValueError("the pieces are not numbered from 0 on")
    alphabet = set(_byte_of_character())
    if not alphabet <= vocabulary.keys():
        raise ValueError("a byte has no piece")
    if not all(0 < len(piece) <= LONGEST_PIECE and alphabet.issuperset(piece) for piece in vocabulary):
        raise ValueError("a piece that is no bytes")
