"""The list of English words that tells a real word from a made-up one."""

from __future__ import annotations

import gzip
import re
import zlib
from collections.abc import Container, Iterable
from pathlib import Path

from pandemonium.errors import PandemoniumError

WORDS = Path("words", "english.txt.gz")  # below the program's resources
_WORD = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)*")
LONG = 4


class WordList:
    """Words, whatever their case; an initial ("H.") and a possessive ("Arkham's") count with what they are made of."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = frozenset(words)

    @classmethod
    def read(cls, path: Path) -> WordList:
        """Reads lower-cased words, one a line, UTF-8, packed by gzip.

        Raises:
            PandemoniumError: the file is missing or damaged.
        """
        try:
            return cls(gzip.decompress(path.read_bytes()).decode("utf-8").split())
        except (OSError, EOFError, ValueError, zlib.error) as error:
            raise PandemoniumError(
                f"The word list {path.name} cannot be read.", "Install Pandemonium again."
            ) from error

    def __len__(self) -> int:
        return len(self._words)

    def __contains__(self, word: object) -> bool:
        if not isinstance(word, str):
            return False
        folded = word.lower().replace("\u2019", "'")
        return folded in self._words or (len(word) == 1 and word.isupper()) or folded.removesuffix("'s") in self._words


def words_of(text: str) -> list[str]:
    """The words of `text` as they stand: runs of letters, with apostrophes inside."""
    return _WORD.findall(text)


def real_share(words: Iterable[str], known: Container[str]) -> tuple[float, float]:
    """What share of `words` stands in `known`: of all, and of those of four letters and more; 0 where there is none."""
    right = 0
    right_long = 0
    all_ = 0
    all_long = 0
    for word in words:
        real = word in known
        long = len(word) >= LONG
        all_ += 1
        all_long += long
        right += real
        right_long += real and long
    return right / max(1, all_), right_long / max(1, all_long)
