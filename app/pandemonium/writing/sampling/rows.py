"""What the samplers know of the sequences that they choose for, and what one of them leaves for another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from pandemonium.writing.reading.memory import Recalled
from pandemonium.writing.runtimes.runtime import Floats, Ids
from pandemonium.writing.runtimes.softmax import softmax_rows

Bools = NDArray[np.bool_]
NEVER = np.float32(-np.inf)


class SpelledOn(NamedTuple):
    """What may spell on a row's unfinished word.

    Attributes:
        tokens: ids [n].
        weights: their logarithms [n].
        ends: the logarithm of the word's end, whatever follows; -inf where it must go on.
    """

    tokens: Ids
    weights: Floats
    ends: float


NO_IDS: Ids = np.zeros(0, dtype=np.int64)
NO_GAINS: tuple[Ids, Floats] = (NO_IDS, np.zeros(0, dtype=np.float32))


@dataclass(frozen=True)
class Row:
    """What the samplers know of one sequence.

    Attributes:
        in_word: a word stands unfinished: the next token may spell it on.
        spelled: what is written first stands in the document already: nothing else is wanted there.
        history: the tokens up to here, the newest last.
        last: the token before; -1 for none.
        bans: tokens that must not come, ids in several parts.
        allowed: the only tokens that may come, ids, or None; and the one that is a whole word, or None.
        ending: tokens that end the sentence, ids, and how much they are wanted, from 0 to 1.
        unknown_names: tokens that would begin a name here which the text does not have, ids.
        strange_spellings: where a name of the text is being spelled, tokens that make another's of it, ids.
        name_letters: how many letters of that name stand.
        raised: tokens and what each gains: names of the passage.
        for_pronoun: tokens that begin a name, ids, and beside each the pronoun in whose place it may stand.
        wanted: tokens and what each gains: words that the writer wants.
    """

    in_word: bool = False
    spelled: bool = False
    history: Sequence[int] = ()
    last: int = -1
    bans: Sequence[Ids] = ()
    allowed: tuple[Ids, int | None] | None = None
    ending: tuple[Ids, float] = (NO_IDS, 0.0)
    unknown_names: Ids = field(default_factory=lambda: NO_IDS)
    strange_spellings: Ids = field(default_factory=lambda: NO_IDS)
    name_letters: int = 0
    raised: tuple[Ids, Floats] = NO_GAINS
    for_pronoun: tuple[Ids, Ids] = (NO_IDS, NO_IDS)
    wanted: tuple[Ids, Floats] = NO_GAINS


class NetworkLogits(NamedTuple):
    """The network's logits of several sequences, and what everybody asks of them, which is found once.

    Attributes:
        values: [rows, vocabulary].
        largest: each row's, [rows].
        normalizers: the logarithm of what the exponentials of each row add up to, [rows].
    """

    values: Floats
    largest: Floats
    normalizers: Floats

    @classmethod
    def of(cls, values: Floats) -> NetworkLogits:
        """Those of `values`, [rows, vocabulary]; a row with a number that is none has a normalizer that is none."""
        largest = values.max(axis=1)
        # The likeliest one's probability is the first exponential, which is 1, among all of them.
        normalizers: Floats = largest - np.log(softmax_rows(values).max(axis=1))
        return cls(values, largest, normalizers)

    def of_rows(self, rows: Sequence[int]) -> NetworkLogits:
        """Those of some of the rows, in their order."""
        if len(rows) == len(self.values):
            return self
        chosen = list(rows)
        return NetworkLogits(self.values[chosen], self.largest[chosen], self.normalizers[chosen])


_NO_NUMBERS: Floats = np.zeros(0, dtype=np.float32)
_NO_LOGITS = NetworkLogits(np.zeros((0, 0), dtype=np.float32), _NO_NUMBERS, _NO_NUMBERS)


@dataclass
class Rows:
    """The sequences that are taken a token further, and what one sampler leaves for another.

    Attributes:
        each: a row each.
        keys: [rows, output_width], the network's outputs as the memory's keys.
        network: the network's logits as they came.
        recalled: what the memory has raised; set by it.
        spelled_on: what may spell on; set by the filter, by row.
        tokens: which tokens the logits' columns are, ids [columns]; None while they are the whole vocabulary.
    """

    each: Sequence[Row]
    keys: Floats = field(default_factory=lambda: np.zeros((0, 0), dtype=np.float32))
    network: NetworkLogits = field(default_factory=lambda: _NO_LOGITS)
    recalled: list[Recalled] = field(default_factory=list)
    spelled_on: dict[int, SpelledOn] = field(default_factory=dict)
    tokens: Ids | None = None

    @property
    def free(self) -> Bools:
        """Which rows have nothing to spell that stands in the document already, [rows]."""
        return np.array([not row.spelled for row in self.each], dtype=np.bool_)


class Sampler(Protocol):
    """One link of the chain; it may change the logits that it is given."""

    @property
    def name(self) -> str:
        """What the field calls it; the page in the browser has a function of that name."""
        ...

    def __call__(self, logits: Floats, rows: Rows) -> Floats:
        """Gives logits [rows, vocabulary]."""
        ...
