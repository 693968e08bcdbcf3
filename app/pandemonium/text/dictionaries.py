"""Finds the dictionaries that words can be looked up in: the program's own, the user's, and the system's."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import regex

FOLDER = "dictionaries"  # below the program's resources, and below the user's data
HOUSE = "house.txt"  # there: words that the English dictionaries do not know
_CODE = regex.compile(r"[a-z]{2,3}(?:[_-][A-Za-z0-9]+)*")


@dataclass(frozen=True)
class Dictionary:
    """A dictionary in Hunspell's format.

    Attributes:
        code: its language, as in "en_GB".
        affixes, words: the paths of its two files, CODE.aff and CODE.dic.
    """

    code: str
    affixes: Path
    words: Path

    @property
    def is_english(self) -> bool:
        """It is for some kind of English."""
        return self.code.split("_")[0] == "en"


def find_dictionaries(folders: Iterable[Path]) -> dict[str, Dictionary]:
    """Gives the dictionaries in `folders` by their codes; where two have one code, that of the earlier folder.

    A folder that is missing or may not be read is passed over.
    """
    found: dict[str, Dictionary] = {}
    for folder in folders:
        try:
            affixes = sorted(folder.glob("*.aff"))
        except OSError:
            continue
        for path in affixes:
            words = path.with_suffix(".dic")
            if _CODE.fullmatch(path.stem) and words.is_file():
                found.setdefault(path.stem.replace("-", "_"), Dictionary(path.stem.replace("-", "_"), path, words))
    return dict(sorted(found.items()))


def system_folders() -> list[Path]:
    """Where other programs keep their dictionaries on this system, and where DICPATH says."""
    named = [Path(each) for each in os.environ.get("DICPATH", "").split(os.pathsep) if each]
    if sys.platform == "win32":
        return named
    if sys.platform == "darwin":
        return [
            *named,
            Path.home() / "Library" / "Spelling",
            Path("/Library/Spelling"),
            Path("/opt/homebrew/share/hunspell"),
        ]
    usual = ("/usr/share/hunspell", "/usr/local/share/hunspell", "/usr/share/myspell/dicts", "/usr/share/myspell")
    return [*named, *map(Path, usual)]
