"""The writer's own words: a text file of hers, one word a line, that spelling takes for right."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from pathlib import Path

from pandemonium.atomic import write_atomically
from pandemonium.errors import PandemoniumError

NAME = "own-words.txt"  # below the user's data


def read_words(path: Path) -> list[str]:
    """Gives the words of a file, one a line, UTF-8, without those that stand there twice; none where it is missing.

    Raises:
        PandemoniumError: the file cannot be read.
    """
    try:
        text = path.read_text("utf-8-sig")
    except FileNotFoundError:
        return []
    except OSError as error:
        raise PandemoniumError(f"Your words in {path} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise PandemoniumError(f"Your words in {path} are not in UTF-8.", "Save that file as UTF-8.") from error
    return list(tidy(text.splitlines()))


def write_words(path: Path, words: Iterable[str]) -> None:
    """Writes words, one a line, in the place of what the file held.

    Raises:
        PandemoniumError: the file cannot be written; it is as it was.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, "".join(f"{each}\n" for each in tidy(words)).encode("utf-8"))
    except OSError as error:
        raise PandemoniumError(f"Your words could not be saved in {path}: {error.strerror}.") from error


def add_word(path: Path, word: str) -> None:
    """Adds a word at the end of the file, if it is not there yet.

    Raises:
        PandemoniumError: the file cannot be read or written; it is as it was.
    """
    write_words(path, [*read_words(path), word])


def tidy(words: Iterable[str]) -> dict[str, None]:
    """Gives words without white space around them, empty ones and doubles, in their order."""
    return dict.fromkeys(unicodedata.normalize("NFC", each) for each in map(str.strip, words) if each)
