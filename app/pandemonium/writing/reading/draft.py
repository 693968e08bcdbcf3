"""A draft's earlier text in tokens: what stands before the part that is read, for the memory of the draft.

It is cut into parts at lines chosen by their own text (`context.line_sum`), so that an edit touches one part alone;
each part is cleaned and encoded once.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict

import numpy as np
from numpy.typing import NDArray

from pandemonium.voice.tokenizer import SubwordTokenizer
from pandemonium.writing.reading.context import as_read, line_sum
from pandemonium.writing.runtimes.runtime import Ids

_ONE_IN = 8  # lines begin a part
_LONGEST = 6_000  # characters of one
_MOST = 4_000  # parts that are kept: a long novel
_KEY = 16  # bytes

Tokens = NDArray[np.uint32]


class DraftTokens:
    """The tokens of drafts, part by part.

    Attributes:
        changed: parts were added since `dump`.
    """

    def __init__(self, tokenizer: SubwordTokenizer) -> None:
        self._tokenizer = tokenizer
        self._parts: OrderedDict[bytes, Tokens] = OrderedDict()
        self.changed = False

    def of(self, text: str, paragraph: str) -> Ids:
        """The tokens of `text`, each part behind a separator, [n].

        Args:
            text: a piece of a draft, as it stands there.
            paragraph: what the document puts between paragraphs.
        """
        found = []
        for part in parts_of(text):
            key = hashlib.blake2b(f"{paragraph}{part}".encode("utf-8", "surrogatepass"), digest_size=_KEY).digest()
            tokens = self._parts.get(key)
            if tokens is None:
                canonical, _ = as_read(part, self._tokenizer, paragraph)
                ids = [self._tokenizer.separator, *self._tokenizer.encode(canonical)]
                tokens = np.array(ids, dtype=np.uint32)
                self._parts[key] = tokens
                self.changed = True
                if len(self._parts) > _MOST:
                    self._parts.popitem(last=False)
            self._parts.move_to_end(key)
            found.append(tokens)
        return np.concatenate(found).astype(np.int64) if found else np.zeros(0, dtype=np.int64)

    def dump(self) -> bytes:
        """All parts, for `load`."""
        self.changed = False
        lengths = np.array([len(tokens) for tokens in self._parts.values()], dtype="<u4")
        tokens = [each.astype("<u4").tobytes() for each in self._parts.values()]
        return b"".join([len(lengths).to_bytes(4, "little"), *self._parts, lengths.tobytes(), *tokens])

    def load(self, data: bytes) -> bool:
        """Takes in what `dump` gave; False, and nothing taken in, where it was something else."""
        count = int.from_bytes(data[:4], "little")
        head = 4 + count * (_KEY + 4)
        if len(data) < max(4, head) or count > 2 * _MOST:
            return False
        lengths = np.frombuffer(data[4 + count * _KEY : head], dtype="<u4")
        if len(data) != head + 4 * int(lengths.sum(dtype=np.int64)):
            return False
        tokens = np.frombuffer(data[head:], dtype="<u4")
        if len(tokens) and int(tokens.max()) >= self._tokenizer.size:
            return False
        ends = np.cumsum(lengths, dtype=np.int64)
        known = self._parts
        self._parts = OrderedDict(
            (data[4 + at * _KEY : 4 + (at + 1) * _KEY], tokens[end - length : end].astype(np.uint32))
            for at, (length, end) in enumerate(zip(lengths.tolist(), ends.tolist(), strict=True))
        )
        self._parts.update(known)
        return True


def parts_of(text: str) -> list[str]:
    """Cuts a text at some of its lines, which are the same ones wherever else in the text something changes."""
    parts = []
    start = 0
    at = text.find("\n")
    while at >= 0:
        at += 1
        if at - start >= _LONGEST or line_sum(text, at) % _ONE_IN == 0:
            parts.append(text[start:at])
            start = at
        at = text.find("\n", at)
    parts.append(text[start:])
    return [part for part in parts if part.strip()]
