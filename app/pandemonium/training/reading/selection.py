"""Decides, file by file, what a training reads: what the program advises, and what the writer overrules."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pandemonium.text.language import UNKNOWN, language_name

if TYPE_CHECKING:
    from pandemonium.training.reading.copies import Copy
    from pandemonium.training.reading.examining import Examined
    from pandemonium.training.reading.store import ProseStore


@dataclass(frozen=True)
class Overrules:
    """What the writer decides otherwise.

    Attributes:
        include: files to keep whatever was advised; a folder stands for all texts below it, each once.
        exclude: files to leave out; a folder stands for all below it. The nearer of two paths decides.
        language: ISO 639-1, the language to keep; None takes the one with most words.
    """

    include: frozenset[Path] = frozenset()
    exclude: frozenset[Path] = frozenset()
    language: str | None = None


@dataclass(frozen=True)
class Decision:
    """What becomes of one file.

    Attributes:
        file: what is known of it.
        kept: it is read in training.
        reason: why it is left out, as a sentence; "" if it is kept.
        overruled: the writer decided it.
        can_be_kept: it holds text, so that the writer may ask it back.
    """

    file: Examined
    kept: bool
    reason: str
    overruled: bool
    can_be_kept: bool


@dataclass(frozen=True)
class Selection:
    """What becomes of all files.

    Attributes:
        language: the folder's, ISO 639-1 or "und".
        decisions: one a file, in the order of the walk.
    """

    language: str
    decisions: tuple[Decision, ...]

    @property
    def kept(self) -> tuple[Decision, ...]:
        """The files that training reads."""
        return tuple(decision for decision in self.decisions if decision.kept)

    @property
    def left_out(self) -> tuple[Decision, ...]:
        """The files that it does not."""
        return tuple(decision for decision in self.decisions if not decision.kept)

    @property
    def words(self) -> int:
        """How many words are kept."""
        return sum(decision.file.words for decision in self.kept)


class Survey:
    """All that was found, with the copies chosen; deciding again after an overrule costs nothing.

    Args:
        files: as `examining.examine` gives them.
        store: their prose, as far as it was kept.
    """

    def __init__(self, files: Iterable[Examined], store: ProseStore | None = None) -> None:
        self.files = tuple(files)
        self.store = store
        # Here, and not above: the window opens without what only a training reads.
        from pandemonium.training.reading.copies import choose_copies

        self.copies: dict[Path, Copy] = choose_copies([file for file in self.files if file.is_prose])

    def select(self, overrules: Overrules | None = None) -> Selection:
        """Decides about every file."""
        overrules = overrules or Overrules()
        included = {_absolute(path) for path in overrules.include}
        excluded = {_absolute(path) for path in overrules.exclude}
        wishes = {file.path: _wish(_absolute(file.path), included, excluded) for file in self.files}
        language = overrules.language or self._main_language(wishes)
        return Selection(language, tuple(self._decided(file, wishes[file.path], language) for file in self.files))

    def _main_language(self, wishes: dict[Path, str]) -> str:
        words: Counter[str] = Counter()
        for file in self.files:
            if file.is_prose and file.path not in self.copies and wishes[file.path] not in ("out", "folder out"):
                words[file.language] += file.words
        del words[UNKNOWN]
        return max(sorted(words), key=words.__getitem__, default=UNKNOWN)

    def _decided(self, file: Examined, wish: str, language: str) -> Decision:
        if file.refusal or not file.words:
            return Decision(file, False, file.refusal or file.doubt, False, False)
        advice = self._advice(file, language)
        if wish in ("out", "folder out"):
            return Decision(file, False, "You left this out.", True, True)
        if wish == "in" or (wish == "folder in" and file.path not in self.copies):
            return Decision(file, True, "", bool(advice), True)
        return Decision(file, not advice, advice, False, True)

    def _advice(self, file: Examined, language: str) -> str:
        """Why the program would leave a file out; "" if it would keep it."""
        if file.doubt:
            return file.doubt
        if copy := self.copies.get(file.path):
            return copy.reason
        if file.language not in (language, UNKNOWN) and language != UNKNOWN:
            return f"This is in {language_name(file.language)}; the folder is mostly in {language_name(language)}."
        return ""


def _wish(path: Path, included: set[Path], excluded: set[Path]) -> str:
    """What the nearest path says that the writer named: "in", "out", "folder in", "folder out" or ""."""
    for place in (path, *path.parents):
        kind = "" if place == path else "folder "
        if place in excluded:
            return kind + "out"
        if place in included:
            return kind + "in"
    return ""


def _absolute(path: Path) -> Path:
    return Path(os.path.abspath(path))
