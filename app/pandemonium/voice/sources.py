"""Which text a run of words stands in: a small index of a training text's runs of eight, beside the filters.

Of each run a fingerprint of 32 bits is kept and the number of the first text that has it; the texts are known by their
files' names, without folder and suffix. No text can be read back out of it, but the names can: a voice that is sent off
is sent without (`voice.library`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pandemonium.text.controls import one_line
from pandemonium.voice.bloom import Hashes

MOST_RUNS = 700_000
"""That are kept, six bytes each: of a longer training text an even share of its runs."""
MOST_TEXTS = 4_000
LONGEST_NAME = 80
_RUNS = "profile.runs"
_TEXTS = "profile.texts"


class RunSources:
    """The index of one training text.

    Attributes:
        names: of its texts.
        runs: the fingerprints, ascending and each once, [runs].
        texts: the number of the text that each stands in, [runs].
    """

    def __init__(self, names: Sequence[str], runs: NDArray[np.uint32], texts: NDArray[np.uint16]) -> None:
        self.names = tuple(names)
        self.runs = runs
        self.texts = texts

    @classmethod
    def of(cls, names: Sequence[str], hashes: Sequence[Hashes]) -> RunSources:
        """The index of texts with these names, whose runs have these hashes ([runs] each)."""
        called: dict[str, int] = {}
        numbers: list[NDArray[np.uint16]] = []
        known: list[Hashes] = []
        for name, each in zip(names, hashes, strict=True):
            title = one_line(PurePosixPath(name.replace("\\", "/")).stem, LONGEST_NAME)
            number = called.setdefault(title, len(called))
            if number < MOST_TEXTS:
                known.append(each)
                numbers.append(np.full(len(each), number, dtype=np.uint16))
        everything = np.concatenate([np.zeros(0, dtype=np.uint64), *known])
        texts = np.concatenate([np.zeros(0, dtype=np.uint16), *numbers])
        runs, first = np.unique(_fingerprints(everything), return_index=True)
        texts = texts[first]
        if len(runs) > MOST_RUNS:
            # By the other half of the hash, so that the share is an even one.
            kept = np.sort(np.argsort(everything[first] & np.uint64(0xFFFFFFFF), kind="stable")[:MOST_RUNS])
            runs = runs[kept]
            texts = texts[kept]
        return cls(list(called)[:MOST_TEXTS], runs, texts)

    def names_of(self, hashes: Hashes) -> list[str]:
        """The name of the text that each run stands in; empty where none is known."""
        wanted = _fingerprints(hashes)
        places = np.minimum(np.searchsorted(self.runs, wanted), max(0, len(self.runs) - 1))
        if not len(self.runs):
            return [""] * len(hashes)
        found = self.runs[places] == wanted
        return [
            self.names[self.texts[place]] if hit else ""
            for place, hit in zip(places.tolist(), found.tolist(), strict=True)
        ]

    def tensors(self) -> dict[str, NDArray[np.uint8]]:
        """Fingerprints and numbers as bytes, little-endian: older versions know no other whole numbers."""
        return {
            _RUNS: np.frombuffer(self.runs.astype("<u4").tobytes(), dtype=np.uint8),
            _TEXTS: np.frombuffer(self.texts.astype("<u2").tobytes(), dtype=np.uint8),
        }

    @classmethod
    def read(cls, names: Any, tensors: Mapping[str, NDArray[Any]]) -> RunSources:
        """Reads what `names` and `tensors` gave, and believes none of it.

        Raises:
            ValueError, KeyError: it is no index that this class would have made.
        """
        if not isinstance(names, list) or not 0 < len(names) <= MOST_TEXTS:
            raise ValueError("no names")
        if any(not isinstance(name, str) or len(name) > LONGEST_NAME for name in names):
            raise ValueError("a name that is none")
        for name in (_RUNS, _TEXTS):
            if tensors[name].dtype != np.uint8 or tensors[name].ndim != 1:
                raise ValueError("an index of another type")
        if len(tensors[_RUNS]) % 4 or len(tensors[_TEXTS]) * 2 != len(tensors[_RUNS]):
            raise ValueError("an index of two lengths")
        runs = np.frombuffer(tensors[_RUNS].tobytes(), dtype="<u4")
        texts = np.frombuffer(tensors[_TEXTS].tobytes(), dtype="<u2")
        if len(runs) > MOST_RUNS or (len(texts) and int(texts.max()) >= len(names)):
            raise ValueError("an index that is too large")
        if not (runs[1:] > runs[:-1]).all():
            raise ValueError("an index that is in no order")
        return cls([one_line(name, LONGEST_NAME) for name in names], runs, texts)


def _fingerprints(hashes: Hashes) -> NDArray[np.uint32]:
    return (hashes >> np.uint64(32)).astype(np.uint32)
